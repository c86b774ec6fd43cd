import net from 'node:net';
import { getSystemErrorName } from 'node:util';

/**
 * Node's own TCP handle, below `net.Socket`. `net` lets a program reach it (`net._createServerHandle`, the
 * `handle` option) but does not document it; Winsock needs it because it binds before it listens or connects.
 * What is used of it is only what is declared here.
 */
export interface TcpHandle {
  /** The file descriptor, where the system has such. */
  readonly fd?: number;
  listen(backlog: number): number;
  getsockname(out: object): number;
  getpeername(out: object): number;
  close(done?: () => void): void;
  reset?(done?: () => void): number;
  onconnection?: (error: number, client?: TcpHandle) => void;
  unref(): void;
}

export interface NodeName {
  address: string;
  port: number;
}

interface Undocumented {
  _createServerHandle(
    address: string,
    port: number,
    family: 4 | 6,
    fd?: number,
    flags?: number,
  ): TcpHandle | number;
}

const IPV6_ONLY = 1;

/** Node's numbers differ by system, its names do not. */
export function errorName(number: number): { code: string } {
  return { code: getSystemErrorName(number) };
}

/** A handle that is bound and does nothing yet, or the negative error number of libuv. */
export function bindHandle(
  address: string,
  port: number,
  family: 4 | 6,
  v6only: boolean,
): TcpHandle | number {
  const made = (net as unknown as Undocumented)._createServerHandle(
    address,
    port,
    family,
    undefined,
    family === 6 && v6only ? IPV6_ONLY : 0,
  );
  if (typeof made === 'number') return made;
  // libuv keeps EADDRINUSE for the next call; this one brings it out.
  const failure = made.getsockname({});
  if (failure === 0) return made;
  made.close();
  return failure;
}

export function localName(handle: TcpHandle): NodeName | undefined {
  const name = {} as NodeName;
  return handle.getsockname(name) === 0 ? name : undefined;
}

export function peerName(handle: TcpHandle): NodeName | undefined {
  const name = {} as NodeName;
  return handle.getpeername(name) === 0 ? name : undefined;
}
