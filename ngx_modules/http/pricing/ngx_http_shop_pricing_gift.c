/*
 * Gift cards and their ledger.
 */

#include "ngx_http_shop_pricing.h"


static ngx_shop_field_t  ngx_http_shop_pricing_gift_add[] = {
    { ngx_string("amount"), NGX_SHOP_MONEY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_PRICING_AMOUNT_MAX, NULL },
    { ngx_string("expires_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL
      },
    { ngx_string("note"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_gift_change[] = {
    { ngx_string("active"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("expires_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0, NULL
      },
    { ngx_string("note"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_gift_entry[] = {
    { ngx_string("delta"), NGX_SHOP_INT, NGX_SHOP_REQUIRED,
      -NGX_HTTP_SHOP_PRICING_AMOUNT_MAX, NGX_HTTP_SHOP_PRICING_AMOUNT_MAX,
      NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 500, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_pricing_gifts[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/gift-cards"),
      .permission = ngx_string("giftcards:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.gift_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/gift-cards"),
      .permission = ngx_string("giftcards:write"),
      .input = ngx_http_shop_pricing_gift_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from pricing.gift_add($1::bigint, $2::uuid, "
          "$3::jsonb, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/gift-cards/{gift_card}"),
      .permission = ngx_string("giftcards:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from pricing.gift_show($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("gift_card") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/gift-cards/{gift_card}"),
      .permission = ngx_string("giftcards:write"),
      .input = ngx_http_shop_pricing_gift_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from pricing.gift_change($1::bigint, "
          "$2::uuid, $3::uuid, $4::bigint, $5::jsonb, $6::inet, "
          "$7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("gift_card"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/gift-cards/{gift_card}/entries"),
      .permission = ngx_string("giftcards:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.gift_entries($1::bigint, "
          "$2::uuid, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("gift_card"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/gift-cards/{gift_card}/entries"),
      .permission = ngx_string("giftcards:write"),
      .input = ngx_http_shop_pricing_gift_entry,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from pricing.gift_adjust($1::bigint, "
          "$2::uuid, $3::uuid, $4::jsonb, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("gift_card"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};
