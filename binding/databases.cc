// The databases of hosts, services and protocols, and the list of what protocols there are.
#include <napi.h>

#include "call.h"
#include "functions.h"
#include "structures.h"

namespace winsock {
namespace {

template <typename T>
T* no_memory() {
  unmapped();
  return nullptr;
}

hostent* host_by_address(View address, int length, int family) {
  const int needed = family == AF_INET6 ? sizeof(in6_addr) : sizeof(in_addr);
  if (!address.holds(length) || !address.holds(needed)) return no_memory<hostent>();
  return gethostbyaddr(address.bytes(), length, family);
}

servent* service_by_name(Text name, Text protocol) {
  return name.null ? no_memory<servent>() : getservbyname(name.c_str(), protocol.c_str());
}

servent* service_by_port(int port, Text protocol) { return getservbyport(port, protocol.c_str()); }

protoent* protocol_by_name(Text name) { return name.null ? no_memory<protoent>() : getprotobyname(name.c_str()); }

protoent* protocol_by_number(int number) { return getprotobynumber(number); }

int host_name_wide(View name, int length) {
  if (!name.holds(static_cast<long long>(length) * sizeof(wchar_t))) return unmapped();
  return GetHostNameW(name.as<wchar_t>(), length);
}

// Whether the list ends in its memory; NULL asks for all.
bool list_ends(const View& list) {
  if (list.null) return true;
  for (size_t at = 0; at + sizeof(int) <= list.size; at += sizeof(int)) {
    int number;
    std::memcpy(&number, list.bytes() + at, sizeof number);
    if (number == 0) return true;
  }
  return false;
}

template <typename Info, typename F>
int list_protocols(F function, const View& list, const View& into, const View& length) {
  const bool right = list_ends(list) && length.holds(sizeof(DWORD)) &&
                     (into.null || into.holds(static_cast<DWORD>(length.integer())));
  return right ? function(list.as<int>(), into.as<Info>(), length.as<DWORD>()) : unmapped();
}

int list_protocols_ansi(View list, View into, View length) {
  return list_protocols<WSAPROTOCOL_INFOA>(WSAEnumProtocolsA, list, into, length);
}

int list_protocols_wide(View list, View into, View length) {
  return list_protocols<WSAPROTOCOL_INFOW>(WSAEnumProtocolsW, list, into, length);
}

}  // namespace

napi_value encode(napi_env raw, const servent* entry) {
  const Napi::Env env(raw);
  if (entry == nullptr) return env.Null();
  auto object = Napi::Object::New(env);
  object.Set("s_name", text(env, entry->s_name));
  object.Set("s_aliases", texts(env, entry->s_aliases));
  object.Set("s_port", Napi::Number::New(env, static_cast<u_short>(entry->s_port)));
  object.Set("s_proto", text(env, entry->s_proto));
  return object;
}

napi_value encode(napi_env raw, const protoent* entry) {
  const Napi::Env env(raw);
  if (entry == nullptr) return env.Null();
  auto object = Napi::Object::New(env);
  object.Set("p_name", text(env, entry->p_name));
  object.Set("p_aliases", texts(env, entry->p_aliases));
  object.Set("p_proto", Napi::Number::New(env, entry->p_proto));
  return object;
}

WINSOCK_CALL(gethostbyaddr, Startup, host_by_address)
WINSOCK_CALL(getservbyname, Startup, service_by_name)
WINSOCK_CALL(getservbyport, Startup, service_by_port)
WINSOCK_CALL(getprotobyname, Startup, protocol_by_name)
WINSOCK_CALL(getprotobynumber, Startup, protocol_by_number)
WINSOCK_CALL(GetHostNameW, Startup, host_name_wide)
WINSOCK_CALL(WSAEnumProtocolsA, Startup, list_protocols_ansi)
WINSOCK_CALL(WSAEnumProtocolsW, Startup, list_protocols_wide)

}  // namespace winsock
