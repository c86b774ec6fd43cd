// getaddrinfo, freeaddrinfo, getnameinfo.
#include "addrinfo.h"

#include <napi.h>

#include "functions.h"
#include "structures.h"

namespace winsock {
namespace {

template <typename T>
Napi::Object entry(Napi::Env env, const T& info) {
  auto address = Napi::Uint8Array::New(env, info.ai_addrlen);
  if (info.ai_addrlen > 0) std::memcpy(address.Data(), info.ai_addr, info.ai_addrlen);
  auto object = Napi::Object::New(env);
  object.Set("ai_flags", Napi::Number::New(env, info.ai_flags));
  object.Set("ai_family", Napi::Number::New(env, info.ai_family));
  object.Set("ai_socktype", Napi::Number::New(env, info.ai_socktype));
  object.Set("ai_protocol", Napi::Number::New(env, info.ai_protocol));
  object.Set("ai_addrlen", Napi::Number::New(env, static_cast<double>(info.ai_addrlen)));
  object.Set("ai_addr", address);
  object.Set("ai_canonname", text(env, info.ai_canonname));
  return object;
}

template <typename T>
void fill_from(const Results& results, const T* list) {
  const Napi::Env env(results.env);
  for (uint32_t i = 0; list != nullptr; list = list->ai_next, i++) {
    const Napi::HandleScope scope(env);
    napi_set_element(env, results.array, i, entry(env, *list));
  }
}

// getaddrinfo or GetAddrInfoW, whichever goes with the text.
template <typename Info, typename T, typename F, typename G>
int look_up(F function, G free, const T& node, const T& service, const Hints& hints, const Results& results) {
  results.empty();
  if (const int code = refusal(hints, results)) return fail(code);
  Info* list = nullptr;
  const int code = function(node.c_str(), service.c_str(), reinterpret_cast<const Info*>(hints.get()), &list);
  const int error = WSAGetLastError();
  if (code == 0) {
    fill(results, list);
    free(list);
  }
  WSASetLastError(error);
  return code;
}

int look_up_ansi(Text node, Text service, const Hints& hints, const Results& results) {
  return look_up<addrinfo>(getaddrinfo, freeaddrinfo, node, service, hints, results);
}

int look_up_wide(WideText node, WideText service, const Hints& hints, const Results& results) {
  return look_up<addrinfoW>(GetAddrInfoW, FreeAddrInfoW, node, service, hints, results);
}

// The DLL's list is gone already: the entries are JavaScript's.
int empty(const Results& results) {
  results.empty();
  return 0;
}

template <typename C, typename F>
int name_of(F function, const View& address, int length, const View& node, u_long node_size, const View& service,
            u_long service_size, int flags) {
  const auto holds = [](const View& view, u_long size) { return view.null || size <= view.size / sizeof(C); };
  if (!started()) return fail(WSANOTINITIALISED);
  const bool right = address.holds(length) && holds(node, node_size) && holds(service, service_size);
  if (!right) return fail(WSAEFAULT);
  return function(address.as<sockaddr>(), length, node.as<C>(), node_size, service.as<C>(), service_size, flags);
}

int name_of_ansi(View address, int length, View node, u_long node_size, View service, u_long service_size, int flags) {
  return name_of<char>(getnameinfo, address, length, node, node_size, service, service_size, flags);
}

int name_of_wide(View address, int length, View node, u_long node_size, View service, u_long service_size, int flags) {
  return name_of<wchar_t>(GetNameInfoW, address, length, node, node_size, service, service_size, flags);
}

}  // namespace

void fill(const Results& results, const addrinfo* list) { fill_from(results, list); }
void fill(const Results& results, const addrinfoW* list) { fill_from(results, list); }

int fail(int code) {
  WSASetLastError(code);
  return code;
}

// These say themselves that Winsock is not started: their return value is the code.
WINSOCK_CALL(getaddrinfo, Nothing, look_up_ansi)
WINSOCK_CALL(GetAddrInfoW, Nothing, look_up_wide)
WINSOCK_CALL(getnameinfo, Nothing, name_of_ansi)
WINSOCK_CALL(GetNameInfoW, Nothing, name_of_wide)

napi_value call_freeaddrinfo(napi_env env, napi_callback_info info) {
  call<Needs::Nothing>(empty, env, info);
  return nullptr;
}

napi_value call_FreeAddrInfoW(napi_env env, napi_callback_info info) { return call_freeaddrinfo(env, info); }

}  // namespace winsock
