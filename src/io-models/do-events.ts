/**
 * FoxPro's `DOEVENTS`: lets everything that waits for the event loop run (a click on Stop, a signal, a message
 * from another thread) and comes back. A polling loop yields where the legacy program yielded.
 *
 * `setImmediate`, not a resolved promise: a microtask would come back before the loop has looked at any event.
 */
export function doEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
