/*
 * The batcher: what waits, and when the next batch begins.
 */

#include <ngx_http.h>
#include "ngx_shop_pg_order.h"
#include "ngx_shop_zone.h"


#define NGX_SHOP_PG_SLOT_POLL  2         /* ms, if nobody wakes it */


static void ngx_shop_pg_batch_handler(ngx_event_t *ev);
static ngx_shop_pg_unit_t *ngx_shop_pg_batch_next(ngx_shop_pg_batcher_t *b);
static ngx_int_t ngx_shop_pg_batch_slot(ngx_shop_pg_batcher_t *b);
static void ngx_shop_pg_batch_turn(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_batch_ready(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_batch_lost(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_batch_roles(ngx_shop_pg_batcher_t *b);


static ngx_shop_zone_part_t    ngx_shop_pg_orders_part = {
    "orders", sizeof(ngx_shop_pg_orders_t)
};

static ngx_shop_pg_batcher_t  *ngx_shop_pg_worker_batcher;


ngx_int_t
ngx_shop_pg_batch_init(ngx_conf_t *cf, ngx_str_t *place, ngx_str_t *find)
{
    ngx_shop_pg_conf_t  *conf;

    conf = ngx_shop_pg_conf(cf);

    conf->place = ngx_shop_pg_stmt_add(cf, place);
    conf->find = ngx_shop_pg_stmt_add(cf, find);

    if (conf->place == NULL || conf->find == NULL
        || ngx_shop_pg_barrier_stmts(cf) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_zone_add(cf, &ngx_shop_pg_orders_part);
}


void
ngx_shop_pg_batch_stats(ngx_shop_pg_batch_stats_t *stats)
{
    ngx_queue_t            *e;
    ngx_shop_pg_batcher_t  *b;

    ngx_memzero(stats, sizeof(ngx_shop_pg_batch_stats_t));

    b = ngx_shop_pg_worker_batcher;

    if (b == NULL) {
        return;
    }

    *stats = b->stats;
    stats->grouped = (b->mode == NGX_SHOP_PG_COMMIT_GROUPED);
    stats->flush = b->shared->flush;

    for (e = ngx_queue_head(&b->held); e != ngx_queue_sentinel(&b->held);
         e = ngx_queue_next(e))
    {
        stats->held++;
    }
}


void
ngx_shop_pg_batch_count(ngx_shop_pg_stats_t *stats)
{
    ngx_shop_pg_batcher_t  *b;

    b = ngx_shop_pg_worker_batcher;

    if (b == NULL) {
        return;
    }

    stats->connections = (b->order.state == NGX_SHOP_PG_READY)
                         + (b->barrier.state == NGX_SHOP_PG_READY);
    stats->queued = b->stats.waiting;
    stats->running = b->order.running + b->barrier.running;
    stats->sent = b->stats.batches + b->stats.barriers + b->stats.lookups;
    stats->retries = b->stats.repeats;
    stats->lost = b->stats.lost;
}


ngx_shop_pg_batcher_t *
ngx_shop_pg_batcher(void)
{
    return ngx_shop_pg_worker_batcher;
}


void
ngx_shop_pg_batch_run(ngx_shop_pg_batcher_t *b)
{
    if (!b->run.posted) {
        ngx_post_event(&b->run, &ngx_posted_events);
    }
}


/* One batch in flight a worker, and so many a node as there are slots.  Look-
   ups place nothing and need no slot. */

static void
ngx_shop_pg_batch_handler(ngx_event_t *ev)
{
    ngx_shop_pg_unit_t     *unit;
    ngx_shop_pg_batcher_t  *b;

    b = ev->data;

    while (b->placing == NULL
           && b->order.state == NGX_SHOP_PG_READY
           && b->barrier.state == NGX_SHOP_PG_READY)
    {
        unit = ngx_shop_pg_batch_next(b);

        if (unit == NULL) {
            return;
        }

        if (ngx_shop_pg_unit_prune(unit) == 0) {
            continue;
        }

        if (ngx_shop_pg_place(b, unit) != NGX_OK) {
            ngx_shop_pg_batch_unslot(b);
            return;
        }
    }
}


static ngx_shop_pg_unit_t *
ngx_shop_pg_batch_next(ngx_shop_pg_batcher_t *b)
{
    ngx_queue_t         *e;
    ngx_shop_pg_unit_t  *unit;

    if (!ngx_queue_empty(&b->todo)) {
        e = ngx_queue_head(&b->todo);
        unit = ngx_queue_data(e, ngx_shop_pg_unit_t, queue);

        if (!unit->lookup && ngx_shop_pg_batch_slot(b) != NGX_OK) {
            return NULL;
        }

        ngx_queue_remove(e);

        return unit;
    }

    if (ngx_queue_empty(&b->waiting)) {
        if (b->slot || b->poll.timer_set) {
            ngx_shop_pg_batch_unslot(b);
        }

        return NULL;
    }

    if (ngx_shop_pg_batch_slot(b) != NGX_OK) {
        return NULL;
    }

    return ngx_shop_pg_unit_form(b, b->conf->batch);
}


static ngx_int_t
ngx_shop_pg_batch_slot(ngx_shop_pg_batcher_t *b)
{
    if (b->slot) {
        return NGX_OK;
    }

    if (ngx_shop_slot_take(&b->shared->slots, b->conf->slots,
                           2 * b->conf->timeout)
        == NGX_OK)
    {
        b->slot = 1;
        return NGX_OK;
    }

    if (!b->poll.timer_set) {
        ngx_add_timer(&b->poll, NGX_SHOP_PG_SLOT_POLL);
    }

    return NGX_AGAIN;
}


void
ngx_shop_pg_batch_unslot(ngx_shop_pg_batcher_t *b)
{
    ngx_int_t  next;

    b->slot = 0;
    next = ngx_shop_slot_leave(&b->shared->slots);

    if (next != NGX_DECLINED) {
        ngx_shop_pg_wake(b->conf, next);
    }

    if (b->poll.timer_set) {
        ngx_del_timer(&b->poll);
    }
}


ngx_uint_t
ngx_shop_pg_batch_hopeful(ngx_shop_pg_batcher_t *b)
{
    return ngx_shop_pg_conn_hopeful(&b->order)
           && ngx_shop_pg_conn_hopeful(&b->barrier);
}


/* Something was read on a connection that seemed stale. */

static void
ngx_shop_pg_batch_turn(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_batcher_t  *b;

    b = c->owner;

    if (!ngx_queue_empty(&b->todo) || !ngx_queue_empty(&b->waiting)) {
        ngx_shop_pg_batch_run(b);
    }
}


static void
ngx_shop_pg_batch_ready(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_batcher_t  *b;

    b = c->owner;

    if (c == &b->barrier && b->mode == 0) {
        ngx_shop_pg_barrier_measure(b);
        return;
    }

    ngx_shop_pg_batch_run(b);
}


/* What was in flight has ended as lost before. */

static void
ngx_shop_pg_batch_lost(ngx_shop_pg_conn_t *c)
{
    ngx_queue_t             given, *e;
    ngx_shop_pg_item_t     *item;
    ngx_shop_pg_batcher_t  *b;

    b = c->owner;

    if (c->failures == 0) {
        b->stats.lost++;
    }

    ngx_shop_pg_barrier_void(b);

    if (ngx_shop_pg_batch_hopeful(b)) {
        return;
    }

    if (b->placing == NULL) {
        ngx_shop_pg_batch_unslot(b);
    }

    if (ngx_queue_empty(&b->waiting)) {
        return;
    }

    ngx_queue_init(&given);
    ngx_queue_add(&given, &b->waiting);
    ngx_queue_init(&b->waiting);

    while (!ngx_queue_empty(&given)) {
        e = ngx_queue_head(&given);
        ngx_queue_remove(e);
        b->stats.waiting--;
        item = ngx_queue_data(e, ngx_shop_pg_item_t, queue);
        ngx_shop_pg_item_finish(item, NGX_SHOP_PG_DOWN, NULL, 0);
    }
}


ngx_int_t
ngx_shop_pg_batch_start(ngx_cycle_t *cycle, const ngx_shop_pg_conf_t *conf)
{
    ngx_shop_pg_batcher_t  *b;

    b = ngx_pcalloc(cycle->pool, sizeof(ngx_shop_pg_batcher_t));
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->conf = conf;
    b->shared = ngx_shop_zone_open(cycle, &ngx_shop_pg_orders_part);

    b->index = ngx_palloc(cycle->pool,
                          conf->batch * sizeof(ngx_shop_pg_item_t *));

    if (b->shared == NULL || b->index == NULL) {
        return NGX_ERROR;
    }

    ngx_shop_pg_batch_roles(b);

    ngx_queue_init(&b->waiting);
    ngx_queue_init(&b->todo);
    ngx_queue_init(&b->held);
    ngx_queue_init(&b->covered);

    b->run.handler = ngx_shop_pg_batch_handler;
    b->run.data = b;
    b->run.log = cycle->log;

    b->poll.handler = ngx_shop_pg_batch_handler;
    b->poll.data = b;
    b->poll.log = cycle->log;
    b->poll.cancelable = 1;

    if (ngx_shop_pg_conn_init(&b->order, conf) != NGX_OK
        || ngx_shop_pg_conn_init(&b->barrier, conf) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_shop_pg_wake_start(conf, &b->run) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_shop_pg_worker_batcher = b;
    b->mode = conf->commit ? conf->commit : b->shared->mode;

    if (b->mode) {
        ngx_shop_pg_batch_open(b);
    }

    ngx_shop_pg_conn_want(&b->barrier);

    return NGX_OK;
}


void
ngx_shop_pg_batch_open(ngx_shop_pg_batcher_t *b)
{
    ngx_snprintf(b->options, NGX_SHOP_PG_BATCH_OPTIONS,
                 "-c jit=off -c statement_timeout=%M -c lock_timeout=%M "
                 "-c synchronous_commit=%s%Z", b->conf->timeout,
                 b->conf->timeout / 2,
                 b->mode == NGX_SHOP_PG_COMMIT_GROUPED ? "off" : "on");

    ngx_shop_pg_conn_want(&b->order);
}


void
ngx_shop_pg_batch_stop(void)
{
    ngx_shop_pg_batcher_t  *b;

    b = ngx_shop_pg_worker_batcher;

    if (b == NULL) {
        return;
    }

    ngx_shop_pg_batch_unslot(b);
    ngx_shop_pg_wake_stop();
    ngx_shop_pg_conn_exit(&b->order);
    ngx_shop_pg_conn_exit(&b->barrier);
    ngx_shop_pg_worker_batcher = NULL;
}


static void
ngx_shop_pg_batch_roles(ngx_shop_pg_batcher_t *b)
{
    b->order_role.name = "order";
    b->order_role.options = (char *) b->options;
    b->order_role.attrs = "read-write";
    b->order_role.depth = 1;

    b->barrier_role.name = "barrier";
    b->barrier_role.options = "-c synchronous_commit=on "
                              "-c statement_timeout=0";
    b->barrier_role.attrs = "read-write";
    b->barrier_role.depth = 1;

    b->order.role = &b->order_role;
    b->barrier.role = &b->barrier_role;

    b->order.target = b->conf->primary;
    b->barrier.target = b->conf->primary;
    b->order.owner = b;
    b->barrier.owner = b;
    b->order.ready = ngx_shop_pg_batch_ready;
    b->barrier.ready = ngx_shop_pg_batch_ready;
    b->order.turn = ngx_shop_pg_batch_turn;
    b->order.lost = ngx_shop_pg_batch_lost;
    b->barrier.lost = ngx_shop_pg_batch_lost;
}
