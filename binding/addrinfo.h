// What getaddrinfo and getaddrinfoAsync share.
#pragma once
#include "call.h"

namespace winsock {

// Copies a list into the array, in order. The list is still the caller's to free.
void fill(const Results& results, const addrinfo* list);
void fill(const Results& results, const addrinfoW* list);

// These calls return the code itself.
int fail(int code);

// The code with which a look-up fails before anything is looked up, or 0. Hints with pointers never get to the DLL:
// they are numbers from JavaScript, and Wine follows them.
inline int refusal(const Hints& hints, const Results& results) {
  if (!started()) return WSANOTINITIALISED;
  if (results.array == nullptr || hints.unmapped) return WSAEFAULT;
  return hints.result ? WSANO_RECOVERY : 0;
}

}  // namespace winsock
