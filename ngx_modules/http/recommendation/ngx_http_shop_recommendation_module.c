/*
 * What else a shopper might like.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_RECOMMENDATION_TTL  300000


static ngx_shop_field_t  ngx_http_shop_recommendation_input[] = {
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LOCALE,
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


static ngx_shop_domain_t  ngx_http_shop_recommendation = {
    { ngx_http_shop_recommendation_endpoints },
    NULL
};


static ngx_command_t  ngx_http_shop_recommendation_commands[] = {

    { ngx_string("shop_recommendation"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_recommendation },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_recommendation_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_recommendation_commands,
    .type = NGX_HTTP_MODULE
};
