/*
 * Transfers: stock on its way from one warehouse to another.
 */

#include "ngx_http_shop_inventory.h"


static ngx_shop_field_t  ngx_http_shop_inventory_transfer_line[] = {
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("quantity"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_transfer_line_field = {
    ngx_string("line"), NGX_SHOP_OBJECT, 0, 0, 0,
    ngx_http_shop_inventory_transfer_line
};

static ngx_shop_field_t  ngx_http_shop_inventory_received_line[] = {
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("quantity"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    { ngx_string("missing"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_received_line_field = {
    ngx_string("line"), NGX_SHOP_OBJECT, 0, 0, 0,
    ngx_http_shop_inventory_received_line
};

static ngx_shop_field_t  ngx_http_shop_inventory_transfer_page[] = {
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "draft in_transit partially_received received cancelled" },
    { ngx_string("warehouse"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 63, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_transfer_add[] = {
    { ngx_string("from"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("to"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, 0, 0, 2000, NULL },
    { ngx_string("expected_at"), NGX_SHOP_TIME, 0, 0, 0, NULL },
    { ngx_string("lines"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_INVENTORY_LINES,
      &ngx_http_shop_inventory_transfer_line_field },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_transfer_change[] = {
    { ngx_string("note"), NGX_SHOP_TEXT, 0, 0, 2000, NULL },
    { ngx_string("expected_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("lines"), NGX_SHOP_ARRAY, 0, 1,
      NGX_HTTP_SHOP_INVENTORY_LINES,
      &ngx_http_shop_inventory_transfer_line_field },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_transfer_receive[] = {
    { ngx_string("lines"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_INVENTORY_LINES,
      &ngx_http_shop_inventory_received_line_field },
    { ngx_string("close"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_inventory_transfers[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/transfers"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_transfer_page,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.transfer_list("
          "$1::bigint, $2::text, $3::text, coalesce($4::int, 20), "
          "$5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("status"),
                NGX_SHOP_BIND_QUERY("warehouse"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/transfers"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_transfer_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.transfer_add($1::bigint, "
          "$2::uuid, $3::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/transfers/{transfer}"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from inventory.transfer_show("
          "$1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("transfer") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/transfers/{transfer}"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_transfer_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from inventory.transfer_change("
          "$1::bigint, $2::bigint, $3::uuid, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("transfer"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/transfers/{transfer}/send"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.transfer_send($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("transfer"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/transfers/{transfer}/receive"),
      .permission = ngx_string("inventory:manage"),
      .input = ngx_http_shop_inventory_transfer_receive,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.transfer_receive("
          "$1::bigint, $2::bigint, $3::uuid, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("transfer"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/transfers/{transfer}/cancel"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.transfer_cancel($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("transfer"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
