// select without blocking the event loop: the wait happens on a thread of its own, over copies of the sets, and the
// sets are written back on the event loop's thread when it is over, if the views are still there and long enough.
//
// The thread waits in slices, so that the end of the environment is noticed: a select on a socket that stays silent
// could otherwise never be ended. Each operation has its own threadsafe function, so that every promise resolves in a
// callback scope of its own, with its last error set right before.
#include <napi.h>

#include <atomic>
#include <thread>
#include <vector>

#include "call.h"
#include "functions.h"
#include "sets.h"

namespace winsock {
namespace {

constexpr long long slice = 100'000;  // microseconds

using Memory = std::vector<char>;

struct Set {
  Napi::ObjectReference view;  // empty for NULL
  Memory asked;
  Memory answered;

  fd_set* get() { return asked.empty() ? nullptr : reinterpret_cast<fd_set*>(answered.data()); }
};

struct Operation {
  Environment* environment = nullptr;
  napi_env env = nullptr;
  napi_deferred deferred = nullptr;
  napi_threadsafe_function done = nullptr;
  std::thread thread;
  std::atomic<bool> cancelled{false};
  Set sets[3];
  bool wait_for_ever = true;
  timeval time = {};
  int error = 0;   // the last error before, then after
  int result = SOCKET_ERROR;
  bool decided = false;  // the answer is known without a wait

  void decide(int code) {
    error = code;
    decided = true;
  }
};

int select_once(Operation& operation, long long microseconds) {
  for (Set& set : operation.sets) set.answered = set.asked;
  timeval time = {static_cast<long>(microseconds / 1'000'000), static_cast<long>(microseconds % 1'000'000)};
  Set* sets = operation.sets;
  return select(0, sets[0].get(), sets[1].get(), sets[2].get(), &time);
}

void wait_in_slices(Operation& operation) {
  const ULONGLONG start = GetTickCount64();
  const long long whole = operation.time.tv_sec * 1'000'000LL + operation.time.tv_usec;
  while (!operation.cancelled) {
    const long long left = whole - static_cast<long long>(GetTickCount64() - start) * 1000;
    const bool last = !operation.wait_for_ever && left <= slice;
    operation.result = select_once(operation, last ? (left > 0 ? left : 0) : slice);
    if (operation.result != 0 || last) return;
  }
}

void run(Operation* operation) {
  if (!operation->decided) {
    WSASetLastError(operation->error);
    // A time that is not one is Winsock's to judge.
    if (!operation->wait_for_ever && (operation->time.tv_sec < 0 || operation->time.tv_usec < 0)) {
      for (Set& set : operation->sets) set.answered = set.asked;
      Set* sets = operation->sets;
      operation->result = select(0, sets[0].get(), sets[1].get(), sets[2].get(), &operation->time);
    } else {
      wait_in_slices(*operation);
    }
    operation->error = WSAGetLastError();
  }
  napi_call_threadsafe_function(operation->done, operation, napi_tsfn_blocking);
  napi_release_threadsafe_function(operation->done, napi_tsfn_release);
}

// As C's select does, writes the count and the sockets that are left, and nothing behind them.
void write_back(napi_env env, const Function& function, Set& set) {
  if (set.asked.empty()) return;
  View view;
  decode(Argument{env, &function, 0, set.view.Value()}, &view);
  u_int count;
  std::memcpy(&count, set.answered.data(), sizeof count);
  const size_t size = set_size(count);
  if (view.size >= size) std::memcpy(view.bytes(), set.answered.data(), size);
}

void resolve(napi_env env, napi_value, void*, void* data) {
  auto* operation = static_cast<Operation*>(data);
  if (env == nullptr) return;
  const Function function = {"selectAsync", nullptr};
  if (operation->result != SOCKET_ERROR) {
    for (Set& set : operation->sets) write_back(env, function, set);
  }
  operation->environment->set_last_error(operation->error);
  napi_resolve_deferred(env, operation->deferred, encode(env, operation->result));
}

void cancel(void* data) {
  auto* operation = static_cast<Operation*>(data);
  operation->cancelled = true;
  if (operation->thread.joinable()) operation->thread.join();
}

void finalise(napi_env, void* data, void*) {
  auto* operation = static_cast<Operation*>(data);
  napi_remove_env_cleanup_hook(operation->env, cancel, operation);
  if (operation->thread.joinable()) operation->thread.join();
  delete operation;
}

void copy_set(napi_env env, napi_value value, const View& view, Set& set) {
  if (view.null) return;
  const char* start = view.bytes();
  set.asked.assign(start, start + set_size(set_count(view)));
  set.view = Napi::Persistent(Napi::Value(env, value).As<Napi::Object>());
}

void prepare(Operation& operation, napi_env env, const napi_value* values, const View* views) {
  operation.error = operation.environment->last_error();
  if (!started()) return operation.decide(WSANOTINITIALISED);
  const bool fits = set_fits(views[0]) && set_fits(views[1]) && set_fits(views[2]) && time_fits(views[3]);
  if (!fits) return operation.decide(WSAEFAULT);
  for (int i = 0; i < 3; i++) copy_set(env, values[i], views[i], operation.sets[i]);
  operation.wait_for_ever = views[3].null;
  if (!views[3].null) std::memcpy(&operation.time, views[3].bytes(), sizeof operation.time);
}

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
  for (size_t i = 0; right && i < 4; i++) right = decode(Argument{env, bound.function, i + 1, values[i + 1]}, &views[i]);
  if (!right) return nullptr;

  auto* operation = new Operation();
  operation->environment = bound.environment;
  operation->env = env;
  prepare(*operation, env, values + 1, views);
  napi_value promise;
  napi_create_promise(env, &operation->deferred, &promise);
  const auto name = Napi::String::New(env, "selectAsync");
  napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, operation, finalise, nullptr, resolve,
                                  &operation->done);
  // Hooks run in reverse order: the thread is ended before the function that it calls is.
  napi_add_env_cleanup_hook(env, cancel, operation);
  operation->thread = std::thread(run, operation);
  return promise;
}

}  // namespace winsock
