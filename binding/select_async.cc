// select without blocking the event loop: the wait happens on another thread, over copies of the sets, and the sets
// are written back on the event loop's thread when it is over, if the views are still there and long enough.
#include <napi.h>

#include <vector>

#include "call.h"
#include "functions.h"
#include "sets.h"

namespace winsock {
namespace {

struct Set {
  Napi::ObjectReference view;  // empty for NULL
  std::vector<char> asked;
  std::vector<char> answered;

  fd_set* get() { return asked.empty() ? nullptr : reinterpret_cast<fd_set*>(answered.data()); }
};

class SelectJob : public Job {
 public:
  SelectJob(Environment* environment, napi_deferred deferred) : environment_(environment), deferred_(deferred) {
    error_ = environment->last_error();
  }

  // Copies what the views hold, or decides the answer where Winsock would not look further.
  void prepare(napi_env env, const napi_value* values, const View* views) {
    if (!started()) return decide(WSANOTINITIALISED);
    const bool fits = set_fits(views[0]) && set_fits(views[1]) && set_fits(views[2]) && time_fits(views[3]);
    if (!fits) return decide(WSAEFAULT);
    for (int i = 0; i < 3; i++) copy_set(env, values[i], views[i], sets_[i]);
    wait_for_ever_ = views[3].null;
    if (!views[3].null) std::memcpy(&time_, views[3].bytes(), sizeof time_);
  }

  void wait(const std::atomic<bool>& ending) override {
    if (decided_) return;
    WSASetLastError(error_);
    const bool malformed = !wait_for_ever_ && (time_.tv_sec < 0 || time_.tv_usec < 0);
    // A time that is none is Winsock's to judge.
    if (malformed) {
      result_ = select_once(time_);
    } else {
      wait_in_slices(ending);
    }
    error_ = WSAGetLastError();
  }

  void finish(napi_env env) override {
    if (result_ != SOCKET_ERROR) {
      for (Set& set : sets_) write_back(env, set);
    }
    environment_->set_last_error(error_);
    napi_resolve_deferred(env, deferred_, encode(env, result_));
  }

 private:
  void decide(int code) {
    error_ = code;
    decided_ = true;
  }

  static void copy_set(napi_env env, napi_value value, const View& view, Set& set) {
    if (view.null) return;
    const char* start = view.bytes();
    set.asked.assign(start, start + set_size(set_count(view)));
    set.view = Napi::Persistent(Napi::Value(env, value).As<Napi::Object>());
  }

  int select_once(timeval time) {
    for (Set& set : sets_) set.answered = set.asked;
    return select(0, sets_[0].get(), sets_[1].get(), sets_[2].get(), &time);
  }

  void wait_in_slices(const std::atomic<bool>& ending) {
    const ULONGLONG start = GetTickCount64();
    const long long whole = time_.tv_sec * 1000LL * 1000 + time_.tv_usec;
    while (!ending) {
      const long long left = whole - static_cast<long long>(GetTickCount64() - start) * 1000;
      const bool last = !wait_for_ever_ && left <= slice * 1000;
      const long long now = !last ? slice * 1000 : left > 0 ? left : 0;
      result_ = select_once({0, static_cast<long>(now)});
      if (result_ != 0 || last) return;
    }
  }

  // As C's select does, writes the count and the sockets that are left, and nothing behind them.
  static void write_back(napi_env env, Set& set) {
    if (set.asked.empty()) return;
    const Function function = {"selectAsync", nullptr};
    View view;
    decode(Argument{env, &function, 0, set.view.Value()}, &view);
    u_int count;
    std::memcpy(&count, set.answered.data(), sizeof count);
    const size_t size = set_size(count);
    if (view.size >= size) std::memcpy(view.bytes(), set.answered.data(), size);
  }

  Environment* environment_;
  napi_deferred deferred_;
  Set sets_[3];
  bool wait_for_ever_ = true;
  timeval time_ = {};
  int error_;  // the last error before, then after
  int result_ = SOCKET_ERROR;
  bool decided_ = false;
};

}  // namespace

napi_value call_selectAsync(napi_env env, napi_callback_info info) {
  napi_value values[5];
  size_t count = 5;
  void* data;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  int nfds;
  View views[4];
  bool right = decode(Argument{env, bound.function, 0, values[0]}, &nfds);
  for (size_t i = 1; right && i <= 4; i++) right = decode(Argument{env, bound.function, i, values[i]}, &views[i - 1]);
  if (!right) return nullptr;
  napi_deferred deferred;
  napi_value promise;
  napi_create_promise(env, &deferred, &promise);
  auto job = std::make_unique<SelectJob>(bound.environment, deferred);
  job->prepare(env, values + 1, views);
  bound.environment->waiters().start(std::move(job));
  return promise;
}

}  // namespace winsock
