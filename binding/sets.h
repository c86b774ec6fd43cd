// fd_set in a caller's memory: a count, then as many sockets. It may hold more than FD_SETSIZE.
#pragma once
#include "view.h"

namespace winsock {

// The bytes that a set with `count` sockets takes.
inline size_t set_size(u_int count) { return count == 0 ? sizeof(u_int) : offsetof(fd_set, fd_array) + count * sizeof(SOCKET); }

inline u_int set_count(const View& set) { return static_cast<u_int>(set.integer()); }

// Whether the set is as long as it says it is.
inline bool set_fits(const View& set) {
  return set.null || (set.size >= sizeof(u_int) && set_size(set_count(set)) <= set.size);
}

inline bool time_fits(const View& time) { return time.null || time.size >= sizeof(timeval); }

}  // namespace winsock
