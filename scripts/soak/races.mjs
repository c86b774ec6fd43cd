// For SECONDS, sockets are closed under calls that block on them in another thread: each call must end.
import { finish, generator, listener, pair, thread, ws } from './common.mjs';

const seconds = Number(process.argv[2]);
const random = generator(Date.now());
// Word 0 counts rounds that were given out, word 1 those that ended; the sockets and the kind of call follow.
const words = new Int32Array(new SharedArrayBuffer(32));
const other = thread('race-thread.mjs', { words });
const KINDS = 5;
const here = listener();
const until = performance.now() + seconds * 1000;
let rounds = 0;

while (performance.now() < until) {
  const kind = rounds % KINDS;
  const accepting = kind === 1 ? listener() : undefined;
  const connected = accepting ? undefined : pair(here);
  const target = accepting?.s ?? connected.server;
  words[2] = kind;
  words[3] = target;
  Atomics.store(words, 0, ++rounds);
  Atomics.notify(words, 0);
  for (let spin = random(20_000); spin > 0; spin--) Atomics.load(words, 0);
  ws.closesocket(target);
  while (Atomics.load(words, 1) < rounds) {
    if (Atomics.wait(words, 1, rounds - 1, 10_000) === 'timed-out')
      throw new Error(`call ${kind} of round ${rounds} did not end`);
  }
  if (connected) ws.closesocket(connected.client);
}
Atomics.store(words, 0, -1);
Atomics.notify(words, 0);
await other.ended;
console.log(`  ${rounds} rounds`);
finish();
