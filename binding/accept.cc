#include "accept.h"

namespace winsock {
namespace {

constexpr long slice = 100'000;  // microseconds

// Nothing ever comes to one that does not listen: accept says so at once.
bool listens(SOCKET s) {
  BOOL listening = FALSE;
  int size = sizeof listening;
  return getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, reinterpret_cast<char*>(&listening), &size) == 0 && listening;
}

}  // namespace

bool wait_for_connection(Environment& environment, SOCKET s) {
  if (!listens(s)) return false;
  for (bool waited = false;; waited = true) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(s, &set);
    timeval time = {0, slice};
    if (select(0, &set, nullptr, nullptr, &time) != 0) return waited;
    // In the first slice too: whoever called accept now would sit in it for ever.
    if (environment.interrupter().ending()) return true;
  }
}

}  // namespace winsock
