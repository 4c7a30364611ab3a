#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "health.h"
#include "metric.h"


#define SHOP_HEALTH_REQUEST    2048
#define SHOP_HEALTH_TIMEOUT    2         /* seconds for one request */
#define SHOP_HEALTH_BACKLOG    16


static int shop_health_unix(const char *path);
static int shop_health_inet(const char *address);
static int shop_health_bind(int fd, const struct sockaddr *sa, socklen_t len);
static void shop_health_serve(int fd);
static void shop_health_answer(shop_buf_t *b, const char *request);


int
shop_health_listen(const char *address)
{
    int  fd;

    fd = strncmp(address, "unix:", 5) == 0 ? shop_health_unix(address + 5)
                                           : shop_health_inet(address);

    if (fd == -1) {
        shop_log(SHOP_LOG_ERROR, "health", "msg=\"cannot listen\" "
                 "address=\"%s\" detail=\"%s\"", address, strerror(errno));
    }

    return fd;
}


void *
shop_health_thread(void *data)
{
    int             fd, listening;
    struct pollfd   fds[2];
    struct timeval  tv = { SHOP_HEALTH_TIMEOUT, 0 };

    listening = *(int *) data;
    fds[0].fd = listening;
    fds[0].events = POLLIN;
    fds[1].fd = shop_stop_fd();
    fds[1].events = POLLIN;

    while (!shop_stopping()) {
        if (poll(fds, 2, -1) <= 0 || !(fds[0].revents & POLLIN)) {
            continue;
        }

        fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd == -1) {
            (void) shop_wait(10);
            continue;
        }

        (void) setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
        (void) setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));

        shop_health_serve(fd);
        close(fd);
    }

    close(listening);

    return NULL;
}


static int
shop_health_unix(const char *path)
{
    int                 fd;
    struct sockaddr_un  sa;

    if (strlen(path) >= sizeof(sa.sun_path)) {
        errno = ENAMETOOLONG;
        return -1;
    }

    memset(&sa, 0, sizeof(sa));
    sa.sun_family = AF_UNIX;
    strcpy(sa.sun_path, path);

    fd = socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, 0);
    if (fd == -1) {
        return -1;
    }

    (void) unlink(path);

    return shop_health_bind(fd, (struct sockaddr *) (void *) &sa, sizeof(sa));
}


static int
shop_health_inet(const char *address)
{
    int               fd, one;
    char              host[256], *colon;
    struct addrinfo   hints, *ai;

    snprintf(host, sizeof(host), "%s", address);

    colon = strrchr(host, ':');
    if (colon == NULL) {
        errno = EINVAL;
        return -1;
    }

    *colon = '\0';

    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;

    if (getaddrinfo(host, colon + 1, &hints, &ai) != 0) {
        errno = EADDRNOTAVAIL;
        return -1;
    }

    fd = socket(ai->ai_family, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, 0);

    if (fd != -1) {
        one = 1;
        (void) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
        fd = shop_health_bind(fd, ai->ai_addr, ai->ai_addrlen);
    }

    freeaddrinfo(ai);

    return fd;
}


static int
shop_health_bind(int fd, const struct sockaddr *sa, socklen_t len)
{
    int  err;

    if (bind(fd, sa, len) == 0 && listen(fd, SHOP_HEALTH_BACKLOG) == 0) {
        return fd;
    }

    err = errno;
    close(fd);
    errno = err;

    return -1;
}


static void
shop_health_serve(int fd)
{
    char        request[SHOP_HEALTH_REQUEST];
    size_t      sent, len;
    ssize_t     n;
    shop_buf_t  b;

    /* only the first line matters, and it arrives at once */

    for (len = 0; len < sizeof(request) - 1; len += (size_t) n) {
        n = recv(fd, request + len, sizeof(request) - 1 - len, 0);
        if (n <= 0) {
            return;
        }

        if (memmem(request, len + (size_t) n, "\r\n\r\n", 4)) {
            len += (size_t) n;
            break;
        }
    }

    request[len] = '\0';

    memset(&b, 0, sizeof(b));
    shop_health_answer(&b, request);

    for (sent = 0; !b.failed && sent < b.len; sent += (size_t) n) {
        n = send(fd, b.data + sent, b.len - sent, MSG_NOSIGNAL);
        if (n <= 0) {
            break;
        }
    }

    shop_buf_free(&b);
}


static void
shop_health_answer(shop_buf_t *b, const char *request)
{
    int          ok;
    const char  *status, *type;
    shop_buf_t   body;

    memset(&body, 0, sizeof(body));
    status = "200 OK";
    type = "application/json";

    if (strncmp(request, "GET /health ", 12) == 0) {
        (void) shop_parts_json(&body);

    } else if (strncmp(request, "GET /ready ", 11) == 0) {
        ok = shop_parts_json(&body);
        status = ok ? "200 OK" : "503 Service Unavailable";

    } else if (strncmp(request, "GET /metrics ", 13) == 0) {
        shop_metrics_text(&body);
        type = "text/plain; version=0.0.4";

    } else {
        status = "404 Not Found";
        shop_buf_str(&body, "{\"status\":\"not found\"}\n");
    }

    shop_buf_printf(b, "HTTP/1.1 %s\r\nContent-Type: %s\r\n"
                    "Content-Length: %zu\r\nConnection: close\r\n\r\n",
                    status, type, body.len);
    shop_buf_add(b, body.data ? body.data : "", body.len);

    if (body.failed) {
        b->failed = 1;
    }

    shop_buf_free(&body);
}
