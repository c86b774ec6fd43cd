// inet_pton, inet_ntop, WSAAddressToString, WSAStringToAddress, and byte order by socket.
#include <algorithm>
#include <cstring>

#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

long long address_size(int family) { return family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr); }

// Of memory that is too short, only a text and a family that Winsock would take can tell.
template <typename F, typename T>
int parse(F function, int family, const T& text, const View& into) {
  if (into.null || into.holds(address_size(family))) return function(family, text.c_str(), into.bytes());
  in6_addr scratch;
  const int result = function(family, text.c_str(), &scratch);
  return result == -1 ? result : unmapped();
}

int parse_ansi(int family, Text text, View into) { return parse(inet_pton, family, text, into); }
int parse_wide(int family, WideText text, View into) { return parse(InetPtonW, family, text, into); }

// Whether Winsock may be shown these; an unknown family it refuses by itself, before it looks at any memory.
bool printable(int family, const View& address, const View& into, UINT_PTR size, size_t unit) {
  if (family != AF_INET && family != AF_INET6) return true;
  return address.holds(address_size(family)) && (into.null || size <= into.size / unit);
}

TextResult print_ansi(int family, View address, View into, UINT_PTR size) {
  if (printable(family, address, into, size, 1)) return {inet_ntop(family, address.bytes(), into.bytes(), size)};
  unmapped();
  return {nullptr};
}

WideResult print_wide(int family, View address, View into, UINT_PTR size) {
  if (printable(family, address, into, size, sizeof(wchar_t))) {
    return {InetNtopW(family, address.bytes(), into.as<wchar_t>(), size)};
  }
  unmapped();
  return {nullptr};
}

// The family is looked at whatever the length is.
bool holds_address(const View& address, u_long length) {
  return address.null || address.holds(length > sizeof(u_short) ? length : sizeof(u_short));
}

template <typename Info, typename C, typename F>
int name_to_text(F function, const View& address, u_long length, const View& info, const View& into, const View& size) {
  const bool right = holds_address(address, length) && (info.null || info.holds(sizeof(Info))) &&
                     size.holds(sizeof(DWORD)) &&
                     (into.null || into.holds(static_cast<long long>(static_cast<DWORD>(size.integer())) * sizeof(C)));
  if (!right) return unmapped();
  return function(address.as<sockaddr>(), length, info.as<Info>(), into.as<C>(), size.as<DWORD>());
}

int name_to_ansi(View address, u_long length, View info, View into, View size) {
  return name_to_text<WSAPROTOCOL_INFOA, char>(WSAAddressToStringA, address, length, info, into, size);
}

int name_to_wide(View address, u_long length, View info, View into, View size) {
  return name_to_text<WSAPROTOCOL_INFOW, wchar_t>(WSAAddressToStringW, address, length, info, into, size);
}

template <typename Info, typename C, typename F>
int text_to_name(F function, const C* text, int family, const View& info, const View& into, const View& size) {
  const bool right = (info.null || info.holds(sizeof(Info))) && size.holds(sizeof(int)) &&
                     (into.null || size.integer() < 0 || into.holds(size.integer()));
  if (!right) return unmapped();
  if (into.null) return function(const_cast<C*>(text), family, info.as<Info>(), nullptr, size.as<int>());
  // Wine clears a whole address before it looks at how much room there is.
  sockaddr_storage name;
  const size_t room = std::clamp<long long>(size.integer(), 0, sizeof name);
  std::memcpy(&name, into.bytes(), room);
  auto* place = reinterpret_cast<sockaddr*>(&name);
  const int result = function(const_cast<C*>(text), family, info.as<Info>(), place, size.as<int>());
  std::memcpy(into.bytes(), &name, room);
  return result;
}

int ansi_to_name(Text text, int family, View info, View into, View size) {
  return text_to_name<WSAPROTOCOL_INFOA>(WSAStringToAddressA, text.c_str(), family, info, into, size);
}

int wide_to_name(WideText text, int family, View info, View into, View size) {
  return text_to_name<WSAPROTOCOL_INFOW>(WSAStringToAddressW, text.c_str(), family, info, into, size);
}

template <typename T, typename F>
int reorder(F function, SOCKET s, T value, const View& into) {
  return into.holds(sizeof(T)) ? function(s, value, into.as<T>()) : unmapped(s);
}

int to_network_long(SOCKET s, u_long value, View into) { return reorder(WSAHtonl, s, value, into); }
int to_network_short(SOCKET s, u_short value, View into) { return reorder(WSAHtons, s, value, into); }
int to_host_long(SOCKET s, u_long value, View into) { return reorder(WSANtohl, s, value, into); }
int to_host_short(SOCKET s, u_short value, View into) { return reorder(WSANtohs, s, value, into); }

}  // namespace

WINSOCK_CALL(inet_pton, Nothing, parse_ansi)
WINSOCK_CALL(InetPtonW, Nothing, parse_wide)
WINSOCK_CALL(inet_ntop, Nothing, print_ansi)
WINSOCK_CALL(InetNtopW, Nothing, print_wide)
WINSOCK_CALL(WSAAddressToStringA, Startup, name_to_ansi)
WINSOCK_CALL(WSAAddressToStringW, Startup, name_to_wide)
WINSOCK_CALL(WSAStringToAddressA, Startup, ansi_to_name)
WINSOCK_CALL(WSAStringToAddressW, Startup, wide_to_name)
WINSOCK_CALL(WSAHtonl, Startup, to_network_long)
WINSOCK_CALL(WSAHtons, Startup, to_network_short)
WINSOCK_CALL(WSANtohl, Startup, to_host_long)
WINSOCK_CALL(WSANtohs, Startup, to_host_short)

}  // namespace winsock
