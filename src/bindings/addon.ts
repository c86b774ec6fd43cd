// The addon: binding/, C++ over Node-API, calling ws2_32.dll.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionName } from '../ws2_32/functions.js';
import type { Winsock } from '../ws2_32/winsock.js';

/** What the native module exports. */
type Native = Pick<Winsock, FunctionName & keyof Winsock> & {
  /** The memory in which the addon keeps the thread's last error. */
  readonly lastError: Int32Array;
};

const require = createRequire(import.meta.url);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the addon may be: a build of one's own comes before the one that the package brings. */
const places = [
  join(root, 'build', 'Release', 'winsock.node'),
  join(root, 'prebuilds', `${process.platform}-${process.arch}`, 'winsock.node'),
];

let found: Native | undefined;

function native(): Native {
  if (found) return found;
  if (process.platform !== 'win32') {
    throw new Error(`The addon calls ws2_32.dll, which is on Windows only; this is ${process.platform}.`);
  }
  const tried: string[] = [];
  for (const place of places) {
    try {
      return (found = require(place) as Native);
    } catch (error) {
      tried.push(`${place}: ${(error as Error).message.trim().split('\n')[0]}`);
    }
  }
  const how = '`npm run build:addon` compiles it (with Visual Studio and CMake)';
  throw new Error(`The addon cannot be loaded; ${how}. Tried:\n  ${tried.join('\n  ')}`);
}

/** Why the addon cannot be had here, or undefined. */
export function unavailable(): string | undefined {
  try {
    native();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Loads the addon. */
export function load(): Winsock {
  const { lastError, ...functions } = native();
  return {
    ...functions,
    name: 'addon',
    // Read where the addon leaves it: no native call, and nothing that could come in between.
    WSAGetLastError: () => lastError[0],
  };
}
