import { bindConflict, type Claim } from '../rules/bind.js';

/** The addresses that this process's sockets hold, by port. */
const claims = new Map<number, Map<number, Claim>>();

/** The WSA code that stands against a claim, or 0. Port 0 conflicts with nothing. */
export function conflictWith(claim: Claim): number {
  for (const held of claims.get(claim.address.port)?.values() ?? []) {
    const code = bindConflict(held, claim);
    if (code !== 0) return code;
  }
  return 0;
}

export function hold(base: number, claim: Claim): void {
  const port = claim.address.port;
  if (!claims.has(port)) claims.set(port, new Map());
  claims.get(port)?.set(base, claim);
}

export function letGo(base: number, port: number): void {
  const holders = claims.get(port);
  holders?.delete(base);
  if (holders?.size === 0) claims.delete(port);
}

/** Whether a socket of this process holds the port, on whatever address. */
export function holds(port: number): boolean {
  return claims.has(port);
}
