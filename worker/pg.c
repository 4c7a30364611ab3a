#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pg.h"


#define SHOP_PG_CONNECT_TIMEOUT    5000
#define SHOP_PG_TIMEOUT            35000    /* above statement_timeout */
#define SHOP_PG_OPTIONS            "-c statement_timeout=30s"                 \
                                   " -c lock_timeout=10s"                    \
                                   " -c idle_in_transaction_session_timeout=60s"


static int shop_pg_connect(shop_pg_t *pg);
static int shop_pg_poll(PGconn *conn, short events, int64_t deadline);
static int shop_pg_prepare(shop_pg_t *pg, const shop_stmt_t *stmt,
    PGresult **res);
static int shop_pg_result(shop_pg_t *pg, PGresult **res);
static void shop_pg_notice(void *data, const PGresult *res);


void
shop_pg_init(shop_pg_t *pg, const shop_conf_t *conf, const char *part)
{
    memset(pg, 0, sizeof(*pg));

    pg->conf = conf;
    pg->part = part;
    pg->backoff.base = 100;
    pg->backoff.max = 5000;
}


int
shop_pg_open(shop_pg_t *pg)
{
    int64_t  now;

    if (pg->conn) {
        return SHOP_OK;
    }

    now = shop_now_ms();

    if (now < pg->next_try) {
        (void) shop_wait((int) (pg->next_try - now));
    }

    if (shop_stopping()) {
        return SHOP_DOWN;
    }

    if (shop_pg_connect(pg) != SHOP_OK) {
        pg->next_try = shop_now_ms() + shop_backoff_next(&pg->backoff);
        return SHOP_DOWN;
    }

    pg->backoff.tries = 0;

    return SHOP_OK;
}


int
shop_pg_exec(shop_pg_t *pg, const shop_stmt_t *stmt,
    const char *const *params, PGresult **res)
{
    int  rc;

    *res = NULL;

    rc = shop_pg_prepare(pg, stmt, res);
    if (rc != SHOP_OK) {
        return rc;
    }

    if (!PQsendQueryPrepared(pg->conn, stmt->name, stmt->nparams, params, NULL,
                             NULL, 0))
    {
        shop_pg_close(pg, "cannot send");
        return SHOP_DOWN;
    }

    return shop_pg_result(pg, res);
}


int
shop_pg_number(shop_pg_t *pg, const shop_stmt_t *stmt,
    const char *const *params, long long *n)
{
    int        rc;
    PGresult  *res;

    rc = shop_pg_exec(pg, stmt, params, &res);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(pg, stmt, res);
    }

    if (rc == SHOP_OK && n) {
        *n = PQntuples(res) ? strtoll(PQgetvalue(res, 0, 0), NULL, 10) : 0;
    }

    PQclear(res);

    return rc;
}


int
shop_pg_transient(const PGresult *res)
{
    size_t               i;
    const char          *state;
    static const char   *classes[] = {
        "08", "0A", "25", "40", "42", "53", "55", "57", "58", "XX"
    };

    state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    if (state == NULL) {
        return 1;
    }

    for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (strncmp(state, classes[i], 2) == 0) {
            return 1;
        }
    }

    return 0;
}


void
shop_pg_refused(shop_pg_t *pg, const shop_stmt_t *stmt, const PGresult *res)
{
    const char  *state, *message;

    state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

    /* data exceptions quote the value, and that may name somebody */

    if (state && strncmp(state, "22", 2) == 0) {
        message = "data exception";
    }

    shop_log(SHOP_LOG_ERROR, pg->part, "msg=\"pg: refused\" statement=%s "
             "sqlstate=%s detail=\"%s\"", stmt->name, state ? state : "",
             message ? message : "");
}


void
shop_pg_close(shop_pg_t *pg, const char *reason)
{
    if (pg->conn == NULL) {
        return;
    }

    shop_log(shop_stopping() ? SHOP_LOG_INFO : SHOP_LOG_WARN, pg->part,
             "msg=\"pg: closed\" reason=\"%s\"", reason);

    PQfinish(pg->conn);
    pg->conn = NULL;
    pg->nprepared = 0;
}


