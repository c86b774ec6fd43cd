/* The roles of program.mjs in C, for a measure of what Winsock itself costs: loopback.exe ROLE ignored ARGS FILE,
   ARGS being what the JavaScript side is given, as JSON with numbers. */
#include <winsock2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536
static char block[BLOCK];

static long number(const char *json, const char *name) {
  char key[32];
  snprintf(key, sizeof key, "\"%s\":", name);
  const char *at = strstr(json, key);
  return at ? atol(at + strlen(key)) : 0;
}

static double now(void) {
  LARGE_INTEGER count, frequency;
  QueryPerformanceCounter(&count);
  QueryPerformanceFrequency(&frequency);
  return (double)count.QuadPart / frequency.QuadPart;
}

/* Under another name first: who polls for the file never sees half of it. */
static void tell(const char *file, const char *name, double value) {
  char part[1024];
  snprintf(part, sizeof part, "%s.part", file);
  FILE *f = fopen(part, "w");
  fprintf(f, "{\"%s\":%.3f}", name, value);
  fclose(f);
  rename(part, file);
}

static void must(int ok, const char *what) {
  if (ok) return;
  fprintf(stderr, "%s failed with %d\n", what, WSAGetLastError());
  exit(1);
}

static struct sockaddr_in address(int port) {
  struct sockaddr_in name = {0};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return name;
}

static SOCKET accepted(const char *file) {
  struct sockaddr_in name = address(0);
  int size = sizeof name;
  SOCKET listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  must(!bind(listener, (struct sockaddr *)&name, size), "bind");
  must(!listen(listener, SOMAXCONN), "listen");
  getsockname(listener, (struct sockaddr *)&name, &size);
  tell(file, "port", ntohs(name.sin_port));
  return accept(listener, NULL, NULL);
}

static SOCKET connected(int port) {
  struct sockaddr_in name = address(port);
  SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  must(!connect(s, (struct sockaddr *)&name, sizeof name), "connect");
  return s;
}

static void echo_server(const char *file) {
  SOCKET s = accepted(file);
  int count;
  while ((count = recv(s, block, 4096, 0)) > 0) send(s, block, count, 0);
  closesocket(s);
}

static void echo_client(const char *json, const char *file) {
  long turns = number(json, "turns"), i;
  SOCKET s = connected(number(json, "port"));
  double began = 0;
  for (i = -(turns >> 3); i < turns; i++) {
    if (i == 0) began = now();
    send(s, block, 1, 0);
    recv(s, block, 1, 0);
  }
  tell(file, "microseconds", (now() - began) * 1e6 / turns);
  closesocket(s);
}

static void sink(const char *file) {
  SOCKET s = accepted(file);
  while (recv(s, block, BLOCK, 0) > 0);
  closesocket(s);
}

static void source(const char *json, const char *file) {
  long blocks = number(json, "blocks"), i;
  SOCKET s = connected(number(json, "port"));
  double began = now();
  for (i = 0; i < blocks; i++) must(send(s, block, BLOCK, 0) == BLOCK, "send");
  shutdown(s, SD_SEND);
  recv(s, block, 1, 0);
  tell(file, "perSecond", blocks * (double)BLOCK / (now() - began));
  closesocket(s);
}

int main(int argc, char **argv) {
  WSADATA data;
  must(argc == 5 && !WSAStartup(MAKEWORD(2, 2), &data), "WSAStartup");
  if (!strcmp(argv[1], "echoServer")) echo_server(argv[4]);
  else if (!strcmp(argv[1], "echoClient")) echo_client(argv[3], argv[4]);
  else if (!strcmp(argv[1], "sink")) sink(argv[4]);
  else if (!strcmp(argv[1], "source")) source(argv[3], argv[4]);
  else return 2;
  return 0;
}
