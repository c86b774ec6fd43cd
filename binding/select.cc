// select, and the body of FD_ISSET.
#include <vector>

#include "call.h"
#include "functions.h"
#include "sets.h"

namespace winsock {
namespace {

constexpr long slice = 100'000;  // microseconds

// A set as it was asked for, to ask again with.
class Asked {
 public:
  explicit Asked(const View& set) : set_(set) {
    if (!set.null) bytes_.assign(set.bytes(), set.bytes() + set_size(set_count(set)));
  }
  void restore() const {
    if (!set_.null) std::memcpy(set_.bytes(), bytes_.data(), bytes_.size());
  }

 private:
  View set_;
  std::vector<char> bytes_;
};

constexpr long long forever = -1;
constexpr long long malformed = 0;  // Winsock's to judge, at once

long long microseconds(const View& time) {
  if (time.null) return forever;
  timeval value;
  std::memcpy(&value, time.bytes(), sizeof value);
  if (value.tv_sec < 0 || value.tv_usec < 0) return malformed;
  return value.tv_sec * 1'000'000LL + value.tv_usec;
}

// A long wait goes in slices, between which the end of the environment is noticed: it is not said on which of its
// sockets Winsock waits, so there is none to cancel. What is ready is told at once all the same.
int select_in_slices(Environment& environment, const View& read, const View& write, const View& except,
                     long long whole) {
  const Asked asked[] = {Asked(read), Asked(write), Asked(except)};
  const ULONGLONG start = GetTickCount64();
  for (;;) {
    const long long left = whole - static_cast<long long>(GetTickCount64() - start) * 1000;
    const bool last = whole != forever && left <= slice;
    timeval now = {0, last ? static_cast<long>(left > 0 ? left : 0) : slice};
    const int ready = select(0, read.as<fd_set>(), write.as<fd_set>(), except.as<fd_set>(), &now);
    if (ready != 0 || last || environment.interrupter().ending()) return ready;
    for (const Asked& set : asked) set.restore();
  }
}

int select_sets(Environment& environment, int nfds, View read, View write, View except, View time) {
  if (!set_fits(read) || !set_fits(write) || !set_fits(except) || !time_fits(time)) return unmapped();
  const long long whole = microseconds(time);
  if (whole == forever || whole > slice) return select_in_slices(environment, read, write, except, whole);
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
