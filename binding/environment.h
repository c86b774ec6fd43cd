// What the addon knows of one Node environment: the main thread or one worker. Nothing here is shared.
#pragma once
#include <winsock2.h>
#include <ws2tcpip.h>

#include <node_api.h>

#include <cstdint>

namespace winsock {

// A function's name and its parameters', for the messages of TypeErrors.
struct Function {
  const char* name;
  const char* const* parameters;
};

class Environment {
 public:
  // The last error lies in memory that JavaScript reads as an Int32Array: WSAGetLastError then costs no native call.
  explicit Environment(int32_t* last_error) : last_error_(last_error) {}

  int last_error() const { return *last_error_; }
  void set_last_error(int code) { *last_error_ = code; }

 private:
  int32_t* last_error_;
};

// What each function's callback is handed.
struct Bound {
  Environment* environment;
  const Function* function;
};

}  // namespace winsock
