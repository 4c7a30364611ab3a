/*
 * Variants of a product, one at a time, and the translations of a product.
 */

#include "ngx_http_shop_catalog.h"


#define ngx_http_shop_catalog_variant_fields                                \
    ngx_http_shop_catalog_item_fields(0),                                   \
    { ngx_string("currency"), NGX_SHOP_CURRENCY, 0, 0, 0, NULL },           \
    { ngx_string("options"), NGX_SHOP_OBJECT, 0, 0, 2000, NULL },           \
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,                        \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("position"), NGX_SHOP_INT, 0, 1, 10000, NULL }


static ngx_shop_field_t  ngx_http_shop_catalog_variant_show[] = {
    NGX_SHOP_FIELD_CURRENCY,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_variant_add[] = {
    ngx_http_shop_catalog_variant_fields,
    { ngx_string("stock"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_STOCK_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_variant_change[] = {
    ngx_http_shop_catalog_variant_fields,
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_catalog_variant_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/products/{product}/translations"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body, etag from catalog.translations_show("
          "$1::bigint, 'product', $2::text, $3::uuid, $4::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage") } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/products/{product}/variants/{variant}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_variant_show,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, etag, tags from catalog.variant_show("
          "$1::bigint, $2::text, $3::text, $4::text, $5::uuid, "
          "$6::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_PATH("variant"),
                NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_ACTOR_IF("catalog:write"),
                NGX_SHOP_BIND_CAN("catalog:manage") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/products/{product}/variants"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_variant_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.variant_add($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/products/{product}/variants/{variant}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_variant_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.variant_change($1::bigint, "
          "$2::text, $3::text, $4::uuid, $5::boolean, $6::bigint, "
          "$7::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_PATH("variant"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"), NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/products/{product}/variants/{variant}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.variant_remove($1::bigint, "
          "$2::text, $3::text, $4::uuid, $5::boolean, $6::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_PATH("variant"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
