#include "handles.h"

namespace winsock {
namespace {

constexpr const char* wanted = "an array of numbers, an ArrayBufferView or null";

bool decode_list(const Argument& argument, Handles* out) {
  uint32_t length;
  napi_get_array_length(argument.env, argument.value, &length);
  for (uint32_t i = 0; i < length; i++) {
    // Of a long array, each would leave a handle to the scope.
    napi_handle_scope scope;
    napi_open_handle_scope(argument.env, &scope);
    napi_value item;
    int64_t number = 0;
    const bool read = napi_get_element(argument.env, argument.value, i, &item) == napi_ok;
    const bool right = read && napi_get_value_int64(argument.env, item, &number) == napi_ok;
    napi_close_handle_scope(argument.env, scope);
    if (!right) {
      bool thrown = false;
      napi_is_exception_pending(argument.env, &thrown);
      return !thrown && throw_wrong_kind(argument, wanted);
    }
    out->all.push_back(reinterpret_cast<HANDLE>(static_cast<INT_PTR>(number)));
  }
  return true;
}

bool is_view(const Argument& argument) {
  bool typed = false;
  bool data = false;
  napi_is_typedarray(argument.env, argument.value, &typed);
  napi_is_dataview(argument.env, argument.value, &data);
  return typed || data;
}

}  // namespace

bool decode(const Argument& argument, Handles* out) {
  napi_valuetype type;
  napi_typeof(argument.env, argument.value, &type);
  if (type == napi_null) return true;
  out->null = false;
  bool list = false;
  napi_is_array(argument.env, argument.value, &list);
  if (list) return decode_list(argument, out);
  if (!is_view(argument)) return throw_wrong_kind(argument, wanted);
  View view;
  if (!decode(argument, &view)) return false;
  out->all.resize(view.size / sizeof(HANDLE));
  if (!out->all.empty()) std::memcpy(out->all.data(), view.bytes(), out->all.size() * sizeof(HANDLE));
  return true;
}

}  // namespace winsock
