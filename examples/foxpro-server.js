// A line-by-line port of "How to create non-blocking Winsock server", a Visual FoxPro form (collection
// VFPX/Win32API). Each procedure of the form is a method of the same name, each Winsock call of the form a call
// with the same values in the same place; FoxPro's strings of bytes are Buffers, its DOEVENTS is `await DOEVENTS()`.
//
//   node examples/foxpro-server.js [port] [ip]
//
// Ctrl+C presses Stop. WINSOCK_BINDING chooses the binding: addon, koffi or net.
//
// As in the original, a client that connects and stays silent holds up everything, Stop included.
import {
  accept,
  bind,
  closesocket,
  doEvents as DOEVENTS,
  gethostbyname,
  gethostname,
  getsockname,
  htons,
  inet_addr,
  inet_ntoa,
  listen,
  recv,
  select,
  socket,
  WSACleanup,
  WSAGetLastError,
  WSAStartup,
} from 'winsock';

const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;
const INVALID_SOCKET = -1; // the original has 0, which socket() never returns
const SOMAXCONN = 0x7fffffff;
const READ_SIZE = 0xffff;
const WSADATA_SIZE = 408; // 398 there, of a 32-bit process; a 64-bit one writes 408
const WS_VERSION = 0x0202;

class Tform {
  ListeningSocket = 0;
  LocalName = '';
  LocalIP = '';
  ServerOn = false;
  lblHost = 'not defined';
  txtPort = Number(process.argv[2] ?? 4096);
  /** @type {{ dt: Date, IP: string, port: number, sz: number, body: Buffer }[]} */
  csRecv = [];

  Init() {
    if (!this.InitWinsock()) {
      console.error('Could not init Winsock library.');
      return false;
    }
    this.GetLocalIP();
    this.lblHost = `${this.LocalName}, ${this.LocalIP}`;
    console.log(`Local host: ${this.lblHost}`);
    this.StopServer();
    return true;
  }

  Destroy() {
    WSACleanup();
  }

  async cmdStart_Click() {
    if (this.StartServer()) await this.DoCycle();
    else this.StopServer();
  }

  cmdStop_Click() {
    this.ServerOn = false;
  }

  StartServer() {
    this.setStatus('Starting...');
    this.ListeningSocket = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (this.ListeningSocket === INVALID_SOCKET) return false;

    const cBuffer = this.GetBindBuf(this.LocalIP, this.txtPort);
    if (bind(this.ListeningSocket, cBuffer, cBuffer.length) !== 0) {
      const nError = WSAGetLastError();
      console.error(`Could not bind a socket to the selected port.\nWinsock error code: ${nError}`);
      process.exitCode = 1;
      return false;
    }

    listen(this.ListeningSocket, SOMAXCONN);
    if (this.txtPort === 0) this.txtPort = this.ChosenPort();
    console.log(`Listening port: ${this.txtPort}`);
    this.setStatus('Running');
    return true;
  }

  StopServer() {
    this.setStatus('Stopped');
    if (this.ListeningSocket !== 0) {
      closesocket(this.ListeningSocket);
      this.ListeningSocket = 0;
    }
  }

  async DoCycle() {
    this.ServerOn = true;
    while (this.ServerOn) {
      await DOEVENTS();
      await this.AcceptCall();
      await DOEVENTS();
    }
    this.StopServer();
  }

  async AcceptCall() {
    if (!this.IsDataAvailable()) return;

    let cBuffer = Buffer.alloc(64);
    const nBufsize = Int32Array.of(64);
    const hNewsock = accept(this.ListeningSocket, cBuffer, nBufsize);

    if (hNewsock !== INVALID_SOCKET) {
      const nClientPort = cBuffer[2] * 256 + cBuffer[3];
      const cClientIP = inet_ntoa(cBuffer.readUInt32LE(4)) ?? '';
      process.stdout.write(`>> conn accepted from ${cClientIP}, remote port ${nClientPort}`);

      cBuffer = Buffer.alloc(0);
      for (;;) {
        const cRecv = Buffer.alloc(READ_SIZE);
        const nRecv = recv(hNewsock, cRecv, READ_SIZE, 0);
        if (nRecv <= 0) break; // the original asks for 0 alone, and never leaves this loop when recv fails
        process.stdout.write('.');
        cBuffer = Buffer.concat([cBuffer, cRecv.subarray(0, nRecv)]);
      }

      if (cBuffer.length !== 0) {
        process.stdout.write(` ${cBuffer.length} bytes received.`);
        const sz = cBuffer.length;
        this.csRecv.push({ dt: new Date(), IP: cClientIP, port: nClientPort, sz, body: cBuffer });
      }
      process.stdout.write('\n');

      closesocket(hNewsock);
    }
    await DOEVENTS();
  }

  IsDataAvailable() {
    // A set is a count of 1 and the one socket. A 64-bit process has 4 bytes of padding between the two, and a
    // SOCKET of 8 bytes: where the FoxPro program writes 4 + 4 bytes, this writes 4 + 4 + 8.
    const [cRead, cWrite, cError] = [1, 2, 3].map(() => {
      const set = Buffer.alloc(16);
      set.writeUInt32LE(1, 0);
      set.writeUInt32LE(this.ListeningSocket, process.arch === 'ia32' ? 4 : 8);
      return set;
    });
    const cTimeout = Buffer.alloc(8);
    cTimeout.writeInt32LE(2, 0);
    cTimeout.writeInt32LE(1, 4);
    const nCount = select(0, cRead, cWrite, cError, cTimeout);
    return nCount !== 0 && cRead.readUInt32LE(0) > 0;
  }

  /** @param {string} cIP @param {number} nPort */
  GetBindBuf(cIP, nPort) {
    const cBuffer = Buffer.alloc(16);
    cBuffer.writeUInt16LE(AF_INET, 0);
    cBuffer.writeUInt16LE(htons(nPort), 2);
    cBuffer.writeUInt32LE(inet_addr(cIP), 4);
    return cBuffer;
  }

  GetLocalIP() {
    const cBuffer = Buffer.alloc(250);
    const nResult = gethostname(cBuffer, cBuffer.length);
    this.LocalName = nResult === 0 ? cBuffer.toString('latin1', 0, cBuffer.indexOf(0)) : '';
    // Where the original follows the hostent's pointers with RtlMoveMemory, the struct comes back decoded.
    const hostent = gethostbyname(this.LocalName);
    if (hostent !== null) this.LocalIP = inet_ntoa(Buffer.from(hostent.h_addr_list[0]).readUInt32LE(0)) ?? '';
    if (process.argv[3] !== undefined) this.LocalIP = process.argv[3];
  }

  InitWinsock() {
    const cWSADATA = Buffer.alloc(WSADATA_SIZE);
    return WSAStartup(WS_VERSION, cWSADATA) === 0;
  }

  /** Not in the original, where the port is never 0. */
  ChosenPort() {
    const name = Buffer.alloc(16);
    getsockname(this.ListeningSocket, name, Int32Array.of(16));
    return name.readUInt16BE(2);
  }

  /** @param {string} text */
  setStatus(text) {
    console.log(`Status: ${text}`);
  }
}

const oSrv = new Tform();
if (oSrv.Init()) {
  process.on('SIGINT', () => oSrv.cmdStop_Click());
  await oSrv.cmdStart_Click();
  oSrv.Destroy();
  process.removeAllListeners('SIGINT');
}
