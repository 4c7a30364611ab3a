/*
 * Stock and its ledger.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_INVENTORY_MAX  999999999


static char *ngx_http_shop_inventory(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


static ngx_shop_field_t  ngx_http_shop_inventory_update_input[] = {
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("warehouse"), NGX_SHOP_ID, 0, 1, 63, NULL },
    { ngx_string("delta"), NGX_SHOP_INT, 0, -NGX_HTTP_SHOP_INVENTORY_MAX,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    { ngx_string("on_hand"), NGX_SHOP_INT, 0, 0, NGX_HTTP_SHOP_INVENTORY_MAX,
      NULL },
    { ngx_string("low_stock_threshold"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    { ngx_string("reason"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_page_input[] = {
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 100, NULL },
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_inventory_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/inventory/{product}"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body from inventory.show($1::bigint, "
          "$2::text, $3::boolean, $4::uuid, $5::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_CAN("inventory:read"),
                NGX_SHOP_BIND_ACTOR_IF("inventory:read"),
                NGX_SHOP_BIND_CAN("inventory:manage") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/inventory/update"),
      .permission = ngx_string("inventory:write"),
      .input = ngx_http_shop_inventory_update_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.update($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("inventory:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/inventory/{product}/movements"),
      .permission = ngx_string("inventory:read"),
      .input = ngx_http_shop_inventory_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.movements($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, coalesce($5::int, 20), "
          "$6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("inventory:manage"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    ngx_shop_no_more_endpoints
};


static ngx_command_t  ngx_http_shop_inventory_commands[] = {

    { ngx_string("shop_inventory"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_inventory,
      0,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_inventory_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_inventory_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_inventory_module_ctx,   /* module context */
    ngx_http_shop_inventory_commands,      /* module directives */
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
ngx_http_shop_inventory(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    return ngx_shop_endpoints_add(cf, ngx_http_shop_inventory_endpoints);
}
