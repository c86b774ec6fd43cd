import type { HWND, MessageWindow, SOCKET, View, WNDPROC, WSAEVENT } from '../ws2_32/types.js';
import type { Winsock } from '../ws2_32/winsock.js';

/** The functions by which a binding tells what happens on its sockets. */
interface NetworkEvents {
  createMessageWindow(wndProc: WNDPROC): MessageWindow;
  WSAAsyncSelect(s: SOCKET, hWnd: HWND, wMsg: number, lEvent: number): number;
  WSAEventSelect(s: SOCKET, hEventObject: WSAEVENT, lNetworkEvents: number): number;
  WSACreateEvent(): WSAEVENT;
  WSACloseEvent(hEvent: WSAEVENT): number;
  WSASetEvent(hEvent: WSAEVENT): number;
  WSAResetEvent(hEvent: WSAEVENT): number;
  WSAWaitForMultipleEvents(
    cEvents: number,
    lphEvents: View | readonly number[] | null,
    fWaitAll: number,
    dwTimeout: number,
    fAlertable: number,
  ): number;
  WSAWaitForMultipleEventsAsync(
    cEvents: number,
    lphEvents: View | readonly number[] | null,
    fWaitAll: number,
    dwTimeout: number,
    fAlertable: number,
  ): Promise<number>;
  WSAEnumNetworkEvents(s: SOCKET, hEventObject: WSAEVENT, lpNetworkEvents: View): number;
}

export type AsyncWinsock = Winsock & NetworkEvents;
