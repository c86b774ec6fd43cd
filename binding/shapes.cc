#include "shapes.h"

#include "decode.h"

namespace winsock {
namespace {

napi_valuetype type_of(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return type;
}

bool is_view(napi_env env, napi_value value) {
  bool typed = false;
  bool data = false;
  napi_is_typedarray(env, value, &typed);
  napi_is_dataview(env, value, &data);
  return typed || data;
}

// Reads a property; a getter that throws leaves its exception pending, and this is false.
bool read(napi_env env, napi_value object, const char* name, napi_value* out) {
  return napi_get_named_property(env, object, name, out) == napi_ok;
}

enum class Read { Right, Wrong, Thrown };

Read read_buffer(napi_env env, napi_value object, Buffer* out) {
  if (type_of(env, object) != napi_object) return Read::Wrong;
  napi_value length;
  if (!read(env, object, "len", &length) || !read(env, object, "buf", &out->view.value)) return Read::Thrown;
  uint32_t number;
  if (napi_get_value_uint32(env, length, &number) != napi_ok) return Read::Wrong;
  out->length = number;
  out->view.env = env;
  const bool null = type_of(env, out->view.value) == napi_null;
  return null || is_view(env, out->view.value) ? Read::Right : Read::Wrong;
}

bool settle(const Argument& argument, Read read, const char* wanted) {
  if (read == Read::Wrong) throw_wrong_kind(argument, wanted);
  return read == Read::Right;
}

// A field that is left out counts as 0.
bool read_field(napi_env env, napi_value object, const char* name, int* out) {
  napi_value value;
  if (!read(env, object, name, &value)) return false;
  const napi_valuetype type = type_of(env, value);
  if (type == napi_undefined || type == napi_null) return true;
  napi_value number;
  return napi_coerce_to_number(env, value, &number) == napi_ok && napi_get_value_int32(env, number, out) == napi_ok;
}

bool read_hints(napi_env env, napi_value object, Hints* out) {
  for (const char* name : {"ai_addrlen", "ai_canonname", "ai_addr", "ai_next"}) {
    napi_value value;
    bool there = false;
    if (napi_get_named_property(env, object, name, &value) != napi_ok) return false;
    napi_coerce_to_bool(env, value, &value);
    napi_get_value_bool(env, value, &there);
    out->result |= there;
  }
  addrinfo& fields = out->fields;
  return read_field(env, object, "ai_flags", &fields.ai_flags) &&
         read_field(env, object, "ai_family", &fields.ai_family) &&
         read_field(env, object, "ai_socktype", &fields.ai_socktype) &&
         read_field(env, object, "ai_protocol", &fields.ai_protocol);
}

}  // namespace

View LaterView::now() const {
  const Function function = {"", nullptr};
  View view;
  decode(Argument{env, &function, 0, value}, &view);
  return view;
}

bool Buffers::memory(u_long count, std::vector<WSABUF>* out) const {
  if (null ? count > 0 : count > list.size()) return false;
  for (u_long i = 0; i < count; i++) {
    const View view = list[i].view.now();
    if (!view.holds_or_empty(list[i].length)) return false;
    out->push_back({list[i].length, view.bytes()});
  }
  return true;
}

bool OneBuffer::memory(WSABUF* out) const {
  const View view = buffer.view.now();
  *out = {buffer.length, view.bytes()};
  return view.holds_or_empty(buffer.length);
}

void Results::empty() const {
  if (array == nullptr) return;
  napi_value zero;
  napi_create_uint32(env, 0, &zero);
  napi_set_named_property(env, array, "length", zero);
}

bool decode(const Argument& argument, LaterView* out) {
  View view;
  *out = {argument.env, argument.value};
  return decode(argument, &view);
}

bool decode(const Argument& argument, Buffers* out) {
  const char* wanted = "an array of { len, buf } or null";
  const napi_env env = argument.env;
  if (type_of(env, argument.value) == napi_null) return true;
  bool array = false;
  napi_is_array(env, argument.value, &array);
  if (!array) return throw_wrong_kind(argument, wanted);
  uint32_t length = 0;
  napi_get_array_length(env, argument.value, &length);
  out->null = false;
  for (uint32_t i = 0; i < length; i++) {
    napi_value item;
    if (napi_get_element(env, argument.value, i, &item) != napi_ok) return false;
    Buffer buffer;
    if (!settle(argument, read_buffer(env, item, &buffer), wanted)) return false;
    out->list.push_back(buffer);
  }
  return true;
}

bool decode(const Argument& argument, OneBuffer* out) {
  if (type_of(argument.env, argument.value) == napi_null) return true;
  out->null = false;
  return settle(argument, read_buffer(argument.env, argument.value, &out->buffer), "{ len, buf } or null");
}

bool decode(const Argument& argument, Hints* out) {
  const napi_env env = argument.env;
  const napi_valuetype type = type_of(env, argument.value);
  if (type == napi_null) return true;
  if (type != napi_object) return throw_wrong_kind(argument, "an object, an ArrayBufferView or null");
  out->null = false;
  if (!is_view(env, argument.value)) return read_hints(env, argument.value, out);
  const View view = LaterView{env, argument.value}.now();
  addrinfo& fields = out->fields;
  out->unmapped = !view.holds(sizeof fields);
  if (!out->unmapped) std::memcpy(&fields, view.bytes(), sizeof fields);
  out->result = fields.ai_addrlen || fields.ai_canonname || fields.ai_addr || fields.ai_next;
  return true;
}

bool decode(const Argument& argument, Results* out) {
  if (type_of(argument.env, argument.value) == napi_null) return true;
  bool array = false;
  napi_is_array(argument.env, argument.value, &array);
  out->env = argument.env;
  out->array = argument.value;
  return array || throw_wrong_kind(argument, "an array or null");
}

bool decode(const Argument& argument, Callback* out) {
  const napi_valuetype type = type_of(argument.env, argument.value);
  if (type == napi_null) return true;
  out->env = argument.env;
  out->function = argument.value;
  return type == napi_function || throw_wrong_kind(argument, "a function or null");
}

}  // namespace winsock
