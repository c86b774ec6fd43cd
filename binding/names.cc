// gethostname, gethostbyname, and the structures that the DLL owns, decoded.
#include <napi.h>

#include "call.h"
#include "functions.h"
#include "structures.h"

namespace winsock {
namespace {

int host_name(View name, int length) {
  if (!name.holds(length)) return unmapped();
  return gethostname(name.bytes(), length);
}

hostent* host_by_name(const Text& name) { return gethostbyname(name.c_str()); }

Napi::Uint8Array bytes(Napi::Env env, const void* data, size_t length) {
  auto array = Napi::Uint8Array::New(env, length);
  std::memcpy(array.Data(), data, length);
  return array;
}

}  // namespace

napi_value encode(napi_env raw, const hostent* entry) {
  const Napi::Env env(raw);
  if (entry == nullptr) return env.Null();
  auto addresses = Napi::Array::New(env);
  for (uint32_t i = 0; entry->h_addr_list[i] != nullptr; i++) {
    addresses.Set(i, bytes(env, entry->h_addr_list[i], entry->h_length));
  }
  auto object = Napi::Object::New(env);
  object.Set("h_name", text(env, entry->h_name));
  object.Set("h_aliases", texts(env, entry->h_aliases));
  object.Set("h_addrtype", Napi::Number::New(env, entry->h_addrtype));
  object.Set("h_length", Napi::Number::New(env, entry->h_length));
  object.Set("h_addr_list", addresses);
  return object;
}

WINSOCK_CALL(gethostname, Startup, host_name)
WINSOCK_CALL(gethostbyname, Startup, host_by_name)

}  // namespace winsock
