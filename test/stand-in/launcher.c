/* bin/mattermost and bin/mmctl: starts Node, which is in ../stand-in with the libraries it needs.
   A program of its own because it does what Node cannot: connect a unix datagram socket, which is
   what systemd wants to hear READY=1 through, from the main process. Linked statically. */
#include <libgen.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void connect_notify_socket(void) {
  const char *path = getenv("NOTIFY_SOCKET");
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  char number[16];
  if (path == NULL || strlen(path) >= sizeof address.sun_path) return;
  strcpy(address.sun_path, path);
  if (path[0] == '@') address.sun_path[0] = '\0';
  int notify = socket(AF_UNIX, SOCK_DGRAM, 0);
  socklen_t length = offsetof(struct sockaddr_un, sun_path) + strlen(path);
  if (notify < 0 || connect(notify, (struct sockaddr *)&address, length) != 0) return;
  snprintf(number, sizeof number, "%d", notify);
  setenv("STAND_IN_NOTIFY", number, 1);
}

int main(int count, char **words) {
  char self[PATH_MAX], called[PATH_MAX], folder[PATH_MAX];
  char loader[PATH_MAX], libraries[PATH_MAX], node[PATH_MAX], server[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) {
    perror("/proc/self/exe");
    return 1;
  }
  self[length] = '\0';
  snprintf(called, sizeof called, "%s", self);
  snprintf(folder, sizeof folder, "%s", dirname(dirname(self)));
  if (snprintf(loader, sizeof loader, "%s/stand-in/lib/ld.so", folder) >= PATH_MAX ||
      snprintf(libraries, sizeof libraries, "%s/stand-in/lib", folder) >= PATH_MAX ||
      snprintf(node, sizeof node, "%s/stand-in/node", folder) >= PATH_MAX ||
      snprintf(server, sizeof server, "%s/stand-in/server.mjs", folder) >= PATH_MAX)
    return 1;

  char **command = calloc(count + 7, sizeof *command);
  int n = 0;
  command[n++] = loader;
  command[n++] = "--library-path";
  command[n++] = libraries;
  command[n++] = node;
  command[n++] = server;
  command[n++] = basename(called);
  for (int i = 1; i < count; i++) command[n++] = words[i];

  connect_notify_socket();
  execv(loader, command);
  perror(loader);
  return 1;
}
