/*
 * One line an event: time=... level=... part=... and the message, whose author
 * writes msg="..." and key=value pairs.  A line leaves in one write(), so that
 * lines of several threads and processes never mix.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shop_worker.h"


#define SHOP_LOG_LINE    2048


static const char  *shop_log_path;
static atomic_int   shop_log_fd = STDERR_FILENO;

static const char  *shop_log_levels[] = { "error", "warn", "info" };


int
shop_log_open(const char *path)
{
    int  fd;

    if (path == NULL || *path == '\0') {
        return SHOP_OK;
    }

    fd = open(path, O_WRONLY|O_CREAT|O_APPEND|O_CLOEXEC, 0640);
    if (fd == -1) {
        fprintf(stderr, "shop-worker: %s: %s\n", path, strerror(errno));
        return SHOP_ERROR;
    }

    shop_log_path = path;
    atomic_store(&shop_log_fd, fd);

    return SHOP_OK;
}


void
shop_log_reopen(void)
{
    int  fd;

    if (shop_log_path == NULL) {
        return;
    }

    fd = open(shop_log_path, O_WRONLY|O_CREAT|O_APPEND|O_CLOEXEC, 0640);
    if (fd == -1) {
        shop_log(SHOP_LOG_ERROR, "main", "msg=\"cannot reopen the log\" "
                 "errno=%d", errno);
        return;
    }

    /* other threads may hold the number: the file changes under it */

    (void) dup3(fd, atomic_load(&shop_log_fd), O_CLOEXEC);
    close(fd);
}


void
shop_log(int level, const char *part, const char *fmt, ...)
{
    int              len, n;
    char             line[SHOP_LOG_LINE], *p;
    va_list          args;
    struct tm        tm;
    struct timespec  ts;

    clock_gettime(CLOCK_REALTIME, &ts);
    gmtime_r(&ts.tv_sec, &tm);

    len = (int) strftime(line, sizeof(line), "time=%Y-%m-%dT%H:%M:%S", &tm);
    len += snprintf(line + len, sizeof(line) - (size_t) len,
                    ".%03ldZ level=%s part=%s ", ts.tv_nsec / 1000000,
                    shop_log_levels[level], part);

    va_start(args, fmt);
    n = vsnprintf(line + len, sizeof(line) - (size_t) len - 1, fmt, args);
    va_end(args);

    if (n > 0) {
        len += n;
    }

    if (len > (int) sizeof(line) - 2) {
        len = (int) sizeof(line) - 2;
    }

    /* messages of libraries end with or hold newlines */

    while (len > 0 && line[len - 1] == '\n') {
        len--;
    }

    for (p = line; p < line + len; p++) {
        if ((unsigned char) *p < 0x20) {
            *p = ' ';
        }
    }

    line[len++] = '\n';

    if (write(atomic_load(&shop_log_fd), line, (size_t) len) == -1) {
        return;
    }
}
