import {
  NI_DGRAM,
  NI_NAMEREQD,
  NI_NOFQDN,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
} from '../../../ws2_32/constants.js';
import {
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAENETDOWN,
  WSAHOST_NOT_FOUND,
} from '../../../ws2_32/errors/codes.js';
import { WSA_NOT_ENOUGH_MEMORY } from '../../../ws2_32/errors.js';
import { type Address, AF_INET, AF_INET6, decodeAddress, sizeOf } from '../address.js';
import { askName } from '../mail.js';
import { endpointText } from '../rules/address-string.js';
import { serviceByPort } from '../rules/services.js';
import { charactersOf, writeString } from '../strings.js';
import { arenaOfThread, setLastError, unavailableNow } from '../thread.js';
import { bytesOf, sizeOfView } from '../view.js';
import { ownName } from './local-addresses.js';
import { nameCode } from './names.js';

/** Socket addresses to names of host and service. */
type View = ArrayBufferView | null;

/** The name of an address, or a code. */
export function reverse(address: Address): string | number {
  const own = ownName(address);
  if (own !== undefined) return own;
  const name = endpointText({ ...address, port: 0, scope: 0 });
  const answer = askName({ operation: 'reverse', name });
  if (answer === undefined) return WSAENETDOWN;
  return answer.hostname ?? nameCode(answer.error ?? '');
}

function hostOf(address: Address, flags: number): string | number {
  const numeric = endpointText({ ...address, port: 0 });
  if ((flags & NI_NUMERICHOST) !== 0) return numeric;
  const name = reverse(address);
  if (typeof name === 'number') return (flags & NI_NAMEREQD) !== 0 ? name : numeric;
  return (flags & NI_NOFQDN) !== 0 ? name.split('.')[0] : name;
}

function serviceOf(port: number, flags: number): string {
  if ((flags & NI_NUMERICSERV) !== 0) return String(port);
  return serviceByPort(port, (flags & NI_DGRAM) !== 0 ? 'udp' : 'tcp')?.s_name ?? String(port);
}

function nameInfo(
  wide: boolean,
  sockaddr: View,
  length: number,
  node: View,
  nodeSize: number,
  service: View,
  serviceSize: number,
  flags: number,
): number {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return unavailable;
  const address = readAddress(sockaddr, length);
  if (typeof address === 'number') return address;
  if (node === null && service === null) return WSAHOST_NOT_FOUND;
  if ((node !== null && nodeSize === 0) || (service !== null && serviceSize === 0)) return WSAEINVAL;
  const host = node === null ? '' : hostOf(address, flags);
  if (typeof host === 'number') return host;
  const port = service === null ? '' : serviceOf(address.port, flags);
  return write(wide, host, node, nodeSize) || write(wide, port, service, serviceSize);
}

function readAddress(sockaddr: View, length: number): Address | number {
  if (sockaddr === null || length < 2 || sizeOfView(sockaddr) < 2) return WSAEFAULT;
  const bytes = bytesOf(sockaddr);
  const family = bytes[0] | (bytes[1] << 8);
  if (family !== AF_INET && family !== AF_INET6) return WSAEAFNOSUPPORT;
  return Math.min(length, bytes.length) < sizeOf(family) ? WSAEFAULT : decodeAddress(bytes);
}

function write(wide: boolean, text: string, into: View, size: number): number {
  if (into === null) return 0;
  if (size < charactersOf(text, wide)) return WSA_NOT_ENOUGH_MEMORY;
  return writeString(into, text, wide) ? 0 : WSAEFAULT;
}

type GetNameInfo = (
  sockaddr: View,
  length: number,
  node: View,
  nodeSize: number,
  service: View,
  serviceSize: number,
  flags: number,
) => number;

const named =
  (wide: boolean): GetNameInfo =>
  (...args) => {
    const code = nameInfo(wide, ...args);
    setLastError(code);
    return code;
  };

export const getnameinfo = named(false);
export const GetNameInfoW = named(true);
export const GetNameInfo = GetNameInfoW;
