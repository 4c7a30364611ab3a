/*
 * The connections of a class and the queue before them.
 */

#include "ngx_shop_pg_conn.h"


typedef struct {
    ngx_shop_pg_pool_t       *pools[NGX_SHOP_PG_CLASSES];
    ngx_shop_pg_pool_t       *replica;      /* reads; NULL without replicas */
} ngx_shop_pg_worker_t;


static ngx_int_t ngx_shop_pg_replicas(ngx_cycle_t *cycle,
    const ngx_shop_pg_conf_t *conf);
static ngx_shop_pg_conn_t *ngx_shop_pg_pool_pick(ngx_shop_pg_pool_t *pool);
static void ngx_shop_pg_pool_wake(ngx_shop_pg_pool_t *pool);
static ngx_uint_t ngx_shop_pg_pool_hopeful(ngx_shop_pg_pool_t *pool);
static void ngx_shop_pg_pool_give_up(ngx_shop_pg_pool_t *pool);
static void ngx_shop_pg_pool_close(ngx_shop_pg_pool_t *pool);
static void ngx_shop_pg_pool_count(ngx_shop_pg_pool_t *pool,
    ngx_shop_pg_stats_t *stats);


static ngx_shop_pg_worker_t  ngx_shop_pg_worker;


ngx_int_t
ngx_shop_pg_start(ngx_cycle_t *cycle, const ngx_shop_pg_conf_t *conf)
{
    ngx_uint_t            i;
    ngx_shop_pg_pool_t  **pools;

    pools = ngx_shop_pg_worker.pools;

    pools[NGX_SHOP_PG_READ] = ngx_shop_pg_pool_create(cycle, conf,
                            NGX_SHOP_PG_READ, "read",
                            conf->replicas.nelts ? 1 : conf->read,
                            conf->primary);
    pools[NGX_SHOP_PG_WRITE] = ngx_shop_pg_pool_create(cycle, conf,
                            NGX_SHOP_PG_WRITE, "write", conf->write,
                            conf->primary);
    pools[NGX_SHOP_PG_SLOW] = ngx_shop_pg_pool_create(cycle, conf,
                            NGX_SHOP_PG_SLOW, "slow", conf->slow,
                            conf->primary);

    if (pools[NGX_SHOP_PG_READ] == NULL || pools[NGX_SHOP_PG_WRITE] == NULL
        || pools[NGX_SHOP_PG_SLOW] == NULL
        || ngx_shop_pg_replicas(cycle, conf) != NGX_OK)
    {
        return NGX_ERROR;
    }

    for (i = 0; i < NGX_SHOP_PG_CLASSES; i++) {
        if (pools[i]) {
            ngx_shop_pg_pool_wake(pools[i]);
        }
    }

    if (ngx_shop_pg_worker.replica) {
        ngx_shop_pg_pool_wake(ngx_shop_pg_worker.replica);
    }

    return NGX_OK;
}


void
ngx_shop_pg_stop(void)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_SHOP_PG_CLASSES; i++) {
        ngx_shop_pg_pool_close(ngx_shop_pg_worker.pools[i]);
    }

    ngx_shop_pg_pool_close(ngx_shop_pg_worker.replica);
    ngx_memzero(&ngx_shop_pg_worker, sizeof(ngx_shop_pg_worker_t));
}


ngx_shop_pg_pool_t *
ngx_shop_pg_pool(ngx_uint_t cls, ngx_uint_t primary)
{
    ngx_shop_pg_pool_t  *pool;

    pool = ngx_shop_pg_worker.replica;

    if (cls == NGX_SHOP_PG_READ && !primary && pool
        && ngx_shop_pg_pool_hopeful(pool))
    {
        return pool;
    }

    pool = ngx_shop_pg_worker.pools[cls];

    if (pool && !ngx_shop_pg_pool_hopeful(pool)) {
        pool->stats.refused++;
        return NULL;
    }

    return pool;
}


void
ngx_shop_pg_pool_push(ngx_shop_pg_pool_t *pool, ngx_shop_pg_query_t *q,
    ngx_uint_t first)
{
    q->pool = pool;
    q->state = NGX_SHOP_PG_Q_QUEUED;
    pool->queued++;

    if (first) {
        ngx_queue_insert_head(&pool->queue, &q->queue);

    } else {
        ngx_queue_insert_tail(&pool->queue, &q->queue);
    }
}


void
ngx_shop_pg_pool_remove(ngx_shop_pg_query_t *q)
{
    ngx_shop_pg_pool_t  *pool;

    pool = q->pool;
    pool->queued--;
    ngx_queue_remove(&q->queue);
    q->state = NGX_SHOP_PG_Q_NEW;
}


void
ngx_shop_pg_pool_dispatch(ngx_shop_pg_pool_t *pool)
{
    ngx_shop_pg_conn_t   *c;
    ngx_shop_pg_query_t  *q;

    while (!ngx_queue_empty(&pool->queue)) {
        c = ngx_shop_pg_pool_pick(pool);

        if (c == NULL) {
            ngx_shop_pg_pool_wake(pool);
            return;
        }

        q = ngx_queue_data(ngx_queue_head(&pool->queue), ngx_shop_pg_query_t,
                           queue);
        ngx_shop_pg_pool_remove(q);

        if (ngx_shop_pg_conn_send(c, q) != NGX_OK) {
            ngx_shop_pg_pool_push(pool, q, 1);
            continue;
        }

        q->replica = c->target->replica;
        pool->stats.sent++;
    }
}


/* The least busy connection that has room. */

