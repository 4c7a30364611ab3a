/*
 * Payments: what they are, and the sandbox, where the shopper plays the
 * provider.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


static ngx_shop_field_t  ngx_http_shop_payment_sandbox_input[] = {
    { ngx_string("outcome"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "success decline" },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_payment_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/payments/{payment}"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("orders:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from payment.show($1::bigint, "
          "$2::uuid, $3::uuid, $4::uuid, $5::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("payment"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CART,
                NGX_SHOP_BIND_CAN("orders:read") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/payments/{payment}/sandbox"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("orders:write"),
      .input = ngx_http_shop_payment_sandbox_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CART_COOKIE,
      .sql = ngx_string("select * from payment.sandbox($1::bigint, "
          "$2::uuid, $3::text, $4::uuid, $5::uuid, $6::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("payment"),
                NGX_SHOP_BIND_BODY("outcome"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CART, NGX_SHOP_BIND_CAN("orders:write") } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_payment = {
    { ngx_http_shop_payment_endpoints },
    NULL
};


static ngx_command_t  ngx_http_shop_payment_commands[] = {

    { ngx_string("shop_payment"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_payment },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_payment_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_payment_commands,
    .type = NGX_HTTP_MODULE
};
