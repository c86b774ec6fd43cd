// bind, listen, accept, connect.
#include "accept.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int bind_to(SOCKET s, View name, int length) {
  if (!name.holds(length)) return unmapped(s);
  return bind(s, name.as<sockaddr>(), length);
}

int listen_on(SOCKET s, int backlog) { return listen(s, backlog); }

SOCKET accept_one(Environment& environment, SOCKET s, View address, View length) {
  const bool writable = length.null || (length.holds(sizeof(int)) && (address.null || address.holds(length.integer())));
  if (!writable) {
    unmapped(s);
    return INVALID_SOCKET;
  }
  return accept_in_slices(environment, s, [&] { return accept(s, address.as<sockaddr>(), length.as<int>()); });
}

int connect_to(Environment& environment, SOCKET s, View name, int length) {
  if (!name.holds(length)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return connect(s, name.as<sockaddr>(), length);
}

}  // namespace

WINSOCK_CALL(bind, Startup, bind_to)
WINSOCK_CALL(listen, Startup, listen_on)
WINSOCK_CALL(accept, Startup, accept_one)
WINSOCK_CALL(connect, Startup, connect_to)

}  // namespace winsock
