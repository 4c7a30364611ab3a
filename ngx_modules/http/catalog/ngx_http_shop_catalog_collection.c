/*
 * Collections: products chosen by hand, or by a rule.
 */

#include "ngx_http_shop_catalog.h"


static ngx_shop_field_t  ngx_http_shop_catalog_collection_list[] = {
    NGX_SHOP_FIELD_LOCALE,
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_collection_show[] = {
    NGX_SHOP_FIELD_LOCALE,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_collection_page[] = {
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LOCALE,
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_condition_input[] = {
    { ngx_string("field"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "name type tags category seller attribute options sku price on_sale "
      "published" },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 60, NULL },
    { ngx_string("op"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "is is_not contains starts_with less greater at_most at_least" },
    { ngx_string("value"), NGX_SHOP_ANY, NGX_SHOP_REQUIRED, 0, 500, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_condition =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_condition_input };

static ngx_shop_field_t  ngx_http_shop_catalog_rule[] = {
    { ngx_string("match"), NGX_SHOP_ENUM, 0, 0, 0, "all any" },
    { ngx_string("conditions"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 50,
      &ngx_http_shop_catalog_condition },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_member =
    { ngx_null_string, NGX_SHOP_ID, 0, 1, 128, NULL };


#define ngx_http_shop_catalog_collection_fields                             \
    ngx_http_shop_catalog_shown_fields,                                     \
    { ngx_string("image"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 2000,       \
      NULL },                                                               \
    { ngx_string("rule"), NGX_SHOP_OBJECT, 0, 0, 0,                         \
      ngx_http_shop_catalog_rule },                                         \
    { ngx_string("sort"), NGX_SHOP_ENUM, 0, 0, 0,                           \
      "manual newest price -price rating" },                                \
    { ngx_string("published"), NGX_SHOP_BOOL, 0, 0, 0, NULL },              \
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 1000000, NULL },          \
    { ngx_string("products"), NGX_SHOP_ARRAY, 0, 0, 1000,                   \
      &ngx_http_shop_catalog_member }


static ngx_shop_field_t  ngx_http_shop_catalog_collection_add[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    ngx_http_shop_catalog_collection_fields,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_collection_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_http_shop_catalog_collection_fields,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_collection_put[] = {
    { ngx_string("products"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 1000,
      &ngx_http_shop_catalog_member },
    { ngx_string("position"), NGX_SHOP_INT, 0, 1, 1000000, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_catalog_collection_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/collections"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_collection_list,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from catalog.collection_list("
          "$1::bigint, $2::text, $3::boolean, coalesce($4::int, 20), "
          "$5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_LOCALE,
                NGX_SHOP_BIND_CAN("catalog:write"),
                NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_QUERY("cursor") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET, .path = ngx_string("/collections/{collection}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_collection_show,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, etag, tags from "
          "catalog.collection_show($1::bigint, $2::text, $3::text, "
          "$4::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_LOCALE, NGX_SHOP_BIND_CAN("catalog:write") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/collections/{collection}/products"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_collection_page,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from catalog.collection_products("
          "$1::bigint, $2::text, $3::text, $4::text, $5::boolean, "
          "coalesce($6::int, 20), $7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_QUERY("currency"), NGX_SHOP_BIND_LOCALE,
                NGX_SHOP_BIND_CAN("catalog:write"),
                NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_QUERY("cursor") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/collections/{collection}/translations"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body, etag from catalog.translations_show("
          "$1::bigint, 'collection', $2::text, $3::uuid, $4::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/collections"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_collection_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.collection_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/collections/{collection}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_collection_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.collection_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/collections/{collection}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.collection_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/collections/{collection}/products"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_collection_put,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.collection_put_products("
          "$1::bigint, $2::text, $3::uuid, $4::boolean, $5::bigint, "
          "$6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/collections/{collection}/products/{product}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.collection_take_product("
          "$1::bigint, $2::text, $3::text, $4::uuid, $5::boolean, "
          "$6::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("collection"),
                NGX_SHOP_BIND_PATH("product"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
