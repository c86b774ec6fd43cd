// The identifiers by which SIO_GET_EXTENSION_FUNCTION_POINTER gives the extension functions.
import { GUID } from '../structs/dll.js';

export const WSAID_TRANSMITFILE = GUID.from('b5367df0-cbac-11cf-95ca-00805f48a192');
export const WSAID_ACCEPTEX = GUID.from('b5367df1-cbac-11cf-95ca-00805f48a192');
export const WSAID_GETACCEPTEXSOCKADDRS = GUID.from('b5367df2-cbac-11cf-95ca-00805f48a192');
export const WSAID_TRANSMITPACKETS = GUID.from('d9689da0-1f90-11d3-9971-00c04f68c876');
export const WSAID_CONNECTEX = GUID.from('25a207b9-ddf3-4660-8ee9-76e58c74063e');
export const WSAID_DISCONNECTEX = GUID.from('7fda2e11-8630-436f-a031-f536a6eec157');
export const WSAID_WSARECVMSG = GUID.from('f689d7c8-6f1f-436b-8a53-e54fe351c322');
export const WSAID_WSASENDMSG = GUID.from('a441e712-754f-43ca-84a7-0dee44cf606d');
export const WSAID_WSAPOLL = GUID.from('18c76f85-dc66-4964-972e-23c27238312b');
export const WSAID_MULTIPLE_RIO = GUID.from('8509e081-96dd-4005-b165-9e2ee8c79e3f');
