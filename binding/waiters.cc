#include "waiters.h"

namespace winsock {

Waiters::Waiters(napi_env env) : env_(env) {
  napi_value name;
  napi_create_string_utf8(env, "winsock", NAPI_AUTO_LENGTH, &name);
  napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, finished, &done_);
  napi_unref_threadsafe_function(env, done_);
  // Hooks run in reverse order: the threads are ended before the function that they call is.
  napi_add_env_cleanup_hook(env, end, this);
}

void Waiters::start(std::unique_ptr<Job> job) {
  if (pending_++ == 0) napi_ref_threadsafe_function(env_, done_);
  const std::lock_guard<std::mutex> lock(mutex_);
  jobs_.push(job.release());
  // Each job that waits has a thread; a thread that has done waits for another job.
  if (idle_ >= jobs_.size()) {
    woken_.notify_one();
  } else {
    threads_.emplace_back([this] { work(); });
  }
}

void Waiters::work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    idle_++;
    woken_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    idle_--;
    if (jobs_.empty()) return;
    Job* job = jobs_.front();
    jobs_.pop();
    lock.unlock();
    job->wait(ending_);
    napi_call_threadsafe_function(done_, job, napi_tsfn_blocking);
    lock.lock();
  }
}

void Waiters::finished(napi_env env, napi_value, void* context, void* data) {
  const std::unique_ptr<Job> job(static_cast<Job*>(data));
  if (env == nullptr) return;
  auto* self = static_cast<Waiters*>(context);
  if (--self->pending_ == 0) napi_unref_threadsafe_function(env, self->done_);
  job->finish(env);
}

void Waiters::end(void* data) {
  auto* self = static_cast<Waiters*>(data);
  {
    const std::lock_guard<std::mutex> lock(self->mutex_);
    self->ending_ = true;
    self->woken_.notify_all();
  }
  for (std::thread& thread : self->threads_) thread.join();
}

}  // namespace winsock
