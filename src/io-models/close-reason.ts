import { WSAECONNABORTED, WSAECONNRESET, WSAENETDOWN } from '../ws2_32/index.js';
import { errorText } from './error-text.js';

/**
 * Why a connection is over, by the code that FD_CLOSE brings.
 *
 * @returns undefined for 0: the other side has finished in good order; else the code and what it stands for
 */
export function closeReason(error: number): string | undefined {
  switch (error) {
    case 0:
      return undefined;
    case WSAECONNRESET:
      return `${errorText('FD_CLOSE', error)}, reset by the other side`;
    case WSAECONNABORTED:
      return `${errorText('FD_CLOSE', error)}, broken off or timed out`;
    case WSAENETDOWN:
      return `${errorText('FD_CLOSE', error)}, the network has failed`;
    default:
      return errorText('FD_CLOSE', error);
  }
}
