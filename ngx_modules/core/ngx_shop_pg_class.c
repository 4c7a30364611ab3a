/*
 * What the classes are: the settings of their sessions, how much is in a
 * pipeline, and what becomes of a statement whose connection is lost.
 */

#include "ngx_shop_pg_conn.h"


#define NGX_SHOP_PG_READ_DEPTH    128
#define NGX_SHOP_PG_SLOW_TIMEOUT  60000     /* ms */
#define NGX_SHOP_PG_OPTIONS       256


static void ngx_shop_pg_pool_role(ngx_shop_pg_pool_t *pool,
    const char *name, const char *options);
static const char *ngx_shop_pg_pool_options(ngx_cycle_t *cycle,
    ngx_shop_pg_pool_t *pool);


ngx_shop_pg_pool_t *
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

    options = ngx_pcalloc(cycle->pool, NGX_SHOP_PG_OPTIONS);
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
