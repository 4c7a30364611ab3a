/*
 * Imports and exports of products.  An import's file is kept as it comes; a
 * job of the worker reads it.
 */

#include "ngx_http_shop_catalog_transfer.h"


static ngx_shop_field_t  ngx_http_shop_catalog_import_input[] = {
    { ngx_string("dry_run"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("delimiter"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "comma semicolon tab" },
    { ngx_string("map."), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_PREFIX,
      1, 100, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_imports_input[] = {
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "queued running done failed cancelled" },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_catalog_transfer_endpoints[] = {

    /* the last three are what the handler knows when the file is there */

    { .method = NGX_HTTP_POST, .path = ngx_string("/imports/products"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_import_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_RAW_BODY|NGX_SHOP_EP_SPOOLED
               |NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.import_add($1::bigint, "
          "$2::uuid, $3::boolean, jsonb_build_object('dry_run', "
          "coalesce($4::boolean, false), 'delimiter', coalesce($5::text, "
          "'comma'), 'columns', $6::jsonb), $7::uuid, $8::text, "
          "$9::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_QUERY("dry_run"),
                NGX_SHOP_BIND_QUERY("delimiter"), NGX_SHOP_BIND_FILTERS,
                NGX_SHOP_BIND_LITERAL(""), NGX_SHOP_BIND_LITERAL(""),
                NGX_SHOP_BIND_LITERAL("") },
      .handler = ngx_http_shop_catalog_upload },

    { .method = NGX_HTTP_GET, .path = ngx_string("/imports"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_imports_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from ops.job_list($1::bigint, "
          "'products.import', $2::uuid, $3::boolean, null, $4::text, "
          "coalesce($5::int, 20), $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_QUERY("status"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/imports/{import}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from ops.job_show($1::bigint, "
          "$2::uuid, 'products.import', $3::uuid, $4::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("import"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage") } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/imports/{import}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.import_remove($1::bigint, "
          "$2::uuid, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("import"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/imports/{import}/errors.csv"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_SLOW,
      .sql = ngx_string("select body, next from catalog.import_errors("
          "$1::bigint, $2::uuid, $3::uuid, $4::boolean, $5::bigint, "
          "$6::int)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("import"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_LITERAL("-1"), NGX_SHOP_BIND_LITERAL("300") },
      .handler = ngx_http_shop_catalog_stream },

    { .method = NGX_HTTP_GET, .path = ngx_string("/exports/products.csv"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_SLOW,
      .sql = ngx_string("select body, next from catalog.export_page("
          "$1::bigint, $2::uuid, $3::boolean, $4::bigint, $5::int)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_LITERAL("-1"), NGX_SHOP_BIND_LITERAL("300") },
      .handler = ngx_http_shop_catalog_stream },

    ngx_shop_no_more_endpoints
};
