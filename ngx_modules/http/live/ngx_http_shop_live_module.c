/*
 * Live status of orders and stock: the directive and its endpoints.
 */

#include "ngx_http_shop_live.h"


static char *ngx_http_shop_live(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


static ngx_shop_field_t  ngx_http_shop_live_input[] = {
    { ngx_string("last_event_id"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY,
      0, NGX_MAX_INT32_VALUE, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_field_t  ngx_http_shop_live_stock_input[] = {
    { ngx_string("last_event_id"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY,
      0, NGX_MAX_INT_T_VALUE, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_live_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/orders/{order}/events"),
      .scope = ngx_string("orders:read"),
      .input = ngx_http_shop_live_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_live_events },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/orders/{order}/live"),
      .scope = ngx_string("orders:read"),
      .input = ngx_http_shop_live_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_live_connect },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/inventory/{product}/events"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_live_stock_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_live_watch },

    ngx_shop_no_more_endpoints
};


static ngx_command_t  ngx_http_shop_live_commands[] = {

    { ngx_string("shop_live"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_live,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_live_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_live_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_live_module_ctx,        /* module context */
    ngx_http_shop_live_commands,           /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static char *
ngx_http_shop_live(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    (void) cmd;
    (void) conf;

    if (ngx_http_shop_live_statements(cf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_shop_endpoints_add(cf, ngx_http_shop_live_endpoints);
}
