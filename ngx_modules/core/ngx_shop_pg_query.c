/*
 * The life of a query: queued, sent, executed, done.  It is on one list at a
 * time, and done() is called once, or never after a detach.
 */

#include "ngx_shop_pg_conn.h"


#define NGX_SHOP_PG_CHUNK    32      /* queries allocated at once */
#define NGX_SHOP_PG_REPEATS  2       /* of a statement rolled back by chance */


static void ngx_shop_pg_expired(ngx_shop_wheel_node_t *node);
static void ngx_shop_pg_answered(ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_pg_by_chance(ngx_shop_pg_query_t *q);
static void ngx_shop_pg_again(ngx_shop_pg_query_t *q, ngx_uint_t alone);
static void ngx_shop_pg_clear(void *data);


static ngx_queue_t  ngx_shop_pg_spare;
static ngx_uint_t   ngx_shop_pg_spare_ready;


ngx_shop_pg_query_t *
ngx_shop_pg_alloc(void)
{
    ngx_uint_t            i;
    ngx_queue_t          *e;
    ngx_shop_pg_query_t  *q;

    if (!ngx_shop_pg_spare_ready) {
        ngx_queue_init(&ngx_shop_pg_spare);
        ngx_shop_pg_spare_ready = 1;
    }

    if (ngx_queue_empty(&ngx_shop_pg_spare)) {
        q = ngx_alloc(NGX_SHOP_PG_CHUNK * sizeof(ngx_shop_pg_query_t),
                      ngx_cycle->log);
        if (q == NULL) {
            return NULL;
        }

        for (i = 0; i < NGX_SHOP_PG_CHUNK; i++) {
            ngx_queue_insert_tail(&ngx_shop_pg_spare, &q[i].queue);
        }
    }

    e = ngx_queue_head(&ngx_shop_pg_spare);
    ngx_queue_remove(e);

    q = ngx_queue_data(e, ngx_shop_pg_query_t, queue);
    ngx_memzero(q, sizeof(ngx_shop_pg_query_t));

    return q;
}


void
ngx_shop_pg_free(ngx_shop_pg_query_t *q)
{
    if (q->res) {
        PQclear(q->res);
        q->res = NULL;
    }

    ngx_shop_wheel_del(&q->deadline);
    ngx_queue_insert_head(&ngx_shop_pg_spare, &q->queue);
}


ngx_int_t
ngx_shop_pg_query(ngx_shop_pg_query_t *q, ngx_uint_t cls)
{
    ngx_shop_pg_pool_t  *pool;

    pool = ngx_shop_pg_pool(cls, q->primary);

    if (pool == NULL) {
        ngx_shop_pg_free(q);
        return NGX_DECLINED;
    }

    if (pool->queued >= pool->limit) {
        pool->stats.refused++;
        ngx_shop_pg_free(q);
        return NGX_DECLINED;
    }

    ngx_shop_wheel_add(&q->deadline, ngx_current_msec
                       + (q->timeout ? q->timeout : pool->timeout),
                       ngx_shop_pg_expired);

    ngx_shop_pg_pool_push(pool, q, 0);
    ngx_shop_pg_pool_dispatch(pool);

    return NGX_OK;
}


ngx_int_t
ngx_shop_pg_query_on(ngx_shop_pg_conn_t *c, ngx_shop_pg_query_t *q)
{
    if (c->state != NGX_SHOP_PG_READY || c->doomed
        || ngx_shop_pg_conn_send(c, q) != NGX_OK)
    {
        ngx_shop_pg_free(q);
        return NGX_DECLINED;
    }

    if (q->timeout) {
        ngx_shop_wheel_add(&q->deadline, ngx_current_msec + q->timeout,
                           ngx_shop_pg_expired);
    }

    return NGX_OK;
}


void
ngx_shop_pg_detach(ngx_shop_pg_query_t *q)
{
    switch (q->state) {

    case NGX_SHOP_PG_Q_NEW:
        ngx_shop_pg_free(q);
        return;

    case NGX_SHOP_PG_Q_QUEUED:
        ngx_shop_pg_pool_remove(q);
        ngx_shop_pg_free(q);
        return;

    case NGX_SHOP_PG_Q_DONE:
        return;

    default:
        ngx_shop_wheel_del(&q->deadline);
        q->detached = 1;
        q->params = NULL;
        q->log = ngx_cycle->log;
    }
}


PGresult *
ngx_shop_pg_take(ngx_shop_pg_query_t *q, ngx_pool_t *pool)
{
    PGresult            *res;
    ngx_pool_cleanup_t  *cln;

    res = q->res;

    if (res == NULL) {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    cln->handler = ngx_shop_pg_clear;
    cln->data = res;
    q->res = NULL;

    return res;
}


const char *
ngx_shop_pg_sqlstate(const PGresult *res)
{
    const char  *state;

    state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

    return state ? state : "";
}


void
ngx_shop_pg_end(ngx_shop_pg_query_t *q, ngx_uint_t how)
{
    ngx_shop_pg_pool_t  *pool;

    if (q->detached) {
        ngx_shop_pg_free(q);
        return;
    }

    pool = q->pool;

    switch (how) {

    case NGX_SHOP_PG_ANSWERED:
        ngx_shop_pg_answered(q);
        return;

    case NGX_SHOP_PG_ABORTED:
    case NGX_SHOP_PG_UNPREPARED:
        if (pool && q->tries <= NGX_SHOP_PG_REPEATS) {
            ngx_shop_pg_again(q, 1);
            return;
        }

        PQclear(q->res);
        q->res = NULL;
        ngx_shop_pg_finish(q, NGX_SHOP_PG_DOWN);
        return;

    default: /* NGX_SHOP_PG_LOST */
        if (pool && pool->retry && q->tries == 0) {
            ngx_shop_pg_again(q, 1);
            return;
        }

        if (q->res && PQresultStatus(q->res) == PGRES_FATAL_ERROR) {
            /* rolled back before the connection was lost */
            ngx_shop_pg_finish(q, NGX_SHOP_PG_ERROR);
            return;
        }

        if (q->res) {
            PQclear(q->res);
            q->res = NULL;
        }

        ngx_shop_pg_finish(q, NGX_SHOP_PG_UNKNOWN);
    }
}


void
ngx_shop_pg_finish(ngx_shop_pg_query_t *q, ngx_uint_t rc)
{
    ngx_shop_wheel_del(&q->deadline);

    q->state = NGX_SHOP_PG_Q_DONE;
    q->rc = rc;
    q->done(q);

    ngx_shop_pg_free(q);
}


static void
ngx_shop_pg_answered(ngx_shop_pg_query_t *q)
{
    ngx_shop_pg_pool_t  *pool;

    pool = q->pool;

    switch (PQresultStatus(q->res)) {

    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
        ngx_shop_pg_finish(q, NGX_SHOP_PG_OK);
        return;

    default:
        break;
    }

    if (pool) {
        pool->stats.errors++;

        if (q->tries < NGX_SHOP_PG_REPEATS && ngx_shop_pg_by_chance(q)) {
            ngx_shop_pg_again(q, 1);
            return;
        }
    }

    ngx_shop_pg_finish(q, NGX_SHOP_PG_ERROR);
}


/* Rolled back for a reason that the next attempt may not meet. */

static ngx_uint_t
ngx_shop_pg_by_chance(ngx_shop_pg_query_t *q)
{
    const char          *state;
    ngx_shop_pg_pool_t  *pool;

    pool = q->pool;
    state = ngx_shop_pg_sqlstate(q->res);

    if (ngx_strcmp(state, "25006") == 0 && pool->cls != NGX_SHOP_PG_READ) {
        /* the primary became a standby under an open connection */
        ngx_shop_pg_conn_doom(q->conn, "read only");
        return 1;
    }

    /* serialization_failure, deadlock_detected */

    return ngx_strcmp(state, "40001") == 0 || ngx_strcmp(state, "40P01") == 0;
}


/* The deadline stays as it was. */

static void
ngx_shop_pg_again(ngx_shop_pg_query_t *q, ngx_uint_t alone)
{
    ngx_shop_pg_pool_t  *pool;

    if (q->res) {
        PQclear(q->res);
        q->res = NULL;
    }

    pool = q->pool;
    pool->stats.retries++;

    q->tries++;
    q->alone = alone;
    q->conn = NULL;

    ngx_shop_pg_pool_push(pool, q, 1);
}


/* A query in flight stays on its connection without its caller, whose answer
   it no longer is: what it did is not known. */

static void
ngx_shop_pg_expired(ngx_shop_wheel_node_t *node)
{
    PGresult             *res;
    ngx_shop_pg_pool_t   *pool;
    ngx_shop_pg_query_t  *q;

    q = ngx_queue_data(node, ngx_shop_pg_query_t, deadline);
    pool = q->pool;

    if (pool) {
        pool->stats.timeouts++;
    }

    if (q->state == NGX_SHOP_PG_Q_QUEUED) {
        ngx_shop_pg_pool_remove(q);
        ngx_shop_pg_finish(q, NGX_SHOP_PG_DOWN);
        return;
    }

    ngx_shop_pg_conn_stalled(q->conn);

    res = q->res;
    q->res = NULL;
    q->detached = 1;
    q->rc = NGX_SHOP_PG_TIMEOUT;

    q->done(q);

    q->res = res;
    q->params = NULL;
    q->log = ngx_cycle->log;
}


static void
ngx_shop_pg_clear(void *data)
{
    PQclear(data);
}
