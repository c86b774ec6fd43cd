import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Winsock } from '../../src/ws2_32/index.js';

/** Whether this Windows is Wine, whose ws2_32.dll differs from Windows' in places. */
export const wine =
  process.platform === 'win32' &&
  existsSync(join(process.env.SystemRoot ?? 'C:\\windows', 'system32', 'winecfg.exe'));

/** Whether this binding's answers are those of Wine's ws2_32.dll. */
export function overWine(ws: Winsock): boolean {
  return wine && ws.name !== 'net';
}
