import { connect, type Socket } from 'node:net';

/** Connects a TCP client that is not ours: Node's own. */
export function plainClient(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends the rest, ends, and waits until the connection is closed. */
export function finish(socket: Socket, data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.resume();
    socket.end(data);
  });
}

/** Connects, sends, closes. */
export async function sendPlain(port: number, data: Uint8Array | string): Promise<void> {
  await finish(await plainClient(port), data);
}
