/*
 * The layout of the metrics' zone, for the files that write and print it.
 */

#ifndef _NGX_SHOP_METRICS_ZONE_H_INCLUDED_
#define _NGX_SHOP_METRICS_ZONE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_metrics.h"
#include "ngx_shop_kafka.h"
#include "ngx_shop_pg.h"
#include "ngx_shop_pg_batch.h"


#define NGX_SHOP_METRICS_ROUTES    512
#define NGX_SHOP_METRICS_NAME      104
#define NGX_SHOP_METRICS_STATUSES  34
#define NGX_SHOP_METRICS_BUCKETS   13
#define NGX_SHOP_METRICS_WORKERS   128
#define NGX_SHOP_METRICS_SHARDS    8


typedef struct {
    ngx_uint_t               len;
    u_char                   name[NGX_SHOP_METRICS_NAME];
} ngx_shop_metrics_route_t;

typedef struct {
    ngx_atomic_t             statuses[NGX_SHOP_METRICS_STATUSES];
    ngx_atomic_t             buckets[NGX_SHOP_METRICS_BUCKETS];
    ngx_atomic_t             sum;        /* milliseconds */
} ngx_shop_metrics_counts_t;

/* of the workers of one number, modulo: a line of memory that two processors
   write is dear; what is told is the sum of all */
typedef struct {
    ngx_atomic_t               counters[NGX_SHOP_METRIC_COUNTERS];
    ngx_shop_metrics_counts_t  counts[NGX_SHOP_METRICS_ROUTES];
    u_char                     apart[64];
} ngx_shop_metrics_shard_t;

/* written by its worker only; one generation of workers takes over from the
   other, so counters are those of the present processes */
typedef struct {
    ngx_pid_t                pid;
    ngx_shop_pg_stats_t      pg[NGX_SHOP_PG_CLASSES];
    ngx_shop_pg_batch_stats_t orders;
    ngx_uint_t               redis_up;
    ngx_uint_t               kafka_up;
    ngx_shop_kafka_stats_t   kafka;
} ngx_shop_metrics_worker_t;

typedef struct {
    ngx_uint_t                 nroutes;
    ngx_shop_metrics_route_t   routes[NGX_SHOP_METRICS_ROUTES];
    ngx_shop_metrics_worker_t  workers[NGX_SHOP_METRICS_WORKERS];
    ngx_shop_metrics_shard_t   shards[NGX_SHOP_METRICS_SHARDS];
} ngx_shop_metrics_t;


extern const uint16_t
    ngx_shop_metrics_statuses[NGX_SHOP_METRICS_STATUSES];
extern const uint16_t
    ngx_shop_metrics_bounds[NGX_SHOP_METRICS_BUCKETS - 1];

ngx_shop_metrics_t *ngx_shop_metrics_get(void);

/* Writes what this worker knows of its connections into its place. */
void ngx_shop_metrics_here(ngx_shop_metrics_t *metrics);


#endif /* _NGX_SHOP_METRICS_ZONE_H_INCLUDED_ */
