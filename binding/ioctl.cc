// WSAIoctl: a command with data in and out.
#include <mswsock.h>

#include <algorithm>

#include "blocking_mode.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

// What lies beyond a view is not shown to Winsock, which then answers as each command does for too few bytes: some
// commands do not look at the one memory or the other at all.
u_long within(const View& view, u_long size) {
  return static_cast<u_long>(std::min<unsigned long long>(view.null ? 0 : view.size, size));
}

// Winsock answers too few bytes itself, but for these two: Wine reads and writes them without a look.
bool fits(u_long code, u_long in_size, u_long out_size) {
  if (code == SIO_BASE_HANDLE) return out_size >= sizeof(SOCKET);
  if (code == SIO_GET_EXTENSION_FUNCTION_POINTER) return in_size >= sizeof(GUID) && out_size >= sizeof(void*);
  return true;
}

int control(SOCKET s, u_long code, View in, u_long in_size, View out, u_long out_size, View returned, View overlapped,
            Callback) {
  if (!overlapped.null) {
    if (socket_type(s) != 0) WSASetLastError(WSAEOPNOTSUPP);
    return SOCKET_ERROR;
  }
  if (!returned.holds(sizeof(DWORD))) return unmapped(s);
  const u_long inside = within(in, in_size);
  const u_long outside = within(out, out_size);
  if (!fits(code, inside, outside)) return unmapped(s);
  const bool blocks = in.holds(sizeof(u_long)) && in.integer() == 0;
  const int result =
      WSAIoctl(s, code, in.bytes(), inside, out.bytes(), outside, returned.as<DWORD>(), nullptr, nullptr);
  if (result == 0 && code == static_cast<u_long>(FIONBIO)) note_blocking(s, blocks);
  return result;
}

}  // namespace

WINSOCK_CALL(WSAIoctl, Startup, control)

}  // namespace winsock
