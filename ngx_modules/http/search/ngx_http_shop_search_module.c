/*
 * Text search and suggestions.
 */

#include "ngx_http_shop_search.h"


#define NGX_HTTP_SHOP_SEARCH_AMOUNT_MAX  99999999999
#define NGX_HTTP_SHOP_SEARCH_TTL         300000


static char *ngx_http_shop_search(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


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
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL },
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 100, NULL },
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_search_suggest_input[] = {
    { ngx_string("query"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_REQUIRED,
      1, 200, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
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
          "$2::text, $3::text, coalesce($4::int, 8))"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_QUERY("query"), NGX_SHOP_BIND_QUERY("limit") },
      .ttl = NGX_HTTP_SHOP_SEARCH_TTL },

    ngx_shop_no_more_endpoints
};


static ngx_command_t  ngx_http_shop_search_commands[] = {

    { ngx_string("shop_search"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_search,
      0,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_search_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_search_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_search_module_ctx,      /* module context */
    ngx_http_shop_search_commands,         /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static char *
ngx_http_shop_search(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    static ngx_shop_endpoint_t  *tables[] = {
        ngx_http_shop_search_endpoints,
        ngx_http_shop_search_admin_endpoints,
        NULL
    };

    return ngx_shop_endpoints_add_tables(cf, tables);
}
