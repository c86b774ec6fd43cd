// A window that only receives messages, with a thread of its own that owns it and takes the messages off its queue.
#pragma once
#include <winsock2.h>

#include <atomic>
#include <thread>

namespace winsock {

struct Message {
  UINT message;
  WPARAM wparam;
  LPARAM lparam;
};

class Pump {
 public:
  // Told of every posted message, in order, on the pump's thread; must not wait.
  using Deliver = void (*)(void* receiver, const Message& message);

  Pump(Deliver deliver, void* receiver);
  ~Pump() { close(); }
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  // NULL when Windows would not make the window: GetLastError's code is in `error`.
  HWND window() const { return window_; }
  DWORD error() const { return error_; }

  // Destroys the window and ends its thread. Nothing is delivered afterwards.
  void close();

 private:
  void run(HANDLE ready);
  void pump();

  Deliver deliver_;
  void* receiver_;
  HWND window_ = nullptr;
  DWORD error_ = 0;
  std::atomic<bool> closing_{false};
  std::thread thread_;
};

}  // namespace winsock
