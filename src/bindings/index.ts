// The choice of a binding: the one place that knows them all.
import type { BindingName, Winsock } from '../ws2_32/winsock.js';
import * as addon from './addon.js';
import * as koffi from './koffi.js';
import * as net from './net/index.js';

export type { BindingName } from '../ws2_32/winsock.js';

/** What `availableBindings` tells of a binding. */
export interface BindingInfo {
  readonly name: BindingName;
  readonly available: boolean;
  /** Why it cannot be had here, and how to get it. */
  readonly reason?: string;
}

interface Binding {
  load(): Winsock;
  unavailable(): string | undefined;
}

/** In the order of preference. */
const bindings: ReadonlyMap<BindingName, Binding> = new Map<BindingName, Binding>([
  ['addon', addon],
  ['koffi', koffi],
  ['net', net],
]);

const loaded = new Map<BindingName, Winsock>();

/** Every binding, with the reason why one cannot be had on this machine. */
export function availableBindings(): BindingInfo[] {
  return [...bindings].map(([name, binding]) => {
    const reason = binding.unavailable();
    return reason === undefined ? { name, available: true } : { name, available: false, reason };
  });
}

/**
 * Loads a binding: the one named; else the one that the environment variable WINSOCK_BINDING names; else the first
 * of addon, koffi and net that this machine can run. The same object each time.
 * @throws Error when a binding was asked for by name and cannot be had: says what is missing and how to get it
 */
export function loadBinding(name?: BindingName): Winsock {
  const wanted = name ?? process.env.WINSOCK_BINDING;
  const chosen = wanted ? known(wanted) : firstAvailable();
  let winsock = loaded.get(chosen);
  if (!winsock) loaded.set(chosen, (winsock = bindings.get(chosen)!.load()));
  return winsock;
}

function known(name: string): BindingName {
  if (bindings.has(name as BindingName)) return name as BindingName;
  throw new Error(`There is no binding called ${name}: choose ${[...bindings.keys()].join(', ')}`);
}

function firstAvailable(): BindingName {
  return [...bindings.keys()].find((name) => bindings.get(name)!.unavailable() === undefined) ?? 'net';
}
