// Options of getsockopt and setsockopt.
/** The level of the SO_ options. */
export const SOL_SOCKET = 0xffff;
export const SO_DEBUG = 1;
/** int, read only: whether the socket listens. */
export const SO_ACCEPTCONN = 2;
/** int: lets the socket take an address and port that another one has. Not what it is on Unix. */
export const SO_REUSEADDR = 4;
/** int: sends keep-alive probes; SIO_KEEPALIVE_VALS sets when. */
export const SO_KEEPALIVE = 8;
export const SO_DONTROUTE = 0x10;
/** int: datagrams may go to a broadcast address. */
export const SO_BROADCAST = 0x20;
export const SO_USELOOPBACK = 0x40;
/** linger: what closesocket does with data not yet sent. */
export const SO_LINGER = 0x80;
/** int: urgent data arrives in the stream. */
export const SO_OOBINLINE = 0x100;
/** int: the opposite of SO_LINGER. */
export const SO_DONTLINGER = -129;
/** int: nobody else may take this address and port, whatever SO_REUSEADDR says. */
export const SO_EXCLUSIVEADDRUSE = -5;
/** int: bytes kept for sending. */
export const SO_SNDBUF = 0x1001;
/** int: bytes kept for receiving. */
export const SO_RCVBUF = 0x1002;
export const SO_SNDLOWAT = 0x1003;
export const SO_RCVLOWAT = 0x1004;
/** DWORD: milliseconds that a send may block; 0 for ever. */
export const SO_SNDTIMEO = 0x1005;
/** DWORD: milliseconds that a recv may block; 0 for ever. */
export const SO_RCVTIMEO = 0x1006;
/** int, read only: the pending error, cleared by reading. */
export const SO_ERROR = 0x1007;
/** int, read only: SOCK_STREAM, SOCK_DGRAM … */
export const SO_TYPE = 0x1008;
export const SO_GROUP_ID = 0x2001;
export const SO_GROUP_PRIORITY = 0x2002;
/** u_int, read only: the longest datagram. */
export const SO_MAX_MSG_SIZE = 0x2003;
export const SO_PROTOCOL_INFOA = 0x2004;
export const SO_PROTOCOL_INFOW = 0x2005;
export const PVD_CONFIG = 0x3001;
/** BOOL: connections are not answered before accept. */
export const SO_CONDITIONAL_ACCEPT = 0x3002;
export const SO_CONNDATA = 0x7000;
export const SO_CONNOPT = 0x7001;
export const SO_DISCDATA = 0x7002;
export const SO_DISCOPT = 0x7003;
export const SO_CONNDATALEN = 0x7004;
export const SO_CONNOPTLEN = 0x7005;
export const SO_DISCDATALEN = 0x7006;
export const SO_DISCOPTLEN = 0x7007;
export const SO_OPENTYPE = 0x7008;
export const SO_SYNCHRONOUS_ALERT = 0x10;
export const SO_SYNCHRONOUS_NONALERT = 0x20;
export const SO_MAXDG = 0x7009;
export const SO_MAXPATHDG = 0x700a;
/** SOCKET: after AcceptEx, the listening socket. */
export const SO_UPDATE_ACCEPT_CONTEXT = 0x700b;
/** DWORD, read only: seconds since the connection was made; 0xFFFFFFFF if there is none. */
export const SO_CONNECT_TIME = 0x700c;
/** none: after ConnectEx. */
export const SO_UPDATE_CONNECT_CONTEXT = 0x7010;
/** int: sends at once, without waiting to fill a segment. */
export const TCP_NODELAY = 1;
export const TCP_EXPEDITED_1122 = 2;
export const TCP_BSDURGENT = 0x7000;
export const UDP_NOCHECKSUM = 1;
export const UDP_CHECKSUM_COVERAGE = 20;
export const IP_OPTIONS = 1;
export const IP_HDRINCL = 2;
export const IP_TOS = 3;
export const IP_TTL = 4;
export const IP_MULTICAST_IF = 9;
export const IP_MULTICAST_TTL = 10;
export const IP_MULTICAST_LOOP = 11;
export const IP_ADD_MEMBERSHIP = 12;
export const IP_DROP_MEMBERSHIP = 13;
export const IP_DONTFRAGMENT = 14;
export const IP_ADD_SOURCE_MEMBERSHIP = 15;
export const IP_DROP_SOURCE_MEMBERSHIP = 16;
export const IP_BLOCK_SOURCE = 17;
export const IP_UNBLOCK_SOURCE = 18;
export const IP_PKTINFO = 19;
export const IP_RECEIVE_BROADCAST = 22;
export const IP_RECVIF = 24;
export const IP_RECVDSTADDR = 25;
export const IP_UNICAST_IF = 31;
export const IP_RECVTTL = 21;
export const IP_RECVTOS = 40;
export const IP_ECN = 50;
export const IP_MTU_DISCOVER = 71;
export const IP_MTU = 73;
export const IP_USER_MTU = 76;
export const IP_RECVTCLASS = 40;
export const IPV6_HOPOPTS = 1;
export const IPV6_HDRINCL = 2;
export const IPV6_UNICAST_HOPS = 4;
export const IPV6_MULTICAST_IF = 9;
export const IPV6_MULTICAST_HOPS = 10;
export const IPV6_MULTICAST_LOOP = 11;
export const IPV6_ADD_MEMBERSHIP = 12;
export const IPV6_JOIN_GROUP = 12;
export const IPV6_DROP_MEMBERSHIP = 13;
export const IPV6_LEAVE_GROUP = 13;
export const IPV6_DONTFRAG = 14;
export const IPV6_PKTINFO = 19;
export const IPV6_HOPLIMIT = 21;
export const IPV6_PROTECTION_LEVEL = 23;
export const IPV6_RECVIF = 24;
export const IPV6_RECVDSTADDR = 25;
export const IPV6_CHECKSUM = 26;
export const IPV6_V6ONLY = 27;
export const IPV6_RTHDR = 32;
export const IPV6_RECVRTHDR = 38;
export const IPV6_UNICAST_IF = 31;
export const IPV6_TCLASS = 39;
export const IPV6_RECVTCLASS = 40;
export const IPV6_ECN = 50;
export const IPV6_MTU_DISCOVER = 71;
export const IPV6_MTU = 72;
export const IPV6_USER_MTU = 76;
export const MCAST_JOIN_GROUP = 41;
export const MCAST_LEAVE_GROUP = 42;
export const MCAST_BLOCK_SOURCE = 43;
export const MCAST_UNBLOCK_SOURCE = 44;
export const MCAST_JOIN_SOURCE_GROUP = 45;
export const MCAST_LEAVE_SOURCE_GROUP = 46;
