// accept of a socket that blocks: a wait in slices for a connection, then the call. Between two slices the end of the
// environment is noticed, which Wine's accept, that does not wait alertably, would not be told.
#pragma once
#include "blocking_mode.h"
#include "environment.h"

namespace winsock {

// Waits until there is something to accept; whether it had to wait. A socket that may not block is not waited for.
bool wait_for_connection(Environment& environment, SOCKET s);

// Makes `call`, which accepts from `s`. A socket that was closed while it waited is WSAEINTR.
template <typename F>
SOCKET accept_in_slices(Environment& environment, SOCKET s, F call) {
  const int error = WSAGetLastError();
  const bool waited = known_to_block(s) && wait_for_connection(environment, s);
  if (waited && environment.interrupter().ending()) return INVALID_SOCKET;
  WSASetLastError(error);
  const Blocking blocking(environment.interrupter(), s);
  const SOCKET accepted = call();
  if (accepted != INVALID_SOCKET) note_blocking(accepted, known_to_block(s));
  // Put back by a condition function: Wine's select does not show it, so nobody may wait for another one.
  if (accepted == INVALID_SOCKET && WSAGetLastError() == WSATRY_AGAIN) note_blocking(s, false);
  if (waited && accepted == INVALID_SOCKET && WSAGetLastError() == WSAENOTSOCK) WSASetLastError(WSAEINTR);
  return accepted;
}

}  // namespace winsock
