// A caller's memory: what an ArrayBufferView covers, or NULL. No call may touch a byte outside it.
#pragma once
#include <winsock2.h>

#include <cstddef>
#include <cstring>

namespace winsock {

struct View {
  void* data = nullptr;
  size_t size = 0;
  bool null = true;

  // Whether `length` bytes, as C would count them, lie inside. A negative length is one beyond every view.
  bool holds(long long length) const {
    return !null && length >= 0 && static_cast<unsigned long long>(length) <= size;
  }

  // The same for a buffer of which NULL is as good as any when nothing is asked of it.
  bool holds_or_empty(long long length) const { return length == 0 || holds(length); }

  // An empty view may have no address; Winsock wants one that is not NULL.
  char* bytes() const {
    static char nothing;
    return null ? nullptr : data ? static_cast<char*>(data) : &nothing;
  }

  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(bytes());
  }

  // The int that this points to, which need not be aligned.
  int integer() const {
    int value;
    std::memcpy(&value, bytes(), sizeof value);
    return value;
  }
};

// What Windows answers for memory that is not mapped: first it looks at the handle, then WSAEFAULT.
int unmapped(SOCKET s);

// The same where there is no socket to look at.
int unmapped();

// SO_TYPE, or 0 with the last error set when `s` is no socket.
int socket_type(SOCKET s);

}  // namespace winsock
