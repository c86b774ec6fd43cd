// A job whose answer a promise is resolved to: C's return value, the last error set right before.
#pragma once
#include "decode.h"
#include "encode.h"
#include "waiters.h"

namespace winsock {

template <typename R>
class PromiseJob : public Job {
 public:
  explicit PromiseJob(Environment* environment) : environment_(environment), error_(environment->last_error()) {}

  // Starts the job, and returns the promise.
  static napi_value start(napi_env env, std::unique_ptr<PromiseJob> job) {
    napi_value promise;
    napi_create_promise(env, &job->deferred_, &promise);
    Environment* environment = job->environment_;
    environment->waiters().start(std::move(job));
    return promise;
  }

  // Decides the answer where Winsock would not look further.
  void refuse(int code) {
    error_ = code;
    decided_ = true;
  }

  void wait(const std::atomic<bool>& ending) final {
    if (decided_) return;
    WSASetLastError(error_);
    result_ = answer(ending);
    error_ = WSAGetLastError();
  }

  void finish(napi_env env) final {
    if (!decided_) write_back(env, result_);
    environment_->set_last_error(error_);
    napi_resolve_deferred(env, deferred_, encode(env, result_));
  }

 protected:
  // On a thread of its own.
  virtual R answer(const std::atomic<bool>& ending) = 0;
  // On the event loop's thread.
  virtual void write_back(napi_env, R) {}

 private:
  Environment* environment_;
  napi_deferred deferred_ = nullptr;
  int error_;  // the last error before, then after
  R result_ = failure<R>();
  bool decided_ = false;
};

}  // namespace winsock
