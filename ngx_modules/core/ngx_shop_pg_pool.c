/*
 * The connections of a class and the queue before them.
 */

#include "ngx_shop_pg_conn.h"


#define NGX_SHOP_PG_READ_DEPTH    128
#define NGX_SHOP_PG_SLOW_TIMEOUT  60000     /* ms */


typedef struct {
    ngx_shop_pg_pool_t       *pools[NGX_SHOP_PG_CLASSES];
    ngx_shop_pg_pool_t       *replica;      /* reads; NULL without replicas */
} ngx_shop_pg_worker_t;


static ngx_shop_pg_pool_t *ngx_shop_pg_pool_create(ngx_cycle_t *cycle,
    const ngx_shop_pg_conf_t *conf, ngx_uint_t cls, const char *name,
    ngx_uint_t n, const ngx_shop_pg_target_t *target);
static void ngx_shop_pg_pool_role(ngx_shop_pg_pool_t *pool,
    const char *name, const char *options);
static const char *ngx_shop_pg_pool_options(ngx_cycle_t *cycle,
    ngx_shop_pg_pool_t *pool);
static ngx_int_t ngx_shop_pg_replicas(ngx_cycle_t *cycle,
    const ngx_shop_pg_conf_t *conf);
static ngx_shop_pg_conn_t *ngx_shop_pg_pool_pick(ngx_shop_pg_pool_t *pool);
static void ngx_shop_pg_pool_wake(ngx_shop_pg_pool_t *pool);
static ngx_uint_t ngx_shop_pg_pool_hopeful(ngx_shop_pg_pool_t *pool);
static void ngx_shop_pg_pool_turn(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_pool_lost(ngx_shop_pg_conn_t *c);
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

static void
ngx_shop_pg_pool_turn(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_pool_dispatch(c->owner);
}


static void
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


static ngx_shop_pg_pool_t *
ngx_shop_pg_pool_create(ngx_cycle_t *cycle, const ngx_shop_pg_conf_t *conf,
    ngx_uint_t cls, const char *name, ngx_uint_t n,
    const ngx_shop_pg_target_t *target)
{
    ngx_uint_t           i;
    const char          *options;
    ngx_shop_pg_conn_t  *c;
    ngx_shop_pg_pool_t  *pool;

    pool = ngx_pcalloc(cycle->pool, sizeof(ngx_shop_pg_pool_t));
    c = ngx_pcalloc(cycle->pool, n * sizeof(ngx_shop_pg_conn_t));
    if (pool == NULL || c == NULL) {
        return NULL;
    }

    ngx_queue_init(&pool->queue);
    pool->cls = cls;
    pool->n = n;
    pool->conns = c;
    pool->limit = conf->queue;
    pool->timeout = cls == NGX_SHOP_PG_SLOW
                    ? ngx_max(conf->timeout, NGX_SHOP_PG_SLOW_TIMEOUT)
                    : conf->timeout;

    options = ngx_shop_pg_pool_options(cycle, pool);
    if (options == NULL) {
        return NULL;
    }

    ngx_shop_pg_pool_role(pool, name, options);

    for (i = 0; i < n; i++) {
        c[i].role = &pool->role;
        c[i].target = target;
        c[i].owner = pool;
        c[i].ready = ngx_shop_pg_pool_turn;
        c[i].turn = ngx_shop_pg_pool_turn;
        c[i].lost = ngx_shop_pg_pool_lost;

        if (ngx_shop_pg_conn_init(&c[i], conf) != NGX_OK) {
            return NULL;
        }
    }

    return pool;
}


/* A write waits before the pipeline, not in it, so that none is behind one
   that waits for a lock while another connection is free. */

static void
ngx_shop_pg_pool_role(ngx_shop_pg_pool_t *pool, const char *name,
    const char *options)
{
    pool->role.name = name;
    pool->role.options = options;

    if (pool->cls == NGX_SHOP_PG_READ) {
        pool->role.attrs = "primary";
        pool->role.depth = NGX_SHOP_PG_READ_DEPTH;
        pool->role.group = 1;
        pool->retry = 1;
        return;
    }

    pool->role.attrs = "read-write";
    pool->role.depth = 1;
    pool->role.lazy = (pool->cls == NGX_SHOP_PG_SLOW);
}


static const char *
ngx_shop_pg_pool_options(ngx_cycle_t *cycle, ngx_shop_pg_pool_t *pool)
{
    u_char  *options;

    options = ngx_pcalloc(cycle->pool, 256);
    if (options == NULL) {
        return NULL;
    }

    if (pool->cls == NGX_SHOP_PG_READ) {
        ngx_sprintf(options, "-c default_transaction_read_only=on -c jit=off "
                    "-c statement_timeout=%M", pool->timeout);

    } else {
        ngx_sprintf(options, "-c jit=off -c statement_timeout=%M "
                    "-c lock_timeout=%M", pool->timeout,
                    ngx_max(pool->timeout / 2, 1));
    }

    return (char *) options;
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
