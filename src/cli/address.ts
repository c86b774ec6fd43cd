import { localHost, startWinsock } from '../io-models/local-host.js';
import { INADDR_NONE, type Winsock, WinsockError } from '../ws2_32/index.js';
import { Failure } from './output.js';

/**
 * The dotted address of what `--host` named: itself, or what `gethostbyname` finds; the local IP if none was named.
 * Starts and releases Winsock for that.
 *
 * @throws Failure if there is no such host
 */
export function addressOf(ws: Winsock, host: string | undefined): string {
  const code = startWinsock(ws);
  if (code !== 0) throw new WinsockError(code, 'WSAStartup');
  try {
    if (host === undefined) return localHost(ws).ip || '127.0.0.1';
    if (ws.inet_addr(host) !== INADDR_NONE || host === '255.255.255.255') return host;
    const address = ws.gethostbyname(host)?.h_addr_list[0];
    if (address !== undefined) return ws.inet_ntoa(Buffer.from(address).readUInt32LE(0)) ?? host;
    throw new Failure(`${host}: ${new WinsockError(ws.WSAGetLastError(), 'gethostbyname').message}`);
  } finally {
    ws.WSACleanup();
  }
}
