#include "text.h"

#include <windows.h>

namespace winsock {

bool wide_from_value(napi_env env, napi_value value, std::u16string* out) {
  size_t length = 0;
  if (napi_get_value_string_utf16(env, value, nullptr, 0, &length) != napi_ok) return false;
  out->resize(length);
  napi_get_value_string_utf16(env, value, out->data(), length + 1, &length);
  return true;
}

bool ansi_from_value(napi_env env, napi_value value, std::string* out) {
  std::u16string wide;
  if (!wide_from_value(env, value, &wide)) return false;
  const auto* source = reinterpret_cast<const wchar_t*>(wide.data());
  const int length = static_cast<int>(wide.size());
  const int size = WideCharToMultiByte(CP_ACP, 0, source, length, nullptr, 0, nullptr, nullptr);
  out->resize(size);
  WideCharToMultiByte(CP_ACP, 0, source, length, out->data(), size, nullptr, nullptr);
  return true;
}

napi_value value_from_wide(napi_env env, const wchar_t* units) {
  napi_value value;
  if (units == nullptr) {
    napi_get_null(env, &value);
  } else {
    napi_create_string_utf16(env, reinterpret_cast<const char16_t*>(units), NAPI_AUTO_LENGTH, &value);
  }
  return value;
}

napi_value value_from_ansi(napi_env env, const char* bytes) {
  napi_value value;
  if (bytes == nullptr) {
    napi_get_null(env, &value);
    return value;
  }
  const int length = MultiByteToWideChar(CP_ACP, 0, bytes, -1, nullptr, 0);
  std::wstring wide(length, L'\0');
  MultiByteToWideChar(CP_ACP, 0, bytes, -1, wide.data(), length);
  // The length counts the final NUL.
  napi_create_string_utf16(env, reinterpret_cast<const char16_t*>(wide.data()), length - 1, &value);
  return value;
}

}  // namespace winsock