static int
shop_pg_connect(shop_pg_t *pg)
{
    int                        n;
    char                       name[64];
    short                      events;
    PGconn                    *conn;
    int64_t                    deadline;
    PostgresPollingStatusType  status;

    /* what the conninfo says comes last and wins */

    const char *const keys[] = {
        "fallback_application_name", "client_encoding", "options",
        "target_session_attrs", "keepalives_idle", "keepalives_interval",
        "keepalives_count", "tcp_user_timeout", "dbname", NULL
    };
    const char *const values[] = {
        name, "UTF8", SHOP_PG_OPTIONS,
        "read-write", "10", "5",
        "3", "20000", pg->conf->database, NULL
    };

    snprintf(name, sizeof(name), "shop-worker/%s", pg->part);
    deadline = shop_now_ms() + SHOP_PG_CONNECT_TIMEOUT;
    conn = PQconnectStartParams(keys, values, 1);
    if (conn == NULL) {
        return SHOP_DOWN;
    }

    status = PQstatus(conn) == CONNECTION_BAD ? PGRES_POLLING_FAILED
                                              : PGRES_POLLING_WRITING;

    while (status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING)
    {
        events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;

        n = shop_pg_poll(conn, events, deadline);
        if (n != SHOP_OK || shop_stopping()) {
            break;
        }

        status = PQconnectPoll(conn);
    }

    if (status != PGRES_POLLING_OK || PQsetnonblocking(conn, 1) == -1) {
        shop_log(SHOP_LOG_WARN, pg->part, "msg=\"pg: cannot connect\" "
                 "detail=\"%s\"", PQerrorMessage(conn));
        PQfinish(conn);
        return SHOP_DOWN;
    }

    PQsetNoticeReceiver(conn, shop_pg_notice, pg);
    pg->conn = conn;

    shop_log(SHOP_LOG_INFO, pg->part, "msg=\"pg: connected\"");

    return SHOP_OK;
}


static int
shop_pg_poll(PGconn *conn, short events, int64_t deadline)
{
    int            n;
    int64_t        left;
    struct pollfd  fd;

    for ( ;; ) {
        left = deadline - shop_now_ms();
        if (left <= 0) {
            return SHOP_DOWN;
        }

        fd.fd = PQsocket(conn);
        fd.events = events;

        if (fd.fd == -1) {
            return SHOP_DOWN;
        }

        n = poll(&fd, 1, (int) left);

        if (n > 0) {
            return SHOP_OK;
        }

        if (n == -1 && errno != EINTR) {
            return SHOP_DOWN;
        }
    }
}


static int
shop_pg_prepare(shop_pg_t *pg, const shop_stmt_t *stmt, PGresult **res)
{
    int  i, rc;

    if (pg->conn == NULL) {
        return SHOP_DOWN;
    }

    for (i = 0; i < pg->nprepared; i++) {
        if (pg->prepared[i] == stmt) {
            return SHOP_OK;
        }
    }

    if (pg->nprepared == SHOP_PG_STMTS) {
        shop_pg_close(pg, "too many statements");
        return SHOP_DOWN;
    }

    if (!PQsendPrepare(pg->conn, stmt->name, stmt->text, stmt->nparams, NULL))
    {
        shop_pg_close(pg, "cannot send");
        return SHOP_DOWN;
    }

    rc = shop_pg_result(pg, res);
    if (rc != SHOP_OK) {
        return rc;
    }

    PQclear(*res);
    *res = NULL;
    pg->prepared[pg->nprepared++] = stmt;

    return SHOP_OK;
}


/* Reads to the end of the statement; its first result is the one. */

static int
shop_pg_result(shop_pg_t *pg, PGresult **res)
{
    int        n;
    int64_t    deadline;
    PGresult  *r;

    deadline = shop_now_ms() + SHOP_PG_TIMEOUT;

    for ( ;; ) {
        n = PQflush(pg->conn);

        if (n == 0 && !PQisBusy(pg->conn)) {
            r = PQgetResult(pg->conn);
            if (r == NULL) {
                break;
            }

            if (*res) {
                PQclear(r);
            } else {
                *res = r;
            }

            continue;
        }

        if (n == -1
            || shop_pg_poll(pg->conn, n ? POLLIN|POLLOUT : POLLIN, deadline)
               != SHOP_OK
            || !PQconsumeInput(pg->conn))
        {
            goto lost;
        }
    }

    if (*res == NULL || PQstatus(pg->conn) == CONNECTION_BAD) {
        goto lost;
    }

    switch (PQresultStatus(*res)) {

    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
        return SHOP_OK;

    default:
        return SHOP_ERROR;
    }

lost:

    PQclear(*res);
    *res = NULL;
    shop_pg_close(pg, "connection lost or deadline passed");

    return SHOP_DOWN;
}


static void
shop_pg_notice(void *data, const PGresult *res)
{
    const char  *severity, *message;
    shop_pg_t   *pg = data;

    severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity == NULL || strcmp(severity, "WARNING") != 0) {
        return;
    }

    pg->warned = 1;
    message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    shop_log(SHOP_LOG_WARN, pg->part, "msg=\"pg: warning\" detail=\"%s\"",
             message ? message : "");
}
