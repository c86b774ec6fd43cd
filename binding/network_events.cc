// WSAAsyncSelect, WSAEventSelect, WSAEnumNetworkEvents: which events of a socket are told, and where.
#include "handles.h"

#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

int select_messages(SOCKET s, HWND window, unsigned long message, long events) {
  return WSAAsyncSelect(s, window, message, events);
}

int select_event(SOCKET s, Event event, long events) { return WSAEventSelect(s, event.value, events); }

int enumerate_events(SOCKET s, Event event, View record) {
  if (!record.holds(sizeof(WSANETWORKEVENTS))) return unmapped(s);
  return WSAEnumNetworkEvents(s, event.value, record.as<WSANETWORKEVENTS>());
}

}  // namespace

WINSOCK_CALL(WSAAsyncSelect, Startup, select_messages)
WINSOCK_CALL(WSAEventSelect, Startup, select_event)
WINSOCK_CALL(WSAEnumNetworkEvents, Startup, enumerate_events)

}  // namespace winsock
