// createMessageWindow and PostMessage.
#include "handles.h"

#include "call.h"
#include "functions.h"
#include "message_window.h"

namespace winsock {
namespace {

// NULL is the calling thread's own queue in Windows, which nobody reads: here it is no window.
Boolean post_message(HWND window, unsigned long message, UINT_PTR wparam, long long lparam) {
  if (window == nullptr) {
    WSASetLastError(ERROR_INVALID_WINDOW_HANDLE);
    return {FALSE};
  }
  return {PostMessageW(window, message, wparam, static_cast<LPARAM>(lparam))};
}

napi_value class_of_windows(napi_env env, Environment& environment) {
  napi_value found = nullptr;
  if (environment.window_class == nullptr) {
    found = MessageWindow::define(env);
    napi_create_reference(env, found, 1, &environment.window_class);
  } else {
    napi_get_reference_value(env, environment.window_class, &found);
  }
  return found;
}

}  // namespace

WINSOCK_CALL(PostMessage, Nothing, post_message)

napi_value call_createMessageWindow(napi_env env, napi_callback_info info) {
  napi_value procedure;
  size_t given = 1;
  void* data;
  napi_get_cb_info(env, info, &given, &procedure, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  napi_valuetype type;
  napi_typeof(env, procedure, &type);
  if (type != napi_function && type != napi_null) {
    throw_wrong_kind(Argument{env, bound.function, 0, procedure}, "a function or null");
    return nullptr;
  }
  napi_value window = nullptr;
  napi_new_instance(env, class_of_windows(env, *bound.environment), 1, &procedure, &window);
  return window;
}

}  // namespace winsock
