// The pump's thread takes the messages; a thread-safe function hands them, in order, to the event loop of the thread
// that made the window.
#include "message_window.h"

#include <string>

namespace winsock {

MessageWindow::MessageWindow(const Napi::CallbackInfo& info) : Napi::ObjectWrap<MessageWindow>(info), env_(info.Env()) {
  napi_value name;
  napi_create_string_utf8(env_, "winsock message window", NAPI_AUTO_LENGTH, &name);
  // Without a procedure the messages go nowhere.
  const napi_value procedure = info[0].IsFunction() ? static_cast<napi_value>(info[0]) : nullptr;
  napi_create_threadsafe_function(env_, procedure, nullptr, name, 0, 1, nullptr, nullptr, this, call_procedure, &deliver_);
  pump_ = std::make_unique<Pump>(take, this);
  if (pump_->window() == nullptr) {
    shut();
    const std::string why = "createMessageWindow: CreateWindowExW failed with " + std::to_string(pump_->error());
    Napi::Error::New(info.Env(), why).ThrowAsJavaScriptException();
    return;
  }
  open_ = true;
  Ref();
  // Hooks run in reverse order: the pump is ended before the function that it calls is.
  napi_add_env_cleanup_hook(env_, end, this);
  const auto handle = static_cast<double>(reinterpret_cast<INT_PTR>(pump_->window()));
  const auto hwnd = Napi::Number::New(info.Env(), handle);
  info.This().As<Napi::Object>().DefineProperty(Napi::PropertyDescriptor::Value("hwnd", hwnd, napi_enumerable));
}

Napi::Function MessageWindow::define(Napi::Env env) {
  return DefineClass(env, "MessageWindow",
                     {InstanceMethod("close", &MessageWindow::close), InstanceMethod("ref", &MessageWindow::ref),
                      InstanceMethod("unref", &MessageWindow::unref)});
}

// On the pump's thread.
void MessageWindow::take(void* self, const Message& message) {
  auto* copy = new Message(message);
  const auto deliver = static_cast<MessageWindow*>(self)->deliver_;
  if (napi_call_threadsafe_function(deliver, copy, napi_tsfn_nonblocking) != napi_ok) delete copy;
}

void MessageWindow::call_procedure(napi_env env, napi_value procedure, void* context, void* data) {
  const std::unique_ptr<Message> message(static_cast<Message*>(data));
  auto* self = static_cast<MessageWindow*>(context);
  if (env == nullptr || procedure == nullptr || !self->open_) return;
  napi_value arguments[4];
  napi_create_int64(env, reinterpret_cast<INT_PTR>(self->pump_->window()), &arguments[0]);
  napi_create_uint32(env, message->message, &arguments[1]);
  napi_create_double(env, static_cast<double>(message->wparam), &arguments[2]);
  napi_create_int64(env, message->lparam, &arguments[3]);
  napi_value receiver;
  napi_get_undefined(env, &receiver);
  if (napi_call_function(env, receiver, procedure, 4, arguments, nullptr) != napi_pending_exception) return;
  // What the procedure throws is an uncaught exception; the next message comes all the same.
  napi_value thrown;
  if (napi_get_and_clear_last_exception(env, &thrown) == napi_ok) napi_fatal_exception(env, thrown);
}

void MessageWindow::close(const Napi::CallbackInfo&) {
  if (!open_) return;
  napi_remove_env_cleanup_hook(env_, end, this);
  shut();
  Unref();
}

// The messages that are under way are dropped.
void MessageWindow::shut() {
  open_ = false;
  pump_->close();
  napi_release_threadsafe_function(deliver_, napi_tsfn_abort);
}

// The environment's end closes the thread-safe function by itself.
void MessageWindow::end(void* data) {
  auto* self = static_cast<MessageWindow*>(data);
  self->open_ = false;
  self->pump_->close();
}

Napi::Value MessageWindow::ref(const Napi::CallbackInfo& info) {
  if (open_) napi_ref_threadsafe_function(env_, deliver_);
  return info.This();
}

Napi::Value MessageWindow::unref(const Napi::CallbackInfo& info) {
  if (open_) napi_unref_threadsafe_function(env_, deliver_);
  return info.This();
}

}  // namespace winsock
