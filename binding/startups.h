// How many WSAStartup calls of this binding are not yet undone. Winsock counts them for the whole process, so this
// is the one thing that all environments share.
#pragma once
#include <winsock2.h>

namespace winsock {

bool started();
int start_up(WORD version, WSADATA* data);
int clean_up();

}  // namespace winsock
