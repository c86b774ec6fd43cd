import type { Servent } from '../../../ws2_32/types.js';
import { swap16 } from './inet.js';

/** Services of Windows' own `services` file: name, port, `t` for TCP and `u` for UDP in the file's order, aliases. */
const table = `
echo 7 tu
discard 9 tu sink null
systat 11 tu users
daytime 13 tu
qotd 17 tu quote
chargen 19 tu ttytst source
ftp-data 20 t
ftp 21 t
ssh 22 t
telnet 23 t
smtp 25 t mail
time 37 tu timserver
rlp 39 u resource
nameserver 42 tu name
nicname 43 t whois
domain 53 tu
bootps 67 u dhcps
bootpc 68 u dhcpc
tftp 69 u
gopher 70 t
finger 79 t
http 80 t www www-http
hosts2-ns 81 tu
kerberos 88 tu krb5 kerberos-sec
hostname 101 t hostnames
iso-tsap 102 t
rtelnet 107 t
pop2 109 t postoffice
pop3 110 t
sunrpc 111 tu rpcbind portmap
auth 113 t ident tap
uucp-path 117 t
sqlserv 118 t
nntp 119 t usenet
ntp 123 u
epmap 135 tu loc-srv
netbios-ns 137 tu nbname
netbios-dgm 138 u nbdatagram
netbios-ssn 139 t nbsession
imap 143 t imap4
sql-net 150 t
sqlsrv 156 t
pcmail-srv 158 t
snmp 161 u
snmptrap 162 u snmp-trap
print-srv 170 t
bgp 179 t
irc 194 t
ipx 213 u
rtsps 322 tu
mftp 349 tu
ldap 389 t
https 443 tu MCom
microsoft-ds 445 tu
kpasswd 464 tu
isakmp 500 u ike
crs 507 tu
exec 512 t
biff 512 u comsat
login 513 t
who 513 u whod
cmd 514 t shell
syslog 514 u
printer 515 t
talk 517 u
ntalk 518 u
efs 520 t
router 520 u route routed
ulp 522 tu
timed 525 u timeserver
tempo 526 t newdate
irc-serv 529 tu
courier 530 t rpc
conference 531 t chat
netnews 532 t readnews
netwall 533 u
uucp 540 t uucpd
klogin 543 t
kshell 544 t krcmd
dhcpv6-client 546 tu
dhcpv6-server 547 tu
afpovertcp 548 tu
new-rwho 550 u
rtsp 554 tu
remotefs 556 t rfs rfs_server
rmonitor 560 u rmonitord
monitor 561 u
nntps 563 tu snntp
whoami 565 tu
ms-shuttle 568 tu
ms-rome 569 tu
http-rpc-epmap 593 tu
ldaps 636 t sldap
doom 666 tu
kerberos-adm 749 tu
kerberos-iv 750 u
ftps-data 989 t
ftps 990 t
telnets 992 t
imaps 993 t
ircs 994 t
pop3s 995 tu spop3
kpop 1109 t
phone 1167 u
ms-sql-s 1433 tu
ms-sql-m 1434 tu
wins 1512 tu
ingreslock 1524 t ingres
l2tp 1701 u
pptp 1723 t
radius 1812 u
radacct 1813 u
ssdp 1900 u
nfsd 2049 u nfs
ms-wbt-server 3389 tu
`;

interface Service extends Servent {
  /** In host byte order. */
  readonly port: number;
}

const services: readonly Service[] = table
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [s_name, number, protocols, ...s_aliases] = line.split(' ');
    const port = Number(number);
    return Array.from(protocols, (letter) => {
      const s_proto = letter === 't' ? 'tcp' : 'udp';
      return { s_name, s_aliases, s_port: swap16(port), s_proto, port };
    });
  });

/** Upper and lower case are the same; without a protocol the first entry counts. */
export function serviceByName(name: string, protocol: string | null): Servent | undefined {
  const wanted = name.toLowerCase();
  return find(protocol, ({ s_name, s_aliases }) =>
    [s_name, ...s_aliases].some((known) => known.toLowerCase() === wanted),
  );
}

/** `port` in host byte order. */
export function serviceByPort(port: number, protocol: string | null): Servent | undefined {
  return find(protocol, (service) => service.port === port);
}

function find(protocol: string | null, test: (service: Service) => boolean): Servent | undefined {
  const wanted = protocol?.toLowerCase();
  const found = services.find(
    (service) => (wanted === undefined || service.s_proto === wanted) && test(service),
  );
  if (found === undefined) return undefined;
  const { s_name, s_aliases, s_port, s_proto } = found;
  return { s_name, s_aliases: [...s_aliases], s_port, s_proto };
}
