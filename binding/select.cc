// select, and the body of FD_ISSET.
#include "call.h"
#include "functions.h"
#include "sets.h"

namespace winsock {
namespace {

int select_sets(int nfds, View read, View write, View except, View time) {
  if (!set_fits(read) || !set_fits(write) || !set_fits(except) || !time_fits(time)) return unmapped();
  return select(nfds, read.as<fd_set>(), write.as<fd_set>(), except.as<fd_set>(), time.as<timeval>());
}

int is_set(SOCKET s, View set) {
  if (set.null || !set_fits(set)) return 0;
  for (u_int i = set_count(set); i-- > 0;) {
    SOCKET member;
    std::memcpy(&member, set.bytes() + offsetof(fd_set, fd_array) + i * sizeof member, sizeof member);
    if (member == s) return 1;
  }
  return 0;
}

}  // namespace

WINSOCK_CALL(select, Startup, select_sets)
WINSOCK_CALL(__WSAFDIsSet, Nothing, is_set)

}  // namespace winsock
