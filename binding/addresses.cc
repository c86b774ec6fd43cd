// getsockname, getpeername, and addresses as text and in network byte order.
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int socket_name(SOCKET s, View name, View length) {
  if (!length.holds(sizeof(int)) || !name.holds(length.integer())) return unmapped(s);
  return getsockname(s, name.as<sockaddr>(), length.as<int>());
}

// Winsock looks at the socket's state before it looks at the memory: a socket without a peer is WSAENOTCONN.
int unmapped_peer(SOCKET s) {
  sockaddr_storage scratch;
  int length = sizeof scratch;
  return getpeername(s, reinterpret_cast<sockaddr*>(&scratch), &length) == 0 ? unmapped() : SOCKET_ERROR;
}

int peer_name(SOCKET s, View name, View length) {
  if (!length.holds(sizeof(int)) || !name.holds(length.integer())) return unmapped_peer(s);
  return getpeername(s, name.as<sockaddr>(), length.as<int>());
}

unsigned long address_of(const Text& text) {
  if (!text.null) return inet_addr(text.c_str());
  WSASetLastError(WSAEFAULT);
  return INADDR_NONE;
}

TextResult text_of(unsigned long address) {
  in_addr in;
  in.s_addr = address;
  return {inet_ntoa(in)};
}

unsigned short to_network_short(unsigned short value) { return htons(value); }
unsigned long to_network_long(unsigned long value) { return htonl(value); }
unsigned short to_host_short(unsigned short value) { return ntohs(value); }
unsigned long to_host_long(unsigned long value) { return ntohl(value); }

}  // namespace

WINSOCK_CALL(getsockname, Startup, socket_name)
WINSOCK_CALL(getpeername, Startup, peer_name)
WINSOCK_CALL(inet_addr, Nothing, address_of)
WINSOCK_CALL(inet_ntoa, Nothing, text_of)
WINSOCK_CALL(htons, Nothing, to_network_short)
WINSOCK_CALL(htonl, Nothing, to_network_long)
WINSOCK_CALL(ntohs, Nothing, to_host_short)
WINSOCK_CALL(ntohl, Nothing, to_host_long)

}  // namespace winsock
