/*
 * What staff does about the search: words that mean the same, and queries that
 * found nothing.
 */

#include "ngx_http_shop_search.h"


static ngx_shop_field_t  ngx_http_shop_search_word =
    { ngx_null_string, NGX_SHOP_TEXT, 0, 1, 60, NULL };

static ngx_shop_field_t  ngx_http_shop_search_synonym_add[] = {
    { ngx_string("words"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 2, 20,
      &ngx_http_shop_search_word },
    { ngx_string("one_way"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_search_synonym_change[] = {
    { ngx_string("words"), NGX_SHOP_ARRAY, 0, 2, 20,
      &ngx_http_shop_search_word },
    { ngx_string("one_way"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_search_synonym_list[] = {
    { ngx_string("query"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 60, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_search_missed_list[] = {
    { ngx_string("days"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 90, NULL },
    NGX_SHOP_FIELD_LIMIT,
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 400, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_search_admin_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/search/synonyms"),
      .permission = ngx_string("search:read"),
      .input = ngx_http_shop_search_synonym_list,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from search.synonym_list($1::bigint, "
          "$2::text, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("query"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/search/synonyms"),
      .permission = ngx_string("search:write"),
      .input = ngx_http_shop_search_synonym_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from search.synonym_add($1::bigint, "
          "$2::uuid, $3::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/search/synonyms/{synonym}"),
      .permission = ngx_string("search:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from search.synonym_show("
          "$1::bigint, $2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("synonym") } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/search/synonyms/{synonym}"),
      .permission = ngx_string("search:write"),
      .input = ngx_http_shop_search_synonym_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from search.synonym_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("synonym"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/search/synonyms/{synonym}"),
      .permission = ngx_string("search:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from search.synonym_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("synonym"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/search/missed"),
      .permission = ngx_string("search:read"),
      .input = ngx_http_shop_search_missed_list,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from search.missed_list($1::bigint, "
          "coalesce($2::int, 30), coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("days"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    ngx_shop_no_more_endpoints
};
