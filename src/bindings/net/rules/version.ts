/** WSADATA as the DLL fills it (facts STA-04 to STA-11). */
export interface Negotiated {
  /** 0 or WSAVERNOTSUPPORTED. */
  readonly error: number;
  readonly version: number;
  readonly maxSockets: number;
  readonly maxUdpDatagram: number;
}

const HIGHEST = 0x0202;

/** `requested` has the major version in its low byte, the minor one in the high byte. */
export function negotiate(requested: number): Negotiated {
  const major = requested & 0xff;
  const minor = (requested >> 8) & 0xff;
  if (major === 1) {
    return { error: 0, version: 1 | (Math.min(minor, 1) << 8), maxSockets: 32_767, maxUdpDatagram: 65_467 };
  }
  const version = major === 2 ? 2 | (Math.min(minor, 2) << 8) : HIGHEST;
  return { error: major === 0 ? 10092 : 0, version, maxSockets: 0, maxUdpDatagram: 0 };
}

export const WSADATA_SIZE = 408;
const DESCRIPTION_AT = 16;
const STATUS_AT = 273;

/** Fills the 408 bytes of a 64-bit WSADATA; `lpVendorInfo` is left as it is. */
export function fillWsadata(data: Uint8Array, { version, maxSockets, maxUdpDatagram }: Negotiated): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  view.setUint16(0, version, true);
  view.setUint16(2, HIGHEST, true);
  view.setUint16(4, maxSockets, true);
  view.setUint16(6, maxUdpDatagram, true);
  data.fill(0, DESCRIPTION_AT, STATUS_AT + 129);
  data.set(Buffer.from('WinSock 2.0'), DESCRIPTION_AT);
  data.set(Buffer.from('Running'), STATUS_AT);
}
