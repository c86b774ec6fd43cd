// From C's return values to JavaScript's, one overload for each C type, and what each returns on failure.
#pragma once
#include <type_traits>

#include "environment.h"
#include "text.h"

namespace winsock {

napi_value encode(napi_env env, const hostent* entry);
napi_value encode(napi_env env, const servent* entry);
napi_value encode(napi_env env, const protoent* entry);

inline napi_value encode(napi_env env, int value) {
  napi_value result;
  napi_create_int32(env, value, &result);
  return result;
}

inline napi_value encode(napi_env env, unsigned long value) {
  napi_value result;
  napi_create_uint32(env, value, &result);
  return result;
}

inline napi_value encode(napi_env env, unsigned short value) {
  napi_value result;
  napi_create_uint32(env, value, &result);
  return result;
}

// INVALID_SOCKET, all ones, comes out as -1.
inline napi_value encode(napi_env env, SOCKET value) {
  napi_value result;
  napi_create_int64(env, static_cast<int64_t>(static_cast<INT_PTR>(value)), &result);
  return result;
}

inline napi_value encode(napi_env env, TextResult value) { return value_from_ansi(env, value.bytes); }
inline napi_value encode(napi_env env, WideResult value) { return value_from_wide(env, value.units); }

template <typename R>
inline R failure() {
  if constexpr (std::is_pointer_v<R>) {
    return nullptr;
  } else {
    return static_cast<R>(SOCKET_ERROR);
  }
}

}  // namespace winsock
