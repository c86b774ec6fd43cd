#include "decode.h"

namespace winsock {
namespace {

const char* kind_of(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  switch (type) {
    case napi_undefined: return "undefined";
    case napi_null: return "null";
    case napi_boolean: return "a boolean";
    case napi_number: return "a number";
    case napi_string: return "a string";
    case napi_symbol: return "a symbol";
    case napi_function: return "a function";
    case napi_bigint: return "a bigint";
    default: return "an object";
  }
}

bool is_null(const Argument& argument) {
  napi_valuetype type;
  return napi_typeof(argument.env, argument.value, &type) == napi_ok && type == napi_null;
}

size_t element_size(napi_typedarray_type type) {
  switch (type) {
    case napi_int16_array:
    case napi_uint16_array: return 2;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array: return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array: return 8;
    default: return 1;
  }
}

}  // namespace

bool throw_wrong_kind(const Argument& argument, const char* wanted) {
  const std::string message = std::string(argument.function->name) + ": " +
                              argument.function->parameters[argument.index] + " must be " + wanted + ", got " +
                              kind_of(argument.env, argument.value);
  napi_throw_type_error(argument.env, "ERR_INVALID_ARG_TYPE", message.c_str());
  return false;
}

// Typed arrays of more than a byte an element, DataViews, null.
bool decode_view_slowly(const Argument& argument, View* out) {
  napi_typedarray_type type;
  size_t length = 0;
  *out = View();
  if (napi_get_typedarray_info(argument.env, argument.value, &type, &length, &out->data, nullptr, nullptr) == napi_ok) {
    out->size = length * element_size(type);
  } else if (napi_get_dataview_info(argument.env, argument.value, &length, &out->data, nullptr, nullptr) == napi_ok) {
    out->size = length;
  } else {
    return is_null(argument) || throw_wrong_kind(argument, "an ArrayBufferView or null");
  }
  out->null = false;
  return true;
}

bool decode(const Argument& argument, Text* out) {
  if (ansi_from_value(argument.env, argument.value, &out->bytes)) {
    out->null = false;
    return true;
  }
  return is_null(argument) || throw_wrong_kind(argument, "a string or null");
}

bool decode(const Argument& argument, WideText* out) {
  if (wide_from_value(argument.env, argument.value, &out->units)) {
    out->null = false;
    return true;
  }
  return is_null(argument) || throw_wrong_kind(argument, "a string or null");
}

}  // namespace winsock
