// One call: decode the arguments, restore the thread's last error, call, keep the last error, encode the result.
// All of it inside one native function, so that nothing Node does in between is ever seen.
#pragma once
#include <tuple>
#include <type_traits>
#include <utility>

#include "decode.h"
#include "encode.h"
#include "startups.h"

namespace winsock {

enum class Needs { Nothing, Startup };

template <bool shapes, typename T>
bool decode_if(const Argument& argument, T* out) {
  if constexpr (is_shape<T> == shapes) return decode(argument, out);
  return true;
}

template <Needs needs, typename R, typename... P, typename F, size_t... I>
napi_value call_with(F function, napi_env env, napi_callback_info info, std::index_sequence<I...>) {
  constexpr size_t count = sizeof...(P);
  napi_value values[count + 1];
  size_t given = count;
  void* data;
  // Missing arguments come as undefined.
  napi_get_cb_info(env, info, &given, values, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  std::tuple<std::decay_t<P>...> arguments;
  // What may run script while it is decoded comes before the addresses of memory are taken.
  const bool right = (decode_if<true>(Argument{env, bound.function, I, values[I]}, &std::get<I>(arguments)) && ...) &&
                     (decode_if<false>(Argument{env, bound.function, I, values[I]}, &std::get<I>(arguments)) && ...);
  if (!right) return nullptr;
  Environment& environment = *bound.environment;
  if constexpr (needs == Needs::Startup) {
    if (!started()) {
      environment.set_last_error(WSANOTINITIALISED);
      return encode(env, failure<R>());
    }
  }
  WSASetLastError(environment.last_error());
  const R result = function(environment, std::get<I>(arguments)...);
  environment.set_last_error(WSAGetLastError());
  return encode(env, result);
}

template <Needs needs, typename R, typename... P>
napi_value call(R (*function)(P...), napi_env env, napi_callback_info info) {
  const auto body = [function](Environment&, const auto&... arguments) { return function(arguments...); };
  return call_with<needs, R, P...>(body, env, info, std::index_sequence_for<P...>{});
}

// A function may want the environment before C's parameters.
template <Needs needs, typename R, typename... P>
napi_value call(R (*function)(Environment&, P...), napi_env env, napi_callback_info info) {
  return call_with<needs, R, P...>(function, env, info, std::index_sequence_for<P...>{});
}

}  // namespace winsock

// Makes `function` what JavaScript calls as `name`.
#define WINSOCK_CALL(name, needs, function)                              \
  napi_value call_##name(napi_env env, napi_callback_info info) {        \
    return ::winsock::call<::winsock::Needs::needs>(function, env, info); \
  }
