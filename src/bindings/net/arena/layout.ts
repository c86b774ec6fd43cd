/**
 * The arena's layout. `control` is a fixed SharedArrayBuffer of 32-bit words: a header, the work bitmap, the
 * mailboxes and the table of sockets. `data` is a growable one that holds only bytes: segments of the queues.
 *
 * Who writes what. *Callers* are the threads that call Winsock; the *host* is the one thread that owns the Node
 * sockets. A word has one writer, or is changed only by atomic read-modify-write, or under the lock named here.
 */

// Header words.
/** Callers add 1 after every piece of work; the host compares it before it sleeps. */
export const DOORBELL = 0;
/** Host: 1 while it sleeps. A caller that swaps it back to 0 must wake the host. */
export const HOST_ASLEEP = 1;
/** Host: 0 starting, 1 up, 2 down for good. */
export const HOST_STATE = 2;
export const HOST_STARTING = 0;
export const HOST_UP = 1;
export const HOST_DOWN = 2;
/** Adds 1 with every event on any socket; `select` and its kin sleep on it. */
export const EVENT_SEQ = 3;
/** How many threads sleep on EVENT_SEQ. */
export const EVENT_WAITERS = 4;
/** WSAStartup minus WSACleanup, of the whole process. */
export const STARTUPS = 5;
/** Lock of FREE_FIRST, FREE_LAST, TABLE_USED. */
export const TABLE_LOCK = 6;
export const FREE_FIRST = 7;
export const FREE_LAST = 8;
/** Slots below this number have been used. */
export const TABLE_USED = 9;
/** Lock of ALLOCATED and FREE_SEGMENTS. */
export const ALLOCATOR_LOCK = 10;
/** Units of `data` handed out so far; they come back through FREE_SEGMENTS. */
export const ALLOCATED = 11;
/** Callers add 1 to ask "are you alive?"; the host copies PING to PONG on every turn. */
export const PING = 12;
export const PONG = 13;
/** Number of open SOCKETs (handles given out and not closed). */
export const OPEN_SOCKETS = 14;
/** How many threads sleep on a mailbox. */
export const MAIL_WAITERS = 15;
/** Founder: 1 when it is the main thread, whose host ends with the process or tells of its end. */
export const HOST_LASTS = 18;
/** Adds 1 with every request in a mailbox. */
export const TICKETS = 17;
/** Host: 1 from before it takes sockets' S_WORK until it has done what they say. */
export const HOST_WORKING = 16;
/** Heads of the free lists, one per segment class. */
export const FREE_SEGMENTS = 32;
export const SEGMENT_CLASSES = 12;
/** One bit per word of the work bitmap. */
export const WORK_SUMMARY = 64;
/** One bit per slot that has S_WORK set. */
export const WORK_BITMAP = 128;

export const MAX_SOCKETS = 65_536;
const SUMMARY_WORDS = MAX_SOCKETS / 1024;
export const SUMMARY_SIZE = SUMMARY_WORDS;

// Mailboxes: one per request that is not about one socket (name look-ups).
export const MAILBOXES = WORK_BITMAP + MAX_SOCKETS / 32;
export const MAILBOX_COUNT = 64;
export const MAILBOX_WORDS = 2048;
export const M_STATE = 0;
/** Caller: whose request it is; a caller that finds another's has waited too long. */
export const M_TICKET = 1;
/** Host: the second (of Date.now()) at which it answered. */
export const M_ANSWERED_AT = 2;
export const M_LENGTH = 3;
export const M_DATA = 4;
export const MAILBOX_FREE = 0;
export const MAILBOX_FILLING = 1;
export const MAILBOX_POSTED = 2;
export const MAILBOX_ANSWERED = 3;

// The table of sockets.
export const SLOTS = MAILBOXES + MAILBOX_COUNT * MAILBOX_WORDS;
export const SLOT_WORDS = 128;
export const CONTROL_WORDS = SLOTS + MAX_SOCKETS * SLOT_WORDS;

/** The SOCKET while it is open, else 0. Swapped to 0 by the thread whose closesocket wins. */
export const S_HANDLE = 0;
export const S_GENERATION = 1;
/** Link of the free list (TABLE_LOCK) or of a listener's queue (the listener's S_RLOCK). */
export const S_NEXT = 2;
export const S_STATE = 3;
export const S_FAMILY = 4;
export const S_TYPE = 5;
export const S_PROTOCOL = 6;
/** Flags set by callers, see MODE_*. */
export const S_MODE = 7;
/** Flags set by the host, see FACT_*. */
export const S_FACTS = 8;
/** Adds 1 with every event on this socket; blocking calls on it sleep here. */
export const S_SEQ = 9;
export const S_WAITERS = 10;
/** Lock of the consumer's side of the receive queue, and of a listener's queue of connections. */
export const S_RLOCK = 11;
/** Lock of the producer's side of the send queue. */
export const S_WLOCK = 12;
/** What the host is to do, see WORK_*: callers set bits, the host takes them all at once. */
export const S_WORK = 13;
/** SO_ERROR. */
export const S_ERROR = 14;
/** The host's answer to WORK_BIND and WORK_LISTEN: -1 pending, 0, or a WSA code. */
export const S_RESULT = 15;
export const S_BACKLOG = 16;
export const S_ACCEPT_FIRST = 17;
export const S_ACCEPT_LAST = 18;
export const S_ACCEPT_COUNT = 19;
/** Second (of performance.timeOrigin's clock) at which the connection was made. */
export const S_CONNECTED_AT = 20;
/** Bits of WORK_OPTION: which options the host has to apply. */
export const S_OPTIONS_CHANGED = 21;
/** What a connect that failed left for exceptfds: its WSA code. */
export const S_CONNECT_ERROR = 22;
/** UDP: resets that wait to be reported by receives. */
export const S_UDP_RESETS = 23;

