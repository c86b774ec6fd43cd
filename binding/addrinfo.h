// What getaddrinfo and getaddrinfoAsync share.
#pragma once
#include "call.h"

namespace winsock {

// Copies a list into the array, in order. The list is still the caller's to free.
void fill(const Results& results, const addrinfo* list);
void fill(const Results& results, const addrinfoW* list);

// These calls return the code itself.
int fail(int code);

}  // namespace winsock
