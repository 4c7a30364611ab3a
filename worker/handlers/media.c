/*
 * Pictures: an upload becomes its widths, by a program of its own
 * (picture/shop-picture.c); what nobody shows any more is removed.
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../store.h"
#include "handlers.h"


#define SHOP_MEDIA_TRIES    5
#define SHOP_MEDIA_MS       60000        /* half of a lease */
#define SHOP_MEDIA_ANSWER   256

extern char  **environ;


/* columns of media.claim() */

enum {
    SHOP_MEDIA_KEY = 0,
    SHOP_MEDIA_TYPE,
    SHOP_MEDIA_WIDTH,
    SHOP_MEDIA_HEIGHT,
    SHOP_MEDIA_TRY
};

typedef struct {
    char                 text[SHOP_MEDIA_ANSWER];    /* of shop-picture */
    int                  width;
    int                  height;
} shop_media_answer_t;


static int shop_media_run(shop_job_t *job);
static const char *shop_media_work(shop_job_t *job, const PGresult *res,
    shop_media_answer_t *answer);
static const char *shop_media_make(shop_job_t *job, const PGresult *res,
    shop_media_answer_t *answer);
static int shop_media_spawn(shop_job_t *job, const PGresult *res, pid_t *pid);
static int shop_media_read(int fd, shop_media_answer_t *answer);
static const char *shop_media_exit(int status, int in_time,
    shop_media_answer_t *answer);
static int shop_media_record(shop_job_t *job, const PGresult *res,
    const char *outcome, const shop_media_answer_t *answer);


static const shop_stmt_t  shop_media_claim = {
    "media_claim", "select * from media.claim($1::text, interval '120 s')", 1
};

static const shop_stmt_t  shop_media_done = {
    "media_done",
    "select media.done($1::text, $2::text, $3::integer, $4::integer, "
    "$5::text, make_interval(secs => $6::double precision))", 6
};

shop_job_t  shop_media_job = {
    .name = "media.pictures", .interval = 500, .run = shop_media_run,
    .wake = -1
};


static int
shop_media_run(shop_job_t *job)
{
    int                   rc;
    PGresult             *res;
    const char           *params[1], *outcome;
    shop_media_answer_t   answer;

    if (job->conf->media_path[0] == '\0') {
        return 0;
    }

    params[0] = job->conf->media_name;
    rc = shop_pg_exec(&job->pg, &shop_media_claim, params, &res);

    if (rc != SHOP_OK) {
        if (rc == SHOP_ERROR) {
            shop_pg_refused(&job->pg, &shop_media_claim, res);
            PQclear(res);
        }

        return SHOP_DOWN;
    }

    if (PQntuples(res) == 0) {
        PQclear(res);
        return shop_media_tidy(job);
    }

    memset(&answer, 0, sizeof(answer));
    outcome = shop_media_work(job, res, &answer);
    rc = shop_media_record(job, res, outcome, &answer);

    shop_store_end(job->conf, PQgetvalue(res, 0, SHOP_MEDIA_KEY),
                   rc == SHOP_OK && strcmp(outcome, "retry") != 0);
    PQclear(res);

    return rc == SHOP_OK ? 1 : SHOP_DOWN;
}


/* "ready", "failed" or "retry" */

static const char *
shop_media_work(shop_job_t *job, const PGresult *res,
    shop_media_answer_t *answer)
{
    char         path[SHOP_STORE_PATH];
    const char  *key, *outcome;

    key = PQgetvalue(res, 0, SHOP_MEDIA_KEY);
    shop_store_incoming(job->conf, key, path);

    if (access(path, R_OK) != 0) {
        snprintf(answer->text, sizeof(answer->text), "the upload is gone");
        outcome = "retry";

    } else if (shop_store_begin(job->conf, key) != SHOP_OK) {
        snprintf(answer->text, sizeof(answer->text),
                 "there is no place to work in");
        outcome = "retry";

    } else {
        outcome = shop_media_make(job, res, answer);
    }

    if (strcmp(outcome, "ready") == 0
        && shop_store_keep(job->conf, key) != SHOP_OK)
    {
        snprintf(answer->text, sizeof(answer->text), "it could not be kept");
        outcome = "retry";
    }

    if (strcmp(outcome, "retry") == 0 && !shop_stopping()
        && atoi(PQgetvalue(res, 0, SHOP_MEDIA_TRY)) >= SHOP_MEDIA_TRIES)
    {
        outcome = "failed";
    }

    return outcome;
}


static const char *
shop_media_make(shop_job_t *job, const PGresult *res,
    shop_media_answer_t *answer)
{
    int    fd, status, in_time;
    pid_t  pid;

    fd = shop_media_spawn(job, res, &pid);

    if (fd == -1) {
        snprintf(answer->text, sizeof(answer->text),
                 "shop-picture could not be started");
        shop_log(SHOP_LOG_ERROR, job->name, "msg=\"cannot start %s\"",
                 job->conf->media_tool);
        return "retry";
    }

    in_time = shop_media_read(fd, answer);
    (void) close(fd);

    if (!in_time) {
        (void) kill(pid, SIGKILL);
    }

    while (waitpid(pid, &status, 0) == -1) {
        if (errno != EINTR) {
            return "retry";
        }
    }

    return shop_media_exit(status, in_time, answer);
}


