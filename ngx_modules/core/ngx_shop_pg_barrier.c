/*
 * What makes an answer durable: a commit on a connection of its own flushes
 * the log beyond all commits before it (DATAPATH.md 1 to 5).
 */

#include "ngx_shop_pg_order.h"
#include "ngx_shop_zone.h"


#define NGX_SHOP_PG_FLUSH_ROUNDS   10    /* a half with, a half without */
#define NGX_SHOP_PG_FLUSH_GROUPED  200   /* us: above it grouping pays */


static void ngx_shop_pg_barrier_flush(ngx_shop_pg_batcher_t *b);
static ngx_int_t ngx_shop_pg_barrier_send(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_stmt_t *stmt, ngx_shop_pg_done_pt done);
static void ngx_shop_pg_barrier_done(ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_pg_barrier_counts(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit);
static void ngx_shop_pg_barrier_look_up(ngx_shop_pg_batcher_t *b,
    ngx_queue_t *units);
static void ngx_shop_pg_barrier_measured(ngx_shop_pg_query_t *q);
static void ngx_shop_pg_barrier_choose(ngx_shop_pg_batcher_t *b);
static uint64_t ngx_shop_pg_barrier_now(void);


ngx_int_t
ngx_shop_pg_barrier_stmts(ngx_conf_t *cf)
{
    ngx_shop_pg_conf_t  *conf;

    static ngx_str_t     barrier = ngx_string("select "
                           "pg_catalog.pg_logical_emit_message(true, '', '')");
    static ngx_str_t     noop = ngx_string("select "
                           "pg_catalog.pg_logical_emit_message(false, '', '')");

    conf = ngx_shop_pg_conf(cf);

    conf->barrier = ngx_shop_pg_stmt_add(cf, &barrier);
    conf->noop = ngx_shop_pg_stmt_add(cf, &noop);

    return conf->barrier && conf->noop ? NGX_OK : NGX_ERROR;
}


void
ngx_shop_pg_barrier_hold(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit)
{
    ngx_queue_insert_tail(&b->held, &unit->queue);

    ngx_shop_pg_barrier_flush(b);
}


void
ngx_shop_pg_barrier_void(ngx_shop_pg_batcher_t *b)
{
    ngx_shop_pg_barrier_look_up(b, &b->covered);
    ngx_shop_pg_barrier_look_up(b, &b->held);
}


/* One in flight; it covers what was placed before it is sent. */

static void
ngx_shop_pg_barrier_flush(ngx_shop_pg_batcher_t *b)
{
    if (b->flushing || ngx_queue_empty(&b->held)
        || b->barrier.state != NGX_SHOP_PG_READY)
    {
        return;
    }

    (void) ngx_shop_pg_conn_warned(&b->barrier);

    if (ngx_shop_pg_barrier_send(b, b->conf->barrier,
                                 ngx_shop_pg_barrier_done)
        != NGX_OK)
    {
        ngx_shop_pg_barrier_void(b);
        return;
    }

    ngx_queue_add(&b->covered, &b->held);
    ngx_queue_init(&b->held);

    b->flushing = 1;
    b->stats.barriers++;
}


static ngx_int_t
ngx_shop_pg_barrier_send(ngx_shop_pg_batcher_t *b, ngx_shop_pg_stmt_t *stmt,
    ngx_shop_pg_done_pt done)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = stmt;
    q->timeout = b->conf->timeout;
    q->done = done;
    q->data = b;
    q->log = ngx_cycle->log;

    return ngx_shop_pg_query_on(&b->barrier, q);
}


/* A barrier is never cancelled, so that a WARNING, which a cancelled wait for
   a standby leaves, means that nothing is known. */

