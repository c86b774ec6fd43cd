// The structs of Winsock's headers, field by field as C declares them: the one table of layouts.
// Offsets and sizes follow from it for both kinds of Windows process (see layouts.ts), and a test
// holds them against a C compiler's.
//
// Types: u8 u16 i16 u32 i32 i64; `ulong_ptr`, as wide as a pointer; `pointer`; `SOCKET`; `size_t`;
// `char[n]` and `wchar[n]`, NUL-terminated text; `u8[n]` and the like, plain arrays; another struct's name.

export type Fields = Readonly<Record<string, string>>;

const protocolInfo = {
  dwServiceFlags1: 'u32',
  dwServiceFlags2: 'u32',
  dwServiceFlags3: 'u32',
  dwServiceFlags4: 'u32',
  dwProviderFlags: 'u32',
  ProviderId: 'GUID',
  dwCatalogEntryId: 'u32',
  ProtocolChain: 'WSAPROTOCOLCHAIN',
  iVersion: 'i32',
  iAddressFamily: 'i32',
  iMaxSockAddr: 'i32',
  iMinSockAddr: 'i32',
  iSocketType: 'i32',
  iProtocol: 'i32',
  iProtocolMaxOffset: 'i32',
  iNetworkByteOrder: 'i32',
  iSecurityScheme: 'i32',
  dwMessageSize: 'u32',
  dwProviderReserved: 'u32',
} as const;

const addrinfo = {
  ai_flags: 'i32',
  ai_family: 'i32',
  ai_socktype: 'i32',
  ai_protocol: 'i32',
  ai_addrlen: 'size_t',
  ai_canonname: 'pointer',
  ai_addr: 'pointer',
  ai_next: 'pointer',
} as const;

export const structs = {
  GUID: { Data1: 'u32', Data2: 'u16', Data3: 'u16', Data4: 'u8[8]' },

  // Addresses. Ports and addresses are in network byte order.
  in_addr: { s_addr: 'u32' },
  in6_addr: { s6_addr: 'u16[8]' },
  sockaddr: { sa_family: 'u16', sa_data: 'u8[14]' },
  sockaddr_in: { sin_family: 'i16', sin_port: 'u16', sin_addr: 'u32', sin_zero: 'u8[8]' },
  sockaddr_in6: {
    sin6_family: 'i16',
    sin6_port: 'u16',
    sin6_flowinfo: 'u32',
    sin6_addr: 'in6_addr',
    sin6_scope_id: 'u32',
  },
  sockaddr_storage: { ss_family: 'i16', __ss_pad1: 'u8[6]', __ss_align: 'i64', __ss_pad2: 'u8[112]' },
  SOCKADDR_UN: { sun_family: 'u16', sun_path: 'char[108]' },
  SOCKET_ADDRESS: { lpSockaddr: 'pointer', iSockaddrLength: 'i32' },

  // select, options.
  timeval: { tv_sec: 'i32', tv_usec: 'i32' },
  linger: { l_onoff: 'u16', l_linger: 'u16' },
  fd_set: { fd_count: 'u32', fd_array: 'SOCKET[64]' },
  WSAPOLLFD: { fd: 'SOCKET', events: 'i16', revents: 'i16' },
  ip_mreq: { imr_multiaddr: 'u32', imr_interface: 'u32' },
  ip_mreq_source: { imr_multiaddr: 'u32', imr_sourceaddr: 'u32', imr_interface: 'u32' },
  IPV6_MREQ: { ipv6mr_multiaddr: 'in6_addr', ipv6mr_interface: 'u32' },
  GROUP_REQ: { gr_interface: 'u32', gr_group: 'sockaddr_storage' },
  GROUP_SOURCE_REQ: { gsr_interface: 'u32', gsr_group: 'sockaddr_storage', gsr_source: 'sockaddr_storage' },
  IN_PKTINFO: { ipi_addr: 'u32', ipi_ifindex: 'u32' },
  IN6_PKTINFO: { ipi6_addr: 'in6_addr', ipi6_ifindex: 'u32' },
  tcp_keepalive: { onoff: 'u32', keepalivetime: 'u32', keepaliveinterval: 'u32' },

  // What the DLL tells of itself.
  WSADATA: {
    wVersion: 'u16',
    wHighVersion: 'u16',
    iMaxSockets: 'u16',
    iMaxUdpDg: 'u16',
    lpVendorInfo: 'pointer',
    szDescription: 'char[257]',
    szSystemStatus: 'char[129]',
  },
  WSAPROTOCOLCHAIN: { ChainLen: 'i32', ChainEntries: 'u32[7]' },
  WSAPROTOCOL_INFOA: { ...protocolInfo, szProtocol: 'char[256]' },
  WSAPROTOCOL_INFOW: { ...protocolInfo, szProtocol: 'wchar[256]' },
  ADDRINFOA: addrinfo,
  ADDRINFOW: addrinfo,
  hostent: {
    h_name: 'pointer',
    h_aliases: 'pointer',
    h_addrtype: 'i16',
    h_length: 'i16',
    h_addr_list: 'pointer',
  },
  servent: { s_name: 'pointer', s_aliases: 'pointer', s_proto: 'pointer', s_port: 'i16' },
  protoent: { p_name: 'pointer', p_aliases: 'pointer', p_proto: 'i16' },

  // Overlapped calls, messages, events.
  WSABUF: { len: 'u32', buf: 'pointer' },
  WSAMSG: {
    name: 'pointer',
    namelen: 'i32',
    lpBuffers: 'pointer',
    dwBufferCount: 'u32',
    Control: 'WSABUF',
    dwFlags: 'u32',
  },
  WSACMSGHDR: { cmsg_len: 'size_t', cmsg_level: 'i32', cmsg_type: 'i32' },
  WSAOVERLAPPED: {
    Internal: 'ulong_ptr',
    InternalHigh: 'ulong_ptr',
    Offset: 'u32',
    OffsetHigh: 'u32',
    hEvent: 'pointer',
  },
  OVERLAPPED_ENTRY: {
    lpCompletionKey: 'ulong_ptr',
    lpOverlapped: 'pointer',
    Internal: 'ulong_ptr',
    dwNumberOfBytesTransferred: 'u32',
  },
  WSANETWORKEVENTS: { lNetworkEvents: 'i32', iErrorCode: 'i32[10]' },
  TRANSMIT_FILE_BUFFERS: { Head: 'pointer', HeadLength: 'u32', Tail: 'pointer', TailLength: 'u32' },
  FLOWSPEC: {
    TokenRate: 'u32',
    TokenBucketSize: 'u32',
    PeakBandwidth: 'u32',
    Latency: 'u32',
    DelayVariation: 'u32',
    ServiceType: 'u32',
    MaxSduSize: 'u32',
    MinimumPolicedSize: 'u32',
  },
  QOS: { SendingFlowspec: 'FLOWSPEC', ReceivingFlowspec: 'FLOWSPEC', ProviderSpecific: 'WSABUF' },
  AFPROTOCOLS: { iAddressFamily: 'i32', iProtocol: 'i32' },
} as const satisfies Readonly<Record<string, Fields>>;

/** The order of fields that a 32-bit process has instead: the headers declare these two structs twice. */
export const ia32Order: Readonly<Record<string, readonly string[]>> = {
  WSADATA: [
    'wVersion',
    'wHighVersion',
    'szDescription',
    'szSystemStatus',
    'iMaxSockets',
    'iMaxUdpDg',
    'lpVendorInfo',
  ],
  servent: ['s_name', 's_aliases', 's_port', 's_proto'],
};

export type StructName = keyof typeof structs;
