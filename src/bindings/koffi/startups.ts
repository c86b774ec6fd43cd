// How many WSAStartup calls of this binding are not yet undone. Winsock counts them for the whole process, and so
// must every worker thread.
import type { ProcessMemory } from './process-memory.js';

export interface Startups {
  started(): boolean;
  add(): void;
  /** Takes one away, if there is one. */
  remove(): boolean;
}

export function openStartups({ startups: count }: ProcessMemory): Startups {
  return {
    started: () => Atomics.load(count, 0) > 0,
    add: () => void Atomics.add(count, 0, 1),
    remove: () => {
      for (let seen = Atomics.load(count, 0); seen > 0; seen = Atomics.load(count, 0)) {
        if (Atomics.compareExchange(count, 0, seen, seen - 1) === seen) return true;
      }
      return false;
    },
  };
}
