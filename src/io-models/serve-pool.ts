import { Worker } from 'node:worker_threads';
import { FIONBIO } from '../ws2_32/index.js';
import { acceptedText, type Call, report } from './call.js';
import { asBuffer } from './messages.js';
import type { PoolCall, PoolResult, PoolThreadData } from './pool-thread.js';
import { type Host, type Service, STOPPED } from './service.js';

interface PoolThread {
  readonly worker: Worker;
  /** The call that it serves; undefined while it waits for one. */
  call: Call | undefined;
}

/**
 * Mode `pool`, which the original's author wished for: "a pool of, say, 10 threads to serve connections". The loop
 * accepts and hands each SOCKET to a thread, which blocks in `recv` for it alone; who finds no thread free waits
 * for one. Only this thread closes sockets, so a number is never closed twice.
 *
 * The loop has to hear from its threads while it polls: this mode always polls with `selectAsync`.
 */
export class ServePool implements Service {
  readonly acceptsAll = false;
  readonly #host: Host;
  readonly #threads: PoolThread[] = [];
  readonly #waiting: Call[] = [];
  /** Calls whose socket is not closed yet. */
  readonly #open = new Set<Call>();
  #stopped = false;
  /** Called each time a call ends, once the server has stopped. */
  #onIdle: () => void = () => undefined;

  constructor(host: Host, threads: number) {
    this.#host = host;
    for (let i = 0; i < threads; i++) this.#threads.push(this.#startThread());
  }

  accepted(call: Call): void {
    // A listening socket that does not block gives accepted ones that do not; a thread of the pool may.
    this.#host.ws.ioctlsocket(call.socket, FIONBIO, Uint32Array.of(0));
    this.#open.add(call);
    this.#waiting.push(call);
    this.#handOut();
  }

  readable(): void {}

  dropClosed(): boolean {
    return false;
  }

  /** Closes the sockets that threads still sit in, which ends their `recv`, and waits for what they tell. */
  async end(): Promise<void> {
    this.#stopped = true;
    for (const call of this.#waiting.splice(0)) this.#finish(call, STOPPED);
    for (const { call } of this.#threads) if (call !== undefined) this.#close(call);
    await new Promise<void>((resolve) => {
      this.#onIdle = () => {
        if (this.#threads.every((thread) => thread.call === undefined)) resolve();
      };
      this.#onIdle();
    });
    await Promise.all(this.#threads.map((thread) => thread.worker.terminate()));
  }

  #startThread(): PoolThread {
    const workerData: PoolThreadData = { binding: this.#host.ws.name };
    const worker = new Worker(new URL('./pool-thread.js', import.meta.url), { workerData });
    const thread: PoolThread = { worker, call: undefined };
    worker.on('message', (result: PoolResult) => this.#take(thread, result));
    worker.on('error', (error) => this.#replace(thread, error));
    return thread;
  }

  #handOut(): void {
    for (const thread of this.#threads) {
      if (thread.call !== undefined) continue;
      const call = this.#waiting.shift();
      if (call === undefined) return;
      thread.call = call;
      const { socket, ip, port } = call;
      thread.worker.postMessage({ socket, ip, port } satisfies PoolCall);
    }
  }

  #take(thread: PoolThread, { chunks, size, error }: PoolResult): void {
    const call = thread.call!;
    thread.call = undefined;
    call.chunks.push(...chunks.map(asBuffer));
    call.size = size;
    this.#finish(call, this.#stopped && error !== undefined ? STOPPED : error);
    this.#handOut();
    this.#onIdle();
  }

  /** A thread that fails takes its own call with it, and no other. */
  #replace(thread: PoolThread, error: Error): void {
    const { call } = thread;
    this.#threads[this.#threads.indexOf(thread)] = this.#startThread();
    if (call !== undefined) this.#finish(call, error.message);
    this.#handOut();
    this.#onIdle();
  }

  #finish(call: Call, error: string | undefined): void {
    const { screen, keep } = this.#host;
    if (error !== undefined) call.error = error;
    const dots = '.'.repeat(call.chunks.length);
    report(call, (text) => screen.line(`${acceptedText(call)}${dots}${text}`), keep);
    this.#close(call);
  }

  #close(call: Call): void {
    if (this.#open.delete(call)) this.#host.ws.closesocket(call.socket);
  }
}
