// The JavaScript side of C's types, as the function table and every binding use them.

/** The ways to have Winsock done. */
export type BindingName = 'addon' | 'koffi' | 'net';

/** A socket handle: a number that is never 0. `INVALID_SOCKET` is -1. */
export type SOCKET = number;
/** An event object's handle; `WSA_INVALID_EVENT` is 0. */
export type WSAEVENT = number;
/** A window's handle. */
export type HWND = number;
/** Any other kernel object's handle. */
export type HANDLE = number;

/** A pointer to memory: a Buffer, a typed array, a DataView or a struct class. Read and written in place. */
export type View = ArrayBufferView;

/** What `gethostbyname` and `gethostbyaddr` give: `struct hostent`, decoded. */
export interface Hostent {
  h_name: string;
  h_aliases: string[];
  h_addrtype: number;
  /** Bytes in each address: 4 for AF_INET. */
  h_length: number;
  /** The addresses in network byte order, `h_length` bytes each. */
  h_addr_list: Uint8Array[];
}

/** What `getservbyname` and `getservbyport` give: `struct servent`, decoded. */
export interface Servent {
  s_name: string;
  s_aliases: string[];
  /** In network byte order, as in C: `ntohs(s_port)` is the port. */
  s_port: number;
  s_proto: string;
}

/** What `getprotobyname` and `getprotobynumber` give: `struct protoent`, decoded. */
export interface Protoent {
  p_name: string;
  p_aliases: string[];
  p_proto: number;
}

/** One entry of what `getaddrinfo` fills its array with. */
export interface Addrinfo {
  ai_flags: number;
  ai_family: number;
  ai_socktype: number;
  ai_protocol: number;
  /** Bytes in `ai_addr`. */
  ai_addrlen: number;
  /** A sockaddr, ready for `bind` or `connect`. */
  ai_addr: Uint8Array;
  /** Set in the first entry when AI_CANONNAME was asked for. */
  ai_canonname: string | null;
}

/** Hints for `getaddrinfo`: fields left out count as 0. */
export type AddrinfoHints = Partial<Pick<Addrinfo, 'ai_flags' | 'ai_family' | 'ai_socktype' | 'ai_protocol'>>;

/** One buffer of a scattered call: `len` bytes from the start of `buf`. */
export interface WSABUF {
  len: number;
  buf: View | null;
}

/** A message of `WSASendMsg` and `WSARecvMsg`; written back to by the latter. */
export interface WSAMSG {
  name: View | null;
  namelen: number;
  lpBuffers: WSABUF[];
  dwBufferCount: number;
  Control: WSABUF;
  dwFlags: number;
}

/** `WSAAccept`'s condition function: answers CF_ACCEPT, CF_REJECT or CF_DEFER. */
export type ConditionProc = (
  lpCallerId: WSABUF | null,
  lpCallerData: WSABUF | null,
  lpSQOS: null,
  lpGQOS: null,
  lpCalleeId: WSABUF | null,
  lpCalleeData: WSABUF | null,
  g: View | null,
  dwCallbackData: number,
) => number;

/** A completion routine: runs in an alertable wait of the thread that started the operation. */
export type CompletionRoutine = (
  dwError: number,
  cbTransferred: number,
  lpOverlapped: View,
  dwFlags: number,
) => void;

/** A window procedure; what it returns is ignored. */
export type WNDPROC = (hwnd: HWND, message: number, wParam: number, lParam: number) => unknown;

/** A window that only receives messages. It keeps the event loop alive until `close()` or `unref()`. */
export interface MessageWindow {
  readonly hwnd: HWND;
  close(): void;
  ref(): this;
  unref(): this;
}
