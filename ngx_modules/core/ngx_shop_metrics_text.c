/*
 * The metrics as Prometheus reads them: text/plain; version=0.0.4.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_metrics_zone.h"


#define NGX_SHOP_METRICS_LINE   256
#define NGX_SHOP_METRICS_FIXED  128      /* lines besides those of routes */


typedef struct {
    const char              *name;
    const char              *type;
    const char              *help;
    size_t                   offset;     /* in the stats of a worker */
} ngx_shop_metrics_pg_t;

#define ngx_shop_metrics_of(field)  offsetof(ngx_shop_pg_stats_t, field)
#define ngx_shop_metrics_order(field)                                         \
    offsetof(ngx_shop_pg_batch_stats_t, field)


static ngx_shop_metrics_shard_t *ngx_shop_metrics_total(
    ngx_shop_metrics_t *metrics, ngx_pool_t *pool);
static u_char *ngx_shop_metrics_head(u_char *p, const char *name,
    const char *type, const char *help);
static u_char *ngx_shop_metrics_value(u_char *p, const char *name,
    ngx_uint_t value);
static u_char *ngx_shop_metrics_requests(u_char *p,
    ngx_shop_metrics_t *metrics, ngx_shop_metrics_shard_t *total);
static u_char *ngx_shop_metrics_durations(u_char *p,
    ngx_shop_metrics_t *metrics, ngx_shop_metrics_shard_t *total);
static u_char *ngx_shop_metrics_duration(u_char *p,
    ngx_shop_metrics_route_t *route, ngx_shop_metrics_counts_t *counts);
static u_char *ngx_shop_metrics_events(u_char *p,
    ngx_shop_metrics_shard_t *total);
static u_char *ngx_shop_metrics_pg(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_uint_t workers);
static u_char *ngx_shop_metrics_orders(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_uint_t workers);
static u_char *ngx_shop_metrics_links(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_uint_t workers);
static ngx_uint_t ngx_shop_metrics_workers(void);


static const ngx_shop_metrics_pg_t  ngx_shop_metrics_pgs[] = {
    { "shop_pg_connections", "gauge", "Usable connections.",
      ngx_shop_metrics_of(connections) },
    { "shop_pg_queued", "gauge", "Statements that wait to be sent.",
      ngx_shop_metrics_of(queued) },
    { "shop_pg_running", "gauge", "Statements sent and not completed.",
      ngx_shop_metrics_of(running) },
    { "shop_pg_statements_total", "counter", "Statements sent.",
      ngx_shop_metrics_of(sent) },
    { "shop_pg_errors_total", "counter", "Statements that SQL refused.",
      ngx_shop_metrics_of(errors) },
    { "shop_pg_retries_total", "counter", "Statements sent once more.",
      ngx_shop_metrics_of(retries) },
    { "shop_pg_refused_total", "counter",
      "Statements refused: no connection, or a full queue.",
      ngx_shop_metrics_of(refused) },
    { "shop_pg_timeouts_total", "counter", "Statements past their deadline.",
      ngx_shop_metrics_of(timeouts) },
    { "shop_pg_lost_total", "counter", "Connections lost.",
      ngx_shop_metrics_of(lost) },
};


static const ngx_shop_metrics_pg_t  ngx_shop_metrics_batches[] = {
    { "shop_order_waiting", "gauge", "Orders that wait for the next batch.",
      ngx_shop_metrics_order(waiting) },
    { "shop_order_held", "gauge", "Placed batches that are not durable yet.",
      ngx_shop_metrics_order(held) },
    { "shop_order_grouped", "gauge", "Workers that commit orders grouped.",
      ngx_shop_metrics_order(grouped) },
    { "shop_order_batches_total", "counter", "Batches of orders sent.",
      ngx_shop_metrics_order(batches) },
    { "shop_order_items_total", "counter", "Orders in these batches.",
      ngx_shop_metrics_order(items) },
    { "shop_order_barriers_total", "counter", "Flushes that batches shared.",
      ngx_shop_metrics_order(barriers) },
    { "shop_order_repeats_total", "counter",
      "Batches sent again, whole or in parts.",
      ngx_shop_metrics_order(repeats) },
    { "shop_order_lookups_total", "counter",
      "Orders looked up after a lost connection.",
      ngx_shop_metrics_order(lookups) },
};


