/*
 * Counters and gauges in shared memory.  They survive a reload; a place once
 * given to a route or a worker keeps its meaning.
 */

#ifndef _NGX_SHOP_METRICS_H_INCLUDED_
#define _NGX_SHOP_METRICS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


/* events that any part of the module may count */
typedef enum {
    NGX_SHOP_METRIC_CACHE_HIT = 0,
    NGX_SHOP_METRIC_CACHE_MISS,
    NGX_SHOP_METRIC_CACHE_STALE,
    NGX_SHOP_METRIC_CACHE_JOINED,
    NGX_SHOP_METRIC_SQL,
    NGX_SHOP_METRIC_REDIS,
    NGX_SHOP_METRIC_COUNTERS
} ngx_shop_metric_e;


/* Counts an event; does nothing before the zone is there. */
void ngx_shop_metric_count(ngx_uint_t metric, ngx_uint_t n);

/* Counts a request of a route (0: none) by status and duration. */
void ngx_shop_metric_request(ngx_uint_t route, ngx_uint_t status,
    ngx_msec_t duration);

/* The Prometheus text (0.0.4) in the pool; NGX_ERROR: no memory. */
ngx_int_t ngx_shop_metrics_text(ngx_pool_t *pool, ngx_str_t *out);

/* The zone, while the configuration is read, and its upkeep in a worker. */
ngx_int_t ngx_shop_metrics_init(ngx_conf_t *cf, ngx_array_t *routes,
    void *tag);
ngx_int_t ngx_shop_metrics_init_process(ngx_cycle_t *cycle);


#endif /* _NGX_SHOP_METRICS_H_INCLUDED_ */
