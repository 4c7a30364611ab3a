/*
 * Orders of tills: what staff sell over the counter is placed and paid at once
 * (docs/cart.md).
 */

#include "ngx_http_shop_order.h"


#define NGX_HTTP_SHOP_ORDER_MONEY_MAX  9007199254740991


static ngx_shop_field_t  ngx_http_shop_order_tender_input[] = {
    { ngx_string("provider"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "cash card" },
    { ngx_string("tendered"), NGX_SHOP_MONEY, NGX_SHOP_NULLABLE, 0,
      NGX_HTTP_SHOP_ORDER_MONEY_MAX, NULL },
    { ngx_string("reference"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 100,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_order_till_input[] = {
    { ngx_string("till"), NGX_SHOP_UUID, NGX_SHOP_IN_PATH, 0, 0, NULL },
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_NULLABLE, 0, 0, NULL },
    { ngx_string("payment"), NGX_SHOP_OBJECT, NGX_SHOP_REQUIRED, 0, 0,
      ngx_http_shop_order_tender_input },
    { ngx_string("expected_total"), NGX_SHOP_MONEY, NGX_SHOP_NULLABLE, 0,
      NGX_HTTP_SHOP_ORDER_MONEY_MAX, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_order_till_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/pos/carts/{till}/orders"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_order_till_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_order_place },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/pos/orders/{order}/receipt"),
      .permission = ngx_string("pos:write"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from \"order\".receipt($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("order") } },

    ngx_shop_no_more_endpoints
};
