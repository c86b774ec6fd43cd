import { sizeof } from '../structs/layouts.js';
import { inout, inUnits } from './parameters.js';
import { type FunctionTable, page, type WinsockFunction } from './table.js';

const poll = {
  header: 'winsock2.h',
  returns: 'int',
  params: [
    inUnits(inout('fdArray', 'WSAPOLLFD', 'fds'), sizeof('WSAPOLLFD')),
    { name: 'fds', type: 'ULONG' },
    { name: 'timeout', type: 'INT' },
  ],
  failure: 'SOCKET_ERROR',
  does: 'Waits until one of the sockets has an event that its `events` ask for, or has failed, and writes to each `revents`. Returns how many of them are not 0. The time is in milliseconds: 0 only looks, a negative number waits for ever. A negative `fd` is passed over. POLLERR, POLLHUP and POLLNVAL come unasked.',
  errors: ['WSAENETDOWN', 'WSAEFAULT', 'WSAEINVAL', 'WSAENOBUFS', 'WSAENOTSOCK', 'WSANOTINITIALISED'],
  source: page('winsock2', 'WSAPoll'),
  stage: 'events',
} as const satisfies WinsockFunction;

export const polling = {
  WSAPoll: poll,
  WSAPollAsync: {
    ...poll,
    header: 'winsock',
    does: 'Is WSAPoll without blocking the event loop: resolves to what WSAPoll returns, right after setting the last error.',
    asyncOf: 'WSAPoll',
    ours: true,
  },
} as const satisfies FunctionTable;
