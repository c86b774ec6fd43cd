/* The same calls as calls-in-node.mjs makes, in C; prints JSON. */
#include <winsock2.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 7

typedef int (*call)(void);

static volatile int sum;

static int last_error(void) { return WSAGetLastError(); }
static int look(void) {
  int type, length = sizeof type;
  return getsockopt((SOCKET)1, SOL_SOCKET, SO_TYPE, (char *)&type, &length);
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(call body, int calls) {
  double times[ROUNDS];
  LARGE_INTEGER frequency, start, end;
  QueryPerformanceFrequency(&frequency);
  for (int round = 0; round < ROUNDS; round++) {
    QueryPerformanceCounter(&start);
    for (int i = 0; i < calls; i++) sum += body();
    QueryPerformanceCounter(&end);
    times[round] = (double)(end.QuadPart - start.QuadPart) * 1e9 / (double)frequency.QuadPart / calls;
  }
  qsort(times, ROUNDS, sizeof times[0], ascending);
  return times[ROUNDS / 2];
}

int main(void) {
  WSADATA data;
  if (WSAStartup(MAKEWORD(2, 2), &data) != 0) return 1;
  printf("{\"WSAGetLastError\": %f, ", median(last_error, 20000000));
  printf("\"recv, decoded and refused\": %f}\n", median(look, 20000000));
  WSACleanup();
  return 0;
}
