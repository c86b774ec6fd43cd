// What the addon knows of one Node environment: the main thread or one worker. Nothing here is shared.
#pragma once
#include <winsock2.h>
#include <ws2tcpip.h>

#include <node_api.h>

#include <cstdint>
#include <memory>

#include "interrupter.h"
#include "waiters.h"

namespace winsock {

// A function's name and its parameters', for the messages of TypeErrors.
struct Function {
  const char* name;
  const char* const* parameters;
};

class Environment {
 public:
  // The last error lies in memory that JavaScript reads as an Int32Array: WSAGetLastError then costs no native call.
  Environment(napi_env env, int32_t* last_error) : env_(env), last_error_(last_error) {}

  int last_error() const { return *last_error_; }
  void set_last_error(int code) { *last_error_ = code; }

  // Made by the first call that may block.
  Interrupter& interrupter() {
    if (!interrupter_) interrupter_ = std::make_unique<Interrupter>(env_);
    return *interrupter_;
  }

  // Made when the first `…Async` function is called.
  Waiters& waiters() {
    if (!waiters_) waiters_ = std::make_unique<Waiters>(env_);
    return *waiters_;
  }

  // The class of message windows, once one was made.
  napi_ref window_class = nullptr;

 private:
  napi_env env_;
  int32_t* last_error_;
  std::unique_ptr<Interrupter> interrupter_;
  std::unique_ptr<Waiters> waiters_;
};

// What each function's callback is handed.
struct Bound {
  Environment* environment;
  const Function* function;
};

}  // namespace winsock
