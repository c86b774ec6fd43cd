import type { BindingName } from '../../src/bindings/index.js';

/** Where Wine 8 answers otherwise than Windows; `source` says how Windows' answer is known. */
export interface WineDiffers {
  readonly key: string;
  readonly answer: string;
  readonly source: string;
  /** The native ones, if not given; `net` too where its own transport is Wine's. */
  readonly bindings?: readonly BindingName[];
}

const all: readonly BindingName[] = ['addon', 'koffi', 'net'];
const sock = 'dlls/ws2_32/tests/sock.c';
const todo = `todo_wine in ${sock}`;
const reference = "Microsoft's reference";
const bindTable = 'Microsoft, Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE';

function rows(
  source: string,
  answers: Record<string, string>,
  bindings?: readonly BindingName[],
): WineDiffers[] {
  return Object.entries(answers).map(([key, answer]) =>
    bindings ? { key, answer, source, bindings } : { key, answer, source },
  );
}

/** Bind answers by the title of the case: Wine takes every UDP address of a port for the same one. */
export const wineBind: Readonly<Record<string, { answer: number; bindings?: readonly BindingName[] }>> = {
  'TCP plain wildcard onto SO_EXCLUSIVEADDRUSE wildcard': { answer: 10013 },
  'TCP SO_EXCLUSIVEADDRUSE wildcard onto SO_EXCLUSIVEADDRUSE wildcard': { answer: 10013 },
  'UDP plain specific onto plain wildcard': { answer: 10048, bindings: all },
  'UDP SO_REUSEADDR specific onto plain wildcard': { answer: 10013, bindings: all },
  'UDP SO_EXCLUSIVEADDRUSE specific onto plain wildcard': { answer: 10048, bindings: all },
  'UDP plain wildcard onto plain specific': { answer: 10048, bindings: all },
  'UDP SO_REUSEADDR wildcard onto plain specific': { answer: 10013, bindings: all },
  'UDP plain specific onto SO_REUSEADDR wildcard': { answer: 10048, bindings: all },
  'UDP SO_EXCLUSIVEADDRUSE specific onto SO_REUSEADDR wildcard': { answer: 10048, bindings: all },
  'UDP plain wildcard onto SO_REUSEADDR specific': { answer: 10048, bindings: all },
  'UDP plain specific onto SO_EXCLUSIVEADDRUSE wildcard': { answer: 10048 },
  'UDP SO_EXCLUSIVEADDRUSE specific onto SO_EXCLUSIVEADDRUSE wildcard': { answer: 10048 },
  'UDP plain wildcard onto SO_EXCLUSIVEADDRUSE specific': { answer: 10048, bindings: all },
  'UDP SO_REUSEADDR wildcard onto SO_EXCLUSIVEADDRUSE specific': { answer: 10013, bindings: all },
};

export const wineDiffers: readonly WineDiffers[] = [
  ...Object.entries(wineBind).map(([key, { answer, bindings }]) => ({
    key,
    answer: answer === 0 ? 'success' : String(answer),
    source: bindTable,
    ...(bindings ? { bindings } : {}),
  })),
  ...rows('todo_wine in dlls/ws2_32/tests/protocol.c', {
    'STA-15': 'WSACleanup leaves the last error as it was',
  }),
  ...rows(todo, {
    'BND-18': 'the second listen is 10048',
    'BND-40': '10045',
    'CON-20': 'SO_ERROR is 10061',
    'EVT-06': 'no event for the second client',
    'EVT-25': 'FD_WRITE in both modes',
    'EVT-52': 'FD_CLOSE waits until the data is read',
    'EVT-53': 'FD_CLOSE comes after the last read',
    'EVT-57': 'other events',
    'IOC-21': 'other codes',
    'IOC-23': 'other codes',
    'POL-07': 'the bad number is ignored',
    'OPT-12': 'SO_ERROR stays 0',
    'OPT-15': '10042',
    'OPT-23 SO_LINGER': 'the on/off word becomes 1',
    'OPT-54': '10042',
    'POL-16': 'other revents',
    'POL-18': 'POLLERR alone',
    'POL-19': 'other revents',
    'SEL-20': 'listen fails',
    'short from address': 'recvfrom succeeds',
    'SRV-27': 'recv returns what there is',
    'SRV-29': 'recv returns 0',
    'UDP-06': '10035',
  }),
  ...rows(sock, {
    'ACC-03': 'the rest of the buffer is cleared',
    'BND-15': 'the second listen is 10048',
    'CLS-06': 'recv returns 0',
    'EVT-45': 'the event is signalled again',
    'EVT-56': 'FD_CLOSE has no error',
    'CON-18': 'the second connect is 10053',
    'RST-02': 'recv returns 0, send is 10054',
    'RST-03': 'recv returns 0, send is 10054',
    'SEL-16': 'readfds may hold the socket too',
    'SEL-21': 'the second connect is 10053',
    'SHD-12': 'getpeername is 10057',
    'SOC-05': '10043',
    'SRV-04': 'a non-blocking send may take a part',
    'SRV-05': 'a non-blocking send may take a part',
    'SRV-19': 'a bad address is 10014',
    TCP_KEEPALIVE: '10042',
    TCP_KEEPCNT: '10042',
    TCP_KEEPINTVL: '10042',
    'UDP-02': 'the rest of the buffer is cleared',
    'UDP-03': 'a send may fail after the first',
    'UDP-21': 'connect is 10013',
    'UDP send without connect': '10022',
    'accept in several threads': 'one of the accepts may fail',
  }),
  ...rows("Microsoft's reference (alertable waits); dlls/ws2_32/socket.c", {
    'ending a thread in send': 'it ends when the peer has read what the call sends',
  }),
  ...rows(reference, {
    'an address of the other family': 'getaddrinfo is -9, the code of the host',
    'AI_CANONNAME of no node': '10022',
    'AI_CANONNAME with AI_FQDN': 'success',
    'no such window': 'success',
    'closesocket with a time to linger, non-blocking': 'it closes',
    'connect after a refusal': '10053',
    'connect to a bad address': '10049',
    'getnameinfo and the last error': 'it is left as it was',
    'getnameinfo of a short length': '10047',
    'getnameinfo of nothing': 'success',
    'getnameinfo of size 0': 'success',
    'name of 127.0.0.1': 'localhost',
    'route to the loopback address': 'the address of another interface',
    'connect to no address': '0.0.0.0 is this machine, port 0 is 10061',
    'SO_BROADCAST of TCP': 'success',
    'send before connected': '10054',
    'listen when connected': '10022',
    'recv while connecting': 'recv returns 0, send is 10054',
    'success clears the last error': 'closesocket, accept, gethostname leave it as it was',
    'partial sends': 'a non-blocking send may take a part',
  }),
  ...rows(sock, { 'SRV-28': 'the system has its own least sizes: the third send is 10035' }),
  ...rows(reference, { 'foreign UDP address': 'success', 'UDP reset': 'nothing is received' }, all),
];

export function wineAnswer(binding: string, key: string): WineDiffers | undefined {
  return wineDiffers.find(
    (row) => row.key === key && (row.bindings ?? ['addon', 'koffi']).includes(binding as BindingName),
  );
}
