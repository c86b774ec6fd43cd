/** The first number that Windows leaves to a program's own messages. */
export const WM_USER = 0x0400;

/** The one message for all sockets: `wParam` is the socket, `lParam` holds event and error. */
export const WM_WSAASYNC = WM_USER + 5;
