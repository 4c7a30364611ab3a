/*
 * Stock and its ledger.
 */

#include "ngx_http_shop_inventory.h"


static ngx_shop_field_t  ngx_http_shop_inventory_update_input[] = {
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("warehouse"), NGX_SHOP_ID, 0, 1, 63, NULL },
    { ngx_string("delta"), NGX_SHOP_INT, 0, -NGX_HTTP_SHOP_INVENTORY_MAX,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    { ngx_string("on_hand"), NGX_SHOP_INT, 0, 0, NGX_HTTP_SHOP_INVENTORY_MAX,
      NULL },
    { ngx_string("expected"), NGX_SHOP_INT, 0, 0, NGX_HTTP_SHOP_INVENTORY_MAX,
      NULL },
    { ngx_string("low_stock_threshold"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    { ngx_string("backorder_limit"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_INVENTORY_MAX, NULL },
    { ngx_string("reason"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_item = {
    ngx_string("item"), NGX_SHOP_OBJECT, 0, 0, 0,
    ngx_http_shop_inventory_update_input
};

static ngx_shop_field_t  ngx_http_shop_inventory_bulk_input[] = {
    { ngx_string("items"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_INVENTORY_LINES, &ngx_http_shop_inventory_item },
    { ngx_string("atomic"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_list_input[] = {
    { ngx_string("warehouse"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 63, NULL },
    { ngx_string("low"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("backordered"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_inventory_reservations_input[] = {
    { ngx_string("order"), NGX_SHOP_UUID, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("product"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128, NULL },
    { ngx_string("backordered"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_endpoint_t  ngx_http_shop_inventory_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/inventory"),
      .permission = ngx_string("inventory:read"),
      .input = ngx_http_shop_inventory_list_input,
      .flags = NGX_SHOP_EP_SLOW|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.list($1::bigint, "
          "$2::uuid, $3::boolean, $4::text, $5::boolean, $6::boolean, "
          "coalesce($7::int, 20), $8::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("inventory:manage"),
                NGX_SHOP_BIND_QUERY("warehouse"), NGX_SHOP_BIND_QUERY("low"),
                NGX_SHOP_BIND_QUERY("backordered"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/inventory/reservations"),
      .permission = ngx_string("inventory:read"),
      .input = ngx_http_shop_inventory_reservations_input,
      .flags = NGX_SHOP_EP_SLOW|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.reservations("
          "$1::bigint, $2::uuid, $3::boolean, $4::uuid, $5::text, "
          "$6::boolean, coalesce($7::int, 20), $8::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("inventory:manage"),
                NGX_SHOP_BIND_QUERY("order"), NGX_SHOP_BIND_QUERY("product"),
                NGX_SHOP_BIND_QUERY("backordered"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/inventory/check"),
      .permission = ngx_string("inventory:manage"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from inventory.checked()") },

    { .method = NGX_HTTP_GET, .path = ngx_string("/inventory/{product}"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body, etag from inventory.show($1::bigint, "
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
          "$2::uuid, $3::boolean, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("inventory:manage"), NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/inventory/bulk"),
      .permission = ngx_string("inventory:write"),
      .input = ngx_http_shop_inventory_bulk_input,
      .flags = NGX_SHOP_EP_SLOW|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from inventory.update_many($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("inventory:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/inventory/{product}/movements"),
      .permission = ngx_string("inventory:read"),
      .input = ngx_shop_page_input,
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


static ngx_shop_domain_t  ngx_http_shop_inventory = {
    {
        ngx_http_shop_inventory_endpoints,
        ngx_http_shop_inventory_warehouses,
        ngx_http_shop_inventory_transfers,
        ngx_http_shop_inventory_counts
    },
    NULL
};


static ngx_command_t  ngx_http_shop_inventory_commands[] = {

    { ngx_string("shop_inventory"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_inventory },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_inventory_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_inventory_commands,
    .type = NGX_HTTP_MODULE
};