static void
ngx_shop_pg_barrier_done(ngx_shop_pg_query_t *q)
{
    ngx_queue_t             covered, *e;
    ngx_shop_pg_unit_t     *unit;
    ngx_shop_pg_batcher_t  *b;

    b = q->data;
    b->flushing = 0;

    if (q->rc != NGX_SHOP_PG_OK || ngx_shop_pg_conn_warned(&b->barrier)) {
        if (q->rc != NGX_SHOP_PG_UNKNOWN) {
            ngx_shop_pg_conn_doom(&b->barrier, "a barrier failed");
        }

        ngx_shop_pg_barrier_void(b);
        ngx_shop_pg_batch_run(b);
        return;
    }

    ngx_queue_init(&covered);

    if (!ngx_queue_empty(&b->covered)) {
        ngx_queue_add(&covered, &b->covered);
        ngx_queue_init(&b->covered);
    }

    /* the next barrier is under way while these are answered */

    ngx_shop_pg_barrier_flush(b);

    while (!ngx_queue_empty(&covered)) {
        e = ngx_queue_head(&covered);
        ngx_queue_remove(e);
        unit = ngx_queue_data(e, ngx_shop_pg_unit_t, queue);

        if (ngx_shop_pg_barrier_counts(b, unit)) {
            ngx_shop_pg_unit_release(unit);

        } else {
            ngx_shop_pg_unit_look_up(b, unit);
            ngx_shop_pg_batch_run(b);
        }
    }
}


/* Rule 3: after a crash and a reconnect a barrier succeeds although the
   commit before it is gone. */

static ngx_uint_t
ngx_shop_pg_barrier_counts(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit)
{
    return unit->barrier == b->barrier.generation
           && unit->order == b->order.generation
           && b->order.state == NGX_SHOP_PG_READY
           && b->barrier.state == NGX_SHOP_PG_READY;
}


static void
ngx_shop_pg_barrier_look_up(ngx_shop_pg_batcher_t *b, ngx_queue_t *units)
{
    ngx_queue_t         *e;
    ngx_shop_pg_unit_t  *unit;

    while (!ngx_queue_empty(units)) {
        e = ngx_queue_head(units);
        ngx_queue_remove(e);
        unit = ngx_queue_data(e, ngx_shop_pg_unit_t, queue);
        ngx_shop_pg_unit_look_up(b, unit);
    }
}


void
ngx_shop_pg_barrier_measure(ngx_shop_pg_batcher_t *b)
{
    ngx_shop_pg_stmt_t  *stmt;

    if (b->round == 0) {
        b->fastest[0] = (ngx_uint_t) -1;
        b->fastest[1] = (ngx_uint_t) -1;
    }

    stmt = b->round % 2 ? b->conf->barrier : b->conf->noop;

    b->began = ngx_shop_pg_barrier_now();

    if (ngx_shop_pg_barrier_send(b, stmt, ngx_shop_pg_barrier_measured)
        != NGX_OK)
    {
        /* begun anew when it connects */
        b->round = 0;
    }
}


static void
ngx_shop_pg_barrier_measured(ngx_shop_pg_query_t *q)
{
    ngx_uint_t              took;
    ngx_shop_pg_batcher_t  *b;

    b = q->data;

    if (q->rc != NGX_SHOP_PG_OK) {
        b->round = 0;

        if (q->rc != NGX_SHOP_PG_UNKNOWN) {
            ngx_shop_pg_conn_doom(&b->barrier, "measuring failed");
        }

        return;
    }

    took = ngx_shop_pg_barrier_now() - b->began;
    b->fastest[b->round % 2] = ngx_min(b->fastest[b->round % 2], took);

    if (++b->round < NGX_SHOP_PG_FLUSH_ROUNDS) {
        ngx_shop_pg_barrier_measure(b);
        return;
    }

    ngx_shop_pg_barrier_choose(b);
}


/* The workers of a node agree: the first that has measured decides. */

static void
ngx_shop_pg_barrier_choose(ngx_shop_pg_batcher_t *b)
{
    ngx_uint_t  flush;

    flush = b->fastest[1] > b->fastest[0] ? b->fastest[1] - b->fastest[0] : 0;

    ngx_shop_zone_lock();

    if (b->shared->mode == 0) {
        b->shared->flush = flush;
        b->shared->mode = flush > NGX_SHOP_PG_FLUSH_GROUPED
                          ? NGX_SHOP_PG_COMMIT_GROUPED
                          : NGX_SHOP_PG_COMMIT_SINGLE;
    }

    ngx_shop_zone_unlock();

    b->mode = b->shared->mode;

    ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                  "pg: a flush takes %ui us, orders commit %s", flush,
                  b->mode == NGX_SHOP_PG_COMMIT_GROUPED ? "grouped" : "single");

    ngx_shop_pg_batch_open(b);
}


static uint64_t
ngx_shop_pg_barrier_now(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}
