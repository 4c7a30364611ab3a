/*
 * Operations: liveness, readiness, metrics, the list of endpoints.  They live
 * at the root; who may read the latter two is the location's allow and deny.
 * Jobs are below the base path.
 */

#include "ngx_http_shop_ops.h"
#include "ngx_shop_kafka.h"
#include "ngx_shop_metrics.h"


static ngx_int_t ngx_http_shop_ops_health(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_ops_ready(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_ops_metrics(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_ops_routes(ngx_shop_request_t *sr);
static ngx_shop_endpoint_t  ngx_http_shop_ops_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/health"),
      .flags = NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_ops_health },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/ready"),
      .flags = NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_ops_ready },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/metrics"),
      .flags = NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_ops_metrics },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/routes"),
      .flags = NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_ops_routes },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_ops = {
    {
        ngx_http_shop_ops_endpoints,
        ngx_http_shop_ops_job_endpoints
    },
    NULL
};


static ngx_command_t  ngx_http_shop_ops_commands[] = {

    { ngx_string("shop_ops"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_ops },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_ops_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_ops_commands,
    .type = NGX_HTTP_MODULE
};


static ngx_int_t
ngx_http_shop_ops_health(ngx_shop_request_t *sr)
{
    ngx_str_t  body = ngx_string("{\"status\":\"ok\"}");

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}


/*
 * PostgreSQL and what is loaded from it are needed.  Without Redis there are
 * no carts, without Kafka no clicks: told, but a balancer keeps the node.
 */

static ngx_int_t
ngx_http_shop_ops_ready(ngx_shop_request_t *sr)
{
    u_char              *p;
    ngx_str_t            body, later;
    ngx_uint_t           i, ready, up[5];

    static const char   *names[] = {
        "postgres_read", "postgres_write", "node", "redis", "kafka"
    };

    up[0] = ngx_shop_pg_up(NGX_SHOP_PG_READ);
    up[1] = ngx_shop_pg_up(NGX_SHOP_PG_WRITE);
    up[2] = ngx_shop_node_ready();
    up[3] = ngx_shop_redis_up();
    up[4] = ngx_shop_kafka_up();

    ready = up[0] && up[1] && up[2];

    p = ngx_pnalloc(sr->r->pool, 512);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.data = p;

    p = ngx_sprintf(p, "{\"status\":\"%s\",\"components\":{",
                    ready ? "ready" : "unavailable");

    for (i = 0; i < 5; i++) {
        p = ngx_sprintf(p, "%s\"%s\":{\"state\":\"%s\",\"needed\":%s}",
                        i ? "," : "", names[i], up[i] ? "up" : "down",
                        i < 3 ? "true" : "false");
    }

    p = ngx_cpymem(p, "}}", 2);

    body.len = p - body.data;

    if (!ready) {
        ngx_str_set(&later, "1");
        (void) ngx_shop_header(sr, "Retry-After", &later);
    }

    return ngx_shop_reply(sr, ready ? NGX_HTTP_OK
                                    : NGX_HTTP_SERVICE_UNAVAILABLE, &body);
}


static ngx_int_t
ngx_http_shop_ops_metrics(ngx_shop_request_t *sr)
{
    ngx_str_t  body;

    if (ngx_shop_metrics_text(sr->r->pool, &body) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply_type(sr, NGX_HTTP_OK,
                               "text/plain; version=0.0.4; charset=utf-8",
                               &body);
}


/* the endpoints that this configuration serves */

static ngx_int_t
ngx_http_shop_ops_routes(ngx_shop_request_t *sr)
{
    ngx_str_t  body;

    if (ngx_shop_routes(sr->r, &body) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}
