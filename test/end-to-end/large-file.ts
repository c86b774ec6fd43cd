import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { folder } from './command.js';
import { finish, plainClient } from './plain-client.js';

const MEGABYTE = 1 << 20;
export const FILE_SIZE = 100 * MEGABYTE;
export const file = join(folder, '100-megabytes');

/**
 * Writes the file. No two megabytes are alike: one that is lost, doubled or moved changes the hash.
 *
 * @returns its hash
 */
export function writeFile(): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(MEGABYTE);
  const fd = openSync(file, 'w');
  for (let i = 0; i < FILE_SIZE / MEGABYTE; i++) {
    for (let at = 0; at < MEGABYTE; at += 4) piece.writeUInt32LE((i * MEGABYTE + at * 2654435761) >>> 0, at);
    writeSync(fd, piece);
    hash.update(piece);
  }
  closeSync(fd);
  return hash.digest('hex');
}

export const hashOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');

/** Sends the file with a plain TCP client. */
export async function sendFilePlain(port: number): Promise<void> {
  const client = await plainClient(port);
  const source = await open(file);
  for await (const chunk of source.createReadStream({ highWaterMark: MEGABYTE }))
    if (!client.write(chunk)) await new Promise((resolve) => client.once('drain', resolve));
  await finish(client, '');
}
