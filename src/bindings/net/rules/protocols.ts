import type { Protoent } from '../../../ws2_32/types.js';

/** The protocols that Windows' own `protocol` file lists: number, and the name as its alias spells it (fact HST-12). */
const names: readonly (readonly [number, string])[] = [
  [0, 'IP'],
  [1, 'ICMP'],
  [3, 'GGP'],
  [6, 'TCP'],
  [8, 'EGP'],
  [12, 'PUP'],
  [17, 'UDP'],
  [20, 'HMP'],
  [22, 'XNS-IDP'],
  [27, 'RDP'],
  [41, 'IPv6'],
  [43, 'IPv6-Route'],
  [44, 'IPv6-Frag'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'IPv6-ICMP'],
  [59, 'IPv6-NoNxt'],
  [60, 'IPv6-Opts'],
  [66, 'RVD'],
];

function entry([p_proto, alias]: readonly [number, string]): Protoent {
  return { p_name: alias.toLowerCase(), p_aliases: [alias], p_proto };
}

/** Upper and lower case are the same. */
export function protocolByName(name: string): Protoent | undefined {
  const found = names.find(([, alias]) => alias.toLowerCase() === name.toLowerCase());
  return found && entry(found);
}

export function protocolByNumber(number: number): Protoent | undefined {
  const found = names.find(([given]) => given === number);
  return found && entry(found);
}
