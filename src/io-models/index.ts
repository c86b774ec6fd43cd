export { AsyncFileSender } from './async-file-sender.js';
export { type ClientOptions, WinsockClient } from './client.js';
export { doEvents } from './do-events.js';
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
