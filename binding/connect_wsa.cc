// WSAConnect, and WSAAccept with its condition function.
#include "accept.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

// A QOS with nothing that is for a provider: what it points to is no memory that a view covers.
class Quality {
 public:
  explicit Quality(const View& view) : given_(!view.null), there_(view.holds(sizeof(QOS))) {
    if (there_) std::memcpy(&value_, view.bytes(), sizeof value_);
    value_.ProviderSpecific = {};
  }
  bool right() const { return there_ || !given_; }
  QOS* get() { return given_ ? &value_ : nullptr; }

 private:
  bool given_;
  bool there_;
  QOS value_ = {};
};

int connect_with(Environment& environment, SOCKET s, View name, int length, const OneBuffer& caller,
                 const OneBuffer& callee, View sending, View group) {
  WSABUF caller_data = {};
  WSABUF callee_data = {};
  Quality quality(sending);
  Quality group_quality(group);
  const bool right = name.holds(length) && (caller.null || caller.memory(&caller_data)) &&
                     (callee.null || callee.memory(&callee_data)) && quality.right() && group_quality.right();
  if (!right) return unmapped(s);
  const Blocking blocking(environment.interrupter(), s);
  return WSAConnect(s, name.as<sockaddr>(), length, caller.null ? nullptr : &caller_data,
                    callee.null ? nullptr : &callee_data, quality.get(), group_quality.get());
}

// What the condition function is called with, by way of Winsock's dwCallbackData.
struct Question {
  napi_env env;
  napi_value function;
  UINT_PTR data;
};

napi_value null_of(napi_env env) {
  napi_value null;
  napi_get_null(env, &null);
  return null;
}

// { len, buf }, with a copy of what Winsock shows for as long as the function runs; null where there is nothing.
napi_value encode_buffer(napi_env env, const WSABUF* buffer) {
  if (buffer == nullptr || buffer->buf == nullptr || buffer->len == 0) return null_of(env);
  napi_value memory;
  napi_value view;
  napi_value length;
  napi_value object;
  void* bytes;
  napi_create_arraybuffer(env, buffer->len, &bytes, &memory);
  std::memcpy(bytes, buffer->buf, buffer->len);
  napi_create_typedarray(env, napi_uint8_array, buffer->len, memory, 0, &view);
  napi_create_uint32(env, buffer->len, &length);
  napi_create_object(env, &object);
  napi_set_named_property(env, object, "len", length);
  napi_set_named_property(env, object, "buf", view);
  return object;
}

// An exception stays pending, to be thrown when WSAAccept returns; the connection then waits on.
int CALLBACK ask(LPWSABUF caller, LPWSABUF caller_data, LPQOS, LPQOS, LPWSABUF callee, LPWSABUF, GROUP*,
                 DWORD_PTR data) {
  const auto* question = reinterpret_cast<Question*>(data);
  const napi_env env = question->env;
  napi_handle_scope scope;
  napi_open_handle_scope(env, &scope);
  const napi_value null = null_of(env);
  napi_value undefined;
  napi_value number;
  napi_value answer;
  napi_get_undefined(env, &undefined);
  napi_create_double(env, static_cast<double>(question->data), &number);
  const napi_value arguments[] = {encode_buffer(env, caller), encode_buffer(env, caller_data), null, null,
                                  encode_buffer(env, callee), null, null, number};
  int verdict = CF_DEFER;
  if (napi_call_function(env, undefined, question->function, 8, arguments, &answer) != napi_ok ||
      napi_coerce_to_number(env, answer, &answer) != napi_ok || napi_get_value_int32(env, answer, &verdict) != napi_ok) {
    verdict = CF_DEFER;
  }
  napi_close_handle_scope(env, scope);
  return verdict;
}

bool writable(const View& address, const View& length) {
  return length.null || (length.holds(sizeof(int)) && (address.null || address.holds(length.integer())));
}

// The function is script, which may detach the caller's memory: Winsock writes to memory of our own meanwhile.
SOCKET accept_asking(SOCKET s, const LaterView& address, const LaterView& length, Question question) {
  const auto data = reinterpret_cast<DWORD_PTR>(&question);
  if (length.now().null) return WSAAccept(s, nullptr, nullptr, ask, data);
  sockaddr_storage name = {};
  const int asked = length.now().integer();
  int size = asked < static_cast<int>(sizeof name) ? asked : static_cast<int>(sizeof name);
  const bool wanted = !address.now().null;
  const SOCKET accepted = WSAAccept(s, wanted ? reinterpret_cast<sockaddr*>(&name) : nullptr, &size, ask, data);
  const int error = WSAGetLastError();
  const View target = address.now();
  const View target_length = length.now();
  if (accepted != INVALID_SOCKET && wanted && target.holds(size)) std::memcpy(target.bytes(), &name, size);
  if (accepted != INVALID_SOCKET && target_length.holds(sizeof size)) {
    std::memcpy(target_length.bytes(), &size, sizeof size);
  }
  WSASetLastError(error);
  return accepted;
}

SOCKET accept_if(Environment& environment, SOCKET s, LaterView address, LaterView length, const Callback& condition,
                 UINT_PTR data) {
  if (!writable(address.now(), length.now())) {
    unmapped(s);
    return INVALID_SOCKET;
  }
  return accept_in_slices(environment, s, [&] {
    if (condition.function == nullptr) {
      return WSAAccept(s, address.now().as<sockaddr>(), length.now().as<int>(), nullptr, 0);
    }
    return accept_asking(s, address, length, {condition.env, condition.function, data});
  });
}

}  // namespace

WINSOCK_CALL(WSAConnect, Startup, connect_with)
WINSOCK_CALL(WSAAccept, Startup, accept_if)

}  // namespace winsock
