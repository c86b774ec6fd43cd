// Which sockets are known to block. Winsock does not tell a socket's mode, and a wait before accept may be made only
// where accept itself would wait: so a socket is noted when this addon makes it, and no more when any thread makes it
// non-blocking. A socket that came from elsewhere is not known.
#pragma once
#include <winsock2.h>

namespace winsock {

bool known_to_block(SOCKET s);
void note_blocking(SOCKET s, bool blocks);

// Passes a new socket on.
inline SOCKET noted(SOCKET s, bool blocks) {
  if (s != INVALID_SOCKET) note_blocking(s, blocks);
  return s;
}

}  // namespace winsock
