import { expect } from 'vitest';
import {
  IP_ADD_MEMBERSHIP,
  IP_DONTFRAGMENT,
  IP_HDRINCL,
  IP_MTU,
  IP_MULTICAST_IF,
  IP_MULTICAST_LOOP,
  IP_MULTICAST_TTL,
  IP_OPTIONS,
  IP_PKTINFO,
  IP_RECVTOS,
  IP_RECVTTL,
  IP_TOS,
  IP_TTL,
  IP_UNICAST_IF,
  IPPROTO_IP,
  IPPROTO_TCP,
  SO_BROADCAST,
  SO_BSP_STATE,
  SO_DONTLINGER,
  SO_ERROR,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_MAX_MSG_SIZE,
  SO_PROTOCOL_INFOA,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_SNDBUF,
  SO_SNDTIMEO,
  SO_TYPE,
  type SOCKET,
  SOL_SOCKET,
  TCP_NODELAY,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOPROTOOPT,
  WSAENOTCONN,
  WSAENOTSOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import {
  closedSocket,
  expectError,
  expectSuccess,
  tcpPair,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const set = (s: SOCKET, level: number, option: number, value: number) =>
    ws.setsockopt(s, level, option, Int32Array.of(value), 4);

  function get(s: SOCKET, level: number, option: number): number {
    const value = Int32Array.of(0);
    expectSuccess(ws, () => ws.getsockopt(s, level, option, value, Int32Array.of(4)));
    return value[0];
  }

  rule(ws, 'options of what is no socket are WSAENOTSOCK', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => set(s, SOL_SOCKET, SO_KEEPALIVE, 1), WSAENOTSOCK);
      expectError(
        ws,
        () => ws.getsockopt(s, SOL_SOCKET, SO_TYPE, Int32Array.of(0), Int32Array.of(4)),
        WSAENOTSOCK,
      );
    }
  });

  fact(ws, 'OPT-01', 'SO_RCVTIMEO and SO_SNDTIMEO are milliseconds, read back exactly', () => {
    const s = tcpSocket(ws);
    for (const ms of [63_000, 0]) {
      expectSuccess(ws, () => set(s, SOL_SOCKET, SO_RCVTIMEO, ms));
      expect(get(s, SOL_SOCKET, SO_RCVTIMEO)).toBe(ms);
    }
    expectSuccess(ws, () => set(s, SOL_SOCKET, SO_SNDTIMEO, 997_000));
    expect(get(s, SOL_SOCKET, SO_SNDTIMEO)).toBe(997_000);
  });

  for (const [on, seconds] of [
    [0, 0],
    [0, 73],
    [1, 0],
    [5, 189],
  ]) {
    fact(ws, 'OPT-04', `SO_LINGER {${on}, ${seconds}} is kept`, () => {
      const s = tcpSocket(ws);
      expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_LINGER, Uint16Array.of(on, seconds), 4));
      const linger = Uint16Array.of(0xcccc, 0xcccc);
      expectSuccess(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_LINGER, linger, Int32Array.of(4)));
      expect(linger[0] !== 0).toBe(on !== 0);
      if (on) expect(linger[1]).toBe(seconds);
    });
  }

  fact(ws, 'OPT-07', 'SO_DONTLINGER is the opposite of SO_LINGER', () => {
    const s = tcpSocket(ws);
    expect(get(s, SOL_SOCKET, SO_DONTLINGER)).toBe(1);
    ws.setsockopt(s, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 3), 4);
    expect(get(s, SOL_SOCKET, SO_DONTLINGER)).toBe(0);
    expectSuccess(ws, () => set(s, SOL_SOCKET, SO_DONTLINGER, 1));
    expect(get(s, SOL_SOCKET, SO_LINGER) & 0xffff).toBe(0);
    expectSuccess(ws, () => set(s, SOL_SOCKET, SO_DONTLINGER, 0));
    expect((get(s, SOL_SOCKET, SO_LINGER) & 0xffff) !== 0).toBe(true);
  });

  fact(ws, 'OPT-11', 'option -1 of a known level is WSAENOPROTOOPT', () => {
    const s = tcpSocket(ws);
    const value = Int32Array.of(0);
    expectError(ws, () => ws.getsockopt(s, IPPROTO_IP, -1, value, Int32Array.of(4)), WSAENOPROTOOPT);
  });

  rule(ws, 'an unknown level is WSAEINVAL', () => {
    const s = tcpSocket(ws);
    expectError(ws, () => set(s, -1, SO_RCVTIMEO, 63_000), WSAEINVAL);
    expectError(ws, () => set(s, 0x8000, SO_RCVTIMEO, 63_000), WSAEINVAL);
  });

  fact(ws, 'OPT-12', 'SO_ERROR can be set and read back', (wine) => {
    const s = tcpSocket(ws);
    expectSuccess(ws, () => set(s, SOL_SOCKET, SO_ERROR, 1234));
    expect(get(s, SOL_SOCKET, SO_ERROR)).toBe(wine ? 0 : 1234);
  });

  rule(ws, 'SO_ERROR of a fresh socket is 0, and with a length of 1 WSAEFAULT', () => {
    const s = tcpSocket(ws);
    expect(get(s, SOL_SOCKET, SO_ERROR)).toBe(0);
    expectError(
      ws,
      () => ws.getsockopt(s, SOL_SOCKET, SO_ERROR, Int32Array.of(0), Int32Array.of(1)),
      WSAEFAULT,
    );
  });

  fact(ws, 'OPT-14', 'SO_ERROR of a closed socket is WSAENOTSOCK and writes nothing', () => {
    const value = Int32Array.of(1234);
    const s = closedSocket(ws);
    expectError(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_ERROR, value, Int32Array.of(4)), WSAENOTSOCK);
    expect(value[0]).toBe(1234);
  });

  fact(ws, 'OPT-15', 'SO_TYPE of a UDP socket cannot be set: WSAEINVAL', (wine) => {
    expectError(ws, () => set(udpSocket(ws), SOL_SOCKET, SO_TYPE, 2), wine ? WSAENOPROTOOPT : WSAEINVAL);
  });

  fact(ws, 'OPT-16', 'SO_TYPE of a TCP socket cannot be set: WSAENOPROTOOPT', () => {
    expectError(ws, () => set(tcpSocket(ws), SOL_SOCKET, SO_TYPE, 1), WSAENOPROTOOPT);
  });

  fact(ws, 'OPT-39', 'TCP_NODELAY can be set with a length of 1, 4 or 42', () => {
    const s = tcpSocket(ws);
    for (const length of [1, 4, 42]) {
      const value = new Uint8Array(42);
      value[0] = 1;
      expectSuccess(ws, () => ws.setsockopt(s, IPPROTO_TCP, TCP_NODELAY, value, length));
      expect(get(s, IPPROTO_TCP, TCP_NODELAY)).toBe(1);
      expectSuccess(ws, () => set(s, IPPROTO_TCP, TCP_NODELAY, 0));
      expect(get(s, IPPROTO_TCP, TCP_NODELAY)).toBe(0);
    }
  });

  fact(ws, 'OPT-43', 'IP_DONTFRAGMENT is 0 for UDP and 1 for TCP, and can be set', () => {
    const udp = udpSocket(ws);
    expect(get(udp, IPPROTO_IP, IP_DONTFRAGMENT)).toBe(0);
    expectSuccess(ws, () => set(udp, IPPROTO_IP, IP_DONTFRAGMENT, 0xdead));
    expect(get(udp, IPPROTO_IP, IP_DONTFRAGMENT)).toBe(1);
    const tcp = tcpSocket(ws);
    expect(get(tcp, IPPROTO_IP, IP_DONTFRAGMENT)).toBe(1);
    expectSuccess(ws, () => set(tcp, IPPROTO_IP, IP_DONTFRAGMENT, 0));
    expect(get(tcp, IPPROTO_IP, IP_DONTFRAGMENT)).toBe(0);
  });

  fact(ws, 'OPT-47', 'IP_HDRINCL is WSAEINVAL', () => {
    for (const s of [tcpSocket(ws), udpSocket(ws)]) {
      const value = Int32Array.of(1234);
      expectError(ws, () => ws.getsockopt(s, IPPROTO_IP, IP_HDRINCL, value, Int32Array.of(4)), WSAEINVAL);
      expectError(ws, () => set(s, IPPROTO_IP, IP_HDRINCL, 1), WSAEINVAL);
      expect(value[0]).toBe(1234);
    }
  });

  for (const [name, option] of Object.entries({
    IP_MULTICAST_IF,
    IP_MULTICAST_TTL,
    IP_MULTICAST_LOOP,
    IP_PKTINFO,
    IP_RECVTTL,
    IP_RECVTOS,
  })) {
    fact(ws, 'OPT-51', `${name} of a UDP socket is read and set`, () => {
      const s = udpSocket(ws);
      const value = get(s, IPPROTO_IP, option);
      expectSuccess(ws, () => set(s, IPPROTO_IP, option, value));
    });

    rule(
      ws,
      `${name} of a TCP socket is WSAEINVAL`,
      () => {
        const s = tcpSocket(ws);
        const value = Int32Array.of(0);
        expectError(ws, () => ws.getsockopt(s, IPPROTO_IP, option, value, Int32Array.of(4)), WSAEINVAL);
      },
      `${name} of TCP`,
    );
  }

  for (const [name, option] of Object.entries({ IP_TOS, IP_TTL, IP_DONTFRAGMENT, IP_UNICAST_IF })) {
    fact(ws, 'OPT-53', `${name} is read and set back on TCP and UDP`, () => {
      for (const s of [tcpSocket(ws), udpSocket(ws)]) {
        const value = get(s, IPPROTO_IP, option);
        expectSuccess(ws, () => set(s, IPPROTO_IP, option, value));
      }
    });
  }

  fact(ws, 'OPT-53', 'IP_OPTIONS is read and set back on TCP and UDP', () => {
    for (const s of [tcpSocket(ws), udpSocket(ws)]) {
      const value = new Uint8Array(40);
      const length = Int32Array.of(40);
      expectSuccess(ws, () => ws.getsockopt(s, IPPROTO_IP, IP_OPTIONS, value, length));
      expectSuccess(ws, () => ws.setsockopt(s, IPPROTO_IP, IP_OPTIONS, value, length[0]));
    }
  });

  fact(ws, 'OPT-54', 'IP_MTU of a socket that is not connected is WSAENOTCONN', (wine) => {
    for (const s of [tcpSocket(ws), udpSocket(ws)]) {
      const value = Int32Array.of(0);
      const call = () => ws.getsockopt(s, IPPROTO_IP, IP_MTU, value, Int32Array.of(4));
      expectError(ws, call, wine ? WSAENOPROTOOPT : WSAENOTCONN);
    }
  });

  fact(
    ws,
    'OPT-46',
    'SO_PROTOCOL_INFOA: half the size is WSAEFAULT and tells it, twice the size is left',
    () => {
      const s = tcpSocket(ws);
      const info = new Uint8Array(744);
      const length = Int32Array.of(186);
      const call = () => ws.getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, info, length);
      expectError(ws, call, WSAEFAULT);
      expect(length[0]).toBe(372);
      length[0] = 744;
      expectSuccess(ws, call);
      expect(length[0]).toBe(744);
    },
  );

  fact(ws, 'OPT-49', 'SO_BSP_STATE without room is WSAEFAULT, the length as it was', () => {
    const length = Int32Array.of(8);
    const call = () => ws.getsockopt(tcpSocket(ws), SOL_SOCKET, SO_BSP_STATE, new Uint8Array(8), length);
    expectError(ws, call, WSAEFAULT);
    expect(length[0]).toBe(8);
  });

  rule(
    ws,
    'the membership options cannot be read: WSAENOPROTOOPT',
    () => {
      const value = Int32Array.of(0);
      const s = udpSocket(ws);
      expectError(
        ws,
        () => ws.getsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, value, Int32Array.of(4)),
        WSAENOPROTOOPT,
      );
    },
    'IP_ADD_MEMBERSHIP read',
  );

  rule(ws, 'buffer sizes are kept as set', () => {
    const s = tcpSocket(ws);
    for (const option of [SO_RCVBUF, SO_SNDBUF]) {
      expect(get(s, SOL_SOCKET, option)).toBeGreaterThan(0);
      expectSuccess(ws, () => set(s, SOL_SOCKET, option, 4096));
      expect(get(s, SOL_SOCKET, option)).toBe(4096);
    }
  });

  rule(ws, 'SO_MAX_MSG_SIZE of a UDP socket is 65507', () => {
    expect(get(udpSocket(ws), SOL_SOCKET, SO_MAX_MSG_SIZE)).toBe(65507);
  });

  rule(
    ws,
    'SO_BROADCAST of a TCP socket is WSAENOPROTOOPT',
    (wine) => {
      const call = () => set(tcpSocket(ws), SOL_SOCKET, SO_BROADCAST, 1);
      if (wine) expectSuccess(ws, call);
      else expectError(ws, call, WSAENOPROTOOPT);
    },
    'SO_BROADCAST of TCP',
  );

  rule(ws, 'no value and no length are WSAEFAULT', () => {
    const s = tcpSocket(ws);
    const four = Int32Array.of(4);
    expectError(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_RCVBUF, null as never, four), WSAEFAULT);
    expectError(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_RCVBUF, four, null as never), WSAEFAULT);
    expectError(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_LINGER, null as never, 4), WSAEFAULT);
    expectError(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_LINGER, null as never, 0), WSAEFAULT);
    expectError(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_DONTLINGER, null as never, 4), WSAEFAULT);
  });

  rule(ws, 'a length beyond the view is WSAEFAULT and touches nothing', () => {
    const s = tcpSocket(ws);
    const { view, intact } = guarded(2, 0xcc);
    expectError(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_RCVBUF, view, Int32Array.of(4)), WSAEFAULT);
    expectError(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_RCVBUF, view, 4), WSAEFAULT);
    expect([...view]).toEqual([0xcc, 0xcc]);
    intact();
  });

  rule(ws, 'options hold on a connected socket too', () => {
    const { client } = tcpPair(ws);
    expectSuccess(ws, () => set(client, SOL_SOCKET, SO_KEEPALIVE, 1));
    expect(get(client, SOL_SOCKET, SO_KEEPALIVE)).toBe(1);
    expectSuccess(ws, () => set(client, IPPROTO_TCP, TCP_NODELAY, 1));
    expect(get(client, IPPROTO_TCP, TCP_NODELAY)).toBe(1);
  });
});
