import { loadAddress } from '../address.js';
import * as L from '../arena/layout.js';

/** A datagram in a queue: its length (4 bytes), its address (28 bytes, sockaddr padded with zeros), its bytes. */
export const RECORD_HEADER = 32;

export function writeHeader(size: number, sockaddr: Uint8Array): Uint8Array {
  const header = new Uint8Array(RECORD_HEADER);
  new DataView(header.buffer).setUint32(0, size, true);
  header.set(sockaddr, 4);
  return header;
}

export function readHeader(header: Uint8Array): { size: number; sockaddr: Uint8Array } {
  const size = new DataView(header.buffer, header.byteOffset).getUint32(0, true);
  const family = header[4] | (header[5] << 8);
  return { size, sockaddr: header.subarray(4, 4 + (family === 23 ? 28 : 16)) };
}

/** A connected UDP socket receives from its peer alone. */
export function isFromPeer(control: Int32Array, base: number, sockaddr: Uint8Array): boolean {
  if ((Atomics.load(control, base + L.S_MODE) & L.MODE_HAS_PEER) === 0) return true;
  const peer = loadAddress(control, base + L.S_PEER);
  return peer === undefined || Buffer.compare(peer.subarray(0, 8), sockaddr.subarray(0, 8)) === 0;
}
