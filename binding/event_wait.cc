// WSAWaitForMultipleEvents, and its form that leaves the event loop running.
#include "handles.h"

#include "call.h"
#include "deadline.h"
#include "functions.h"
#include "promise_job.h"

namespace winsock {
namespace {

bool countable(DWORD count, const Handles& events) {
  return count >= 1 && count <= WSA_MAXIMUM_WAIT_EVENTS && events.holds(count);
}

// In slices, between which the end of the environment is noticed. An event that is signalled ends a slice at once.
template <typename Ending>
DWORD wait_in_slices(DWORD count, const Handles& events, BOOL all, DWORD time, BOOL alertable, Ending ending) {
  Deadline deadline(time == WSA_INFINITE ? Deadline::forever : time);
  for (;;) {
    const auto slice = static_cast<DWORD>(deadline.next());
    const DWORD result = WSAWaitForMultipleEvents(count, events.all.data(), all, slice, alertable);
    if (result != WSA_WAIT_TIMEOUT || deadline.last() || ending()) return result;
  }
}

DWORD wait_for_events(Environment& environment, DWORD count, Handles events, BOOL all, DWORD time, BOOL alertable) {
  if (!countable(count, events)) {
    WSASetLastError(WSA_INVALID_PARAMETER);
    return WSA_WAIT_FAILED;
  }
  Interrupter& interrupter = environment.interrupter();
  const auto ending = [&] { return interrupter.ending(); };
  if (!alertable) return wait_in_slices(count, events, all, time, alertable, ending);
  const Quiet quiet(interrupter);
  return wait_in_slices(count, events, all, time, alertable, ending);
}

// Not alertable: a completion routine runs in the thread that started the operation, and no other.
class EventsJob : public PromiseJob<DWORD> {
 public:
  using PromiseJob::PromiseJob;

  void ask(DWORD count, Handles events, BOOL all, DWORD time) {
    if (!started()) return refuse(WSANOTINITIALISED);
    if (!countable(count, events)) return refuse(WSA_INVALID_PARAMETER);
    count_ = count;
    events_ = std::move(events);
    all_ = all;
    time_ = time;
  }

 private:
  DWORD answer(const std::atomic<bool>& ending) override {
    return wait_in_slices(count_, events_, all_, time_, FALSE, [&] { return ending.load(); });
  }

  DWORD count_ = 0;
  Handles events_;
  BOOL all_ = FALSE;
  DWORD time_ = 0;
};

}  // namespace

WINSOCK_CALL(WSAWaitForMultipleEvents, Startup, wait_for_events)

napi_value call_WSAWaitForMultipleEventsAsync(napi_env env, napi_callback_info info) {
  napi_value values[5];
  size_t given = 5;
  void* data;
  napi_get_cb_info(env, info, &given, values, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  const auto argument = [&](size_t i) { return Argument{env, bound.function, i, values[i]}; };
  DWORD count = 0, time = 0;
  Handles events;
  int all = 0, alertable = 0;
  const bool right = decode(argument(0), &count) && decode(argument(1), &events) && decode(argument(2), &all) &&
                     decode(argument(3), &time) && decode(argument(4), &alertable);
  if (!right) return nullptr;
  auto job = std::make_unique<EventsJob>(bound.environment);
  job->ask(count, std::move(events), all, time);
  return EventsJob::start(env, std::move(job));
}

}  // namespace winsock
