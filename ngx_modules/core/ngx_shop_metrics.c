/*
 * Counters and gauges in shared memory.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_metrics_zone.h"


#define NGX_SHOP_METRICS_SPARE   (128 * 1024)   /* of the slab's own */
#define NGX_SHOP_METRICS_SAMPLE  5000    /* milliseconds */


static ngx_int_t ngx_shop_metrics_zone_init(ngx_shm_zone_t *zone, void *old);
static ngx_uint_t ngx_shop_metrics_route(ngx_shop_metrics_t *metrics,
    ngx_str_t *name);
static ngx_shop_metrics_shard_t *ngx_shop_metrics_shard(void);
static ngx_uint_t ngx_shop_metrics_status(ngx_uint_t status);
static void ngx_shop_metrics_sample(ngx_event_t *ev);


const uint16_t  ngx_shop_metrics_statuses[NGX_SHOP_METRICS_STATUSES] = {
    0, 200, 201, 202, 204, 206, 101, 301, 302, 303, 304, 307, 308,
    400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 414, 415, 422, 428,
    429, 431, 499, 500, 502, 503, 504
};

/* milliseconds, upper bounds; the last bucket is +Inf */

const uint16_t  ngx_shop_metrics_bounds[NGX_SHOP_METRICS_BUCKETS - 1] = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000
};


static ngx_shop_metrics_t  *ngx_shop_metrics;
static ngx_event_t          ngx_shop_metrics_event;


void
ngx_shop_metric_count(ngx_uint_t metric, ngx_uint_t n)
{
    ngx_shop_metrics_shard_t  *shard;

    if (ngx_shop_metrics) {
        shard = ngx_shop_metrics_shard();
        (void) ngx_atomic_fetch_add(&shard->counters[metric], n);
    }
}


void
ngx_shop_metric_request(ngx_uint_t route, ngx_uint_t status,
    ngx_msec_t duration)
{
    ngx_uint_t                  i;
    ngx_shop_metrics_counts_t  *counts;

    if (ngx_shop_metrics == NULL) {
        return;
    }

    counts = &ngx_shop_metrics_shard()->counts[route];

    for (i = 0; i < NGX_SHOP_METRICS_BUCKETS - 1; i++) {
        if (duration <= ngx_shop_metrics_bounds[i]) {
            break;
        }
    }

    (void) ngx_atomic_fetch_add(&counts->buckets[i], 1);
    (void) ngx_atomic_fetch_add(
                      &counts->statuses[ngx_shop_metrics_status(status)], 1);

    if (duration) {
        (void) ngx_atomic_fetch_add(&counts->sum, duration);
    }
}


static ngx_shop_metrics_shard_t *
ngx_shop_metrics_shard(void)
{
    return &ngx_shop_metrics->shards[ngx_worker % NGX_SHOP_METRICS_SHARDS];
}


static ngx_uint_t
ngx_shop_metrics_status(ngx_uint_t status)
{
    ngx_uint_t  i;

    for (i = 1; i < NGX_SHOP_METRICS_STATUSES; i++) {
        if (ngx_shop_metrics_statuses[i] == status) {
            return i;
        }
    }

    return 0;
}


ngx_int_t
ngx_shop_metrics_init(ngx_conf_t *cf, ngx_array_t *routes, void *tag)
{
    ngx_str_t        name = ngx_string("shop_metrics");
    ngx_shm_zone_t  *zone;

    zone = ngx_shared_memory_add(cf, &name, sizeof(ngx_shop_metrics_t)
                                            + NGX_SHOP_METRICS_SPARE, tag);
    if (zone == NULL) {
        return NGX_ERROR;
    }

    zone->init = ngx_shop_metrics_zone_init;
    zone->data = routes;

    return NGX_OK;
}


/* in the master, before workers are forked */

static ngx_int_t
ngx_shop_metrics_zone_init(ngx_shm_zone_t *zone, void *old)
{
    ngx_uint_t           i;
    ngx_str_t            other = ngx_string("other");
    ngx_array_t         *routes;
    ngx_slab_pool_t     *shpool;
    ngx_shop_route_t   **route;
    ngx_shop_metrics_t  *metrics;

    routes = zone->data;
    shpool = (ngx_slab_pool_t *) zone->shm.addr;
    metrics = shpool->data;

    if (metrics == NULL) {

        metrics = ngx_slab_calloc(shpool, sizeof(ngx_shop_metrics_t));
        if (metrics == NULL) {
            return NGX_ERROR;
        }

        shpool->data = metrics;
    }

    (void) old;

    ngx_shop_metrics = metrics;

    (void) ngx_shop_metrics_route(metrics, &other);

    route = routes->elts;

    for (i = 0; i < routes->nelts; i++) {
        route[i]->metric = ngx_shop_metrics_route(metrics, &route[i]->name);
    }

    return NGX_OK;
}


/* old workers still count while a reload adds routes: names are only added */

static ngx_uint_t
ngx_shop_metrics_route(ngx_shop_metrics_t *metrics, ngx_str_t *name)
{
    size_t                     len;
    ngx_uint_t                 i;
    ngx_shop_metrics_route_t  *slot;

    len = ngx_min(name->len, NGX_SHOP_METRICS_NAME);

    for (i = 0; i < metrics->nroutes; i++) {

        slot = &metrics->routes[i];

        if (slot->len == len && ngx_memcmp(slot->name, name->data, len) == 0)
        {
            return i;
        }
    }

    if (i == NGX_SHOP_METRICS_ROUTES) {
        return 0;
    }

    slot = &metrics->routes[i];
    ngx_memcpy(slot->name, name->data, len);
    slot->len = len;

    metrics->nroutes++;

    return i;
}


/* what a worker knows of its connections, for whoever is asked */

ngx_int_t
ngx_shop_metrics_init_process(ngx_cycle_t *cycle)
{
    if (ngx_shop_metrics == NULL
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    ngx_shop_metrics_event.handler = ngx_shop_metrics_sample;
    ngx_shop_metrics_event.log = cycle->log;
    ngx_shop_metrics_event.data = ngx_shop_metrics;
    ngx_shop_metrics_event.cancelable = 1;

    ngx_add_timer(&ngx_shop_metrics_event, NGX_SHOP_METRICS_SAMPLE);

    return NGX_OK;
}


static void
ngx_shop_metrics_sample(ngx_event_t *ev)
{
    ngx_shop_metrics_here(ngx_shop_metrics);

    ngx_add_timer(ev, NGX_SHOP_METRICS_SAMPLE);
}


ngx_shop_metrics_t *
ngx_shop_metrics_get(void)
{
    return ngx_shop_metrics;
}
