import { WSAEAFNOSUPPORT, WSAEFAULT, WSAEINVAL } from '../../../ws2_32/errors/codes.js';
import { AF_INET, AF_INET6, decodeAddress, encodeAddress, sizeOf } from '../address.js';
import { addressText, endpointText, parseEndpoint } from '../rules/address-string.js';
import { swap16, swap32 } from '../rules/inet.js';
import { scanIpv4 } from '../rules/ipv4-address.js';
import { scanIpv6 } from '../rules/ipv6-address.js';
import { charactersOf, writeString } from '../strings.js';
import { arenaOfThread, fail, setLastError, socketBase, succeed, unavailableNow } from '../thread.js';
import { bytesOf, readInt, sizeOfView, writeInt } from '../view.js';

/** Addresses to text and back. `inet_pton` and `inet_ntop` need no WSAStartup. */
type View = ArrayBufferView | null;

const isKnown = (family: number): boolean => family === AF_INET || family === AF_INET6;

/** 1, 0 for a text that is no address, or -1. What could be read of such a text is written all the same. */
function pton(family: number, text: string | null, into: View): number {
  if (text === null || into === null) return fail(WSAEFAULT);
  if (!isKnown(family)) return fail(WSAEAFNOSUPPORT);
  const { bytes, end } = family === AF_INET ? scanStrict(text) : scanWritten(text);
  const target = bytesOf(into);
  if (target.length < bytes.length) return fail(WSAEFAULT);
  target.set(bytes);
  return end === text.length ? 1 : 0;
}

interface Scan {
  readonly bytes: Uint8Array;
  readonly end: number | undefined;
}

function scanStrict(text: string): Scan {
  return scanIpv4(text, true) ?? { bytes: new Uint8Array(0), end: undefined };
}

function scanWritten(text: string): Scan {
  const { bytes, written, end } = scanIpv6(text);
  return { bytes: bytes.subarray(0, written), end };
}

type Pton = (family: number, text: string | null, into: View) => number;

/** Leaves the last error alone when it returns 1 or 0 (PTN-03). */
export const inet_pton: Pton = pton;

/** Unlike the ANSI function it says why it returns 0 (PTN-04). */
export const InetPtonW: Pton = (family, text, into) => {
  const result = pton(family, text, into);
  if (result === 0) setLastError(WSAEINVAL);
  return result;
};
export const InetPton = InetPtonW;

function ntop(family: number, address: View, into: View, size: number, wide: boolean): string | null {
  const refuse = (code: number): null => {
    setLastError(code);
    return null;
  };
  if (!isKnown(family)) return refuse(WSAEAFNOSUPPORT);
  const length = family === AF_INET ? 4 : 16;
  if (address === null || sizeOfView(address) < length) return refuse(WSAEFAULT);
  const text = addressText(family, bytesOf(address).subarray(0, length));
  if (into === null || size < charactersOf(text, wide)) return refuse(WSAEINVAL);
  return writeString(into, text, wide) ? text : refuse(WSAEFAULT);
}

type Ntop = (family: number, address: View, into: View, size: number) => string | null;

export const inet_ntop: Ntop = (family, address, into, size) => ntop(family, address, into, size, false);
export const InetNtopW: Ntop = (family, address, into, size) => ntop(family, address, into, size, true);
export const InetNtop = InetNtopW;

function addressToString(wide: boolean, address: View, length: number, into: View, size: View): number {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return fail(unavailable);
  if (address === null || size === null || length < 2) return fail(WSAEINVAL);
  const bytes = bytesOf(address);
  const room = readInt(size);
  if (bytes.length < 2 || room === undefined) return fail(WSAEFAULT);
  const family = bytes[0] | (bytes[1] << 8);
  if (!isKnown(family) || length < sizeOf(family)) return fail(WSAEINVAL);
  if (bytes.length < sizeOf(family)) return fail(WSAEFAULT);
  const text = endpointText(decodeAddress(bytes));
  const needed = charactersOf(text, wide);
  const tooSmall = into === null || room >>> 0 < needed;
  if (!tooSmall && !writeString(into, text, wide)) return fail(WSAEFAULT);
  writeInt(size, needed);
  return tooSmall ? fail(WSAEFAULT) : succeed(0);
}

type AddressToString = (address: View, length: number, info: View, into: View, size: View) => number;

export const WSAAddressToStringA: AddressToString = (address, length, _info, into, size) =>
  addressToString(false, address, length, into, size);
export const WSAAddressToStringW: AddressToString = (address, length, _info, into, size) =>
  addressToString(true, address, length, into, size);
export const WSAAddressToString = WSAAddressToStringW;

/** A and W are the same here: the text has arrived already. */
export function WSAStringToAddressW(
  text: string | null,
  family: number,
  _info: View,
  into: View,
  size: View,
): number {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return fail(unavailable);
  const room = readInt(size);
  if (size === null || room === undefined) return fail(WSAEFAULT);
  if (text === null || !isKnown(family)) return fail(WSAEINVAL);
  const needed = sizeOf(family);
  if (room < needed) {
    writeInt(size, needed);
    return fail(WSAEFAULT);
  }
  if (into === null || sizeOfView(into) < needed) return fail(WSAEFAULT);
  const parsed = parseEndpoint(text, family);
  const target = bytesOf(into);
  target.set(encodeAddress(parsed));
  if (parsed.valid) {
    writeInt(size, needed);
    return succeed(0);
  }
  // The address that could be read stays; the family says that it is none.
  target.fill(0, 0, 2);
  return fail(WSAEINVAL);
}

export const WSAStringToAddressA = WSAStringToAddressW;
export const WSAStringToAddress = WSAStringToAddressW;

function reorder(s: number, into: View, bytes: readonly number[]): number {
  if (socketBase(arenaOfThread(), s) === 0) return -1;
  if (into === null || sizeOfView(into) < bytes.length) return fail(WSAEFAULT);
  bytesOf(into).set(bytes);
  return succeed(0);
}

type Reorder = (s: number, value: number, into: View) => number;

/** All of today's protocols have network byte order. */
const long: Reorder = (s, value, into) => {
  const swapped = swap32(value);
  return reorder(s, into, [swapped, swapped >>> 8, swapped >>> 16, swapped >>> 24]);
};
const short: Reorder = (s, value, into) => {
  const swapped = swap16(value);
  return reorder(s, into, [swapped, swapped >>> 8]);
};

export const WSAHtonl = long;
export const WSANtohl = long;
export const WSAHtons = short;
export const WSANtohs = short;