static const char  *ngx_shop_metrics_classes[NGX_SHOP_PG_CLASSES] = {
    "read", "write", "order", "slow"
};


ngx_int_t
ngx_shop_metrics_text(ngx_pool_t *pool, ngx_str_t *out)
{
    u_char                    *p;
    size_t                     lines;
    ngx_uint_t                 i, n, workers;
    ngx_shop_metrics_t        *metrics;
    ngx_shop_metrics_shard_t  *total;

    metrics = ngx_shop_metrics_get();

    if (metrics == NULL) {
        ngx_str_null(out);
        return NGX_OK;
    }

    ngx_shop_metrics_here(metrics);

    total = ngx_shop_metrics_total(metrics, pool);
    if (total == NULL) {
        return NGX_ERROR;
    }

    lines = NGX_SHOP_METRICS_FIXED;

    for (i = 0; i < metrics->nroutes; i++) {
        for (n = 0; n < NGX_SHOP_METRICS_STATUSES; n++) {
            if (total->counts[i].statuses[n]) {
                lines += 1 + NGX_SHOP_METRICS_BUCKETS + 2;
            }
        }
    }

    p = ngx_palloc(pool, lines * NGX_SHOP_METRICS_LINE);
    if (p == NULL) {
        return NGX_ERROR;
    }

    out->data = p;
    workers = ngx_shop_metrics_workers();

    p = ngx_shop_metrics_requests(p, metrics, total);
    p = ngx_shop_metrics_durations(p, metrics, total);
    p = ngx_shop_metrics_events(p, total);
    p = ngx_shop_metrics_pg(p, metrics, workers);
    p = ngx_shop_metrics_orders(p, metrics, workers);
    p = ngx_shop_metrics_links(p, metrics, workers);

    out->len = p - out->data;

    return NGX_OK;
}


