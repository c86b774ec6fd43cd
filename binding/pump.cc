#include "pump.h"

namespace winsock {
namespace {

constexpr const wchar_t* class_name = L"node-winsock-messages";

// Posted messages are taken off the queue and never dispatched, so this sees only what is sent.
LRESULT CALLBACK window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
  if (message != WM_DESTROY) return DefWindowProcW(window, message, wparam, lparam);
  // The loop ends when the queue is empty.
  PostQuitMessage(0);
  return 0;
}

HINSTANCE this_module() {
  HMODULE module = nullptr;
  const auto* here = reinterpret_cast<const wchar_t*>(&window_procedure);
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  GetModuleHandleExW(flags, here, &module);
  return module;
}

// The class is the process's; whoever comes later finds it.
void register_class(HINSTANCE module) {
  WNDCLASSEXW description = {};
  description.cbSize = sizeof description;
  description.lpfnWndProc = window_procedure;
  description.hInstance = module;
  description.lpszClassName = class_name;
  RegisterClassExW(&description);
}

}  // namespace

Pump::Pump(Deliver deliver, void* receiver) : deliver_(deliver), receiver_(receiver) {
  const HANDLE ready = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  thread_ = std::thread([this, ready] { run(ready); });
  WaitForSingleObject(ready, INFINITE);
  CloseHandle(ready);
}

void Pump::run(HANDLE ready) {
  const HINSTANCE module = this_module();
  register_class(module);
  window_ = CreateWindowExW(0, class_name, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, module, nullptr);
  error_ = window_ ? 0 : GetLastError();
  const bool made = window_ != nullptr;
  SetEvent(ready);
  if (made) pump();
}

void Pump::pump() {
  MSG message;
  for (;;) {
    // 0 is WM_QUIT: the window's end, unless a program posts one as it may any message.
    const bool quit = GetMessageW(&message, nullptr, 0, 0) <= 0;
    if (closing_) {
      if (quit) return;
    } else if (message.hwnd == window_) {
      deliver_(receiver_, {message.message, message.wParam, message.lParam});
    }
  }
}

// The sent message goes past those that wait, and however many they are.
void Pump::close() {
  if (!thread_.joinable()) return;
  closing_ = true;
  if (window_) SendMessageW(window_, WM_CLOSE, 0, 0);
  thread_.join();
}

}  // namespace winsock
