// Threads that wait so that the event loop need not: the `…Async` functions.
//
// A job waits on one of the environment's threads and then finishes on the event loop's thread, in a callback scope of
// its own: what follows the promise that it resolves runs before the next job finishes. Pending jobs keep the event
// loop alive. When the environment ends, jobs are told so, and the end waits for them: a job looks every `slice`.
#pragma once
#include <node_api.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace winsock {

class Job {
 public:
  static constexpr int slice = 100;  // milliseconds

  virtual ~Job() = default;
  virtual void wait(const std::atomic<bool>& ending) = 0;
  virtual void finish(napi_env env) = 0;
};

class Waiters {
 public:
  explicit Waiters(napi_env env);
  void start(std::unique_ptr<Job> job);

 private:
  void work();
  static void finished(napi_env env, napi_value, void* context, void* data);
  static void end(void* self);

  napi_env env_;
  napi_threadsafe_function done_ = nullptr;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::queue<Job*> jobs_;
  std::vector<std::thread> threads_;
  size_t idle_ = 0;
  size_t pending_ = 0;
  std::atomic<bool> ending_{false};
};

}  // namespace winsock
