import { type StructSource, structClass } from './struct.js';

const Timeval = structClass('timeval');
const Linger = structClass('linger');

/** `struct timeval`, 8 bytes on every Windows: seconds and microseconds. */
export class timeval extends Timeval {
  constructor(tv_sec: number | StructSource<'timeval'> = 0, tv_usec = 0) {
    super(typeof tv_sec === 'number' ? { tv_sec, tv_usec } : tv_sec);
  }
}

/** `struct linger`, 4 bytes: {1, 0} makes closesocket reset the connection, {1, n} wait up to n seconds. */
export class linger extends Linger {
  constructor(l_onoff: number | StructSource<'linger'> = 0, l_linger = 0) {
    super(typeof l_onoff === 'number' ? { l_onoff, l_linger } : l_onoff);
  }
}

/** `struct ip_mreq`: a group to join or leave, and the interface's address. */
export class ip_mreq extends structClass('ip_mreq') {}

/** `struct ip_mreq_source`: the same with one source. */
export class ip_mreq_source extends structClass('ip_mreq_source') {}

/** `struct ipv6_mreq`: a group to join or leave, and the interface's index. */
export class ipv6_mreq extends structClass('IPV6_MREQ') {}

/** `struct tcp_keepalive` of SIO_KEEPALIVE_VALS: on or off, then milliseconds. */
export class tcp_keepalive extends structClass('tcp_keepalive') {}

export { ipv6_mreq as IPV6_MREQ };
