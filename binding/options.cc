// ioctlsocket, getsockopt, setsockopt.
#include "blocking_mode.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int control(SOCKET s, long command, View argument) {
  if (!argument.holds(sizeof(u_long))) return unmapped(s);
  const bool blocks = argument.integer() == 0;
  const int result = ioctlsocket(s, command, argument.as<u_long>());
  if (result == 0 && static_cast<u_long>(command) == static_cast<u_long>(FIONBIO)) note_blocking(s, blocks);
  return result;
}

// A negative length goes to Winsock as it is. It then takes the option's natural size, which is at most this.
constexpr size_t natural_size = 8;

bool holds_option(const View& value, int length) {
  return length < 0 ? value.holds(natural_size) : value.holds(length);
}

int get_option(SOCKET s, int level, int name, View value, View length) {
  if (!length.holds(sizeof(int)) || !holds_option(value, length.integer())) return unmapped(s);
  return getsockopt(s, level, name, value.bytes(), length.as<int>());
}

int set_option(SOCKET s, int level, int name, View value, int length) {
  if (!holds_option(value, length)) return unmapped(s);
  return setsockopt(s, level, name, value.bytes(), length);
}

}  // namespace

WINSOCK_CALL(ioctlsocket, Startup, control)
WINSOCK_CALL(getsockopt, Startup, get_option)
WINSOCK_CALL(setsockopt, Startup, set_option)

}  // namespace winsock
