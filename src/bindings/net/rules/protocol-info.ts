import { AF_INET6 } from '../../../ws2_32/constants.js';
import { GUID, sizeof, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW } from '../../../ws2_32/structs.js';

/** The four protocols of this binding, as Windows' catalogue describes them (facts SOC-32, SOC-34). */
const TCP = 6;
const VERSION_4 = GUID.from('e70f1aa0-ab8b-11cf-8ca3-00805f48a192');
const VERSION_6 = GUID.from('f9eab0c0-26d4-11d0-bbbf-00aa006c34e4');
const MATCHES_PROTOCOL_ZERO = 8;
const FIRST_CATALOG_ENTRY = 1001;

export const protocols = [
  { family: 2, protocol: 6 },
  { family: 2, protocol: 17 },
  { family: 23, protocol: 6 },
  { family: 23, protocol: 17 },
] as const;

/** A WSAPROTOCOL_INFOA, or INFOW if `wide`, as bytes. */
export function describeProtocol(family: number, protocol: number, wide: boolean): Uint8Array {
  const tcp = protocol === TCP;
  const v6 = family === AF_INET6;
  const index = protocols.findIndex((entry) => entry.family === family && entry.protocol === protocol);
  const address = v6 ? 28 : 16;
  const bytes = new Uint8Array(sizeof(wide ? 'WSAPROTOCOL_INFOW' : 'WSAPROTOCOL_INFOA'));
  const info = wide ? new WSAPROTOCOL_INFOW(bytes) : new WSAPROTOCOL_INFOA(bytes);
  Object.assign(info, {
    dwServiceFlags1: tcp ? 0x20066 : 0x20609,
    dwProviderFlags: MATCHES_PROTOCOL_ZERO,
    dwCatalogEntryId: FIRST_CATALOG_ENTRY + index,
    iVersion: 2,
    iAddressFamily: family,
    iMaxSockAddr: address,
    iMinSockAddr: address,
    iSocketType: tcp ? 1 : 2,
    iProtocol: protocol,
    dwMessageSize: tcp ? 0 : 65_507,
  });
  bytes.set(v6 ? VERSION_6 : VERSION_4, 20);
  // One entry in its chain: a protocol of its own, no layer over others.
  bytes[40] = 1;
  const name = `MSAFD Tcpip [${tcp ? 'TCP' : 'UDP'}/IP${v6 ? 'v6' : ''}]`;
  bytes.set(Buffer.from(name, wide ? 'utf16le' : 'latin1'), 116);
  return bytes;
}
