// What createMessageWindow returns: `hwnd`, close(), ref() and unref().
#pragma once
#include <napi.h>

#include <memory>

#include "pump.h"

namespace winsock {

// Nothing collects it while it is open.
class MessageWindow : public Napi::ObjectWrap<MessageWindow> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit MessageWindow(const Napi::CallbackInfo& info);

 private:
  void close(const Napi::CallbackInfo&);
  Napi::Value ref(const Napi::CallbackInfo& info);
  Napi::Value unref(const Napi::CallbackInfo& info);

  static void take(void* self, const Message& message);
  static void call_procedure(napi_env env, napi_value procedure, void* context, void* data);
  static void end(void* self);
  void shut();

  napi_env env_;
  napi_threadsafe_function deliver_ = nullptr;
  std::unique_ptr<Pump> pump_;
  bool open_ = false;
};

}  // namespace winsock
