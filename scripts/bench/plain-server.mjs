// The select-polling server's work on Node's own net: take a connection, read it to its end, keep the bytes, say so.
import net from 'node:net';

const server = net.createServer((socket) => {
  const { remoteAddress, remotePort } = socket;
  const pieces = [];
  console.log(`>> conn accepted from ${remoteAddress}, remote port ${remotePort}`);
  socket.on('data', (piece) => {
    process.stdout.write('.');
    pieces.push(piece);
  });
  socket.on('end', () => {
    console.log(` ${Buffer.concat(pieces).length} bytes received.`);
    socket.end();
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
