export { AsyncClient } from './async-client.js';
export { AsyncFileSender } from './async-file-sender.js';
export { AsyncServer } from './async-server.js';
export { type ClientOptions, WinsockClient } from './client.js';
export { doEvents } from './do-events.js';
export { EventClient } from './event-client.js';
export type { AsyncClientOptions } from './event-driven-client.js';
export type { AsyncServerOptions } from './event-driven-server.js';
export { EventServer } from './event-server.js';
export { type CallRecord, jsonLine } from './record.js';
export { blankScreen, type Screen, TextScreen } from './screen.js';
export {
  DEFAULT_PORT,
  DEFAULT_THREADS,
  SelectPollingServer,
  type ServerMode,
  type ServerOptions,
  type ServerStatus,
} from './select-polling-server.js';
export { type Datagram, UdpClient, UdpEndpoint, type UdpOptions, UdpServer } from './udp-responder.js';
export { WM_USER, WM_WSAASYNC } from './wm-wsaasync.js';
