// A wait in slices: between two native calls the end of the thread, or of the process, is noticed.
export const slice = 100;

/** When a wait is over, in performance.now()'s time: never, for Infinity. */
export function deadlineAfter(milliseconds: number): number {
  return performance.now() + milliseconds;
}

/** How long to wait now, and whether it is the last time. What is left is rounded up: never too short. */
export function nextSlice(deadline: number, longest = slice): { ms: number; last: boolean } {
  const left = deadline - performance.now();
  const last = left <= longest;
  return { ms: last ? Math.max(Math.ceil(left), 0) : longest, last };
}

/** Makes a call with a time of its own again and again until it gives something else than "nothing yet". */
export function inSlices(
  deadline: number,
  nothingYet: number,
  call: (ms: number) => number,
  interrupted?: number,
): number {
  for (;;) {
    const { ms, last } = nextSlice(deadline);
    const result = call(ms);
    if (result === interrupted) continue;
    if (result !== nothingYet || last) return result;
  }
}
