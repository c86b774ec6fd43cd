import * as codes from '../../../ws2_32/errors/codes.js';

/** Node's error names and the WSA codes that Windows gives for the same. */
const CODES: Record<string, number> = {
  EACCES: codes.WSAEACCES,
  EADDRINUSE: codes.WSAEADDRINUSE,
  EADDRNOTAVAIL: codes.WSAEADDRNOTAVAIL,
  EAFNOSUPPORT: codes.WSAEAFNOSUPPORT,
  ECONNABORTED: codes.WSAECONNABORTED,
  ECONNREFUSED: codes.WSAECONNREFUSED,
  ECONNRESET: codes.WSAECONNRESET,
  EHOSTDOWN: codes.WSAEHOSTDOWN,
  EHOSTUNREACH: codes.WSAEHOSTUNREACH,
  EINVAL: codes.WSAEINVAL,
  EISCONN: codes.WSAEISCONN,
  EMFILE: codes.WSAEMFILE,
  EMSGSIZE: codes.WSAEMSGSIZE,
  ENETDOWN: codes.WSAENETDOWN,
  ENETUNREACH: codes.WSAENETUNREACH,
  ENFILE: codes.WSAEMFILE,
  ENOBUFS: codes.WSAENOBUFS,
  ENOMEM: codes.WSAENOBUFS,
  ENOTCONN: codes.WSAENOTCONN,
  EPERM: codes.WSAEACCES,
  EPIPE: codes.WSAECONNABORTED,
  ETIMEDOUT: codes.WSAETIMEDOUT,
};

/** The WSA code for a Node error; WSAENETDOWN for what has no counterpart. */
export function wsaCode(error: { code?: string | undefined } | null | undefined): number {
  return CODES[error?.code ?? ''] ?? codes.WSAENETDOWN;
}
