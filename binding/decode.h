// From JavaScript's arguments to C's, one overload for each C type. Each returns false with a TypeError pending
// that names function and parameter.
#pragma once
#include "environment.h"
#include "shapes.h"
#include "text.h"
#include "view.h"

namespace winsock {

struct Argument {
  napi_env env;
  const Function* function;
  size_t index;
  napi_value value;
};

bool throw_wrong_kind(const Argument& argument, const char* wanted);
bool decode_view_slowly(const Argument& argument, View* out);
bool decode(const Argument& argument, View* out);
bool decode(const Argument& argument, Text* out);
bool decode(const Argument& argument, WideText* out);

inline bool decode(const Argument& argument, int* out) {
  return napi_get_value_int32(argument.env, argument.value, out) == napi_ok || throw_wrong_kind(argument, "a number");
}

inline bool decode(const Argument& argument, long* out) {
  int32_t number;
  if (napi_get_value_int32(argument.env, argument.value, &number) != napi_ok) {
    return throw_wrong_kind(argument, "a number");
  }
  *out = number;
  return true;
}

inline bool decode(const Argument& argument, unsigned long* out) {
  uint32_t number;
  if (napi_get_value_uint32(argument.env, argument.value, &number) != napi_ok) {
    return throw_wrong_kind(argument, "a number");
  }
  *out = number;
  return true;
}

inline bool decode(const Argument& argument, unsigned short* out) {
  unsigned long number = 0;
  if (!decode(argument, &number)) return false;
  *out = static_cast<unsigned short>(number);
  return true;
}

// Handles are pointer-sized numbers: -1 is all ones, NaN is 0.
inline bool decode(const Argument& argument, UINT_PTR* out) {
  int64_t number;
  if (napi_get_value_int64(argument.env, argument.value, &number) != napi_ok) {
    return throw_wrong_kind(argument, "a number");
  }
  *out = static_cast<UINT_PTR>(number);
  return true;
}

inline bool decode(const Argument& argument, View* out) {
  napi_typedarray_type type;
  size_t length;
  if (napi_get_typedarray_info(argument.env, argument.value, &type, &length, &out->data, nullptr, nullptr) == napi_ok &&
      (type == napi_uint8_array || type == napi_uint8_clamped_array || type == napi_int8_array)) {
    out->size = length;
    out->null = false;
    return true;
  }
  return decode_view_slowly(argument, out);
}

}  // namespace winsock
