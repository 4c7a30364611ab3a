/*
 * Products; the other tables of the catalog stand beside.
 */

#include "ngx_http_shop_catalog.h"
#include "ngx_http_shop_catalog_transfer.h"


static ngx_shop_field_t  ngx_http_shop_catalog_list_input[] = {
    { ngx_string("q"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("category"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128, NULL },
    { ngx_string("collection"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128,
      NULL },
    { ngx_string("min_price"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 0,
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },
    { ngx_string("max_price"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 0,
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },
    { ngx_string("in_stock"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("attr."), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_PREFIX,
      1, 200, NULL },
    { ngx_string("sort"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "relevance price -price newest rating popular" },
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LOCALE,
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_manage_input[] = {
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "draft published archived" },
    { ngx_string("type"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 60, NULL },
    { ngx_string("q"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("sku"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 64, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_endpoint_t  ngx_http_shop_catalog_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/products"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_list_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED|NGX_SHOP_EP_NOTES,
      .sql = ngx_string("select body, tags, note from search.list($1::bigint, "
          "$2::text, $3::text, $4::text, $5::bigint, $6::bigint, "
          "$7::boolean, $8::jsonb, $9::text, coalesce($10::int, 20), "
          "$11::text, $12::text, $13::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_QUERY("category"), NGX_SHOP_BIND_QUERY("q"),
                NGX_SHOP_BIND_QUERY("min_price"),
                NGX_SHOP_BIND_QUERY("max_price"),
                NGX_SHOP_BIND_QUERY("in_stock"), NGX_SHOP_BIND_FILTERS,
                NGX_SHOP_BIND_QUERY("sort"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor"),
                NGX_SHOP_BIND_QUERY("collection"), NGX_SHOP_BIND_LOCALE },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/{product}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_show_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, etag, tags from catalog.product_show("
          "$1::bigint, $2::text, $3::text, $4::text, $5::uuid, "
          "$6::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_QUERY("currency"), NGX_SHOP_BIND_LOCALE,
                NGX_SHOP_BIND_ACTOR_IF("catalog:write"),
                NGX_SHOP_BIND_CAN("catalog:manage") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL,
      .click = "product.viewed", .click_of = "product",
      .many = "product" },

    { .method = NGX_HTTP_POST, .path = ngx_string("/products"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.product_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/products/{product}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.product_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/products/{product}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.product_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/manage"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_manage_input,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body from catalog.product_manage("
          "$1::bigint, $2::uuid, $3::boolean, $4::text, $5::text, $6::text, "
          "$7::text, coalesce($8::int, 20), $9::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_QUERY("status"), NGX_SHOP_BIND_QUERY("type"),
                NGX_SHOP_BIND_QUERY("q"), NGX_SHOP_BIND_QUERY("sku"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/products/bulk"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_bulk_input,
      .flags = NGX_SHOP_EP_SLOW|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.product_bulk($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_catalog = {
    {
        ngx_http_shop_catalog_endpoints,
        ngx_http_shop_catalog_variant_endpoints,
        ngx_http_shop_catalog_category_endpoints,
        ngx_http_shop_catalog_collection_endpoints,
        ngx_http_shop_catalog_type_endpoints,
        ngx_http_shop_catalog_transfer_endpoints
    },
    ngx_http_shop_catalog_upload_init
};


static ngx_command_t  ngx_http_shop_catalog_commands[] = {

    { ngx_string("shop_catalog"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_catalog },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_catalog_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_catalog_commands,
    .type = NGX_HTTP_MODULE
};
