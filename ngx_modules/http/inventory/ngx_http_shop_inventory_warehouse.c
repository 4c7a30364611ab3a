/*
 * Warehouses: where stock is.
 */

#include "ngx_http_shop_inventory.h"


static ngx_shop_field_t  ngx_http_shop_inventory_address[] = {
    { ngx_string("line1"), NGX_SHOP_TEXT, 0, 0, 200, NULL },
    { ngx_string("line2"), NGX_SHOP_TEXT, 0, 0, 200, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, 0, 0, 20, NULL },
    { ngx_string("city"), NGX_SHOP_TEXT, 0, 0, 100, NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, 0, 0, 100, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_warehouse_add[] = {
    { ngx_string("code"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("address"), NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_inventory_address },
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 100000, NULL },
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_warehouse_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("address"), NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_inventory_address },
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 100000, NULL },
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_inventory_warehouses[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/warehouses"),
      .permission = ngx_string("inventory:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.warehouse_list("
          "$1::bigint, coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/warehouses"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_warehouse_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.warehouse_add($1::bigint, "
          "$2::uuid, $3::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/warehouses/{warehouse}"),
      .permission = ngx_string("inventory:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from inventory.warehouse_show("
          "$1::bigint, $2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("warehouse") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/warehouses/{warehouse}"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_warehouse_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from inventory.warehouse_change("
          "$1::bigint, $2::text, $3::uuid, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("warehouse"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/warehouses/{warehouse}"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from inventory.warehouse_remove("
          "$1::bigint, $2::text, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("warehouse"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
