/*
 * Text search and suggestions.
 */

#include "ngx_http_shop_search.h"


#define NGX_HTTP_SHOP_SEARCH_AMOUNT_MAX  99999999999
#define NGX_HTTP_SHOP_SEARCH_TTL         300000


static ngx_shop_field_t  ngx_http_shop_search_input[] = {
    { ngx_string("query"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_REQUIRED,
      1, 200, NULL },
    { ngx_string("category"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128, NULL },
    { ngx_string("collection"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128,
      NULL },
    { ngx_string("min_price"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 0,
      NGX_HTTP_SHOP_SEARCH_AMOUNT_MAX, NULL },
    { ngx_string("max_price"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 0,
      NGX_HTTP_SHOP_SEARCH_AMOUNT_MAX, NULL },
    { ngx_string("in_stock"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("attr."), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_PREFIX,
      1, 200, NULL },
    { ngx_string("sort"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "relevance price -price newest rating popular" },
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LOCALE,
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_search_suggest_input[] = {
    { ngx_string("query"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_REQUIRED,
      1, 200, NULL },
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LOCALE,
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 20, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_search_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/search"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_search_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED|NGX_SHOP_EP_NOTES,
      .sql = ngx_string("select body, tags, note from search.list($1::bigint, "
          "$2::text, $3::text, $4::text, $5::bigint, $6::bigint, "
          "$7::boolean, $8::jsonb, $9::text, coalesce($10::int, 20), "
          "$11::text, $12::text, $13::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_QUERY("category"), NGX_SHOP_BIND_QUERY("query"),
                NGX_SHOP_BIND_QUERY("min_price"),
                NGX_SHOP_BIND_QUERY("max_price"),
                NGX_SHOP_BIND_QUERY("in_stock"), NGX_SHOP_BIND_FILTERS,
                NGX_SHOP_BIND_QUERY("sort"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor"),
                NGX_SHOP_BIND_QUERY("collection"), NGX_SHOP_BIND_LOCALE },
      .ttl = NGX_HTTP_SHOP_SEARCH_TTL,
      .click = "catalog.searched", .click_of = "query" },

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/suggest"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_search_suggest_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from search.suggest($1::bigint, "
          "$2::text, $3::text, coalesce($4::int, 8), $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_QUERY("query"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_LOCALE },
      .ttl = NGX_HTTP_SHOP_SEARCH_TTL },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_search = {
    {
        ngx_http_shop_search_endpoints,
        ngx_http_shop_search_admin_endpoints
    },
    NULL
};


static ngx_command_t  ngx_http_shop_search_commands[] = {

    { ngx_string("shop_search"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_search },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_search_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_search_commands,
    .type = NGX_HTTP_MODULE
};
