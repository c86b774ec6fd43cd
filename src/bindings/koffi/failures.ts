import type { WinsockFunction } from '../../ws2_32/functions.js';

/** What C's names for failures are; SOCKET_ERROR and INVALID_SOCKET are -1. */
const values: Readonly<Record<string, number>> = {
  FALSE: 0,
  WSA_INVALID_EVENT: 0,
  WSA_WAIT_FAILED: 0xffff_ffff,
};

/** What a function returns when it fails. */
export function failureOf({ failure, returns }: WinsockFunction): number | null {
  if (failure !== undefined && failure in values) return values[failure];
  return returns.endsWith('*') ? null : -1;
}
