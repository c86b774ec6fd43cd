// Flags of send, recv and the calls that make or accept sockets.
/** Urgent data. */
export const MSG_OOB = 1;
/** Leaves the data to be received again. */
export const MSG_PEEK = 2;
export const MSG_DONTROUTE = 4;
/** Waits until the buffer is full. */
export const MSG_WAITALL = 8;
export const MSG_INTERRUPT = 0x10;
/** Gives what is there without waiting for more. */
export const MSG_PUSH_IMMEDIATE = 0x20;
/** A part of a message. */
export const MSG_PARTIAL = 0x8000;
/** The message was longer than the buffers. */
export const MSG_TRUNC = 0x100;
export const MSG_CTRUNC = 0x200;
export const MSG_BCAST = 0x400;
export const MSG_MCAST = 0x800;
export const MSG_MAXIOVLEN = 0x10;
export const WSA_FLAG_OVERLAPPED = 1;
export const WSA_FLAG_MULTIPOINT_C_ROOT = 2;
export const WSA_FLAG_MULTIPOINT_C_LEAF = 4;
export const WSA_FLAG_MULTIPOINT_D_ROOT = 8;
export const WSA_FLAG_MULTIPOINT_D_LEAF = 16;
export const WSA_FLAG_ACCESS_SYSTEM_SECURITY = 64;
export const WSA_FLAG_NO_HANDLE_INHERIT = 128;
export const WSA_FLAG_REGISTERED_IO = 0x100;
export const CF_ACCEPT = 0;
export const CF_REJECT = 1;
export const CF_DEFER = 2;
export const FROM_PROTOCOL_INFO = -1;
export const SG_UNCONSTRAINED_GROUP = 1;
export const SG_CONSTRAINED_GROUP = 2;
export const JL_SENDER_ONLY = 1;
export const JL_RECEIVER_ONLY = 2;
export const JL_BOTH = 4;
export const TF_DISCONNECT = 1;
export const TF_REUSE_SOCKET = 2;
export const TF_WRITE_BEHIND = 4;
export const TF_USE_DEFAULT_WORKER = 0;
export const TF_USE_SYSTEM_THREAD = 16;
export const TF_USE_KERNEL_APC = 32;
export const TP_DISCONNECT = 1;
export const TP_REUSE_SOCKET = 2;
export const TP_ELEMENT_MEMORY = 1;
export const TP_ELEMENT_FILE = 2;
export const TP_ELEMENT_EOP = 4;
