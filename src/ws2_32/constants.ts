// The constants of winsock2.h, ws2tcpip.h, mswsock.h and mstcpip.h. A test holds them against a C compiler's.
export * from './constants/events.js';
export * from './constants/extensions.js';
export * from './constants/families.js';
export * from './constants/ioctl.js';
export * from './constants/messages.js';
export * from './constants/names.js';
export * from './constants/newer.js';
export * from './constants/options.js';
export * from './constants/sockets.js';
