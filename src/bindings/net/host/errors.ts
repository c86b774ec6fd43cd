/** Node's error names and the WSA codes that Windows gives for the same. */
const CODES: Record<string, number> = {
  EACCES: 10013,
  EADDRINUSE: 10048,
  EADDRNOTAVAIL: 10049,
  EAFNOSUPPORT: 10047,
  ECONNABORTED: 10053,
  ECONNREFUSED: 10061,
  ECONNRESET: 10054,
  EHOSTDOWN: 10064,
  EHOSTUNREACH: 10065,
  EINVAL: 10022,
  EISCONN: 10056,
  EMFILE: 10024,
  EMSGSIZE: 10040,
  ENETDOWN: 10050,
  ENETUNREACH: 10051,
  ENFILE: 10024,
  ENOBUFS: 10055,
  ENOMEM: 10055,
  ENOTCONN: 10057,
  EPERM: 10013,
  EPIPE: 10053,
  ETIMEDOUT: 10060,
};

/** The WSA code for a Node error; WSAENETDOWN for what has no counterpart. */
export function wsaCode(error: { code?: string | undefined } | null | undefined): number {
  return CODES[error?.code ?? ''] ?? 10050;
}
