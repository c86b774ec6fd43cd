#include "view.h"

namespace winsock {

int socket_type(SOCKET s) {
  int type = 0;
  int length = sizeof type;
  if (getsockopt(s, SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&type), &length) != 0) return 0;
  return type;
}

int unmapped(SOCKET s) {
  if (socket_type(s) != 0) WSASetLastError(WSAEFAULT);
  return SOCKET_ERROR;
}

int unmapped() {
  WSASetLastError(WSAEFAULT);
  return SOCKET_ERROR;
}

}  // namespace winsock
