#include "startups.h"

#include <atomic>

namespace winsock {
namespace {

SRWLOCK lock = SRWLOCK_INIT;
std::atomic<int> count{0};

}  // namespace

bool started() { return count.load(std::memory_order_acquire) > 0; }

int start_up(WORD version, WSADATA* data) {
  AcquireSRWLockExclusive(&lock);
  const int code = WSAStartup(version, data);
  if (code == 0) count.fetch_add(1, std::memory_order_release);
  ReleaseSRWLockExclusive(&lock);
  return code;
}

// Never more WSACleanup than WSAStartup: Node holds a reference of its own, which one too many would take.
int clean_up() {
  AcquireSRWLockExclusive(&lock);
  int result = SOCKET_ERROR;
  if (count.load(std::memory_order_relaxed) == 0) {
    WSASetLastError(WSANOTINITIALISED);
  } else {
    result = WSACleanup();
    if (result == 0) count.fetch_sub(1, std::memory_order_release);
  }
  ReleaseSRWLockExclusive(&lock);
  return result;
}

}  // namespace winsock
