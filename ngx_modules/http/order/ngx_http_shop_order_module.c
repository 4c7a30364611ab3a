/*
 * The endpoints of orders.
 */

#include "ngx_http_shop_order.h"


static ngx_int_t ngx_http_shop_order_init(ngx_conf_t *cf);


static ngx_shop_field_t  ngx_http_shop_order_address_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("line1"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("line2"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 200, NULL },
    { ngx_string("city"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 20,
      NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    { ngx_string("phone"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 40, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_order_payment_input[] = {
    { ngx_string("provider"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "sandbox stripe paypal razorpay offline" },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_order_input[] = {
    { ngx_string("shipping_address"), NGX_SHOP_OBJECT, NGX_SHOP_NULLABLE, 0,
      0, ngx_http_shop_order_address_input },
    { ngx_string("billing_address"), NGX_SHOP_OBJECT, NGX_SHOP_NULLABLE, 0,
      0, ngx_http_shop_order_address_input },
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_NULLABLE, 0, 0, NULL },
    { ngx_string("shipping_method"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 64,
      NULL },
    { ngx_string("pickup_point"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 64,
      NULL },
    { ngx_string("payment"), NGX_SHOP_OBJECT, NGX_SHOP_REQUIRED, 0, 0,
      ngx_http_shop_order_payment_input },
    { ngx_string("expected_total"), NGX_SHOP_MONEY, NGX_SHOP_NULLABLE, 0,
      9007199254740991, NULL },
    { ngx_string("expected_due"), NGX_SHOP_MONEY, NGX_SHOP_NULLABLE, 0,
      9007199254740991, NULL },
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_order_list_input[] = {
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "pending_payment payment_failed paid processing shipped delivered "
      "cancelled refunded partially_refunded returned" },
    { ngx_string("all"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_order_cancel_input[] = {
    { ngx_string("reason"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 500, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_field_t  ngx_http_shop_order_refund_input[] = {
    { ngx_string("amount"), NGX_SHOP_MONEY, NGX_SHOP_NULLABLE, 1,
      9007199254740991, NULL },
    { ngx_string("reason"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_order_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/orders"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("orders:write"),
      .input = ngx_http_shop_order_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT
               |NGX_SHOP_EP_CART_COOKIE|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_order_place },

    { .method = NGX_HTTP_GET, .path = ngx_string("/orders"),
      .permission = NGX_SHOP_SIGNED_IN,
      .scope = ngx_string("orders:read"),
      .input = ngx_http_shop_order_list_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from \"order\".list($1::bigint, "
          "$2::uuid, $3::boolean and $4::boolean, $5::text, "
          "coalesce($6::int, 20), $7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("orders:read"), NGX_SHOP_BIND_QUERY("all"),
                NGX_SHOP_BIND_QUERY("status"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/orders/user/{user}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .scope = ngx_string("orders:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from \"order\".list($1::bigint, "
          "$2::uuid, false, null, coalesce($3::int, 20), $4::text) "
          "where $2::uuid = $5::uuid or $6::boolean"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("user"),
                NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_QUERY("cursor"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("orders:read") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/orders/{order}"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("orders:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from \"order\".one($1::bigint, "
          "$2::uuid, $3::uuid, $4::uuid, $5::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("order"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CART,
                NGX_SHOP_BIND_CAN("orders:read") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/orders/{order}/cancel"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("orders:write"),
      .input = ngx_http_shop_order_cancel_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CART_COOKIE,
      .sql = ngx_string("select * from \"order\".cancel($1::bigint, "
          "$2::uuid, $3::uuid, $4::uuid, $5::boolean, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("order"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CART,
                NGX_SHOP_BIND_CAN("orders:write"),
                NGX_SHOP_BIND_BODY("reason") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/orders/{order}/refunds"),
      .permission = ngx_string("orders:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from \"order\".refund_list($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("order") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/orders/{order}/refunds"),
      .permission = ngx_string("orders:write"),
      .input = ngx_http_shop_order_refund_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from \"order\".refund_add($1::bigint, "
          "$2::uuid, $3::uuid, $4::jsonb, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("order"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_order = {
    {
        ngx_http_shop_order_endpoints,
        ngx_http_shop_order_till_endpoints
    },
    ngx_http_shop_order_init
};


static ngx_command_t  ngx_http_shop_order_commands[] = {

    { ngx_string("shop_order"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_order },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_order_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_order_commands,
    .type = NGX_HTTP_MODULE
};


static ngx_int_t
ngx_http_shop_order_init(ngx_conf_t *cf)
{
    ngx_str_t  place = ngx_string("select * from \"order\".place_orders("
                                  "$1::jsonb[])");
    ngx_str_t  find = ngx_string("select * from \"order\".find($1::uuid)");

    if (ngx_shop_cart_init(cf) != NGX_OK
        || ngx_shop_pg_batch_init(cf, &place, &find) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}