/* the descriptor of what it says, or -1 */

static int
shop_media_spawn(shop_job_t *job, const PGresult *res, pid_t *pid)
{
    int                          rc, fds[2];
    char                         file[SHOP_STORE_PATH];
    char                         work[SHOP_STORE_PATH];
    char                        *argv[7];
    posix_spawnattr_t            attr;
    posix_spawn_file_actions_t   actions;
    sigset_t                     none;

    if (pipe2(fds, O_CLOEXEC) != 0) {
        return -1;
    }

    shop_store_incoming(job->conf, PQgetvalue(res, 0, SHOP_MEDIA_KEY), file);
    shop_store_work(job->conf, PQgetvalue(res, 0, SHOP_MEDIA_KEY), work);

    argv[0] = job->conf->media_tool;
    argv[1] = PQgetvalue(res, 0, SHOP_MEDIA_TYPE);
    argv[2] = PQgetvalue(res, 0, SHOP_MEDIA_WIDTH);
    argv[3] = PQgetvalue(res, 0, SHOP_MEDIA_HEIGHT);
    argv[4] = file;
    argv[5] = work;
    argv[6] = NULL;

    sigemptyset(&none);
    (void) posix_spawnattr_init(&attr);
    (void) posix_spawnattr_setsigmask(&attr, &none);
    (void) posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    (void) posix_spawn_file_actions_init(&actions);
    (void) posix_spawn_file_actions_addopen(&actions, 0, "/dev/null",
                                            O_RDONLY, 0);
    (void) posix_spawn_file_actions_adddup2(&actions, fds[1], 1);

    rc = posix_spawn(pid, argv[0], &actions, &attr, argv, environ);

    (void) posix_spawn_file_actions_destroy(&actions);
    (void) posix_spawnattr_destroy(&attr);
    (void) close(fds[1]);

    if (rc != 0) {
        (void) close(fds[0]);
        return -1;
    }

    return fds[0];
}


/* until it ends; 0: it took too long, or the worker is to stop */

static int
shop_media_read(int fd, shop_media_answer_t *answer)
{
    size_t         len;
    ssize_t        n;
    int64_t        left, until;
    struct pollfd  fds[2];

    len = 0;
    until = shop_now_ms() + SHOP_MEDIA_MS;

    for ( ;; ) {
        left = until - shop_now_ms();

        fds[0].fd = fd;
        fds[0].events = POLLIN;
        fds[1].fd = shop_stop_fd();
        fds[1].events = POLLIN;
        fds[1].revents = 0;

        if (left <= 0 || poll(fds, 2, (int) left) == 0 || fds[1].revents) {
            return 0;
        }

        n = read(fd, answer->text + len, sizeof(answer->text) - 1 - len);

        if (n == 0) {
            answer->text[len] = '\0';
            answer->text[strcspn(answer->text, "\n")] = '\0';
            return 1;
        }

        if (n > 0) {
            len += (size_t) n;
        }

        if (len == sizeof(answer->text) - 1) {
            return 0;
        }
    }
}


static const char *
shop_media_exit(int status, int in_time, shop_media_answer_t *answer)
{
    if (!in_time && shop_stopping()) {
        return "retry";
    }

    if (!in_time || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)) {
        snprintf(answer->text, sizeof(answer->text),
                 "decoding it takes too long");
        return "failed";
    }

    if (WIFSIGNALED(status)) {
        snprintf(answer->text, sizeof(answer->text),
                 "decoding it ended abnormally");
        return "failed";
    }

    if (WEXITSTATUS(status) == 0
        && sscanf(answer->text, "ok %d %d", &answer->width, &answer->height)
           == 2)
    {
        return "ready";
    }

    return WEXITSTATUS(status) == 1 && answer->text[0] ? "failed" : "retry";
}


static int
shop_media_record(shop_job_t *job, const PGresult *res, const char *outcome,
    const shop_media_answer_t *answer)
{
    int          wait;
    char         width[16], height[16], secs[32];
    const char  *params[6];

    wait = shop_stopping() ? 0
           : shop_backoff_at(job->conf->retry_base, job->conf->retry_max,
                             atoi(PQgetvalue(res, 0, SHOP_MEDIA_TRY)) - 1);

    snprintf(width, sizeof(width), "%d", answer->width);
    snprintf(height, sizeof(height), "%d", answer->height);
    snprintf(secs, sizeof(secs), "%.3f", wait / 1000.0);

    params[0] = PQgetvalue(res, 0, SHOP_MEDIA_KEY);
    params[1] = outcome;
    params[2] = answer->width ? width : NULL;
    params[3] = answer->height ? height : NULL;
    params[4] = answer->text;
    params[5] = secs;

    if (strcmp(outcome, "ready") == 0) {
        shop_metric_add(SHOP_M_PICTURES_OK, 1);

    } else {
        shop_metric_add(strcmp(outcome, "retry") == 0 ? SHOP_M_PICTURES_RETRY
                                                      : SHOP_M_PICTURES_FAILED,
                        1);
        shop_log(SHOP_LOG_WARN, job->name, "msg=\"no picture\" key=%s "
                 "outcome=%s detail=\"%s\"", params[0], outcome,
                 answer->text);
    }

    return shop_pg_number(&job->pg, &shop_media_done, params, NULL);
}
