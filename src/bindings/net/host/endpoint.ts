import type { Arena } from '../arena/arena.js';
import type { Connection } from './connection.js';
import type { Datagrams } from './datagrams.js';
import type { TcpHandle } from './handles.js';

/** What the host keeps for one socket of the table. */
export interface Endpoint {
  readonly base: number;
  /** The port that it holds in the table of claims, or 0. */
  claimed: number;
  /** TCP, bound or listening. */
  handle?: TcpHandle | undefined;
  /** TCP, connecting or connected. */
  connection?: Connection | undefined;
  /** UDP. */
  datagrams?: Datagrams | undefined;
}

const endpoints = new Map<number, Endpoint>();

export function endpointOf(base: number): Endpoint {
  let endpoint = endpoints.get(base);
  if (endpoint === undefined) endpoints.set(base, (endpoint = { base, claimed: 0 }));
  return endpoint;
}

export function forget(base: number): void {
  endpoints.delete(base);
}

/** The host serves one arena. */
export let arena: Arena;

export function setArena(a: Arena): void {
  arena = a;
}
