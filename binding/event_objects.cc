// Event objects: WSACreateEvent and its kin.
#include "handles.h"

#include "call.h"
#include "functions.h"

namespace winsock {
namespace {

Event create_event() { return {WSACreateEvent()}; }
Boolean close_event(Event event) { return {WSACloseEvent(event.value)}; }
Boolean set_event(Event event) { return {WSASetEvent(event.value)}; }
Boolean reset_event(Event event) { return {WSAResetEvent(event.value)}; }

}  // namespace

WINSOCK_CALL(WSACreateEvent, Startup, create_event)
WINSOCK_CALL(WSACloseEvent, Startup, close_event)
WINSOCK_CALL(WSASetEvent, Startup, set_event)
WINSOCK_CALL(WSAResetEvent, Startup, reset_event)

}  // namespace winsock
