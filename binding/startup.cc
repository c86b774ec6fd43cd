// WSAStartup, WSACleanup and the last error.
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int start(WORD version, View data) {
  // Winsock looks at the version before the pointer; with NULL it makes both checks itself and takes no reference.
  return start_up(version, data.holds(sizeof(WSADATA)) ? data.as<WSADATA>() : nullptr);
}

int get_last_error() { return WSAGetLastError(); }

int set_last_error(int code) {
  WSASetLastError(code);
  return 0;
}

}  // namespace

WINSOCK_CALL(WSAStartup, Nothing, start)
WINSOCK_CALL(WSACleanup, Nothing, clean_up)
WINSOCK_CALL(WSAGetLastError, Nothing, get_last_error)

napi_value call_WSASetLastError(napi_env env, napi_callback_info info) {
  call<Needs::Nothing>(set_last_error, env, info);
  return nullptr;
}

}  // namespace winsock
