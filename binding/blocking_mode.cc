#include "blocking_mode.h"

#include <array>
#include <atomic>
#include <cstdint>

namespace winsock {
namespace {

// A bit for each handle: they are multiples of 4, and those of sockets are small.
constexpr SOCKET most_handles = 1 << 20;
std::array<std::atomic<uint32_t>, most_handles / 32> words;

bool in_range(SOCKET s) { return s / 4 < most_handles; }
std::atomic<uint32_t>& word_of(SOCKET s) { return words[s / 4 / 32]; }
uint32_t bit_of(SOCKET s) { return uint32_t{1} << (s / 4 % 32); }

}  // namespace

bool known_to_block(SOCKET s) { return in_range(s) && (word_of(s).load() & bit_of(s)) != 0; }

void note_blocking(SOCKET s, bool blocks) {
  if (!in_range(s)) return;
  if (blocks) {
    word_of(s).fetch_or(bit_of(s));
  } else {
    word_of(s).fetch_and(~bit_of(s));
  }
}

}  // namespace winsock
