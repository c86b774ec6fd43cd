import { errorMessage, WinsockError } from '../ws2_32/index.js';
import { Failure } from './output.js';

/** An error as the UDP responder shows it: `NUMBER. MESSAGE`. */
export function shown(error: unknown): unknown {
  if (!(error instanceof WinsockError)) return error;
  return new Failure(`${error.errno}. ${errorMessage(error.errno)}`);
}
