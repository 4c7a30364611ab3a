/*
 * The results of a connection in pipeline mode.
 *
 * They come in the order of the statements: for each its result and a NULL,
 * before them the same for a statement prepared on the way, and for each sync
 * one PGRES_PIPELINE_SYNC without a NULL.  A statement belongs to the sync
 * that follows it ("group" is the number of syncs before it), so that an error
 * raised by the sync itself, as of a deferred trigger, is told from the error
 * of the next statement.
 */

#include "ngx_shop_pg_conn.h"


static void ngx_shop_pg_conn_result(ngx_shop_pg_conn_t *c, PGresult *res);
static void ngx_shop_pg_conn_prepared(ngx_shop_pg_conn_t *c,
    ngx_shop_pg_query_t *q, PGresult *res);
static void ngx_shop_pg_conn_complete(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_conn_synced(ngx_shop_pg_conn_t *c);
static ngx_uint_t ngx_shop_pg_conn_how(ngx_shop_pg_conn_t *c,
    ngx_shop_pg_query_t *q);
static void ngx_shop_pg_conn_leave(ngx_shop_pg_conn_t *c,
    ngx_shop_pg_query_t *q);
static ngx_shop_pg_query_t *ngx_shop_pg_conn_head(ngx_shop_pg_conn_t *c);
static ngx_uint_t ngx_shop_pg_conn_fatal(const PGresult *res);
static void ngx_shop_pg_conn_notice(void *data, const PGresult *res);


void
ngx_shop_pg_conn_results(ngx_shop_pg_conn_t *c)
{
    PGresult    *res;
    ngx_uint_t   ends;

    ends = 0;

    while ((c->running || c->synced != c->syncs) && c->doomed == NULL) {

        if (PQisBusy(c->pg)) {
            return;
        }

        res = PQgetResult(c->pg);

        if (res) {
            ends = 0;

            if (c->timer.timer_set) {
                ngx_del_timer(&c->timer);
            }

            ngx_shop_pg_conn_result(c, res);
            continue;
        }

        if (ends++) {
            /* libpq has nothing to come, we have */
            ngx_shop_pg_conn_doom(c, PQstatus(c->pg) == CONNECTION_BAD
                                     ? "lost" : "out of step");
            return;
        }

        ngx_shop_pg_conn_complete(c);
    }
}


/* Owns res. */

static void
ngx_shop_pg_conn_result(ngx_shop_pg_conn_t *c, PGresult *res)
{
    ngx_shop_pg_query_t  *q;

    if (PQresultStatus(res) == PGRES_PIPELINE_SYNC) {
        PQclear(res);
        ngx_shop_pg_conn_synced(c);
        return;
    }

    if (ngx_shop_pg_conn_fatal(res)) {
        ngx_shop_pg_conn_notice(c, res);
        PQclear(res);
        ngx_shop_pg_conn_doom(c, "ended by the server");
        return;
    }

    q = ngx_shop_pg_conn_head(c);

    if (q == NULL) {
        /* the sync of reads failed, after all of them were answered */
        PQclear(res);

    } else if (q->preparing) {
        ngx_shop_pg_conn_prepared(c, q, res);

    } else if (q->res == NULL) {
        q->res = res;

    } else if (PQresultStatus(res) == PGRES_PIPELINE_ABORTED) {
        /* its preparation failed: that error is its answer */
        PQclear(res);

    } else {
        /* its sync failed, as by a deferred trigger: so did it */
        PQclear(q->res);
        q->res = res;
    }
}


static void
ngx_shop_pg_conn_prepared(ngx_shop_pg_conn_t *c, ngx_shop_pg_query_t *q,
    PGresult *res)
{
    switch (PQresultStatus(res)) {

    case PGRES_COMMAND_OK:
        c->prepared[q->stmt->index] = NGX_SHOP_PG_PREPARED;
        PQclear(res);
        return;

    case PGRES_PIPELINE_ABORTED:
        c->prepared[q->stmt->index] = NGX_SHOP_PG_ABSENT;
        PQclear(res);
        return;

    default:
        c->prepared[q->stmt->index] = NGX_SHOP_PG_ABSENT;
        q->res = res;
    }
}


/* A NULL: the end of a preparation, or of a statement. */

static void
ngx_shop_pg_conn_complete(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_conn_head(c);

    if (q == NULL) {
        return;
    }

    if (q->preparing) {
        q->preparing = 0;
        return;
    }

    if (q->res == NULL) {
        ngx_shop_pg_conn_doom(c, "out of step");
        return;
    }

    if (c->role->group) {
        ngx_shop_pg_conn_leave(c, q);
        return;
    }

    q->state = NGX_SHOP_PG_Q_EXECUTED;
}


static void
ngx_shop_pg_conn_synced(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_conn_head(c);

    c->synced++;

    if (q && q->state == NGX_SHOP_PG_Q_EXECUTED) {
        ngx_shop_pg_conn_leave(c, q);
    }
}


static ngx_uint_t
ngx_shop_pg_conn_how(ngx_shop_pg_conn_t *c, ngx_shop_pg_query_t *q)
{
    const char  *state, *function;

    if (PQresultStatus(q->res) == PGRES_PIPELINE_ABORTED) {
        return NGX_SHOP_PG_ABORTED;
    }

    if (PQresultStatus(q->res) != PGRES_FATAL_ERROR) {
        return NGX_SHOP_PG_ANSWERED;
    }

    state = ngx_shop_pg_sqlstate(q->res);

    if (ngx_strcmp(state, "26000") == 0) {
        c->prepared[q->stmt->index] = NGX_SHOP_PG_ABSENT;
        return NGX_SHOP_PG_UNPREPARED;
    }

    function = PQresultErrorField(q->res, PG_DIAG_SOURCE_FUNCTION);

    if (ngx_strcmp(state, "0A000") == 0 && function
        && ngx_strcmp(function, "RevalidateCachedQuery") == 0)
    {
        /* a migration changed the result's type: names of another epoch */
        c->epoch++;
        ngx_memzero(c->prepared, c->conf->stmts.nelts);
        return NGX_SHOP_PG_UNPREPARED;
    }

    return NGX_SHOP_PG_ANSWERED;
}


static void
ngx_shop_pg_conn_leave(ngx_shop_pg_conn_t *c, ngx_shop_pg_query_t *q)
{
    ngx_queue_remove(&q->queue);
    c->running--;
    ngx_shop_pg_end(q, ngx_shop_pg_conn_how(c, q));
}


/* The statement that the next result is of. */

static ngx_shop_pg_query_t *
ngx_shop_pg_conn_head(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_query_t  *q;

    if (ngx_queue_empty(&c->sent)) {
        return NULL;
    }

    q = ngx_queue_data(ngx_queue_head(&c->sent), ngx_shop_pg_query_t, queue);

    return q->group == c->synced ? q : NULL;
}


/* The session is over, as told by the server or made up by libpq. */

static ngx_uint_t
ngx_shop_pg_conn_fatal(const PGresult *res)
{
    const char  *severity;

    if (PQresultStatus(res) != PGRES_FATAL_ERROR) {
        return 0;
    }

    severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);

    return severity == NULL || ngx_strcmp(severity, "ERROR") != 0;
}


