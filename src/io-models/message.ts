import { userInfo } from 'node:os';

/** FoxPro's SYS(0): `MACHINE # user`. */
export function machineAndUser(host: string): string {
  return `${host} # ${userName()}`;
}

/** FoxPro's `DTOC(DATE())`, here as YYYY-MM-DD since FoxPro's form depends on its settings, in local time. */
export function dateText(now: Date): string {
  return [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
}

/** FoxPro's `TIME()`: HH:MM:SS, in local time. */
export function timeText(now: Date): string {
  return [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':');
}

/** What the client's Send sends: `HOST # USER, DATE TIME: text`. */
export function clientMessage(host: string, text: string, now = new Date()): string {
  return `${machineAndUser(host)}, ${dateText(now)} ${timeText(now)}: ${text}`;
}

/** What the UDP responder answers: `Responder: HOST # USER DATE TIME`. */
export function responderMessage(host: string, now = new Date()): string {
  return `Responder: ${machineAndUser(host)} ${dateText(now)} ${timeText(now)}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A process may run under a user id that has no name.
    return 'unknown';
  }
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
