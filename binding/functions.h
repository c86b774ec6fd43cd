// The callback of every function of the interface; a missing one does not link.
#pragma once
#include <node_api.h>

namespace winsock {

#define WINSOCK_FUNCTION(name, ...) napi_value call_##name(napi_env env, napi_callback_info info);
#include "functions.inc"
#undef WINSOCK_FUNCTION

}  // namespace winsock
