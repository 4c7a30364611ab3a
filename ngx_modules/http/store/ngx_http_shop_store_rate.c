/*
 * Exchange rates, and which prices follow them.
 */

#include "ngx_http_shop_store.h"


static ngx_shop_field_t  ngx_http_shop_store_rate_show_input[] = {
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_PATH, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_rate_input[] = {
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_PATH, 0, 0,
      NULL },
    { ngx_string("convert"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("own_rate"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 30,
      NULL },
    { ngx_string("step"), NGX_SHOP_INT, 0, 1, 100000000, NULL },
    { ngx_string("ending"), NGX_SHOP_INT, 0, 0, 99999999, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_store_rate_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/exchange-rates"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body from store.rate_list($1::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/exchange-rates/{currency}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_store_rate_show_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from store.rate_show("
          "$1::bigint, $2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("currency") } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/exchange-rates/{currency}"),
      .permission = ngx_string("store:write"),
      .input = ngx_http_shop_store_rate_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from store.rate_change($1::bigint, "
          "$2::text, $3::uuid, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("currency"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    ngx_shop_no_more_endpoints
};
