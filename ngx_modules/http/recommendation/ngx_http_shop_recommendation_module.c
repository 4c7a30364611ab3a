/*
 * What else a shopper might like.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_RECOMMENDATION_TTL  300000


static char *ngx_http_shop_recommendation(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


static ngx_shop_field_t  ngx_http_shop_recommendation_input[] = {
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL },
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 24, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_recommendation_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/products/{product}/recommendations"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_recommendation_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from recommendation.show("
          "$1::bigint, $2::text, $3::text, coalesce($4::int, 8), "
          "$5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_LOCALE },
      .ttl = NGX_HTTP_SHOP_RECOMMENDATION_TTL },

    ngx_shop_no_more_endpoints
};


static ngx_command_t  ngx_http_shop_recommendation_commands[] = {

    { ngx_string("shop_recommendation"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_recommendation,
      0,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_recommendation_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_recommendation_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_recommendation_module_ctx, /* module context */
    ngx_http_shop_recommendation_commands, /* module directives */
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
ngx_http_shop_recommendation(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    (void) cmd;
    (void) conf;

    return ngx_shop_endpoints_add(cf, ngx_http_shop_recommendation_endpoints);
}
