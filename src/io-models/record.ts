/** One row of the server's table `csRecv`: what one call brought. */
export interface CallRecord {
  /** When the call was over. */
  dt: Date;
  ip: string;
  port: number;
  /** Bytes received. */
  size: number;
  body: Buffer;
  /** False if `recv` failed or the server stopped before the client had finished: `body` is what came until then. */
  complete: boolean;
  /** Why it is not complete, for example `recv: WSAECONNRESET (10054)`. */
  error?: string;
}

/** A multiple of 3, so that the pieces' base64 texts join into the base64 of the whole. */
const PIECE = 3 << 18;

/**
 * A record as one JSON line, the body in base64, in pieces: a body may be larger than the longest string.
 *
 * @returns the texts to write one after the other; the last ends in a newline
 */
export function* jsonLine(record: CallRecord): Generator<string> {
  const { body, ...rest } = record;
  yield `${JSON.stringify({ ...rest, dt: record.dt.toISOString() }).slice(0, -1)},"body":"`;
  for (let at = 0; at < body.length; at += PIECE) yield body.toString('base64', at, at + PIECE);
  yield '"}\n';
}
