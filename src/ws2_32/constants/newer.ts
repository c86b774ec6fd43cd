// Constants that mingw-w64's headers do not have yet, so that no test can hold them against those. The numbers are
// the Windows SDK's, as Microsoft publishes them as metadata (github.com/microsoft/windows-rs); what they mean:
//   https://learn.microsoft.com/windows/win32/winsock/sol-socket-socket-options
//   https://learn.microsoft.com/windows/win32/winsock/ipproto-tcp-socket-options
//   https://learn.microsoft.com/windows/win32/winsock/ipproto-udp-socket-options
//   https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls

/** What Hyper-V and WSL call sockets between host and guest. */
export const AF_HYPERV = 34;
export const AF_LINK = 33;
/** Reliable multicast, PGM. */
export const IPPROTO_RM = 113;

export const SO_BSP_STATE = 0x1009;
export const SO_PAUSE_ACCEPT = 0x3003;
export const SO_COMPARTMENT_ID = 0x3004;
export const SO_RANDOMIZE_PORT = 0x3005;
export const SO_PORT_SCALABILITY = 0x3006;
export const SO_REUSE_UNICASTPORT = 0x3007;
export const SO_REUSE_MULTICASTPORT = 0x3008;

/** int: seconds of silence before the first keep-alive probe. */
export const TCP_KEEPALIVE = 3;
export const TCP_KEEPIDLE = 3;
export const TCP_MAXSEG = 4;
/** int: seconds of retransmission before the connection is given up. */
export const TCP_MAXRT = 5;
export const TCP_STDURG = 6;
export const TCP_NOURG = 7;
export const TCP_ATMARK = 8;
export const TCP_NOSYNRETRIES = 9;
export const TCP_TIMESTAMPS = 10;
export const TCP_FASTOPEN = 15;
/** int: how many keep-alive probes without an answer end the connection. */
export const TCP_KEEPCNT = 16;
/** int: seconds between keep-alive probes. */
export const TCP_KEEPINTVL = 17;

export const UDP_SEND_MSG_SIZE = 2;
export const UDP_RECV_MAX_COALESCED_SIZE = 3;

/** BOOL: whether a datagram's "TTL expired" makes recvfrom fail with WSAENETRESET. */
export const SIO_UDP_NETRESET = 0x9800000f;
export const SIO_TCP_INFO = 0xd8000027;
export const SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER = 0xc8000024;
