import { WSAEFAULT, WSANOTINITIALISED } from '../../../ws2_32/errors/codes.js';
import * as L from '../arena/layout.js';
import { slotsInUse } from '../arena/table.js';
import { fillWsadata, negotiate, WSADATA_SIZE } from '../rules/version.js';
import { arenaOfThread, fail, getLastError, setLastError, succeed } from '../thread.js';
import { bytesOf, sizeOfView } from '../view.js';
import { closeBase } from './sockets.js';

/** Not through WSAGetLastError: the code itself comes back. */
export function WSAStartup(wVersionRequested: number, lpWSAData: ArrayBufferView | null): number {
  const negotiated = negotiate(wVersionRequested);
  const arena = arenaOfThread();
  if (sizeOfView(lpWSAData) < WSADATA_SIZE) return negotiated.error || WSAEFAULT;
  fillWsadata(bytesOf(lpWSAData as ArrayBufferView), negotiated);
  if (negotiated.error === 0) Atomics.add(arena.control, L.STARTUPS, 1);
  return negotiated.error;
}

/** The last one closes every socket of the process. */
export function WSACleanup(): number {
  const arena = arenaOfThread();
  const { control } = arena;
  for (;;) {
    const count = Atomics.load(control, L.STARTUPS);
    if (count <= 0) return fail(WSANOTINITIALISED);
    if (Atomics.compareExchange(control, L.STARTUPS, count, count - 1) !== count) continue;
    if (count === 1) {
      for (const base of slotsInUse(arena)) {
        const s = Atomics.load(control, base + L.S_HANDLE);
        if (s !== 0) closeBase(arena, arena.control[base + L.S_STANDS_FOR] || base, s);
      }
    }
    return succeed(0);
  }
}

export function WSAGetLastError(): number {
  return getLastError();
}

export function WSASetLastError(iError: number): void {
  setLastError(iError);
}
