// WSASend, WSARecv and their kin: several buffers in one call; and the ends of a connection.
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

// Overlapped calls are not there yet: they are refused, once the socket is known to be one.
int refuse_overlapped(SOCKET s) {
  if (socket_type(s) != 0) WSASetLastError(WSAEOPNOTSUPP);
  return SOCKET_ERROR;
}

int send_buffers(Environment& environment, SOCKET s, const Buffers& from, u_long count, View sent, u_long flags,
                 View overlapped, Callback) {
  std::vector<WSABUF> memory;
  if (!overlapped.null) return refuse_overlapped(s);
  if (!sent.holds(sizeof(DWORD)) || !from.memory(count, &memory)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return WSASend(s, memory.data(), count, sent.as<DWORD>(), flags, nullptr, nullptr);
}

int send_buffers_to(Environment& environment, SOCKET s, const Buffers& from, u_long count, View sent, u_long flags,
                    View to, int to_length, View overlapped, Callback) {
  std::vector<WSABUF> memory;
  if (!overlapped.null) return refuse_overlapped(s);
  if (!sent.holds(sizeof(DWORD)) || !from.memory(count, &memory)) return unmapped(s);
  const bool there = to.null || to.holds(to_length);
  // A stream's address is not looked at.
  if (!there && socket_type(s) != SOCK_STREAM) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return WSASendTo(s, memory.data(), count, sent.as<DWORD>(), flags, there ? to.as<sockaddr>() : nullptr,
                   there ? to_length : 0, nullptr, nullptr);
}

int receive_buffers(Environment& environment, SOCKET s, const Buffers& into, u_long count, View received, View flags,
                    View overlapped, Callback) {
  std::vector<WSABUF> memory;
  if (!overlapped.null) return refuse_overlapped(s);
  if (!received.holds(sizeof(DWORD)) || !flags.holds(sizeof(DWORD)) || !into.memory(count, &memory)) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return WSARecv(s, memory.data(), count, received.as<DWORD>(), flags.as<DWORD>(), nullptr, nullptr);
}

int receive_buffers_from(Environment& environment, SOCKET s, const Buffers& into, u_long count, View received,
                         View flags, View from, View from_length, View overlapped, Callback) {
  std::vector<WSABUF> memory;
  if (!overlapped.null) return refuse_overlapped(s);
  if (!received.holds(sizeof(DWORD)) || !flags.holds(sizeof(DWORD)) || !into.memory(count, &memory)) return unmapped(s);
  bool there = !from.null;
  if (there && !(from_length.holds(sizeof(int)) && from.holds(from_length.integer()))) {
    if (socket_type(s) != SOCK_STREAM) return unmapped(s);
    there = false;
  }
  const Blocking blocking(environment.interrupter(), s);
  return WSARecvFrom(s, memory.data(), count, received.as<DWORD>(), flags.as<DWORD>(),
                     there ? from.as<sockaddr>() : nullptr, there ? from_length.as<int>() : nullptr, nullptr, nullptr);
}

int disconnect(int(WSAAPI* function)(SOCKET, LPWSABUF), SOCKET s, const OneBuffer& data) {
  WSABUF memory = {};
  if (data.null) return function(s, nullptr);
  return data.memory(&memory) ? function(s, &memory) : unmapped(s);
}

int end_sending(SOCKET s, const OneBuffer& data) { return disconnect(WSASendDisconnect, s, data); }
int end_receiving(SOCKET s, const OneBuffer& data) { return disconnect(WSARecvDisconnect, s, data); }

}  // namespace

WINSOCK_CALL(WSASend, Startup, send_buffers)
WINSOCK_CALL(WSASendTo, Startup, send_buffers_to)
WINSOCK_CALL(WSARecv, Startup, receive_buffers)
WINSOCK_CALL(WSARecvFrom, Startup, receive_buffers_from)
WINSOCK_CALL(WSASendDisconnect, Startup, end_sending)
WINSOCK_CALL(WSARecvDisconnect, Startup, end_receiving)

}  // namespace winsock
