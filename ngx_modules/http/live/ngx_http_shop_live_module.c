/*
 * Live status of orders and stock: the directive and its endpoints.
 */

#include "ngx_http_shop_live.h"


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


static ngx_shop_domain_t  ngx_http_shop_live = {
    { ngx_http_shop_live_endpoints },
    ngx_http_shop_live_statements
};


static ngx_command_t  ngx_http_shop_live_commands[] = {

    { ngx_string("shop_live"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_live },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_live_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_live_commands,
    .type = NGX_HTTP_MODULE
};