static ngx_shop_pg_conn_t *
ngx_shop_pg_pool_pick(ngx_shop_pg_pool_t *pool)
{
    ngx_uint_t           i;
    ngx_shop_pg_conn_t  *c, *best;

    best = NULL;

    for (i = 0; i < pool->n; i++) {
        c = &pool->conns[i];

        if (c->state != NGX_SHOP_PG_READY || c->doomed
            || c->running >= pool->role.depth
            || (best && best->running <= c->running))
        {
            continue;
        }

        /* a read is repeated if its connection turns out to be lost */

        if (!pool->role.group && ngx_shop_pg_conn_stale(c)) {
            continue;
        }

        best = c;
    }

    return best;
}


static void
ngx_shop_pg_pool_wake(ngx_shop_pg_pool_t *pool)
{
    ngx_uint_t  i, wanted;

    wanted = pool->role.lazy ? pool->queued : pool->n;

    for (i = 0; i < pool->n && wanted; i++) {
        if (pool->conns[i].state != NGX_SHOP_PG_READY) {
            ngx_shop_pg_conn_want(&pool->conns[i]);
            wanted--;
        }
    }
}


static ngx_uint_t
ngx_shop_pg_pool_hopeful(ngx_shop_pg_pool_t *pool)
{
    ngx_uint_t  i;

    for (i = 0; i < pool->n; i++) {
        if (ngx_shop_pg_conn_hopeful(&pool->conns[i])) {
            return 1;
        }
    }

    return 0;
}


/* Connected, or results were handled: there is room. */

void
ngx_shop_pg_pool_turn(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_pool_dispatch(c->owner);
}


void
ngx_shop_pg_pool_lost(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_pool_t  *pool;

    pool = c->owner;

    if (c->failures == 0) {
        pool->stats.lost++;
    }

    if (!ngx_shop_pg_pool_hopeful(pool)) {
        ngx_shop_pg_pool_give_up(pool);
        return;
    }

    ngx_shop_pg_pool_dispatch(pool);
}


/* Nothing that waits here will be sent soon: reads of a replica go to the
   primary, all else is answered at once. */

static void
ngx_shop_pg_pool_give_up(ngx_shop_pg_pool_t *pool)
{
    ngx_queue_t           given, *e;
    ngx_shop_pg_pool_t   *other;
    ngx_shop_pg_query_t  *q;

    if (ngx_queue_empty(&pool->queue)) {
        return;
    }

    other = NULL;

    if (pool == ngx_shop_pg_worker.replica) {
        other = ngx_shop_pg_pool(NGX_SHOP_PG_READ, 1);
    }

    ngx_queue_init(&given);
    ngx_queue_add(&given, &pool->queue);
    ngx_queue_init(&pool->queue);

    while (!ngx_queue_empty(&given)) {
        e = ngx_queue_head(&given);
        q = ngx_queue_data(e, ngx_shop_pg_query_t, queue);
        ngx_shop_pg_pool_remove(q);

        if (other) {
            ngx_shop_pg_pool_push(other, q, 0);
            continue;
        }

        pool->stats.refused++;
        ngx_shop_pg_finish(q, NGX_SHOP_PG_DOWN);
    }

    if (other) {
        ngx_shop_pg_pool_dispatch(other);
    }
}


/* The connections of all replicas are one pool. */

static ngx_int_t
ngx_shop_pg_replicas(ngx_cycle_t *cycle, const ngx_shop_pg_conf_t *conf)
{
    ngx_uint_t              i, n;
    ngx_shop_pg_pool_t     *pool;
    ngx_shop_pg_target_t  **targets;

    n = conf->replicas.nelts;

    if (n == 0) {
        return NGX_OK;
    }

    targets = conf->replicas.elts;

    pool = ngx_shop_pg_pool_create(cycle, conf, NGX_SHOP_PG_READ, "replica",
                                   n * conf->read, targets[0]);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < pool->n; i++) {
        pool->conns[i].target = targets[i % n];
    }

    ngx_shop_pg_worker.replica = pool;

    return NGX_OK;
}


static void
ngx_shop_pg_pool_close(ngx_shop_pg_pool_t *pool)
{
    ngx_uint_t  i;

    for (i = 0; pool && i < pool->n; i++) {
        ngx_shop_pg_conn_exit(&pool->conns[i]);
    }
}


ngx_uint_t
ngx_shop_pg_up(ngx_uint_t cls)
{
    ngx_shop_pg_stats_t  stats;

    ngx_shop_pg_stats(cls, &stats);

    return stats.connections != 0;
}


void
ngx_shop_pg_stats(ngx_uint_t cls, ngx_shop_pg_stats_t *stats)
{
    ngx_memzero(stats, sizeof(ngx_shop_pg_stats_t));

    ngx_shop_pg_pool_count(ngx_shop_pg_worker.pools[cls], stats);

    if (cls == NGX_SHOP_PG_READ) {
        ngx_shop_pg_pool_count(ngx_shop_pg_worker.replica, stats);
    }

    if (cls == NGX_SHOP_PG_ORDER) {
        ngx_shop_pg_batch_count(stats);
    }
}


static void
ngx_shop_pg_pool_count(ngx_shop_pg_pool_t *pool, ngx_shop_pg_stats_t *stats)
{
    ngx_uint_t  i;

    if (pool == NULL) {
        return;
    }

    for (i = 0; i < pool->n; i++) {
        stats->running += pool->conns[i].running;
        stats->connections += (pool->conns[i].state == NGX_SHOP_PG_READY);
    }

    stats->queued += pool->queued;
    stats->sent += pool->stats.sent;
    stats->errors += pool->stats.errors;
    stats->retries += pool->stats.retries;
    stats->refused += pool->stats.refused;
    stats->timeouts += pool->stats.timeouts;
    stats->lost += pool->stats.lost;
}
