/*
 * The brand of the host and its settings.
 */

#include "ngx_http_shop_store.h"


#define NGX_HTTP_SHOP_STORE_TTL  300000


static ngx_shop_field_t  ngx_http_shop_store_currency =
    { ngx_null_string, NGX_SHOP_CURRENCY, 0, 0, 0, NULL };

static ngx_shop_field_t  ngx_http_shop_store_country =
    { ngx_null_string, NGX_SHOP_COUNTRY, 0, 0, 0, NULL };

static ngx_shop_field_t  ngx_http_shop_store_locale =
    { ngx_null_string, NGX_SHOP_LOCALE, 0, 0, 0, NULL };

static ngx_shop_field_t  ngx_http_shop_store_theme[] = {
    { ngx_string("colors"), NGX_SHOP_OBJECT, 0, 0, 4000, NULL },
    { ngx_string("fonts"), NGX_SHOP_OBJECT, 0, 0, 2000, NULL },
    { ngx_string("radius"), NGX_SHOP_TEXT, 0, 1, 20, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_store_change_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("theme"), NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_store_theme },
    { ngx_string("logo"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 2000, NULL },
    { ngx_string("email"), NGX_SHOP_EMAIL, 0, 3, 254, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, 0, 0, 0, NULL },
    { ngx_string("currencies"), NGX_SHOP_ARRAY, 0, 1, 20,
      &ngx_http_shop_store_currency },
    { ngx_string("locales"), NGX_SHOP_ARRAY, 0, 1, 50,
      &ngx_http_shop_store_locale },
    { ngx_string("countries"), NGX_SHOP_ARRAY, 0, 1, 250,
      &ngx_http_shop_store_country },
    { ngx_string("tax_included"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("display_limit"), NGX_SHOP_INT, 0, 1, 1000, NULL },
    { ngx_string("low_stock_threshold"), NGX_SHOP_INT, 0, 0, 1000000, NULL },
    { ngx_string("reservation_minutes"), NGX_SHOP_INT, 0, 1, 10080, NULL },
    { ngx_string("tax_country"), NGX_SHOP_COUNTRY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("tax_number"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 4, 20,
      NULL },
    { ngx_string("vat_check"), NGX_SHOP_ENUM, 0, 0, 0,
      "off format registry" },
    { ngx_string("cart_days"), NGX_SHOP_INT, 0, 1, 365, NULL },
    { ngx_string("guest_cart_days"), NGX_SHOP_INT, 0, 1, 365, NULL },
    { ngx_string("cart_lines"), NGX_SHOP_INT, 0, 1, 1000, NULL },
    { ngx_string("line_quantity"), NGX_SHOP_INT, 0, 1, 1000000, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_store_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/store"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, version::text as etag, "
          "'store:' || id as tags from store.store where id = $1::bigint"),
      .bind = { NGX_SHOP_BIND_STORE },
      .ttl = NGX_HTTP_SHOP_STORE_TTL },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/store"),
      .permission = ngx_string("store:write"),
      .input = ngx_http_shop_store_change_input,
      .flags = NGX_SHOP_EP_SLOW,    /* currencies render all products anew */
      .sql = ngx_string("select * from store.change($1::bigint, $2::uuid, "
          "$3::bigint, $4::jsonb, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_store = {
    {
        ngx_http_shop_store_endpoints,
        ngx_http_shop_store_tax_endpoints,
        ngx_http_shop_store_rate_endpoints
    },
    NULL
};


static ngx_command_t  ngx_http_shop_store_commands[] = {

    { ngx_string("shop_store"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_store },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_store_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_store_commands,
    .type = NGX_HTTP_MODULE
};
