import { sizeof } from './layouts.js';
import { structClass } from './struct.js';

/** What WSAStartup fills: 408 bytes, or 400 in a 32-bit process, where the fields stand in another order. */
export class WSADATA extends structClass('WSADATA') {}

/** One protocol of WSAEnumProtocolsA, with an ANSI name: 372 bytes. */
export class WSAPROTOCOL_INFOA extends structClass('WSAPROTOCOL_INFOA') {}

/** One protocol of WSAEnumProtocolsW, with a UTF-16 name: 628 bytes. */
export class WSAPROTOCOL_INFOW extends structClass('WSAPROTOCOL_INFOW') {}

export { WSAPROTOCOL_INFOW as WSAPROTOCOL_INFO };

/** The globally unique identifier of a provider or an extension function. */
export class GUID extends structClass('GUID') {
  /** From its text: `GUID.from('b5367df1-cbac-11cf-95ca-00805f48a192')`. */
  static from(text: string): GUID {
    const digits = text.replace(/[{}-]/g, '');
    if (!/^[0-9a-f]{32}$/i.test(digits)) throw new TypeError(`'${text}' is not a GUID`);
    return new GUID({
      Data1: Number.parseInt(digits.slice(0, 8), 16),
      Data2: Number.parseInt(digits.slice(8, 12), 16),
      Data3: Number.parseInt(digits.slice(12, 16), 16),
      Data4: Buffer.from(digits.slice(16), 'hex'),
    });
  }
}

/** `WSAOVERLAPPED`: the state of an operation under way, 32 bytes on x64. Keep it until the operation has ended. */
export class WSAOVERLAPPED extends structClass('WSAOVERLAPPED') {}

export { WSAOVERLAPPED as OVERLAPPED };

/** What WSAEnumNetworkEvents fills: the events that happened, and an error code for each FD_*_BIT. */
export class WSANETWORKEVENTS extends structClass('WSANETWORKEVENTS') {}

/** `ADDRINFO` as bytes, for hints. What getaddrinfo gives comes decoded. */
export class ADDRINFO extends structClass('ADDRINFOW') {}

const Pollfd = structClass('WSAPOLLFD');

/** One socket of WSAPoll: what to wait for in `events`, what happened in `revents`. */
export class WSAPOLLFD extends Pollfd {
  /** An array for WSAPoll: one block of memory, and its elements as structs over it. */
  static array(entries: readonly { fd: number; events: number }[]): WSAPOLLFD[] & { memory: Uint8Array } {
    const size = sizeof('WSAPOLLFD');
    const memory = new Uint8Array(entries.length * size);
    const elements = entries.map((entry, i) => Object.assign(new WSAPOLLFD(memory, i * size), entry));
    return Object.assign(elements, { memory });
  }
}
