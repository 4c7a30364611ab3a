/*
 * Counts: somebody counts what is in a warehouse.
 */

#include "ngx_http_shop_inventory.h"


static ngx_shop_field_t  ngx_http_shop_inventory_count_line[] = {
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("counted"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_count_line_field = {
    ngx_string("line"), NGX_SHOP_OBJECT, 0, 0, 0,
    ngx_http_shop_inventory_count_line
};

static ngx_shop_field_t  ngx_http_shop_inventory_count_page[] = {
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "open applied cancelled" },
    { ngx_string("warehouse"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 63, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_count_line_page[] = {
    { ngx_string("differing"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_count_add[] = {
    { ngx_string("warehouse"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, 0, 0, 2000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_count_change[] = {
    { ngx_string("note"), NGX_SHOP_TEXT, 0, 0, 2000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_count_put[] = {
    { ngx_string("lines"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_INVENTORY_LINES,
      &ngx_http_shop_inventory_count_line_field },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_inventory_counts[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/counts"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_count_page,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.count_list($1::bigint, "
          "$2::text, $3::text, coalesce($4::int, 20), $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("status"),
                NGX_SHOP_BIND_QUERY("warehouse"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/counts"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_count_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.count_add($1::bigint, "
          "$2::uuid, $3::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/counts/{count}"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from inventory.count_show("
          "$1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("count") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/counts/{count}"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_count_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from inventory.count_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("count"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/counts/{count}/lines"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_count_line_page,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.count_lines($1::bigint, "
          "$2::bigint, $3::boolean, coalesce($4::int, 20), $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("count"),
                NGX_SHOP_BIND_QUERY("differing"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/counts/{count}/lines"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_count_put,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.count_put($1::bigint, "
          "$2::bigint, $3::uuid, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("count"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/counts/{count}/apply"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.count_apply($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("count"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/counts/{count}/cancel"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.count_cancel($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("count"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
