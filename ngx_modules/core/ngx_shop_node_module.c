/*
 * The node's part of the zone, for every worker that has PostgreSQL.
 */

#include <ngx_http.h>
#include "ngx_shop_node_zone.h"
#include "ngx_shop_pg_conn.h"
#include "ngx_shop_zone.h"


static ngx_int_t ngx_shop_node_postconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_shop_node_init_process(ngx_cycle_t *cycle);
static void ngx_shop_node_exit_process(ngx_cycle_t *cycle);


static ngx_command_t  ngx_shop_node_commands[] = {

      ngx_null_command
};


static ngx_http_module_t  ngx_shop_node_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_shop_node_postconfiguration,       /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_node_module = {
    NGX_MODULE_V1,
    &ngx_shop_node_module_ctx,             /* module context */
    ngx_shop_node_commands,                /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_node_init_process,            /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_shop_node_exit_process,            /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_shop_zone_part_t   ngx_shop_node_part = {
    "node", sizeof(ngx_shop_node_zone_t)
};

static ngx_shop_node_zone_t  *ngx_shop_node_shared;


ngx_shop_node_zone_t *
ngx_shop_node_zone(void)
{
    return ngx_shop_node_shared;
}


static ngx_int_t
ngx_shop_node_postconfiguration(ngx_conf_t *cf)
{
    if (ngx_shop_pg_conf(cf)->primary == NULL) {
        return NGX_OK;
    }

    if (ngx_shop_zone_add(cf, &ngx_shop_node_part) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_node_feed_stmts(cf);
}


static ngx_int_t
ngx_shop_node_init_process(ngx_cycle_t *cycle)
{
    if (ngx_shop_pg_cycle_conf(cycle) == NULL
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    ngx_shop_node_shared = ngx_shop_zone_open(cycle, &ngx_shop_node_part);

    if (ngx_shop_node_shared == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_node_feed_start(cycle);
}


static void
ngx_shop_node_exit_process(ngx_cycle_t *cycle)
{
    (void) cycle;

    if (ngx_shop_node_shared) {
        ngx_shop_node_feed_stop();
    }
}
