// Network events, by message and by event object.
import { sizeof } from '../structs/layouts.js';
import { dword, output, s } from './parameters.js';
import { type FunctionTable, type Parameter, page, type WinsockFunction } from './table.js';

const event = { name: 'hEvent', type: 'WSAEVENT' } as const satisfies Parameter;
const hEventObject = { name: 'hEventObject', type: 'WSAEVENT' } as const satisfies Parameter;
const eventErrors = ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSA_INVALID_HANDLE'] as const;
const selectErrors = ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAEINVAL', 'WSAENOTSOCK'] as const;

const wait = {
  header: 'winsock2.h',
  returns: 'DWORD',
  params: [
    dword('cEvents'),
    { name: 'lphEvents', type: 'const WSAEVENT*', shape: 'HANDLE[]' },
    { name: 'fWaitAll', type: 'BOOL' },
    dword('dwTimeout'),
    { name: 'fAlertable', type: 'BOOL' },
  ],
  failure: 'WSA_WAIT_FAILED',
  does: 'Waits until one of the events is signalled, or all of them. Returns WSA_WAIT_EVENT_0 plus the lowest index that is; WSA_WAIT_TIMEOUT when the milliseconds are over (WSA_INFINITE: never); WSA_WAIT_IO_COMPLETION when a completion routine ran in an alertable wait. At most WSA_MAXIMUM_WAIT_EVENTS, 64.',
  errors: [...eventErrors, 'WSA_NOT_ENOUGH_MEMORY', 'WSA_INVALID_PARAMETER'],
  source: page('winsock2', 'WSAWaitForMultipleEvents'),
  stage: 'events',
} as const satisfies WinsockFunction;

function eventCall(name: 'WSACloseEvent' | 'WSASetEvent' | 'WSAResetEvent', does: string) {
  return {
    header: 'winsock2.h',
    returns: 'BOOL',
    params: [event],
    failure: 'FALSE',
    does,
    errors: eventErrors,
    source: page('winsock2', name),
    stage: 'events',
  } as const satisfies WinsockFunction;
}

export const events = {
  WSAAsyncSelect: {
    header: 'winsock2.h',
    returns: 'int',
    params: [
      s,
      { name: 'hWnd', type: 'HWND' },
      { name: 'wMsg', type: 'u_int' },
      { name: 'lEvent', type: 'long' },
    ],
    failure: 'SOCKET_ERROR',
    does: 'Has a message posted to the window for each of these events: `wParam` is the socket, `lParam` holds event and error (WSAGETSELECTEVENT, WSAGETSELECTERROR). Makes the socket non-blocking. An event is posted once, and again only after the call that answers it: recv for FD_READ, accept for FD_ACCEPT, send that met WSAEWOULDBLOCK for FD_WRITE. A new call replaces the old; 0 events end it. Accepted sockets inherit it.',
    errors: selectErrors,
    source: page('winsock2', 'WSAAsyncSelect'),
    stage: 'events',
  },
  WSAEventSelect: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, hEventObject, { name: 'lNetworkEvents', type: 'long' }],
    failure: 'SOCKET_ERROR',
    does: 'Has the event object signalled for each of these events, which WSAEnumNetworkEvents then tells. Makes the socket non-blocking. Events are recorded again under the rules of WSAAsyncSelect, which it replaces.',
    errors: selectErrors,
    source: page('winsock2', 'WSAEventSelect'),
    stage: 'events',
  },
  WSACreateEvent: {
    header: 'winsock2.h',
    returns: 'WSAEVENT',
    params: [],
    failure: 'WSA_INVALID_EVENT',
    does: 'Makes an event object: not signalled, and once signalled it stays so until WSAResetEvent.',
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSA_NOT_ENOUGH_MEMORY'],
    source: page('winsock2', 'WSACreateEvent'),
    stage: 'events',
  },
  WSACloseEvent: eventCall('WSACloseEvent', 'Closes an event object. Returns TRUE.'),
  WSASetEvent: eventCall('WSASetEvent', 'Signals an event object. Returns TRUE.'),
  WSAResetEvent: eventCall('WSAResetEvent', 'Takes the signal off an event object. Returns TRUE.'),
  WSAWaitForMultipleEvents: wait,
  WSAWaitForMultipleEventsAsync: {
    ...wait,
    header: 'winsock',
    does: 'Is WSAWaitForMultipleEvents without blocking the event loop: resolves to what it returns, right after setting the last error.',
    asyncOf: 'WSAWaitForMultipleEvents',
    ours: true,
  },
  WSAEnumNetworkEvents: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, hEventObject, output('lpNetworkEvents', 'WSANETWORKEVENTS', sizeof('WSANETWORKEVENTS'))],
    failure: 'SOCKET_ERROR',
    does: 'Writes which events have happened on the socket since it was last asked, and an error code for each, and forgets them. Resets the event object, unless that is 0.',
    errors: [...selectErrors, 'WSAEFAULT'],
    source: page('winsock2', 'WSAEnumNetworkEvents'),
    stage: 'events',
  },
} as const satisfies FunctionTable;
