import {
  FD_ACCEPT,
  FD_ADDRESS_LIST_CHANGE,
  FD_CLOSE,
  FD_CONNECT,
  FD_OOB,
  FD_READ,
  FD_WRITE,
  SD_SEND,
  SO_LINGER,
  SOL_SOCKET,
  type Winsock,
  WSAECONNABORTED,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding } from '../support/bindings.js';
import { EventObserver, MessageObserver, type Observer } from '../support/events.js';
import { type Extended, withFunctions } from '../support/extended.js';
import {
  accepted,
  address,
  bindAny,
  close,
  connected,
  listener,
  nonBlocking,
  recvText,
  sendText,
  tcpPair,
  tcpSocket,
  udpSocket,
  waitReadable,
} from '../support/sockets.js';

const EVERYTHING = FD_ACCEPT | FD_CLOSE | FD_CONNECT | FD_OOB | FD_READ | FD_WRITE;
const INCOMING = FD_ACCEPT | FD_CLOSE | FD_CONNECT | FD_OOB | FD_READ;

const modes = [
  {
    name: 'WSAEventSelect',
    needs: ['WSAEventSelect', 'WSAEnumNetworkEvents', 'WSAWaitForMultipleEvents', 'WSACreateEvent'],
    make: (ws: Winsock, x: Extended): Observer => new EventObserver(ws, x),
  },
  {
    name: 'WSAAsyncSelect',
    needs: ['WSAAsyncSelect', 'createMessageWindow'],
    make: (ws: Winsock, x: Extended): Observer => new MessageObserver(ws, x),
  },
];

