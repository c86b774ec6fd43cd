// WSAAsyncSelect, WSAEventSelect, WSAEnumNetworkEvents: which events of a socket are told, and where.
#include "handles.h"

#include "blocking_mode.h"
#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int non_blocking_now(SOCKET s, int result) {
  if (result == 0) note_blocking(s, false);
  return result;
}

int select_messages(SOCKET s, HWND window, unsigned long message, long events) {
  return non_blocking_now(s, WSAAsyncSelect(s, window, message, events));
}

int select_event(SOCKET s, Event event, long events) {
  return non_blocking_now(s, WSAEventSelect(s, event.value, events));
}

int enumerate_events(SOCKET s, Event event, View record) {
  if (!record.holds(sizeof(WSANETWORKEVENTS))) return unmapped(s);
  return WSAEnumNetworkEvents(s, event.value, record.as<WSANETWORKEVENTS>());
}

}  // namespace

WINSOCK_CALL(WSAAsyncSelect, Startup, select_messages)
WINSOCK_CALL(WSAEventSelect, Startup, select_event)
WINSOCK_CALL(WSAEnumNetworkEvents, Startup, enumerate_events)

}  // namespace winsock
