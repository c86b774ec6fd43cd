#include "interrupter.h"

namespace winsock {
namespace {

constexpr LONG period = 100;  // milliseconds

}  // namespace

Interrupter::Interrupter(napi_env env) : env_(env), timer_(CreateWaitableTimerW(nullptr, FALSE, nullptr)) { start(); }

void Interrupter::start() {
  LARGE_INTEGER due;
  due.QuadPart = -10'000LL * period;  // units of 100 ns, from now
  SetWaitableTimer(timer_, &due, period, look, this, FALSE);
}

// On the thread of the environment, as the constructor: what is queued goes with the timer.
Interrupter::~Interrupter() {
  CancelWaitableTimer(timer_);
  CloseHandle(timer_);
}

// Any call that might run JavaScript is refused once the environment ends.
bool Interrupter::ending() const {
  napi_handle_scope scope;
  napi_open_handle_scope(env_, &scope);
  napi_value global;
  bool found;
  napi_get_global(env_, &global);
  const bool refused = napi_has_named_property(env_, global, "process", &found) != napi_ok;
  napi_close_handle_scope(env_, scope);
  return refused;
}

void CALLBACK Interrupter::look(void* data, DWORD, DWORD) {
  const auto* self = static_cast<Interrupter*>(data);
  if (self->socket_ == INVALID_SOCKET || !self->ending()) return;
  CancelIo(reinterpret_cast<HANDLE>(self->socket_));
}

}  // namespace winsock
