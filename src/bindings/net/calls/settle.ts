let turn: Promise<void> = Promise.resolve();

/**
 * Runs `finish`, which sets the last error, in a turn of the event loop of its own: whoever awaits the result reads
 * the error that belongs to it.
 */
export function settle<T>(finish: () => T): Promise<T> {
  const mine = turn.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
  turn = mine;
  return mine.then(finish);
}
