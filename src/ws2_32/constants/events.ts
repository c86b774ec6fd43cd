// Network events, event objects, WSAPoll.
/** Something to receive. */
export const FD_READ = 1;
/** Room to send: once after connecting, then after each WSAEWOULDBLOCK. */
export const FD_WRITE = 2;
/** Urgent data. */
export const FD_OOB = 4;
/** A connection is waiting. */
export const FD_ACCEPT = 8;
/** connect has ended, well or not. */
export const FD_CONNECT = 0x10;
/** The connection is over. */
export const FD_CLOSE = 0x20;
export const FD_QOS = 0x40;
export const FD_GROUP_QOS = 0x80;
export const FD_ROUTING_INTERFACE_CHANGE = 0x100;
export const FD_ADDRESS_LIST_CHANGE = 0x200;
export const FD_ALL_EVENTS = 0x3ff;
export const FD_MAX_EVENTS = 10;
export const FD_READ_BIT = 0;
export const FD_WRITE_BIT = 1;
export const FD_OOB_BIT = 2;
export const FD_ACCEPT_BIT = 3;
export const FD_CONNECT_BIT = 4;
export const FD_CLOSE_BIT = 5;
export const FD_QOS_BIT = 6;
export const FD_GROUP_QOS_BIT = 7;
export const FD_ROUTING_INTERFACE_CHANGE_BIT = 8;
export const FD_ADDRESS_LIST_CHANGE_BIT = 9;
/** WSACreateEvent's failure. */
export const WSA_INVALID_EVENT = 0;
export const WSA_MAXIMUM_WAIT_EVENTS = 64;
export const WSA_WAIT_EVENT_0 = 0;
export const WSA_WAIT_IO_COMPLETION = 192;
/** The time was over. */
export const WSA_WAIT_TIMEOUT = 0x102;
export const WSA_WAIT_FAILED = 0xffffffff;
/** A wait without end. */
export const WSA_INFINITE = 0xffffffff;
export const POLLRDNORM = 0x100;
export const POLLRDBAND = 0x200;
export const POLLIN = 0x300;
export const POLLPRI = 0x400;
export const POLLWRNORM = 0x10;
export const POLLOUT = 0x10;
export const POLLWRBAND = 0x20;
export const POLLERR = 1;
export const POLLHUP = 2;
export const POLLNVAL = 4;