export const S_RECEIVE_QUEUE = 24;
export const S_SEND_QUEUE = 32;
// Words of a queue. Producer's: TAIL, FILL, IN. Consumer's: HEAD (set once by the producer), POSITION, OUT.
export const Q_HEAD = 0;
export const Q_POSITION = 1;
export const Q_OUT = 2;
export const Q_IN = 3;
export const Q_TAIL = 4;
export const Q_FILL = 5;
/** Datagrams in the queue (in minus out), by atomic add. */
export const Q_MESSAGES = 6;

/** A length word and 28 bytes of sockaddr. Written before the state that makes them valid. */
export const S_LOCAL = 40;
export const S_PEER = 48;
export const S_OPTIONS = 56;
export const OPTION_WORDS = 39;
/**
 * Where the system has file descriptors: 1 + that of the connection, while callers may write to it themselves. The
 * host sets it, and clears it under S_WLOCK before the descriptor is closed; callers use it under S_WLOCK.
 */
export const S_DESCRIPTOR = 95;

// Events. Bits are FD_*; every word is changed only by atomic operations.
/** What was selected for: WSAEventSelect's or WSAAsyncSelect's mask. */
export const S_EVENT_MASK = 96;
/** The event object, or 0. */
export const S_EVENT_OBJECT = 97;
/** The window and its message, or 0. */
export const S_EVENT_WINDOW = 98;
export const S_EVENT_MESSAGE = 99;
/** Events that happened and were neither enumerated nor taken back by the call that answers them. */
export const S_EVENT_RECORD = 100;
/** Events whose message was posted and which no call has enabled again. */
export const S_EVENT_POSTED = 101;
export const S_EVENT_CONNECT_ERROR = 102;
export const S_EVENT_CLOSE_ERROR = 103;
/** 1 after a send met WSAEWOULDBLOCK: the next room is an FD_WRITE. */
export const S_EVENT_SEND_BLOCKED = 104;
/** An event object: 1 while signalled. */
export const S_SIGNALLED = 105;

/** UDP: datagrams that the host has taken from the send queue and the system has not got yet. The host's, atomic. */
export const S_SENDING = 106;

/** A SOCKET that WSASocket made from another's description: the base of the socket that it stands for, else 0. */
export const S_STANDS_FOR = 120;
/** How many further SOCKETs stand for this one; it ends when the last of all is closed. */
export const S_DUPLICATES = 121;

export const STATE_FREE = 0;
export const STATE_OPEN = 1;
export const STATE_BINDING = 2;
export const STATE_BOUND = 3;
export const STATE_LISTENING = 4;
export const STATE_CONNECTING = 5;
export const STATE_CONNECTED = 6;
/** Only S_STANDS_FOR counts. */
export const STATE_DUPLICATE = 7;
/** No sockets: an event object, a message window. */
export const STATE_EVENT = 8;
export const STATE_WINDOW = 9;

export const MODE_NONBLOCKING = 1;
export const MODE_SHUT_SEND = 2;
export const MODE_SHUT_RECEIVE = 4;
/** UDP: a default peer is set. */
export const MODE_HAS_PEER = 8;
/** Bound by a call other than bind. */
export const MODE_BOUND_IMPLICITLY = 16;

/** The peer sent FIN. */
export const FACT_END = 1;
/** The peer reset the connection. */
export const FACT_RESET = 2;
/** A connect failed; see S_CONNECT_ERROR. */
export const FACT_CONNECT_FAILED = 4;
/** Reading stopped because the receive queue is full. */
export const FACT_PAUSED = 8;
/** The connection ended on this side: timed out or torn down. */
export const FACT_ABORTED = 16;

export const WORK_BIND = 1;
export const WORK_LISTEN = 2;
export const WORK_CONNECT = 4;
export const WORK_SEND = 8;
export const WORK_RESUME = 16;
export const WORK_SHUTDOWN = 32;
export const WORK_CLOSE = 64;
export const WORK_OPTIONS = 128;
export const WORK_DISCONNECT = 256;

/** The index in `control` of a slot's first word. */
export function slotBase(slot: number): number {
  return SLOTS + slot * SLOT_WORDS;
}
