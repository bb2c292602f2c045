/*
 * A disk with bad sectors, for tests: loaded with LD_PRELOAD, it lets reads of some bytes of some files fail with EIO.
 *
 *   BAD_SECTORS=NAME:FROM-TO[,NAME:FROM-TO...]   bytes FROM to TO (exclusive) of each file whose path ends with NAME
 *
 * A read that begins before bad bytes ends in front of them, as the kernel's does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_file(int descriptor, const char *name, size_t name_length) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path);
  return length >= (ssize_t)name_length && memcmp(path + length - name_length, name, name_length) == 0;
}

/* How many of COUNT bytes from OFFSET can be read; -1 if not even the first. */
static ssize_t readable(int descriptor, size_t count, off_t offset) {
  const char *entry = getenv("BAD_SECTORS");
  while (entry != NULL && *entry != '\0') {
    const char *colon = strchr(entry, ':');
    char *end;
    long long from = strtoll(colon + 1, &end, 10);
    long long to = strtoll(end + 1, &end, 10);
    if (offset < to && offset + (long long)count > from && is_file(descriptor, entry, (size_t)(colon - entry))) {
      if (offset >= from) {
        errno = EIO;
        return -1;
      }
      count = (size_t)(from - offset);
    }
    entry = *end == ',' ? end + 1 : NULL;
  }
  return (ssize_t)count;
}

ssize_t pread64(int descriptor, void *buffer, size_t count, off_t offset) {
  static ssize_t (*next)(int, void *, size_t, off_t);
  if (next == NULL) next = (ssize_t(*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread64");
  ssize_t length = readable(descriptor, count, offset);
  return length < 0 ? length : next(descriptor, buffer, (size_t)length, offset);
}

ssize_t pread(int descriptor, void *buffer, size_t count, off_t offset) {
  return pread64(descriptor, buffer, count, offset);
}

ssize_t read(int descriptor, void *buffer, size_t count) {
  static ssize_t (*next)(int, void *, size_t);
  if (next == NULL) next = (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
  off_t offset = getenv("BAD_SECTORS") == NULL ? -1 : lseek(descriptor, 0, SEEK_CUR);
  if (offset < 0) return next(descriptor, buffer, count);
  ssize_t length = readable(descriptor, count, offset);
  return length < 0 ? length : next(descriptor, buffer, (size_t)length);
}
