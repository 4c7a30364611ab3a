/*
 * Promotions and their coupons.
 */

#include "ngx_http_shop_pricing.h"


#define NGX_HTTP_SHOP_PRICING_CODES_MAX  1000


static ngx_shop_field_t  ngx_http_shop_pricing_money_input[] = {
    { ngx_string("amount"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_PRICING_AMOUNT_MAX, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_money =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_pricing_money_input };

static ngx_shop_field_t  ngx_http_shop_pricing_currency =
    { ngx_null_string, NGX_SHOP_CURRENCY, 0, 0, 0, NULL };

static ngx_shop_field_t  ngx_http_shop_pricing_country =
    { ngx_null_string, NGX_SHOP_COUNTRY, 0, 0, 0, NULL };

static ngx_shop_field_t  ngx_http_shop_pricing_method =
    { ngx_null_string, NGX_SHOP_ID, 0, 1, 64, NULL };


/* members that a new one and a change have in common */
#define ngx_http_shop_pricing_promotion_fields                               \
    { ngx_string("applies_to"), NGX_SHOP_ENUM, 0, 0, 0, "order lines" },     \
    { ngx_string("automatic"), NGX_SHOP_BOOL, 0, 0, 0, NULL },               \
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },                  \
    { ngx_string("priority"), NGX_SHOP_INT, 0, 0,                            \
      NGX_HTTP_SHOP_PRICING_PRIORITY_MAX, NULL },                            \
    { ngx_string("exclusive"), NGX_SHOP_BOOL, 0, 0, 0, NULL },               \
    { ngx_string("starts_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,       \
      NULL },                                                                \
    { ngx_string("ends_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL }, \
    { ngx_string("basis_points"), NGX_SHOP_INT, 0, 1, 10000, NULL },         \
    { ngx_string("amounts"), NGX_SHOP_ARRAY, 0, 1, 20,                       \
      &ngx_http_shop_pricing_money },                                        \
    { ngx_string("buy_quantity"), NGX_SHOP_INT, 0, 1, 1000, NULL },          \
    { ngx_string("get_quantity"), NGX_SHOP_INT, 0, 1, 1000, NULL },          \
    { ngx_string("max_times"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1, 1000000,  \
      NULL },                                                                \
    { ngx_string("gift_variant_id"), NGX_SHOP_ID, 0, 1, 20, NULL },          \
    { ngx_string("min_totals"), NGX_SHOP_ARRAY, 0, 0, 20,                    \
      &ngx_http_shop_pricing_money },                                        \
    { ngx_string("min_quantity"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1,        \
      1000000, NULL },                                                       \
    { ngx_string("currencies"), NGX_SHOP_ARRAY, 0, 0, 20,                    \
      &ngx_http_shop_pricing_currency },                                     \
    { ngx_string("countries"), NGX_SHOP_ARRAY, 0, 0, 300,                    \
      &ngx_http_shop_pricing_country },                                      \
    { ngx_string("methods"), NGX_SHOP_ARRAY, 0, 0, 50,                       \
      &ngx_http_shop_pricing_method },                                       \
    { ngx_string("first_order"), NGX_SHOP_BOOL, 0, 0, 0, NULL },             \
    { ngx_string("max_uses"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1,            \
      NGX_HTTP_SHOP_PRICING_USES_MAX, NULL },                                \
    { ngx_string("max_uses_per_customer"), NGX_SHOP_INT, NGX_SHOP_NULLABLE,  \
      1, 1000000, NULL },                                                    \
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,                         \
      NGX_HTTP_SHOP_PRICING_JSON_MAX, NULL },                                \
    { ngx_string("translations"), NGX_SHOP_OBJECT, 0, 0,                     \
      NGX_HTTP_SHOP_PRICING_JSON_MAX, NULL },                                \
    { ngx_string("products"), NGX_SHOP_ARRAY, 0, 0,                          \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("variants"), NGX_SHOP_ARRAY, 0, 0,                          \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("categories"), NGX_SHOP_ARRAY, 0, 0,                        \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("collections"), NGX_SHOP_ARRAY, 0, 0,                       \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("except_products"), NGX_SHOP_ARRAY, 0, 0,                   \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("except_categories"), NGX_SHOP_ARRAY, 0, 0,                 \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("get_products"), NGX_SHOP_ARRAY, 0, 0,                      \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("get_variants"), NGX_SHOP_ARRAY, 0, 0,                      \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("get_categories"), NGX_SHOP_ARRAY, 0, 0,                    \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("get_collections"), NGX_SHOP_ARRAY, 0, 0,                   \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id },            \
    { ngx_string("groups"), NGX_SHOP_ARRAY, 0, 0,                            \
      NGX_HTTP_SHOP_PRICING_IDS_MAX, &ngx_http_shop_pricing_id }


static ngx_shop_field_t  ngx_http_shop_pricing_promotion_add[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("kind"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "percentage fixed free_shipping buy_x_get_y gift" },
    ngx_http_shop_pricing_promotion_fields,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_promotion_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    ngx_http_shop_pricing_promotion_fields,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_promotion_list[] = {
    { ngx_string("active"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("automatic"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_coupon_add[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, 0, 2, 40, NULL },
    { ngx_string("count"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_PRICING_CODES_MAX, NULL },
    { ngx_string("prefix"), NGX_SHOP_TEXT, 0, 0, 20, NULL },
    { ngx_string("max_uses"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_PRICING_USES_MAX, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_pricing_promotions[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/promotions"),
      .permission = ngx_string("promotions:read"),
      .input = ngx_http_shop_pricing_promotion_list,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.promotion_list($1::bigint, "
          "$2::boolean, $3::boolean, coalesce($4::int, 20), "
          "$5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("active"),
                NGX_SHOP_BIND_QUERY("automatic"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/promotions"),
      .permission = ngx_string("promotions:write"),
      .input = ngx_http_shop_pricing_promotion_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from pricing.promotion_add($1::bigint, "
          "$2::uuid, $3::jsonb, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/promotions/{promotion}"),
      .permission = ngx_string("promotions:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from "
          "pricing.promotion_show($1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("promotion") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/promotions/{promotion}"),
      .permission = ngx_string("promotions:write"),
      .input = ngx_http_shop_pricing_promotion_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from pricing.promotion_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::jsonb, "
          "$6::inet, $7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("promotion"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/promotions/{promotion}"),
      .permission = ngx_string("promotions:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from pricing.promotion_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("promotion"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/promotions/{promotion}/coupons"),
      .permission = ngx_string("promotions:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.coupon_list($1::bigint, "
          "$2::bigint, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("promotion"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/promotions/{promotion}/coupons"),
      .permission = ngx_string("promotions:write"),
      .input = ngx_http_shop_pricing_coupon_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from pricing.coupon_add($1::bigint, "
          "$2::bigint, $3::uuid, $4::jsonb, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("promotion"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/promotions/{promotion}/coupons/{code}"),
      .permission = ngx_string("promotions:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from pricing.coupon_remove($1::bigint, "
          "$2::bigint, $3::text, $4::uuid, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("promotion"),
                NGX_SHOP_BIND_PATH("code"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};
