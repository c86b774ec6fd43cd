// Sends bytes and ends the process at once, with or without closesocket: what send took has to arrive.
import {
  AF_INET,
  closesocket,
  connect,
  IPPROTO_TCP,
  SOCK_STREAM,
  send,
  sockaddr_in,
  socket,
  WSADATA,
  WSAGetLastError,
  WSAStartup,
} from 'winsock';

const [port, size, how] = process.argv.slice(2);
WSAStartup(0x0202, new WSADATA());
const s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
const name = sockaddr_in.from('127.0.0.1', Number(port));
if (connect(s, name, name.length) !== 0) throw new Error(`connect: ${WSAGetLastError()}`);
const data = Buffer.alloc(Number(size), 'x');
for (let at = 0; at < data.length; ) {
  const n = send(s, data.subarray(at), data.length - at, 0);
  if (n < 0) throw new Error(`send: ${WSAGetLastError()}`);
  at += n;
}
if (how === 'close') closesocket(s);
process.exit(0);
