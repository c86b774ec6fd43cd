// Handles other than sockets, BOOL, and arrays of handles: from JavaScript and back.
#pragma once
#include <vector>

#include "decode.h"
#include "encode.h"

namespace winsock {

// TRUE or FALSE; a failure is FALSE.
struct Boolean {
  BOOL value;
};

// An event object; a failure is NULL.
struct Event {
  HANDLE value;
};

// An array of handles, or NULL.
struct Handles {
  std::vector<HANDLE> all;
  bool null = true;

  bool holds(DWORD count) const { return !null && count <= all.size(); }
};

bool decode(const Argument& argument, Handles* out);

inline bool decode(const Argument& argument, Event* out) {
  UINT_PTR number = 0;
  if (!decode(argument, &number)) return false;
  out->value = reinterpret_cast<HANDLE>(number);
  return true;
}

inline bool decode(const Argument& argument, HWND* out) {
  UINT_PTR number = 0;
  if (!decode(argument, &number)) return false;
  *out = reinterpret_cast<HWND>(number);
  return true;
}

inline bool decode(const Argument& argument, long long* out) {
  int64_t number = 0;
  if (napi_get_value_int64(argument.env, argument.value, &number) != napi_ok) {
    return throw_wrong_kind(argument, "a number");
  }
  *out = number;
  return true;
}

inline napi_value encode(napi_env env, Boolean result) { return encode(env, static_cast<int>(result.value)); }

inline napi_value encode(napi_env env, Event result) { return encode(env, reinterpret_cast<SOCKET>(result.value)); }

template <>
inline Boolean failure<Boolean>() {
  return {FALSE};
}

template <>
inline Event failure<Event>() {
  return {nullptr};
}

}  // namespace winsock
