/*
 * Price lists, and what a caller pays for a product.
 */

#include "ngx_http_shop_pricing.h"


#define NGX_HTTP_SHOP_PRICING_ROWS_MAX  1000


static ngx_shop_field_t  ngx_http_shop_pricing_list_add[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("priority"), NGX_SHOP_INT,
      0, 0, NGX_HTTP_SHOP_PRICING_PRIORITY_MAX, NULL },
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("starts_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL },
    { ngx_string("ends_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL },
    { ngx_string("groups"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_list_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("priority"), NGX_SHOP_INT,
      0, 0, NGX_HTTP_SHOP_PRICING_PRIORITY_MAX, NULL },
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("starts_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL },
    { ngx_string("ends_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL },
    { ngx_string("groups"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_row_input[] = {
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 20, NULL },
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, 0, 0, 0, NULL },
    { ngx_string("min_quantity"), NGX_SHOP_INT, 0, 1, 1000000, NULL },
    { ngx_string("price"), NGX_SHOP_MONEY,
      NGX_SHOP_REQUIRED|NGX_SHOP_NULLABLE, 0,
      NGX_HTTP_SHOP_PRICING_AMOUNT_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_row =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_pricing_row_input };

static ngx_shop_field_t  ngx_http_shop_pricing_rows[] = {
    { ngx_string("prices"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_PRICING_ROWS_MAX, &ngx_http_shop_pricing_row },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_own[] = {
    NGX_SHOP_FIELD_CURRENCY,
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_pricing_lists[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/price-lists"),
      .permission = ngx_string("prices:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.list_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/price-lists"),
      .permission = ngx_string("prices:write"),
      .input = ngx_http_shop_pricing_list_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from pricing.list_add($1::bigint, $2::uuid, "
          "$3::jsonb, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/price-lists/{list}"),
      .permission = ngx_string("prices:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from pricing.list_show($1::bigint, "
          "$2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("list") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/price-lists/{list}"),
      .permission = ngx_string("prices:write"),
      .input = ngx_http_shop_pricing_list_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from pricing.list_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::jsonb, $6::inet, "
          "$7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("list"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/price-lists/{list}"),
      .permission = ngx_string("prices:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from pricing.list_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("list"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/price-lists/{list}/prices"),
      .permission = ngx_string("prices:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.list_prices($1::bigint, "
          "$2::bigint, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("list"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/price-lists/{list}/prices"),
      .permission = ngx_string("prices:write"),
      .input = ngx_http_shop_pricing_rows,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from pricing.put_list_prices($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::jsonb, $6::inet, "
          "$7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("list"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_BODY("prices"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/{product}/prices"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_pricing_own,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.prices_of($1::bigint, "
          "$2::text, $3::text, $4::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_QUERY("currency"), NGX_SHOP_BIND_ACTOR } },

    ngx_shop_no_more_endpoints
};
