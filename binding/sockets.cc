// A socket's life: socket, closesocket, shutdown.
#include "blocking_mode.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

SOCKET make(int family, int type, int protocol) {
  return noted(socket(family, type, protocol), true);
}
int close(SOCKET s) { return closesocket(s); }
int shut(SOCKET s, int how) { return shutdown(s, how); }

}  // namespace

WINSOCK_CALL(socket, Startup, make)
WINSOCK_CALL(closesocket, Startup, close)
WINSOCK_CALL(shutdown, Startup, shut)

}  // namespace winsock
