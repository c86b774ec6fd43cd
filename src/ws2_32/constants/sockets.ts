// Handles, shutdown, limits and addresses.
/** What socket and accept return when they fail. C has all ones; here it is -1. */
export const INVALID_SOCKET = -1;
/** What most calls return when they fail. */
export const SOCKET_ERROR = -1;
/** shutdown: no more receiving. */
export const SD_RECEIVE = 0;
/** shutdown: no more sending; the peer sees the end of the stream. */
export const SD_SEND = 1;
/** shutdown: both. */
export const SD_BOTH = 2;
/** listen: as many as the provider finds reasonable. */
export const SOMAXCONN = 0x7fffffff;
/** Every local address. */
export const INADDR_ANY = 0;
/** 127.0.0.1, in host byte order. */
export const INADDR_LOOPBACK = 0x7f000001;
/** 255.255.255.255. */
export const INADDR_BROADCAST = 0xffffffff;
/** inet_addr's failure; also 255.255.255.255. */
export const INADDR_NONE = 0xffffffff;
export const WSADESCRIPTION_LEN = 256;
export const WSASYS_STATUS_LEN = 128;
/** Bytes that hold any answer of WSAAsyncGetHostByName and its kin. */
export const MAXGETHOSTSTRUCT = 1024;
export const INET_ADDRSTRLEN = 22;
export const INET6_ADDRSTRLEN = 65;
export const NI_MAXHOST = 1025;
export const NI_MAXSERV = 32;
export const IPPORT_RESERVED = 1024;
export const IPPORT_ECHO = 7;
export const IPPORT_DISCARD = 9;
export const IPPORT_DAYTIME = 13;
export const IPPORT_FTP = 21;
export const IPPORT_TELNET = 23;
export const IPPORT_SMTP = 25;
export const IPPORT_TIMESERVER = 37;
export const IPPORT_NAMESERVER = 42;
export const IPPORT_TFTP = 69;
export const IPPORT_FINGER = 79;
export const WINSOCK_VERSION = 0x202;
