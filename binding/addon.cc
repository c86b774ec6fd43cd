// The module: an object with every function of the interface, and `lastError`, the memory that holds the thread's.
#include <napi.h>

#include <array>
#include <iterator>

#include "environment.h"
#include "functions.h"

namespace winsock {
namespace {

#define WINSOCK_FUNCTION(name, ...) constexpr const char* parameters_of_##name[] = {"", __VA_ARGS__};
// The headers have macros of these names: a name is never passed on.
#define WINSOCK_ALIAS(name, of, ...) constexpr const char* parameters_of_##name[] = {"", __VA_ARGS__};
#include "functions.inc"
#undef WINSOCK_FUNCTION

struct Entry {
  Function function;
  napi_callback callback;
};

// The first name is a filler: C++ has no empty arrays.
const Entry entries[] = {
#define WINSOCK_FUNCTION(name, ...) {{#name, parameters_of_##name + 1}, call_##name},
#define WINSOCK_ALIAS(name, of, ...) {{#name, parameters_of_##name + 1}, call_##of},
#include "functions.inc"
#undef WINSOCK_FUNCTION
};

// Everything of one environment; Node deletes it when the environment ends.
struct Instance {
  Environment environment;
  Napi::Reference<Napi::Int32Array> last_error;
  std::array<Bound, std::size(entries)> bound;

  explicit Instance(Napi::Int32Array array)
      : environment(array.Env(), array.Data()), last_error(Napi::Persistent(array)) {
    for (size_t i = 0; i < bound.size(); i++) bound[i] = {&environment, &entries[i].function};
  }
};

// The count of WSAStartup must outlive the threads that made it: Node would unload the module after the last one.
void stay_loaded() {
  HMODULE module;
  const auto* here = reinterpret_cast<const wchar_t*>(&stay_loaded);
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN, here, &module);
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  stay_loaded();
  auto array = Napi::Int32Array::New(env, 1);
  array[0] = 0;
  auto* instance = new Instance(array);
  env.SetInstanceData(instance);
  exports.Set("lastError", array);
  for (size_t i = 0; i < std::size(entries); i++) {
    napi_value function;
    const char* name = entries[i].function.name;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, entries[i].callback, &instance->bound[i], &function);
    exports.Set(name, Napi::Value(env, function));
  }
  return exports;
}

NODE_API_MODULE(winsock, initialise)

}  // namespace
}  // namespace winsock