forEachBinding((ws) => {
  for (const { name, needs, make } of modes) {
    withFunctions(ws, needs, (x) => {
      const messages = name === 'WSAAsyncSelect';

      function observed(
        id: string,
        title: string,
        body: (o: Observer, wine: boolean) => Promise<void>,
      ): void {
        fact(ws, id, `${name}: ${title}`, async (wine) => {
          const observer = make(ws, x);
          try {
            await body(observer, wine);
          } finally {
            observer.close();
          }
        });
      }

      observed('EVT-03', 'bind and listen make no event', async (o) => {
        const s = tcpSocket(ws);
        o.select(s, FD_CONNECT | FD_READ | FD_OOB | FD_ACCEPT);
        bindAny(ws, s);
        ws.listen(s, 5);
        await o.expect(0);
      });

      observed('EVT-04', 'a client makes FD_ACCEPT, once', async (o) => {
        const { s, port } = listener(ws);
        o.select(s, FD_ACCEPT);
        connected(ws, port);
        await o.expect(FD_ACCEPT);
      });

      observed('EVT-07', 'accept posts FD_ACCEPT again while connections wait', async (o) => {
        const { s, port } = listener(ws);
        connected(ws, port);
        connected(ws, port);
        o.select(s, FD_ACCEPT);
        await o.expect(FD_ACCEPT);
        accepted(ws, s);
        await o.expect(FD_ACCEPT);
      });

      observed('EVT-08', 'accepting the last connection makes nothing', async (o) => {
        const { s, port } = listener(ws);
        o.select(s, FD_ACCEPT);
        connected(ws, port);
        await o.expect(FD_ACCEPT);
        accepted(ws, s);
        await o.expect(0);
      });

      observed('EVT-06', 'a second client, the first not accepted: an event, no message', async (o, wine) => {
        const { s, port } = listener(ws);
        o.select(s, FD_ACCEPT);
        connected(ws, port);
        await o.expect(FD_ACCEPT);
        connected(ws, port);
        await o.expect(messages || wine ? 0 : FD_ACCEPT);
      });

      observed('EVT-09', 'a connection that waited before the select makes FD_ACCEPT', async (o) => {
        const { s, port } = listener(ws);
        connected(ws, port);
        o.select(s, FD_ACCEPT | FD_CLOSE);
        await o.expect(FD_ACCEPT);
      });

      observed('EVT-13', 'a connection that was accepted before the select makes none', async (o) => {
        const { s, port } = listener(ws);
        o.select(s, FD_CLOSE);
        connected(ws, port);
        acceptWaiting(s);
        o.select(s, FD_CLOSE | FD_ACCEPT);
        await o.expect(0);
      });

      function acceptWaiting(s: number): void {
        waitReadable(ws, s);
        accepted(ws, s);
      }

      observed('EVT-20', 'an accepted socket reports FD_WRITE, never FD_CONNECT', async (o) => {
        const { server } = tcpPair(ws);
        o.select(server, EVERYTHING);
        await o.expect(FD_WRITE);
      });

      observed('EVT-21', 'connect without FD_CONNECT in the mask makes FD_WRITE', async (o) => {
        const { port } = listener(ws);
        const s = tcpSocket(ws);
        o.select(s, EVERYTHING & ~FD_CONNECT);
        ws.connect(s, address(port), 16);
        await o.expect(FD_WRITE);
      });

      observed('EVT-22', 'FD_CONNECT selected later: an event for it, a message for FD_WRITE', async (o) => {
        const { port } = listener(ws);
        const s = tcpSocket(ws);
        o.select(s, EVERYTHING & ~FD_CONNECT);
        ws.connect(s, address(port), 16);
        await o.expect(FD_WRITE);
        o.select(s, EVERYTHING);
        await o.expect(messages ? FD_WRITE : FD_CONNECT);
      });

      observed('EVT-61', 'connect makes FD_CONNECT and FD_WRITE without error', async (o) => {
        const { port } = listener(ws);
        const s = tcpSocket(ws);
        o.select(s, EVERYTHING);
        ws.connect(s, address(port), 16);
        await o.expect(FD_CONNECT | FD_WRITE);
      });

      observed('EVT-18', 'selecting again after both: a message for FD_WRITE, no event', async (o) => {
        const { port } = listener(ws);
        const s = tcpSocket(ws);
        o.select(s, EVERYTHING);
        ws.connect(s, address(port), 16);
        await o.expect(FD_CONNECT | FD_WRITE);
        o.select(s, 0);
        o.select(s, EVERYTHING);
        await o.expect(messages ? FD_WRITE : 0);
      });

      observed('EVT-25', 'an unbound UDP socket: a message for FD_WRITE, no event', async (o, wine) => {
        const s = udpSocket(ws);
        o.select(s, EVERYTHING);
        await o.expect(messages || wine ? FD_WRITE : 0);
      });

      observed('EVT-26', 'a bound UDP socket reports FD_WRITE', async (o) => {
        const s = udpSocket(ws);
        bindAny(ws, s);
        o.select(s, FD_READ | FD_WRITE);
        await o.expect(FD_WRITE);
      });

      observed('EVT-28', 'a bound TCP socket that is not connected reports nothing', async (o) => {
        const s = tcpSocket(ws);
        bindAny(ws, s);
        for (let i = 0; i < 2; i++) {
          o.select(s, FD_READ | FD_WRITE);
          await o.expect(0);
        }
      });

      observed('EVT-31', 'a send that succeeds does not post FD_WRITE again', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(client, EVERYTHING & ~FD_CONNECT);
        await o.expect(FD_WRITE);
        sendText(ws, client, 'data');
        recvText(ws, server);
        await o.expect(0);
      });

      observed('EVT-32', 'a send before anyone looked does not take FD_WRITE back', async (o) => {
        const { server } = tcpPair(ws);
        o.select(server, EVERYTHING);
        sendText(ws, server, 'data');
        await o.expect(FD_WRITE);
      });

      observed('EVT-33', 'after WSAEWOULDBLOCK, FD_WRITE comes once the peer has read', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, EVERYTHING);
        await o.expect(FD_WRITE);
        const block = Buffer.alloc(1 << 20);
        let taken = 0;
        for (let n = 0; n !== -1; taken += Math.max(n, 0)) n = ws.send(server, block, block.length, 0);
        for (let got = 0; got < taken; got += ws.recv(client, block, block.length, 0))
          waitReadable(ws, client);
        await o.expect(FD_WRITE);
      });

      observed('EVT-34', 'FD_READ is not posted while there is nothing', async (o) => {
        const { server } = tcpPair(ws);
        o.select(server, INCOMING);
        await o.expect(0);
      });

      observed('EVT-36', 'FD_READ once for data; selecting again posts a message, no event', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        sendText(ws, client, 'data');
        await o.expect(FD_READ);
        o.select(server, INCOMING);
        await o.expect(messages ? FD_READ : 0);
      });

      observed('EVT-38', 'a recv that leaves data posts FD_READ again, once', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        sendText(ws, client, '0123456789');
        await o.expect(FD_READ);
        ws.recv(server, Buffer.alloc(2), 2, 0);
        await o.expect(FD_READ);
      });

      observed('EVT-40', 'eight receives of one byte post seven FD_READ', async (o) => {
        const { client, server } = tcpPair(ws);
        sendText(ws, client, '01234567');
        waitReadable(ws, server);
        o.select(server, INCOMING);
        await o.expect(FD_READ);
        for (let i = 0; i < 8; i++) {
          ws.recv(server, Buffer.alloc(1), 1, 0);
          await o.expect(i < 7 ? FD_READ : 0);
        }
      });

      observed('EVT-41', 'data that came while nothing was selected makes FD_READ', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        o.select(server, 0);
        sendText(ws, client, 'data');
        o.select(server, INCOMING);
        await o.expect(FD_READ);
      });

      observed('EVT-46', "the peer's close makes FD_CLOSE, once", async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        close(ws, client);
        await o.expect(FD_CLOSE);
      });

      observed('EVT-48', 'recv of 0 after FD_CLOSE makes nothing more', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        close(ws, client);
        await o.expect(FD_CLOSE);
        ws.recv(server, Buffer.alloc(4), 4, 0);
        await o.expect(0);
      });

      observed('EVT-47', 'selecting again after FD_CLOSE: a message, no event', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        close(ws, client);
        await o.expect(FD_CLOSE);
        o.select(server, INCOMING);
        await o.expect(messages ? FD_CLOSE : 0);
      });

      observed('EVT-49', "the peer's SD_SEND makes FD_CLOSE, its closesocket adds nothing", async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        ws.shutdown(client, SD_SEND);
        await o.expect(FD_CLOSE);
        close(ws, client);
        await o.expect(0);
      });

      observed('EVT-52', 'FD_CLOSE comes at once, though data is unread', async (o, wine) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        sendText(ws, client, 'five!');
        await o.expect(FD_READ);
        close(ws, client);
        await o.expect(wine ? 0 : FD_CLOSE);
      });

      observed(
        'EVT-53',
        'reading the rest after FD_CLOSE posts FD_READ, and FD_CLOSE not again',
        async (o, wine) => {
          const { client, server } = tcpPair(ws);
          o.select(server, INCOMING);
          sendText(ws, client, 'five!');
          await o.expect(FD_READ);
          close(ws, client);
          await o.expect(wine ? 0 : FD_CLOSE);
          ws.recv(server, Buffer.alloc(3), 3, 0);
          await o.expect(FD_READ);
          ws.recv(server, Buffer.alloc(3), 3, 0);
          await o.expect(wine ? FD_CLOSE : 0);
        },
      );

      observed('EVT-54', 'a peer that closed before the select makes FD_CLOSE', async (o) => {
        const { client, server } = tcpPair(ws);
        close(ws, client);
        o.select(server, INCOMING);
        await o.expect(FD_CLOSE);
      });

      observed(
        'EVT-55',
        'the end of the stream is no FD_READ; FD_CLOSE comes when it is selected',
        async (o) => {
          const { client, server } = tcpPair(ws);
          o.select(server, FD_READ);
          close(ws, client);
          await o.expect(0);
          o.select(server, FD_READ | FD_CLOSE);
          await o.expect(FD_CLOSE);
        },
      );

      observed('EVT-56', "the peer's reset makes FD_CLOSE with WSAECONNABORTED", async (o, wine) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        ws.setsockopt(client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 0), 4);
        close(ws, client);
        await o.expect(FD_CLOSE, wine ? 0 : WSAECONNABORTED);
      });

      observed('EVT-57', 'selecting again after that: the message again, no event', async (o, wine) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        ws.setsockopt(client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 0), 4);
        close(ws, client);
        await o.expect(FD_CLOSE, wine ? 0 : WSAECONNABORTED);
        o.select(server, INCOMING);
        if (messages && !wine) await o.expect(FD_CLOSE, WSAECONNABORTED);
        else if (!wine) await o.expect(0);
      });

      observed('EVT-62', 'selecting 0 ends it', async (o) => {
        const { client, server } = tcpPair(ws);
        o.select(server, INCOMING);
        o.select(server, 0);
        sendText(ws, client, 'data');
        await o.expect(0);
        nonBlocking(ws, server, 0);
      });

      observed('EVT-64', 'no change of the list of addresses is told before it was asked for', async (o) => {
        o.select(tcpPair(ws).client, FD_ADDRESS_LIST_CHANGE);
        await o.expect(0);
      });

      observed('CLS-07', 'closesocket on this side makes nothing', async (o) => {
        const { client } = tcpPair(ws);
        o.select(client, INCOMING);
        close(ws, client);
        if (messages) await o.expect(0);
      });
    });
  }
});
