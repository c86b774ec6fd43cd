// Pieces of the structures that the DLL owns, decoded.
#pragma once
#include <napi.h>

#include "text.h"

namespace winsock {

inline Napi::Value text(Napi::Env env, const char* bytes) { return Napi::Value(env, value_from_ansi(env, bytes)); }
inline Napi::Value text(Napi::Env env, const wchar_t* units) { return Napi::Value(env, value_from_wide(env, units)); }

// An array that ends with NULL.
inline Napi::Array texts(Napi::Env env, char** list) {
  auto array = Napi::Array::New(env);
  for (uint32_t i = 0; list != nullptr && list[i] != nullptr; i++) array.Set(i, text(env, list[i]));
  return array;
}

}  // namespace winsock
