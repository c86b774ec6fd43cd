import { WSAEACCES, WSAEADDRNOTAVAIL } from '../../../ws2_32/errors/codes.js';
import { type Address, AF_INET, isAny } from '../address.js';

/** The code with which `sendto` refuses an address, or 0: nobody is at port 0 or at the wildcard address. */
export function destinationRefusal({ family, bytes, port }: Address, broadcast: boolean): number {
  if (port === 0 || isAny(bytes)) return WSAEADDRNOTAVAIL;
  const everybody = family === AF_INET && bytes.every((byte) => byte === 255);
  return everybody && !broadcast ? WSAEACCES : 0;
}
