import { expect } from 'vitest';
import * as databases from '../../../src/bindings/net/calls/databases.js';
import * as duplicates from '../../../src/bindings/net/calls/duplicates.js';
import { WSAIoctl } from '../../../src/bindings/net/calls/ioctl.js';
import * as w from '../../../src/ws2_32/index.js';
import {
  bindAny,
  boundUdp,
  expectError,
  expectSuccess,
  tcpPair,
  tcpSocket,
  udpSocket,
} from '../../support/sockets.js';
import { type Checks, inProcess, isStored, ONE } from './check.js';

const RAW = 3;
const RDM = 4;
const AF_IRDA = 26;
const AF_BTH = 32;
const WSAID_ACCEPTEX = w.GUID.from('b5367df1-cbac-11cf-95ca-00805f48a192');

export const refused: Checks = {
  'raw-sockets': (ws) => {
    for (const [type, protocol] of [
      [RAW, 1],
      [RAW, 255],
      [RDM, 0],
    ])
      expectError(ws, () => ws.socket(w.AF_INET, type, protocol), w.WSAESOCKTNOSUPPORT);
  },

  'other-families': (ws) => {
    for (const family of [w.AF_UNIX, AF_IRDA, AF_BTH])
      expectError(ws, () => ws.socket(family, w.SOCK_STREAM, 0), w.WSAEAFNOSUPPORT);
  },

  'overlapped-calls': (ws) => {
    const x = ws as unknown as Record<string, (...args: unknown[]) => number>;
    const { client } = tcpPair(ws);
    const overlapped = new Uint8Array(32);
    const data = [{ len: 1, buf: new Uint8Array(1) }];
    const [count, flags] = [new Uint32Array(1), new Uint32Array(1)];
    const calls = [
      () => x.WSASend(client, data, 1, count, 0, overlapped, null),
      () => x.WSASendTo(client, data, 1, count, 0, null, 0, overlapped, null),
      () => x.WSARecv(client, data, 1, count, flags, overlapped, null),
      () => x.WSARecvFrom(client, data, 1, count, flags, null, null, overlapped, null),
      () => x.WSAIoctl(client, w.SIO_KEEPALIVE_VALS, null, 0, null, 0, count, overlapped, null),
    ];
    for (const call of calls) expectError(ws, call, w.WSAEOPNOTSUPP);
  },

  'extension-functions': (ws) => {
    const pointer = new Uint8Array(8);
    const ask = (): number =>
      WSAIoctl(
        tcpSocket(ws),
        w.SIO_GET_EXTENSION_FUNCTION_POINTER,
        WSAID_ACCEPTEX,
        16,
        pointer,
        8,
        new Uint32Array(1),
        null,
        null,
      );
    expectError(ws, ask, w.WSAEINVAL);
  },

  'functions-to-come': (ws) => {
    const names = [
      ...['WSAConnectByName', 'WSALookupServiceBegin', 'WSALookupServiceNext', 'WSALookupServiceEnd'],
      ...['WSAEnumNameSpaceProviders', 'WSASendMsg', 'WSARecvMsg', 'GetAddrInfoEx'],
    ];
    for (const name of names.flatMap((name) => [name, `${name}A`, `${name}W`]))
      expect([name, typeof (ws as unknown as Record<string, unknown>)[name]]).toEqual([name, 'undefined']);
  },

  'other-ioctls': (ws) => {
    const { s } = boundUdp(ws);
    const count = new Uint32Array(1);
    const codes = [w.SIO_RCVALL, w.SIO_UDP_NETRESET, w.SIO_LOOPBACK_FAST_PATH, w.SIO_ADDRESS_LIST_CHANGE];
    for (const code of codes)
      expectError(ws, () => WSAIoctl(s, code, ONE, 4, null, 0, count, null, null), w.WSAEOPNOTSUPP);
  },

  'address-list-offsets': (ws) => {
    const list = Buffer.alloc(4096);
    const count = new Uint32Array(1);
    const query = (): number =>
      WSAIoctl(udpSocket(ws), w.SIO_ADDRESS_LIST_QUERY, null, 0, list, list.length, count, null, null);
    expectSuccess(ws, query);
    const at = Number(list.readBigUInt64LE(8));
    const length = list.readInt32LE(16);
    expect(length).toBe(16);
    expect(at + length).toBeLessThanOrEqual(count[0]);
    expect(list.readUInt16LE(at)).toBe(w.AF_INET);

    const { s } = boundUdp(ws);
    expectSuccess(ws, () => ws.getsockopt(s, w.SOL_SOCKET, w.SO_BSP_STATE, list, Int32Array.of(4096)));
    expect(Number(list.readBigUInt64LE(0))).toBe(40);
    expect(list.readUInt16LE(40)).toBe(w.AF_INET);
  },

  'duplicate-for-other-process': (ws) => {
    const { client } = tcpPair(ws);
    const info = new Uint8Array(w.sizeof('WSAPROTOCOL_INFOW'));
    const duplicate = (): number => duplicates.WSADuplicateSocketW(client, process.ppid, info);
    expectError(ws, duplicate, w.WSAEOPNOTSUPP);
  },

  'socket-is-no-handle': (ws) => {
    const { client } = tcpPair(ws);
    const typeOf = `ws.getsockopt(${client}, 0xffff, 0x1008, new Int32Array(1), Int32Array.of(4))`;
    expect(inProcess(ws, `console.log(${typeOf}, ws.WSAGetLastError());`)).toBe('-1 10038');
  },

  'built-in-databases': (ws) => {
    expect(databases.getservbyname('ms-wbt-server', 'tcp')?.s_port).toBe(ws.htons(3389));
  },

  'protocol-list': () => {
    const list = new Uint8Array(16 * w.sizeof('WSAPROTOCOL_INFOW'));
    expect(databases.WSAEnumProtocolsW(null, list, Uint32Array.of(list.length))).toBe(4);
  },

  'path-mtu': (ws) => {
    const { client } = tcpPair(ws);
    const mtu = (): number =>
      ws.getsockopt(client, w.IPPROTO_IP, w.IP_MTU, new Int32Array(1), Int32Array.of(4));
    expectError(ws, mtu, w.WSAENOPROTOOPT);
  },

  'multicast-membership': (ws) => {
    const s = udpSocket(ws);
    bindAny(ws, s);
    const group = Uint8Array.of(224, 0, 0, 251, 127, 0, 0, 1);
    for (const option of [w.IP_ADD_MEMBERSHIP, w.IP_DROP_MEMBERSHIP])
      expectError(ws, () => ws.setsockopt(s, w.IPPROTO_IP, option, group, 8), w.WSAENOPROTOOPT);
  },

  'other-options': (ws) => {
    const s = tcpSocket(ws);
    const options = [
      [w.SOL_SOCKET, w.SO_REUSE_UNICASTPORT],
      [w.IPPROTO_TCP, w.TCP_MAXRT],
    ];
    for (const [level, option] of options) {
      const read = (): number => ws.getsockopt(s, level, option, new Int32Array(1), Int32Array.of(4));
      expectError(ws, read, w.WSAENOPROTOOPT);
      expectError(ws, () => ws.setsockopt(s, level, option, ONE, 4), w.WSAENOPROTOOPT);
    }
  },

  'options-only-stored': (ws) => {
    const [tcp, udp] = [tcpSocket(ws), udpSocket(ws)];
    for (const option of [w.SO_DEBUG, w.SO_DONTROUTE, w.SO_OOBINLINE])
      expect(ws.setsockopt(tcp, w.SOL_SOCKET, option, ONE, 4)).toBe(0);
    isStored(ws, tcp, w.IPPROTO_TCP, w.TCP_KEEPCNT, 3);
    isStored(ws, tcp, w.IPPROTO_TCP, w.TCP_KEEPINTVL, 7);
    isStored(ws, tcp, w.IPPROTO_IP, w.IP_TTL, 9);
    isStored(ws, udp, w.IPPROTO_IP, w.IP_TOS, 16);
    isStored(ws, udp, w.IPPROTO_IP, w.IP_DONTFRAGMENT, 1);
  },
};
