/*
 * The directive of prices: shop_pricing.
 */

#include "ngx_http_shop_pricing.h"


static char *ngx_http_shop_pricing(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


ngx_shop_field_t  ngx_http_shop_pricing_page[] = {
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 100, NULL },
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    ngx_shop_no_more_fields
};

ngx_shop_field_t  ngx_http_shop_pricing_id =
    { ngx_null_string, NGX_SHOP_ID, 0, 1, 20, NULL };


static ngx_shop_endpoint_t  *ngx_http_shop_pricing_tables[] = {
    ngx_http_shop_pricing_groups,
    ngx_http_shop_pricing_lists,
    ngx_http_shop_pricing_promotions,
    ngx_http_shop_pricing_gifts,
    NULL
};


static ngx_command_t  ngx_http_shop_pricing_commands[] = {

    { ngx_string("shop_pricing"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_pricing,
      0,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_pricing_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_pricing_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_pricing_module_ctx,     /* module context */
    ngx_http_shop_pricing_commands,        /* module directives */
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
ngx_http_shop_pricing(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    return ngx_shop_endpoints_add_tables(cf, ngx_http_shop_pricing_tables);
}
