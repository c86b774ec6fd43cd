// A wait in slices, between which the end of the environment is noticed.
#pragma once
#include <chrono>

namespace winsock {

class Deadline {
 public:
  static constexpr long long forever = -1;
  static constexpr long long slice = 100;  // milliseconds

  explicit Deadline(long long milliseconds) : whole_(milliseconds), start_(Clock::now()) {}

  // How long to wait now. What is left is rounded up: a wait may last too long, never too short.
  long long next() {
    if (whole_ == forever) return slice;
    const auto left = start_ + std::chrono::milliseconds(whole_) - Clock::now();
    const long long rest = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    last_ = rest <= slice;
    return !last_ ? slice : rest > 0 ? rest : 0;
  }

  // Whether the slice that `next` gave was the last.
  bool last() const { return last_; }

 private:
  using Clock = std::chrono::steady_clock;

  long long whole_;
  Clock::time_point start_;
  bool last_ = false;
};

}  // namespace winsock
