// getaddrinfo without blocking the event loop: the look-up happens on another thread, and the array is filled on the
// event loop's when it is over.
#include <napi.h>

#include "addrinfo.h"
#include "functions.h"

namespace winsock {
namespace {

class LookUpJob : public Job {
 public:
  LookUpJob(Environment* environment, napi_deferred deferred, const Text& node, const Text& service, const Hints& hints,
            const Results& results)
      : environment_(environment), deferred_(deferred), node_(node), service_(service), hints_(hints) {
    results.empty();
    code_ = error_ = refusal(hints, results);
    if (results.array == nullptr) return;
    array_ = Napi::Persistent(Napi::Value(results.env, results.array).As<Napi::Object>());
  }

  ~LookUpJob() override {
    if (list_ != nullptr) freeaddrinfo(list_);
  }

  void wait(const std::atomic<bool>& ending) override {
    if (code_ != 0 || ending) return;
    WSASetLastError(0);
    code_ = getaddrinfo(node_.c_str(), service_.c_str(), hints_.get(), &list_);
    error_ = WSAGetLastError();
  }

  void finish(napi_env env) override {
    if (code_ == 0) {
      Results results;
      results.env = env;
      results.array = array_.Value();
      // Something else may have filled it meanwhile.
      results.empty();
      fill(results, list_);
    }
    environment_->set_last_error(error_);
    napi_resolve_deferred(env, deferred_, encode(env, code_));
  }

 private:
  Environment* environment_;
  napi_deferred deferred_;
  Text node_;
  Text service_;
  Hints hints_;
  Napi::ObjectReference array_;
  addrinfo* list_ = nullptr;
  int code_ = 0;
  int error_ = 0;
};

}  // namespace

napi_value call_getaddrinfoAsync(napi_env env, napi_callback_info info) {
  napi_value values[4];
  size_t count = 4;
  void* data;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  Text node;
  Text service;
  Hints hints;
  Results results;
  const auto argument = [&](size_t i) { return Argument{env, bound.function, i, values[i]}; };
  const bool right = decode(argument(0), &node) && decode(argument(1), &service) && decode(argument(2), &hints) &&
                     decode(argument(3), &results);
  if (!right) return nullptr;
  napi_deferred deferred;
  napi_value promise;
  napi_create_promise(env, &deferred, &promise);
  bound.environment->waiters().start(
      std::make_unique<LookUpJob>(bound.environment, deferred, node, service, hints, results));
  return promise;
}

}  // namespace winsock
