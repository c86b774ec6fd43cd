// WSAPoll, and its form that leaves the event loop running.
#include <napi.h>

#include <vector>

#include "call.h"
#include "deadline.h"
#include "functions.h"
#include "promise_job.h"

namespace winsock {
namespace {

// What is wrong before any socket is looked at, or 0.
int wrong_array(const View& array, ULONG count) {
  if (count == 0) return WSAEINVAL;
  return array.holds(static_cast<long long>(count) * static_cast<long long>(sizeof(WSAPOLLFD))) ? 0 : WSAEFAULT;
}

// A long wait goes in slices, as select's does. A call leaves `events` as they are, so they can be asked again.
template <typename Ending>
int poll_in_slices(WSAPOLLFD* array, ULONG count, int timeout, Ending ending) {
  Deadline deadline(timeout < 0 ? Deadline::forever : timeout);
  for (;;) {
    const int ready = WSAPoll(array, count, static_cast<int>(deadline.next()));
    if (ready != 0 || deadline.last() || ending()) return ready;
  }
}

int poll_sockets(Environment& environment, View array, ULONG count, int timeout) {
  if (const int code = wrong_array(array, count)) {
    WSASetLastError(code);
    return SOCKET_ERROR;
  }
  return poll_in_slices(array.as<WSAPOLLFD>(), count, timeout, [&] { return environment.interrupter().ending(); });
}

class PollJob : public PromiseJob<int> {
 public:
  using PromiseJob::PromiseJob;

  void ask(napi_env env, napi_value value, const View& array, ULONG count, int timeout) {
    if (!started()) return refuse(WSANOTINITIALISED);
    if (const int code = wrong_array(array, count)) return refuse(code);
    entries_.resize(count);
    std::memcpy(entries_.data(), array.bytes(), count * sizeof(WSAPOLLFD));
    view_ = Napi::Persistent(Napi::Value(env, value).As<Napi::Object>());
    timeout_ = timeout;
  }

 private:
  int answer(const std::atomic<bool>& ending) override {
    const auto count = static_cast<ULONG>(entries_.size());
    return poll_in_slices(entries_.data(), count, timeout_, [&] { return ending.load(); });
  }

  // Each `revents`, if the view is still there and long enough.
  void write_back(napi_env env, int) override {
    const Function function = {"WSAPollAsync", nullptr};
    View view;
    decode(Argument{env, &function, 0, view_.Value()}, &view);
    if (view.size < entries_.size() * sizeof(WSAPOLLFD)) return;
    char* at = view.bytes() + offsetof(WSAPOLLFD, revents);
    for (const WSAPOLLFD& entry : entries_) {
      std::memcpy(at, &entry.revents, sizeof entry.revents);
      at += sizeof(WSAPOLLFD);
    }
  }

  std::vector<WSAPOLLFD> entries_;
  Napi::ObjectReference view_;
  int timeout_ = 0;
};

}  // namespace

WINSOCK_CALL(WSAPoll, Startup, poll_sockets)

napi_value call_WSAPollAsync(napi_env env, napi_callback_info info) {
  napi_value values[3];
  size_t given = 3;
  void* data;
  napi_get_cb_info(env, info, &given, values, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  View array;
  unsigned long count = 0;
  int timeout = 0;
  const bool right = decode(Argument{env, bound.function, 0, values[0]}, &array) &&
                     decode(Argument{env, bound.function, 1, values[1]}, &count) &&
                     decode(Argument{env, bound.function, 2, values[2]}, &timeout);
  if (!right) return nullptr;
  auto job = std::make_unique<PollJob>(bound.environment);
  job->ask(env, values[0], array, count, timeout);
  return PollJob::start(env, std::move(job));
}

}  // namespace winsock
