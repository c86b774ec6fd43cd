// Errors of looking up names, services and providers, and the ones that Berkeley left over.
import { cause, type ErrorTexts, on } from './entry.js';

const unused = cause('A name that Berkeley sockets left: Windows does not use it.');

export const lookupErrors = {
  WSAELOOP: ['Cannot translate name.', unused],
  WSAENOTEMPTY: ['Cannot remove a directory that is not empty.', unused],
  WSAEUSERS: ['Ran out of quota.', unused],
  WSAEDQUOT: ['Ran out of disk quota.', unused],
  WSAESTALE: ['File handle reference is no longer available.', unused],
  WSAEREMOTE: ['Item is not available locally.', unused],
  WSAENOMORE: [
    'No more results can be returned by WSALookupServiceNext.',
    cause('The old form of WSA_E_NO_MORE.'),
  ],
  WSAECANCELLED: [
    'A call to WSALookupServiceEnd was made while this call was still processing. The call has been canceled.',
    cause('The old form of WSA_E_CANCELLED.'),
  ],
  WSASERVICE_NOT_FOUND: [
    'No such service is known. The service cannot be found in the specified name space.',
    cause('The service or name space is not installed.'),
  ],
  WSATYPE_NOT_FOUND: [
    'The specified class was not found.',
    on(
      'getaddrinfo GetAddrInfoW',
      'The service name is not known for this socket type: give the port as a number.',
    ),
  ],
  WSA_E_NO_MORE: [
    'No more results can be returned by WSALookupServiceNext.',
    cause('Not a failure: the list is at its end.'),
  ],
  WSA_E_CANCELLED: [
    'A call to WSALookupServiceEnd was made while this call was still processing. The call has been canceled.',
    cause('The look-up was ended while it ran.'),
  ],
  WSAEREFUSED: [
    'A database query failed because it was actively refused.',
    cause('The name server refused the question.'),
  ],
  WSAHOST_NOT_FOUND: [
    'No such host is known.',
    cause(
      'The name is misspelt, or no name server knows it. An address is not a name: use inet_addr for one.',
    ),
  ],
  WSATRY_AGAIN: [
    'This is usually a temporary error during hostname resolution and means that the local server did not receive a response from an authoritative server.',
    cause('The name server did not answer: check the network, and try again later.'),
  ],
  WSANO_RECOVERY: [
    'A non-recoverable error occurred during a database lookup.',
    cause('The name server failed, or the services or protocol database is damaged.'),
  ],
  WSANO_DATA: [
    'The requested name is valid, but no data of the requested type was found.',
    on(
      'getservbyname getservbyport getprotobyname getprotobynumber',
      'The services or protocol file has no such entry.',
    ),
    cause(
      'The name exists but has no address of this family: gethostbyname gives only IPv4, getaddrinfo both.',
    ),
  ],
  WSA_SECURE_HOST_NOT_FOUND: [
    'No such host is known securely.',
    cause('The name could not be looked up in a way that is secured.'),
  ],
  WSA_IPSEC_NAME_POLICY_ERROR: [
    'Name based IPSEC policy could not be added.',
    cause('The IPsec rule for the name failed.'),
  ],
} as const satisfies ErrorTexts;