void
ngx_shop_pg_conn_hear(ngx_shop_pg_conn_t *c)
{
    PGnotify  *notify;

    while ((notify = PQnotifies(c->pg)) != NULL) {
        if (c->notify) {
            c->notify(c, notify->extra);
        }

        PQfreemem(notify);
    }
}


void
ngx_shop_pg_conn_notices(ngx_shop_pg_conn_t *c)
{
    (void) PQsetNoticeReceiver(c->pg, ngx_shop_pg_conn_notice, c);
}


static void
ngx_shop_pg_conn_notice(void *data, const PGresult *res)
{
    ngx_shop_pg_conn_t  *c = data;

    ngx_uint_t   level;
    const char  *severity, *message;

    severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
    message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    level = NGX_LOG_INFO;

    if (severity && ngx_strcmp(severity, "WARNING") == 0) {
        c->warned = 1;
        level = NGX_LOG_WARN;
    }

    ngx_log_error(level, ngx_cycle->log, 0, "pg: %s connection: %s: %s",
                  c->role->name, severity ? severity : "notice",
                  message ? message : "");
}


/* The first line of libpq's message; later failures of a row are quiet. */

void
ngx_shop_pg_conn_log(ngx_shop_pg_conn_t *c, const char *what)
{
    ngx_str_t   message;
    ngx_uint_t  level;

    level = c->failures ? NGX_LOG_INFO : NGX_LOG_ERR;

    message.data = (u_char *) (c->pg ? PQerrorMessage(c->pg) : "");
    message.len = strcspn((char *) message.data, "\n");

    ngx_log_error(level, ngx_cycle->log, 0, "pg: %s: %s: %V", c->role->name,
                  what, &message);
}
