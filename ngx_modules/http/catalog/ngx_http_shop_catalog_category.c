/*
 * The tree of categories.
 */

#include "ngx_http_shop_catalog.h"


static ngx_shop_field_t  ngx_http_shop_catalog_category_list[] = {
    NGX_SHOP_FIELD_LOCALE,
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_category_show[] = {
    NGX_SHOP_FIELD_LOCALE,
    ngx_shop_no_more_fields
};


#define ngx_http_shop_catalog_category_fields                               \
    ngx_http_shop_catalog_shown_fields,                                     \
    { ngx_string("parent_id"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 128,      \
      NULL },                                                               \
    { ngx_string("image"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 2000,       \
      NULL },                                                               \
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 1000000, NULL }


static ngx_shop_field_t  ngx_http_shop_catalog_category_add[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    ngx_http_shop_catalog_category_fields,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_category_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_http_shop_catalog_category_fields,
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_catalog_category_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/categories"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_category_list,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from catalog.category_list("
          "$1::bigint, $2::text, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_LOCALE,
                NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_QUERY("cursor") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET, .path = ngx_string("/categories/{category}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_category_show,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, etag, tags from "
          "catalog.category_show($1::bigint, $2::text, $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category"),
                NGX_SHOP_BIND_LOCALE },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/categories/{category}/translations"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body, etag from catalog.translations_show("
          "$1::bigint, 'category', $2::text, $3::uuid, $4::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/categories"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_category_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.category_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/categories/{category}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_category_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.category_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/categories/{category}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.category_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
