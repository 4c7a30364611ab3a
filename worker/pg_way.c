/*
 * The backend of long work gives way to what answers somebody.
 *
 * A step of an import keeps a CPU for a quarter of a second; who wakes up there
 * waits less the less weight it has.  Linux weighs sessions, and each backend
 * is one (autogroup); where it doesn't, the nice value counts.  A step that
 * starves holds its locks for long, so then some steps have their full weight.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pg.h"


#define SHOP_WAY_NICE     5              /* a third of the weight */
#define SHOP_WAY_LONG     2000           /* ms: a step that starves */
#define SHOP_WAY_STEPS    10             /* with full weight after that */


static pid_t shop_pg_way_backend(PGconn *conn);
static int shop_pg_way_parent(pid_t pid);
static int shop_pg_way_group(pid_t pid, int nice);


void
shop_pg_way(shop_pg_t *pg, int64_t took)
{
    int    nice;
    pid_t  pid;

    if (pg->conn == NULL || pg->way == SHOP_PG_WAY_NONE) {
        return;
    }

    if (pg->way == SHOP_PG_WAY_GIVEN && took > SHOP_WAY_LONG) {
        pg->way_steps = SHOP_WAY_STEPS;

    } else if (pg->way_steps) {
        pg->way_steps--;
    }

    nice = pg->way_steps ? 0 : SHOP_WAY_NICE;

    if ((pg->way == SHOP_PG_WAY_GIVEN) == (nice != 0)) {
        return;
    }

    pid = shop_pg_way_backend(pg->conn);

    if (pid == 0) {
        pg->way = SHOP_PG_WAY_NONE;
        return;
    }

    if (pg->way == SHOP_PG_WAY_NEW
        && getpriority(PRIO_PROCESS, (id_t) pid) < SHOP_WAY_NICE)
    {
        (void) setpriority(PRIO_PROCESS, (id_t) pid, SHOP_WAY_NICE);
    }

    switch (shop_pg_way_group(pid, nice)) {

    case SHOP_OK:
        pg->way = nice ? SHOP_PG_WAY_GIVEN : SHOP_PG_WAY_TAKEN;
        break;

    case SHOP_DOWN:
        break;                           /* the next step tries again */

    default:
        pg->way = SHOP_PG_WAY_NONE;
    }
}


/* The process, if it is one of this machine: who listens on the socket is its
   parent. */

static pid_t
shop_pg_way_backend(PGconn *conn)
{
    pid_t         pid;
    socklen_t     len;
    struct ucred  peer;

    len = sizeof(peer);

    if (getsockopt(PQsocket(conn), SOL_SOCKET, SO_PEERCRED, &peer, &len) == -1
        || peer.pid <= 0)
    {
        return 0;
    }

    pid = (pid_t) PQbackendPID(conn);

    return pid > 0 && shop_pg_way_parent(pid) == peer.pid ? pid : 0;
}


static int
shop_pg_way_parent(pid_t pid)
{
    int   parent;
    char  path[64], text[512], *p;
    FILE  *f;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int) pid);

    f = fopen(path, "re");
    if (f == NULL) {
        return -1;
    }

    p = fgets(text, sizeof(text), f);
    fclose(f);

    if (p) {
        p = strrchr(text, ')');
    }

    return p && sscanf(p, ") %*c %d", &parent) == 1 ? parent : -1;
}


/* SHOP_DOWN: the kernel takes ten of these a second */

static int
shop_pg_way_group(pid_t pid, int nice)
{
    int   fd, len, rc;
    char  path[64], text[16];

    snprintf(path, sizeof(path), "/proc/%d/autogroup", (int) pid);

    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd == -1) {
        return SHOP_ERROR;
    }

    len = snprintf(text, sizeof(text), "%d", nice);
    rc = write(fd, text, (size_t) len) == len ? SHOP_OK
         : errno == EAGAIN || errno == EINTR ? SHOP_DOWN : SHOP_ERROR;
    close(fd);

    return rc;
}
