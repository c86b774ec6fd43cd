// send, sendto, recv, recvfrom.
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int send_bytes(Environment& environment, SOCKET s, View buffer, int length, int flags) {
  if (!buffer.holds_or_empty(length)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return send(s, buffer.bytes(), length, flags);
}

int receive(Environment& environment, SOCKET s, View buffer, int length, int flags) {
  if (!buffer.holds_or_empty(length)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return recv(s, buffer.bytes(), length, flags);
}

int send_to(Environment& environment, SOCKET s, View buffer, int length, int flags, View to, int to_length) {
  if (!buffer.holds_or_empty(length)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  if (!to.null && !to.holds(to_length)) {
    // A stream's address is not looked at.
    if (socket_type(s) != SOCK_STREAM) return unmapped(s);
    return sendto(s, buffer.bytes(), length, flags, nullptr, 0);
  }
  return sendto(s, buffer.bytes(), length, flags, to.as<sockaddr>(), to_length);
}

int receive_from(Environment& environment, SOCKET s, View buffer, int length, int flags, View from, View from_length) {
  if (!buffer.holds_or_empty(length)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  if (from.null) return recvfrom(s, buffer.bytes(), length, flags, nullptr, nullptr);
  if (!from_length.holds(sizeof(int)) || !from.holds(from_length.integer())) {
    if (socket_type(s) != SOCK_STREAM) return unmapped(s);
    return recvfrom(s, buffer.bytes(), length, flags, nullptr, nullptr);
  }
  return recvfrom(s, buffer.bytes(), length, flags, from.as<sockaddr>(), from_length.as<int>());
}

}  // namespace

WINSOCK_CALL(send, Startup, send_bytes)
WINSOCK_CALL(recv, Startup, receive)
WINSOCK_CALL(sendto, Startup, send_to)
WINSOCK_CALL(recvfrom, Startup, receive_from)

}  // namespace winsock
