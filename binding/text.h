// Strings of the A functions: ANSI in C, text in JavaScript.
#pragma once
#include <node_api.h>

#include <string>

namespace winsock {

// A string that goes in; NULL is allowed.
struct Text {
  std::string bytes;
  bool null = true;

  const char* c_str() const { return null ? nullptr : bytes.c_str(); }
};

// A UTF-16 string that goes in.
struct WideText {
  std::u16string units;
  bool null = true;

  const wchar_t* c_str() const { return null ? nullptr : reinterpret_cast<const wchar_t*>(units.c_str()); }
};

// A string that comes out; NULL becomes null.
struct TextResult {
  const char* bytes;
};

struct WideResult {
  const wchar_t* units;
};

bool wide_from_value(napi_env env, napi_value value, std::u16string* out);
bool ansi_from_value(napi_env env, napi_value value, std::string* out);
napi_value value_from_ansi(napi_env env, const char* bytes);
napi_value value_from_wide(napi_env env, const wchar_t* units);

}  // namespace winsock
