import type { BindingName } from '../../src/bindings/index.js';

/** What a binding cannot do. `keys` are fact ids, or the feature names that a test asks for. */
export interface Unsupported {
  readonly feature: string;
  readonly bindings: readonly BindingName[];
  /** Where it cannot; everywhere if not given. */
  readonly platform?: NodeJS.Platform;
  readonly keys: readonly string[];
  readonly reason: string;
}

export const unsupported: readonly Unsupported[] = [
  {
    feature: 'urgent data',
    bindings: ['net'],
    keys: ['urgent data', 'OOB-04', 'OOB-06', 'OOB-07', 'OOB-08'],
    reason: 'Node offers no way to send or receive it',
  },
  {
    feature: 'delivery among several listeners of one port',
    bindings: ['net'],
    keys: ['BND-15', 'BND-16', 'BND-18'],
    reason: 'a port is listened on once by Node, so the kernel has no choice between sockets',
  },
  {
    feature: 'abort told by recv after a send to a peer that is gone',
    bindings: ['net'],
    keys: ['SRV-29'],
    reason: 'the end of the stream has been taken already, and Node reads no further',
  },
  {
    feature: 'sharing of a TCP address under SO_REUSEADDR',
    bindings: ['net'],
    platform: 'win32',
    keys: [
      'BND-13',
      'TCP SO_REUSEADDR wildcard onto SO_REUSEADDR wildcard',
      'TCP SO_REUSEADDR specific onto SO_REUSEADDR specific',
    ],
    reason: 'libuv binds TCP sockets without SO_REUSEADDR on Windows',
  },
  {
    feature: 'extension functions',
    bindings: ['net'],
    keys: ['extension functions'],
    reason: 'they need overlapped calls',
  },
  {
    feature: 'word of changes of the list of addresses',
    bindings: ['net'],
    keys: ['IOC-28'],
    reason: 'Node does not tell of them',
  },
];

export function unsupportedOn(binding: string, key: string): Unsupported | undefined {
  return unsupported.find(
    (row) =>
      row.bindings.includes(binding as BindingName) &&
      (row.platform === undefined || row.platform === process.platform) &&
      row.keys.includes(key),
  );
}