static ngx_shop_metrics_shard_t *
ngx_shop_metrics_total(ngx_shop_metrics_t *metrics, ngx_pool_t *pool)
{
    ngx_uint_t                 i, n, s;
    ngx_atomic_t              *from, *to;
    ngx_shop_metrics_shard_t  *total, *shard;

    total = ngx_pcalloc(pool, sizeof(ngx_shop_metrics_shard_t));
    if (total == NULL) {
        return NULL;
    }

    for (s = 0; s < NGX_SHOP_METRICS_SHARDS; s++) {

        shard = &metrics->shards[s];

        for (i = 0; i < NGX_SHOP_METRIC_COUNTERS; i++) {
            total->counters[i] += shard->counters[i];
        }

        from = (ngx_atomic_t *) shard->counts;
        to = (ngx_atomic_t *) total->counts;

        n = metrics->nroutes * sizeof(ngx_shop_metrics_counts_t)
            / sizeof(ngx_atomic_t);

        for (i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }

    return total;
}


static u_char *
ngx_shop_metrics_head(u_char *p, const char *name, const char *type,
    const char *help)
{
    return ngx_sprintf(p, "# HELP %s %s\n# TYPE %s %s\n", name, help, name,
                       type);
}


static u_char *
ngx_shop_metrics_value(u_char *p, const char *name, ngx_uint_t value)
{
    return ngx_sprintf(p, "%s %ui\n", name, value);
}


static u_char *
ngx_shop_metrics_requests(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_shop_metrics_shard_t *total)
{
    ngx_uint_t                  i, n;
    ngx_shop_metrics_route_t   *route;
    ngx_shop_metrics_counts_t  *counts;

    p = ngx_shop_metrics_head(p, "shop_http_requests_total", "counter",
                              "Requests by route and status.");

    for (i = 0; i < metrics->nroutes; i++) {

        route = &metrics->routes[i];
        counts = &total->counts[i];

        for (n = 0; n < NGX_SHOP_METRICS_STATUSES; n++) {

            if (counts->statuses[n] == 0) {
                continue;
            }

            p = ngx_sprintf(p, "shop_http_requests_total{route=\"%*s\","
                            "status=\"", route->len, route->name);

            p = n ? ngx_sprintf(p, "%ui",
                                (ngx_uint_t) ngx_shop_metrics_statuses[n])
                  : ngx_cpymem(p, "other", 5);

            p = ngx_sprintf(p, "\"} %uA\n", counts->statuses[n]);
        }
    }

    return p;
}


static u_char *
ngx_shop_metrics_durations(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_shop_metrics_shard_t *total)
{
    ngx_uint_t  i;

    p = ngx_shop_metrics_head(p, "shop_http_request_duration_seconds",
                              "histogram", "Time from the first byte of a "
                              "request to the last of its answer.");

    for (i = 0; i < metrics->nroutes; i++) {
        p = ngx_shop_metrics_duration(p, &metrics->routes[i],
                                      &total->counts[i]);
    }

    return p;
}


static u_char *
ngx_shop_metrics_duration(u_char *p, ngx_shop_metrics_route_t *route,
    ngx_shop_metrics_counts_t *counts)
{
    ngx_uint_t         n, bound;
    ngx_atomic_uint_t  count, buckets[NGX_SHOP_METRICS_BUCKETS];

    static const char  name[] = "shop_http_request_duration_seconds";

    for (count = 0, n = 0; n < NGX_SHOP_METRICS_BUCKETS; n++) {
        count += counts->buckets[n];
        buckets[n] = count;
    }

    if (count == 0) {
        return p;
    }

    for (n = 0; n < NGX_SHOP_METRICS_BUCKETS - 1; n++) {

        bound = ngx_shop_metrics_bounds[n];

        p = ngx_sprintf(p, "%s_bucket{route=\"%*s\",le=\"%ui.%03ui\"} %uA\n",
                        name, route->len, route->name, bound / 1000,
                        bound % 1000, buckets[n]);
    }

    p = ngx_sprintf(p, "%s_bucket{route=\"%*s\",le=\"+Inf\"} %uA\n", name,
                    route->len, route->name, count);
    p = ngx_sprintf(p, "%s_sum{route=\"%*s\"} %uA.%03uA\n", name, route->len,
                    route->name, counts->sum / 1000, counts->sum % 1000);

    return ngx_sprintf(p, "%s_count{route=\"%*s\"} %uA\n", name, route->len,
                       route->name, count);
}


static u_char *
ngx_shop_metrics_events(u_char *p, ngx_shop_metrics_shard_t *total)
{
    ngx_uint_t          i;
    static const char  *results[] = { "hit", "miss", "stale", "joined" };

    p = ngx_shop_metrics_head(p, "shop_cache_lookups_total", "counter",
                              "Look-ups in the shared cache; joined: a miss "
                              "that waited for another's statement.");

    for (i = NGX_SHOP_METRIC_CACHE_HIT; i <= NGX_SHOP_METRIC_CACHE_JOINED;
         i++)
    {
        p = ngx_sprintf(p, "shop_cache_lookups_total{result=\"%s\"} %uA\n",
                        results[i], total->counters[i]);
    }

    p = ngx_shop_metrics_head(p, "shop_sql_trips_total", "counter",
                              "Trips to PostgreSQL made for requests.");
    p = ngx_shop_metrics_value(p, "shop_sql_trips_total",
                               total->counters[NGX_SHOP_METRIC_SQL]);

    p = ngx_shop_metrics_head(p, "shop_redis_trips_total", "counter",
                              "Trips to Redis made for requests.");

    return ngx_shop_metrics_value(p, "shop_redis_trips_total",
                                  total->counters[NGX_SHOP_METRIC_REDIS]);
}


static u_char *
ngx_shop_metrics_pg(u_char *p, ngx_shop_metrics_t *metrics, ngx_uint_t workers)
{
    ngx_uint_t                    i, class, w, sum;
    const ngx_shop_metrics_pg_t  *pg;

    for (i = 0; i < sizeof(ngx_shop_metrics_pgs)
                    / sizeof(ngx_shop_metrics_pg_t); i++)
    {
        pg = &ngx_shop_metrics_pgs[i];

        p = ngx_shop_metrics_head(p, pg->name, pg->type, pg->help);

        for (class = 0; class < NGX_SHOP_PG_CLASSES; class++) {

            for (sum = 0, w = 0; w < workers; w++) {
                sum += *(ngx_uint_t *) ((u_char *)
                              &metrics->workers[w].pg[class] + pg->offset);
            }

            p = ngx_sprintf(p, "%s{class=\"%s\"} %ui\n", pg->name,
                            ngx_shop_metrics_classes[class], sum);
        }
    }

    return p;
}


static u_char *
ngx_shop_metrics_orders(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_uint_t workers)
{
    ngx_uint_t                    i, w, sum;
    const ngx_shop_metrics_pg_t  *batch;

    for (i = 0; i < sizeof(ngx_shop_metrics_batches)
                    / sizeof(ngx_shop_metrics_pg_t); i++)
    {
        batch = &ngx_shop_metrics_batches[i];

        for (sum = 0, w = 0; w < workers; w++) {
            sum += *(ngx_uint_t *) ((u_char *) &metrics->workers[w].orders
                                    + batch->offset);
        }

        p = ngx_shop_metrics_head(p, batch->name, batch->type, batch->help);
        p = ngx_shop_metrics_value(p, batch->name, sum);
    }

    return p;
}


static u_char *
ngx_shop_metrics_links(u_char *p, ngx_shop_metrics_t *metrics,
    ngx_uint_t workers)
{
    ngx_uint_t                  w, redis, kafka;
    ngx_shop_kafka_stats_t      sum;
    ngx_shop_metrics_worker_t  *worker;

    redis = 0;
    kafka = 0;
    ngx_memzero(&sum, sizeof(ngx_shop_kafka_stats_t));

    for (w = 0; w < workers; w++) {

        worker = &metrics->workers[w];

        redis += worker->redis_up;
        kafka += worker->kafka_up;
        sum.sent += worker->kafka.sent;
        sum.failed += worker->kafka.failed;
        sum.dropped += worker->kafka.dropped;
        sum.queued += worker->kafka.queued;
    }

    p = ngx_shop_metrics_head(p, "shop_workers", "gauge", "nginx workers.");
    p = ngx_shop_metrics_value(p, "shop_workers", workers);

    p = ngx_shop_metrics_head(p, "shop_redis_up", "gauge",
                              "Workers with a connection to Redis.");
    p = ngx_shop_metrics_value(p, "shop_redis_up", redis);

    p = ngx_shop_metrics_head(p, "shop_kafka_up", "gauge",
                              "Workers with a connection to Kafka.");
    p = ngx_shop_metrics_value(p, "shop_kafka_up", kafka);

    p = ngx_shop_metrics_head(p, "shop_kafka_queued", "gauge",
                              "Clicks on their way to Kafka.");
    p = ngx_shop_metrics_value(p, "shop_kafka_queued", sum.queued);

    p = ngx_shop_metrics_head(p, "shop_kafka_clicks_total", "counter",
                              "Clicks by what became of them.");

    return ngx_sprintf(p, "shop_kafka_clicks_total{result=\"sent\"} %ui\n"
                       "shop_kafka_clicks_total{result=\"failed\"} %ui\n"
                       "shop_kafka_clicks_total{result=\"dropped\"} %ui\n",
                       sum.sent, sum.failed, sum.dropped);
}


static ngx_uint_t
ngx_shop_metrics_workers(void)
{
    ngx_core_conf_t  *ccf;

    ccf = (ngx_core_conf_t *) ngx_get_conf(ngx_cycle->conf_ctx,
                                           ngx_core_module);

    if (ngx_process == NGX_PROCESS_SINGLE) {
        return 1;
    }

    return ngx_min((ngx_uint_t) ccf->worker_processes,
                   NGX_SHOP_METRICS_WORKERS);
}


/* an old worker leaves its place to the new one of its number */

void
ngx_shop_metrics_here(ngx_shop_metrics_t *metrics)
{
    ngx_uint_t                  i;
    ngx_shop_metrics_worker_t  *worker;

    if (ngx_exiting || ngx_worker >= NGX_SHOP_METRICS_WORKERS) {
        return;
    }

    worker = &metrics->workers[ngx_worker];

    worker->pid = ngx_pid;
    worker->redis_up = ngx_shop_redis_up();
    worker->kafka_up = ngx_shop_kafka_up();

    ngx_shop_kafka_stats(&worker->kafka);

    for (i = 0; i < NGX_SHOP_PG_CLASSES; i++) {
        ngx_shop_pg_stats(i, &worker->pg[i]);
    }

    ngx_shop_pg_batch_stats(&worker->orders);
}
