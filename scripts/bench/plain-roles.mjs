// The roles of a measurement on Node's own net, written as a Node program would be.
import net from 'node:net';

const HOST = '127.0.0.1';

function serve(onConnection, tell) {
  const server = net.createServer(onConnection);
  server.listen(0, HOST, () => tell({ port: server.address().port }));
  return server;
}

/** Sends back what comes, to one client. */
export function echoServer({ tell }) {
  const server = serve((socket) => {
    socket.on('data', (data) => socket.write(data));
    socket.on('close', () => server.close());
  }, tell);
}

/** `turns` round trips of one byte; tells the time of one in microseconds. */
export function echoClient({ port, turns, tell }) {
  const byte = Buffer.from('x');
  const warmUp = turns >> 3;
  let turn = 0;
  let began = 0;
  const socket = net.connect(port, HOST, () => socket.write(byte));
  socket.on('data', () => {
    if (turn++ === warmUp) began = performance.now();
    if (turn <= turns + warmUp) return void socket.write(byte);
    tell({ microseconds: ((performance.now() - began) * 1000) / turns });
    socket.end();
  });
}

/** Reads until the end; tells bytes a second, counted from the first byte. */
export function sink({ tell, report }) {
  const server = serve((socket) => {
    let bytes = 0;
    let began = 0;
    socket.on('data', (data) => {
      if (bytes === 0) began = performance.now();
      bytes += data.length;
    });
    socket.on('end', () => {
      if (report) report({ bytes, perSecond: bytes / ((performance.now() - began) / 1000) });
      socket.end();
      server.close();
    });
  }, tell);
}

/** Writes `blocks` blocks, waiting for 'drain', until the peer has closed; tells bytes a second of the connection. */
export function source({ port, blocks, size = 65_536, tell }) {
  const block = Buffer.alloc(size, 'x');
  let began = 0;
  let left = blocks;
  const socket = net.connect(port, HOST, () => {
    began = performance.now();
    pump();
  });
  function pump() {
    while (left > 0) {
      left--;
      if (!socket.write(block)) return void socket.once('drain', pump);
    }
    socket.end();
  }
  socket.resume();
  socket.on('close', () => tell({ perSecond: (blocks * size) / ((performance.now() - began) / 1000) }));
}

/** Accepts, reads to the end, closes: `count` times. */
export function acceptor({ count, tell }) {
  let served = 0;
  const server = serve((socket) => {
    socket.resume();
    socket.on('end', () => {
      socket.end();
      if (++served === count) server.close();
    });
  }, tell);
}

/** `count` connections with `parallel` at a time, each sending a line; tells connections a second. */
export function connector({ port, count, parallel, tell }) {
  const began = performance.now();
  let started = 0;
  let done = 0;
  function next() {
    if (started === count) return;
    started++;
    const socket = net.connect(port, HOST, () => socket.end('a line of text\r\n'));
    socket.resume();
    socket.on('close', () => {
      if (++done === count) tell({ perSecond: count / ((performance.now() - began) / 1000) });
      else next();
    });
  }
  for (let i = 0; i < parallel; i++) next();
}

/** Milliseconds, by a clock that all processes of the machine share. */
export const clock = () => Number(process.hrtime.bigint()) / 1e6;

/** A millisecond after each request: the time, as eight bytes. The one who asked sleeps by then. */
export function stamper({ tell }) {
  const stamp = Buffer.alloc(8);
  const server = serve((socket) => {
    socket.setNoDelay();
    socket.on('data', () =>
      setTimeout(() => {
        stamp.writeDoubleLE(clock());
        socket.write(stamp);
      }, 1),
    );
    socket.on('close', () => server.close());
  }, tell);
}

/** How long after its writing a byte is in the listener of 'data'. */
export function listener({ port, turns, tell }) {
  const waits = [];
  const socket = net.connect(port, HOST, () => socket.write('?'));
  socket.on('data', (data) => {
    waits.push(clock() - data.readDoubleLE());
    if (waits.length < turns) return void socket.write('?');
    tell({ waits });
    socket.end();
  });
}

/** The same for what WSAAsyncSelect's file sender does. */
export const sender = source;

/** Sends every byte back, to `count` clients. */
export function crowd({ count, tell }) {
  let left = count;
  const server = serve((socket) => {
    socket.on('data', (data) => socket.write(data));
    socket.on('close', () => {
      if (--left === 0) server.close();
    });
  }, tell);
}

/** `count` clients, each with a byte under way `rounds` times; tells the time of one byte there and back. */
export async function crowdOfClients({ port, count, rounds, tell }) {
  const sockets = [];
  for (let i = 0; i < count; i++) {
    const socket = net.connect(port, HOST);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.setNoDelay();
    sockets.push(socket);
  }
  let began = 0;
  for (let round = -1; round < rounds; round++) {
    if (round === 0) began = performance.now();
    const answers = sockets.map((socket) => new Promise((resolve) => socket.once('data', resolve)));
    for (const socket of sockets) socket.write('x');
    await Promise.all(answers);
  }
  tell({ microseconds: ((performance.now() - began) * 1000) / (rounds * count) });
  for (const socket of sockets) socket.end();
}
