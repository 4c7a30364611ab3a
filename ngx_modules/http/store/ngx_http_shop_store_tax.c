/*
 * Taxes as staff describe them: classes of products, zones of addresses with
 * their rates, customers that pay none; and VAT ids.
 */

#include "ngx_http_shop_store.h"


#define NGX_HTTP_SHOP_STORE_AREAS  1000
#define NGX_HTTP_SHOP_STORE_RATES  200


static ngx_shop_field_t  ngx_http_shop_store_tax_class_add_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 40, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_tax_class_change_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_tax_area_input[] = {
    { ngx_string("country"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 2, NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 50,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_tax_area =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_store_tax_area_input };

static ngx_shop_field_t  ngx_http_shop_store_tax_rate_input[] = {
    { ngx_string("tax_class"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 40, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("rate"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 7, NULL },
    { ngx_string("valid_from"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("valid_until"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("translations"), NGX_SHOP_OBJECT, 0, 0, 20000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_tax_rate =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_store_tax_rate_input };


#define ngx_http_shop_store_tax_zone_fields(required)                        \
    { ngx_string("name"), NGX_SHOP_TEXT, required, 1, 100, NULL },           \
    { ngx_string("tax_included"), NGX_SHOP_BOOL, NGX_SHOP_NULLABLE, 0, 0,    \
      NULL },                                                                \
    { ngx_string("areas"), NGX_SHOP_ARRAY, required, 0,                      \
      NGX_HTTP_SHOP_STORE_AREAS, &ngx_http_shop_store_tax_area },            \
    { ngx_string("rates"), NGX_SHOP_ARRAY, 0, 0, NGX_HTTP_SHOP_STORE_RATES,  \
      &ngx_http_shop_store_tax_rate }

static ngx_shop_field_t  ngx_http_shop_store_tax_zone_add_input[] = {
    ngx_http_shop_store_tax_zone_fields(NGX_SHOP_REQUIRED),
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_tax_zone_change_input[] = {
    ngx_http_shop_store_tax_zone_fields(0),
    ngx_shop_no_more_fields
};


static ngx_shop_field_t  ngx_http_shop_store_exempt_country =
    { ngx_null_string, NGX_SHOP_COUNTRY, 0, 0, 0, NULL };

#define ngx_http_shop_store_exemption_fields(required)                       \
    { ngx_string("countries"), NGX_SHOP_ARRAY, NGX_SHOP_NULLABLE, 1, 250,    \
      &ngx_http_shop_store_exempt_country },                                 \
    { ngx_string("reason"), NGX_SHOP_TEXT, required, 1, 200, NULL },         \
    { ngx_string("certificate"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 100,   \
      NULL },                                                                \
    { ngx_string("valid_from"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,      \
      NULL },                                                                \
    { ngx_string("valid_until"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,     \
      NULL }

static ngx_shop_field_t  ngx_http_shop_store_exemption_add_input[] = {
    { ngx_string("user_id"), NGX_SHOP_UUID, NGX_SHOP_REQUIRED, 0, 0, NULL },
    ngx_http_shop_store_exemption_fields(NGX_SHOP_REQUIRED),
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_exemption_change_input[] = {
    ngx_http_shop_store_exemption_fields(0),
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_exemption_list_input[] = {
    { ngx_string("user_id"), NGX_SHOP_UUID, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_vat_id_input[] = {
    { ngx_string("vat_id"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 4, 30, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_store_tax_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/tax-classes"),
      .permission = ngx_string("tax:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from store.tax_class_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/tax-classes"),
      .permission = ngx_string("tax:write"),
      .input = ngx_http_shop_store_tax_class_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from store.tax_class_add($1::bigint, "
          "$2::uuid, $3::text, $4::text, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_REQUEST, NGX_SHOP_BIND_BODY("code"),
                NGX_SHOP_BIND_BODY("name") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/tax-classes/{code}"),
      .permission = ngx_string("tax:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from "
          "store.tax_class_show($1::bigint, $2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("code") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/tax-classes/{code}"),
      .permission = ngx_string("tax:write"),
      .input = ngx_http_shop_store_tax_class_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from store.tax_class_change($1::bigint, "
          "$2::text, $3::uuid, $4::text, $5::bigint, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("code"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_BODY("name") } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/tax-classes/{code}"),
      .permission = ngx_string("tax:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from store.tax_class_remove($1::bigint, "
          "$2::text, $3::uuid, $4::text, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("code"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/tax-zones"),
      .permission = ngx_string("tax:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from store.tax_zone_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/tax-zones"),
      .permission = ngx_string("tax:write"),
      .input = ngx_http_shop_store_tax_zone_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from store.tax_zone_add($1::bigint, "
          "$2::uuid, $3::text, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_REQUEST, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/tax-zones/{zone}"),
      .permission = ngx_string("tax:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from "
          "store.tax_zone_show($1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("zone") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/tax-zones/{zone}"),
      .permission = ngx_string("tax:write"),
      .input = ngx_http_shop_store_tax_zone_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from store.tax_zone_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("zone"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/tax-zones/{zone}"),
      .permission = ngx_string("tax:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from store.tax_zone_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("zone"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/tax-exemptions"),
      .permission = ngx_string("tax:read"),
      .input = ngx_http_shop_store_exemption_list_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from store.exemption_list($1::bigint, "
          "$2::uuid, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("user_id"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/tax-exemptions"),
      .permission = ngx_string("tax:write"),
      .input = ngx_http_shop_store_exemption_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from store.exemption_add($1::bigint, "
          "$2::uuid, $3::text, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_REQUEST, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/tax-exemptions/{exemption}"),
      .permission = ngx_string("tax:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from "
          "store.exemption_show($1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("exemption") } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/tax-exemptions/{exemption}"),
      .permission = ngx_string("tax:write"),
      .input = ngx_http_shop_store_exemption_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from store.exemption_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("exemption"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/tax-exemptions/{exemption}"),
      .permission = ngx_string("tax:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from store.exemption_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("exemption"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/vat-ids"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_store_vat_id_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from store.vat_id_ask($1::bigint, "
          "$2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_BODY("vat_id") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/vat-ids/{vat_id}"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from store.vat_id_show($1::bigint, "
          "$2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("vat_id") } },

    ngx_shop_no_more_endpoints
};
