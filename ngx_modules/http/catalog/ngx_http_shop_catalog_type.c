/*
 * Types of products: which attributes they have, and of what form.
 */

#include "ngx_http_shop_catalog.h"


static ngx_shop_field_t  ngx_http_shop_catalog_attribute_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 60, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("kind"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "text number boolean choice multi_choice date swatch reference "
      "file" },
    { ngx_string("required"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("filterable"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("choices"), NGX_SHOP_ARRAY, NGX_SHOP_NULLABLE, 1, 200,
      &ngx_http_shop_catalog_text },
    { ngx_string("unit"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 20, NULL },
    { ngx_string("min"), NGX_SHOP_ANY, NGX_SHOP_NULLABLE, 0, 30, NULL },
    { ngx_string("max"), NGX_SHOP_ANY, NGX_SHOP_NULLABLE, 0, 30, NULL },
    { ngx_string("swatches"), NGX_SHOP_OBJECT, NGX_SHOP_NULLABLE, 0,
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },
    { ngx_string("refers_to"), NGX_SHOP_ENUM, NGX_SHOP_NULLABLE, 0, 0,
      "product category collection" },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_attribute =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_attribute_input };


#define ngx_http_shop_catalog_type_fields                                   \
    { ngx_string("attributes"), NGX_SHOP_ARRAY, 0, 0, 100,                  \
      &ngx_http_shop_catalog_attribute },                                   \
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,                        \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("translations"), NGX_SHOP_OBJECT, 0, 0,                    \
      NGX_HTTP_SHOP_CATALOG_WORDS_MAX, NULL }


static ngx_shop_field_t  ngx_http_shop_catalog_type_add[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 60, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    ngx_http_shop_catalog_type_fields,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_type_change[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, 0, 1, 60, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_http_shop_catalog_type_fields,
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_catalog_type_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/product-types"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body from catalog.type_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/product-types/{type}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body, etag from catalog.type_show($1::bigint, "
          "$2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("type") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/product-types"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_type_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.type_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/product-types/{type}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_type_change,
      .flags = NGX_SHOP_EP_SLOW,    /* renders its products anew */
      .sql = ngx_string("select * from catalog.type_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("type"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/product-types/{type}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.type_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("type"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
