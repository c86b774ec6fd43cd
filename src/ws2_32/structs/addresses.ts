import { addressBytes } from './address-text.js';
import { structClass } from './struct.js';

const AF_INET = 2;
const AF_INET6 = 23;

/** `struct in_addr`: an IPv4 address of 4 bytes, `s_addr` in network byte order. */
export class in_addr extends structClass('in_addr') {}

/** `struct in6_addr`: an IPv6 address of 16 bytes. */
export class in6_addr extends structClass('in6_addr') {}

/** `struct sockaddr`: the family, then 14 bytes of whatever the family keeps there. */
export class sockaddr extends structClass('sockaddr') {}

/** `struct sockaddr_storage`: 128 bytes, enough for an address of any family. */
export class sockaddr_storage extends structClass('sockaddr_storage') {}

/** `SOCKADDR_UN`: a path of up to 107 bytes. */
export class SOCKADDR_UN extends structClass('SOCKADDR_UN') {}

/** `struct sockaddr_in`, 16 bytes: `sin_port` and `sin_addr` in network byte order, as in C. */
export class sockaddr_in extends structClass('sockaddr_in') {
  /** The address and port in host order: `sockaddr_in.from('127.0.0.1', 4096)`. */
  static from(address: string, port: number): sockaddr_in {
    const bytes = addressBytes(address, 4);
    const name = new sockaddr_in();
    name.sin_family = AF_INET;
    name.port = port;
    name.set(bytes, 4);
    return name;
  }

  /** `sin_port` in host order. */
  get port(): number {
    return (this[2] << 8) | this[3];
  }

  set port(value: number) {
    this[2] = value >> 8;
    this[3] = value;
  }

  /** `sin_addr` as text with dots. */
  get address(): string {
    return this.subarray(4, 8).join('.');
  }
}

/** `struct sockaddr_in6`, 28 bytes: `sin6_port` in network byte order, as in C. */
export class sockaddr_in6 extends structClass('sockaddr_in6') {
  /** The address and port in host order: `sockaddr_in6.from('::1', 4096)`. */
  static from(address: string, port: number, scope = 0): sockaddr_in6 {
    const bytes = addressBytes(address, 16);
    const name = new sockaddr_in6();
    name.sin6_family = AF_INET6;
    name.port = port;
    name.set(bytes, 8);
    name.sin6_scope_id = scope;
    return name;
  }

  /** `sin6_port` in host order. */
  get port(): number {
    return (this[2] << 8) | this[3];
  }

  set port(value: number) {
    this[2] = value >> 8;
    this[3] = value;
  }
}
