// Arguments that are neither numbers nor text nor plain memory: lists of buffers, hints, results, callbacks.
//
// To read a property may run a getter, and a getter may detach any memory. So these arguments are decoded before the
// plain views (see call.h), and the views inside them are looked at when all decoding is done.
#pragma once
#include <string>
#include <vector>

#include "environment.h"
#include "view.h"

namespace winsock {

struct Argument;

struct Shape {};

template <typename T>
constexpr bool is_shape = std::is_base_of_v<Shape, T>;

// A view whose memory is looked at when it is needed, because script runs before.
struct LaterView {
  napi_env env = nullptr;
  napi_value value = nullptr;

  View now() const;
};

// A WSABUF: `len` bytes from the start of `buf`.
struct Buffer {
  u_long length = 0;
  LaterView view;
};

// WSABUF[], NULL allowed.
struct Buffers : Shape {
  std::vector<Buffer> list;
  bool null = true;

  // The first `count` as C has them; false when some of that memory is not there.
  bool memory(u_long count, std::vector<WSABUF>* out) const;
};

// One WSABUF, NULL allowed.
struct OneBuffer : Shape {
  Buffer buffer;
  bool null = true;

  bool memory(WSABUF* out) const;
};

// ADDRINFO for hints: memory, or an object with its fields; NULL allowed.
struct Hints : Shape {
  addrinfo fields = {};
  bool null = true;
  bool unmapped = false;  // memory that is too short
  bool result = false;    // it has what only results have

  const addrinfo* get() const { return null ? nullptr : &fields; }
};

// The array that an `ADDRINFO **` fills; NULL allowed.
struct Results : Shape {
  napi_env env = nullptr;
  napi_value array = nullptr;  // NULL: none

  void empty() const;
};

// A function, NULL allowed.
struct Callback : Shape {
  napi_env env = nullptr;
  napi_value function = nullptr;  // NULL: none
};

bool decode(const Argument& argument, LaterView* out);
bool decode(const Argument& argument, Buffers* out);
bool decode(const Argument& argument, OneBuffer* out);
bool decode(const Argument& argument, Hints* out);
bool decode(const Argument& argument, Results* out);
bool decode(const Argument& argument, Callback* out);

}  // namespace winsock
