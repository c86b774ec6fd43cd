// WSASocket, and WSADuplicateSocket, which describes a socket for it.
#include "blocking_mode.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

template <typename Info, typename F>
SOCKET make(F function, int family, int type, int protocol, const View& info, u_long group, u_long flags) {
  if (!info.null && !info.holds(sizeof(Info))) {
    unmapped();
    return INVALID_SOCKET;
  }
  // The description of another handle's socket says nothing of its mode.
  return noted(function(family, type, protocol, info.as<Info>(), group, flags), info.null);
}

SOCKET make_ansi(int family, int type, int protocol, View info, u_long group, u_long flags) {
  return make<WSAPROTOCOL_INFOA>(WSASocketA, family, type, protocol, info, group, flags);
}

SOCKET make_wide(int family, int type, int protocol, View info, u_long group, u_long flags) {
  return make<WSAPROTOCOL_INFOW>(WSASocketW, family, type, protocol, info, group, flags);
}

// With NULL for memory that is too short Winsock makes its checks in its own order: the socket, the process, then it.
int describe_ansi(SOCKET s, u_long process, View info) {
  const bool there = info.holds(sizeof(WSAPROTOCOL_INFOA));
  return WSADuplicateSocketA(s, process, there ? info.as<WSAPROTOCOL_INFOA>() : nullptr);
}

int describe_wide(SOCKET s, u_long process, View info) {
  const bool there = info.holds(sizeof(WSAPROTOCOL_INFOW));
  return WSADuplicateSocketW(s, process, there ? info.as<WSAPROTOCOL_INFOW>() : nullptr);
}

}  // namespace

WINSOCK_CALL(WSASocketA, Startup, make_ansi)
WINSOCK_CALL(WSASocketW, Startup, make_wide)
WINSOCK_CALL(WSADuplicateSocketA, Startup, describe_ansi)
WINSOCK_CALL(WSADuplicateSocketW, Startup, describe_wide)

}  // namespace winsock
