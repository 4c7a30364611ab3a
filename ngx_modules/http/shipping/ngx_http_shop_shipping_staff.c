/*
 * Ways to ship as staff describe them: zones of addresses, methods with their
 * rates and pick-up points.
 */

#include "ngx_http_shop_shipping.h"


#define NGX_HTTP_SHOP_SHIPPING_AREAS       1000
#define NGX_HTTP_SHOP_SHIPPING_RATES       1000
#define NGX_HTTP_SHOP_SHIPPING_POINTS      500
#define NGX_HTTP_SHOP_SHIPPING_AMOUNT_MAX  99999999999
#define NGX_HTTP_SHOP_SHIPPING_COUNT_MAX   1000000000


static ngx_shop_field_t  ngx_http_shop_shipping_area_input[] = {
    { ngx_string("country"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 2, NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 50,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_area =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_shipping_area_input };

static ngx_shop_field_t  ngx_http_shop_shipping_zone_add_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("areas"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_SHIPPING_AREAS, &ngx_http_shop_shipping_area },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_zone_change_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("areas"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_SHIPPING_AREAS, &ngx_http_shop_shipping_area },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_money_input[] = {
    { ngx_string("amount"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_SHIPPING_AMOUNT_MAX, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_rate_input[] = {
    { ngx_string("zone_id"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 20, NULL },
    { ngx_string("amount"), NGX_SHOP_OBJECT, NGX_SHOP_REQUIRED, 0, 0,
      ngx_http_shop_shipping_money_input },
    { ngx_string("min_subtotal"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_SHIPPING_AMOUNT_MAX, NULL },
    { ngx_string("max_subtotal"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1,
      NGX_HTTP_SHOP_SHIPPING_AMOUNT_MAX, NULL },
    { ngx_string("min_grams"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_SHIPPING_COUNT_MAX, NULL },
    { ngx_string("max_grams"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1,
      NGX_HTTP_SHOP_SHIPPING_COUNT_MAX, NULL },
    { ngx_string("min_items"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_SHIPPING_COUNT_MAX, NULL },
    { ngx_string("max_items"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1,
      NGX_HTTP_SHOP_SHIPPING_COUNT_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_rate =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_shipping_rate_input };

static ngx_shop_field_t  ngx_http_shop_shipping_address_input[] = {
    { ngx_string("line1"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("line2"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 200, NULL },
    { ngx_string("city"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 20,
      NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_point_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("address"), NGX_SHOP_OBJECT, NGX_SHOP_REQUIRED, 0, 0,
      ngx_http_shop_shipping_address_input },
    { ngx_string("hours"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_point =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_shipping_point_input };

#define ngx_http_shop_shipping_method_fields(required)                       \
    { ngx_string("code"), NGX_SHOP_TEXT, required, 1, 63, NULL },            \
    { ngx_string("name"), NGX_SHOP_TEXT, required, 1, 100, NULL },           \
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 500, NULL },           \
    { ngx_string("kind"), NGX_SHOP_ENUM, 0, 0, 0, "delivery pickup" },       \
    { ngx_string("estimated_days"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 0, 365, \
      NULL },                                                                \
    { ngx_string("tax_class"), NGX_SHOP_ID, 0, 1, 40, NULL },                \
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 1000000, NULL },           \
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },                  \
    { ngx_string("translations"), NGX_SHOP_OBJECT, 0, 0, 20000, NULL },      \
    { ngx_string("rates"), NGX_SHOP_ARRAY, 0, 0,                             \
      NGX_HTTP_SHOP_SHIPPING_RATES, &ngx_http_shop_shipping_rate },          \
    { ngx_string("pickup_points"), NGX_SHOP_ARRAY, 0, 0,                     \
      NGX_HTTP_SHOP_SHIPPING_POINTS, &ngx_http_shop_shipping_point }

static ngx_shop_field_t  ngx_http_shop_shipping_method_add_input[] = {
    ngx_http_shop_shipping_method_fields(NGX_SHOP_REQUIRED),
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_shipping_method_change_input[] = {
    ngx_http_shop_shipping_method_fields(0),
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_shipping_staff_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/shipping/zones"),
      .permission = ngx_string("shipping:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from shipping.zone_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/shipping/zones"),
      .permission = ngx_string("shipping:write"),
      .input = ngx_http_shop_shipping_zone_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from shipping.zone_add($1::bigint, "
          "$2::uuid, $3::text, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_REQUEST, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/shipping/zones/{zone}"),
      .permission = ngx_string("shipping:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from "
          "shipping.zone_show($1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("zone") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/shipping/zones/{zone}"),
      .permission = ngx_string("shipping:write"),
      .input = ngx_http_shop_shipping_zone_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from shipping.zone_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("zone"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/shipping/zones/{zone}"),
      .permission = ngx_string("shipping:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from shipping.zone_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("zone"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/shipping/methods"),
      .permission = ngx_string("shipping:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from shipping.method_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/shipping/methods"),
      .permission = ngx_string("shipping:write"),
      .input = ngx_http_shop_shipping_method_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from shipping.method_add($1::bigint, "
          "$2::uuid, $3::text, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_REQUEST, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/shipping/methods/{method}"),
      .permission = ngx_string("shipping:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from "
          "shipping.method_show($1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("method") } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/shipping/methods/{method}"),
      .permission = ngx_string("shipping:write"),
      .input = ngx_http_shop_shipping_method_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from shipping.method_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("method"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/shipping/methods/{method}"),
      .permission = ngx_string("shipping:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from shipping.method_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("method"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
