// ioctlsocket, getsockopt, setsockopt.
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int control(SOCKET s, long command, View argument) {
  if (!argument.holds(sizeof(u_long))) return unmapped(s);
  return ioctlsocket(s, command, argument.as<u_long>());
}

int get_option(SOCKET s, int level, int name, View value, View length) {
  if (!length.holds(sizeof(int)) || !value.holds(length.integer())) return unmapped(s);
  return getsockopt(s, level, name, value.bytes(), length.as<int>());
}

int set_option(SOCKET s, int level, int name, View value, int length) {
  if (!value.holds(length)) return unmapped(s);
  return setsockopt(s, level, name, value.bytes(), length);
}

}  // namespace

WINSOCK_CALL(ioctlsocket, Startup, control)
WINSOCK_CALL(getsockopt, Startup, get_option)
WINSOCK_CALL(setsockopt, Startup, set_option)

}  // namespace winsock
