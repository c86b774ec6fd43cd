// inet_pton, inet_ntop, WSAAddressToString, WSAStringToAddress.
import type { FunctionName } from '../../ws2_32/functions.js';
import { sizeof } from '../../ws2_32/structs/layouts.js';
import type { View } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { ansi, fits, holds, intAt, unmapped, wide } from './memory.js';
import { bytesOf } from './sets.js';

const AF_INET = 2;
const AF_INET6 = 23;

export function addressTextBodies(library: Library): Partial<Record<FunctionName, Body>> {
  return {
    inet_pton: parsing(library, 'inet_pton', ansi),
    InetPtonW: parsing(library, 'InetPtonW', wide),
    inet_ntop: printing(library, 'inet_ntop', 1, (at) => library.koffi.decode.string(at)),
    InetNtopW: printing(library, 'InetNtopW', 2, (at) => library.koffi.decode.string16(at)),
    WSAAddressToStringA: toText(library, 'WSAAddressToStringA', sizeof('WSAPROTOCOL_INFOA'), 1),
    WSAAddressToStringW: toText(library, 'WSAAddressToStringW', sizeof('WSAPROTOCOL_INFOW'), 2),
    WSAStringToAddressA: toAddress(library, 'WSAStringToAddressA', sizeof('WSAPROTOCOL_INFOA'), ansi),
    WSAStringToAddressW: toAddress(library, 'WSAStringToAddressW', sizeof('WSAPROTOCOL_INFOW'), wide),
  };
}

type Encode = (text: string | null) => Buffer | null;

const addressSize = (family: number) => (family === AF_INET ? 4 : 16);

/** Of memory that is too short, only a text and a family that Winsock would take can tell. */
function parsing(library: Library, name: FunctionName, encode: Encode): Body {
  const call = library.caller(name);
  return (family: number, text: string | null, into: View | null) => {
    if (fits(into, addressSize(family))) return call(family, encode(text), into);
    const result = call(family, encode(text), new Uint8Array(16));
    return result === -1 ? result : unmapped(library, -1);
  };
}

function printing(library: Library, name: FunctionName, unit: number, decode: (at: bigint) => string): Body {
  const call = library.caller(name);
  return (family: number, address: View | null, into: View | null, size: number) => {
    // An unknown family Winsock refuses by itself, before it looks at any memory.
    const known = family === AF_INET || family === AF_INET6;
    // A size is unsigned in C: a negative one is more than any view holds.
    const right = holds(address, addressSize(family)) && fits(into, size * unit);
    if (known && !right) return unmapped(library, null);
    const at = call(family, address, into, size);
    return at ? decode(at) : null;
  };
}

function toText(library: Library, name: FunctionName, infoSize: number, unit: number): Body {
  const call = library.caller(name);
  return (address: View | null, length: number, info: View | null, into: View | null, size: View | null) => {
    const room = intAt(size);
    const right =
      // The family is looked at whatever the length is.
      fits(address, Math.max(2, length)) &&
      fits(info, infoSize) &&
      room !== undefined &&
      fits(into, (room >>> 0) * unit);
    return right ? call(address, length, info, into, size) : unmapped(library, -1);
  };
}

function toAddress(library: Library, name: FunctionName, infoSize: number, encode: Encode): Body {
  const call = library.caller(name);
  return (text: string | null, family: number, info: View | null, into: View | null, size: View | null) => {
    const room = intAt(size);
    const right = fits(info, infoSize) && room !== undefined && (room < 0 || fits(into, room));
    if (!right) return unmapped(library, -1);
    if (into === null) return call(encode(text), family, info, null, size);
    // Wine clears a whole address before it looks at how much room there is.
    const name = new Uint8Array(sizeof('sockaddr_storage'));
    const place = bytesOf(into).subarray(0, Math.max(0, Math.min(room, name.length)));
    name.set(place);
    const result = call(encode(text), family, info, name, size);
    place.set(name.subarray(0, place.length));
    return result;
  };
}
