import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import {
  OPTION_BROADCAST,
  OPTION_KEEPALIVE,
  OPTION_KEEPIDLE,
  OPTION_MULTICAST_LOOP,
  OPTION_MULTICAST_TTL,
  OPTION_NODELAY,
  OPTION_TTL,
} from '../rules/options.js';
import type { Endpoint } from './endpoint.js';

/** Hands Node the options that it can apply; the others are only remembered. */
export function applyOptions({ control }: Arena, { base, connection, datagrams }: Endpoint): void {
  const option = (index: number): number => control[base + L.S_OPTIONS + index];
  if (connection !== undefined) {
    connection.socket.setNoDelay(option(OPTION_NODELAY) !== 0);
    connection.socket.setKeepAlive(option(OPTION_KEEPALIVE) !== 0, option(OPTION_KEEPIDLE) * 1000);
  }
  const socket = datagrams?.ready;
  if (socket === undefined) return;
  socket.setBroadcast(option(OPTION_BROADCAST) !== 0);
  if (option(OPTION_TTL) > 0) socket.setTTL(option(OPTION_TTL));
  socket.setMulticastTTL(option(OPTION_MULTICAST_TTL));
  socket.setMulticastLoopback(option(OPTION_MULTICAST_LOOP) !== 0);
}
