// Ends a call that blocks when its environment ends: worker.terminate(), or process.exit() on the main thread. Without
// it the thread would sit in the call for ever, and with it the exit of the whole process.
//
// Winsock waits alertably while it blocks: an asynchronous procedure of the same thread runs in the middle of accept,
// connect, recv or send. A waitable timer queues such a procedure ten times a second. It asks Node-API whether the
// environment still runs JavaScript; if not, it cancels what this thread has pending on the socket, and the call
// returns. A call that does not wait never meets it, and nothing is asked of the system for each call. Blocking mode,
// SO_RCVTIMEO and SO_SNDTIMEO stay Winsock's own business.
#pragma once
#include <winsock2.h>

#include <node_api.h>

namespace winsock {

class Interrupter {
 public:
  explicit Interrupter(napi_env env);
  ~Interrupter();
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;

  // Whether the environment is being ended: no JavaScript runs in it any more.
  bool ending() const;

 private:
  friend class Blocking;
  friend class Quiet;
  void start();
  static void CALLBACK look(void* self, DWORD, DWORD);

  napi_env env_;
  HANDLE timer_;
  SOCKET socket_ = INVALID_SOCKET;
};

// Marks the socket of a call that may block, for as long as it lasts.
class Blocking {
 public:
  Blocking(Interrupter& interrupter, SOCKET s) : interrupter_(interrupter) { interrupter.socket_ = s; }
  ~Blocking() { interrupter_.socket_ = INVALID_SOCKET; }

 private:
  Interrupter& interrupter_;
};

// No such procedure runs meanwhile: in an alertable wait of the program's own it would end the wait.
class Quiet {
 public:
  explicit Quiet(Interrupter& interrupter) : interrupter_(interrupter) { CancelWaitableTimer(interrupter.timer_); }
  ~Quiet() { interrupter_.start(); }

 private:
  Interrupter& interrupter_;
};

}  // namespace winsock
