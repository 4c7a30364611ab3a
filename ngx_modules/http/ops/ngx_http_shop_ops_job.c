/*
 * Jobs of the worker: what runs, what came of it, stopping and going on.
 */

#include "ngx_http_shop_ops.h"


static ngx_shop_field_t  ngx_http_shop_ops_jobs_input[] = {
    { ngx_string("kind"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 60, NULL },
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "queued running done failed cancelled" },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_ops_job_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/jobs"),
      .permission = ngx_string("jobs:read"),
      .input = ngx_http_shop_ops_jobs_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from ops.job_list($1::bigint, '%', "
          "null, true, $2::text, $3::text, coalesce($4::int, 20), "
          "$5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("kind"),
                NGX_SHOP_BIND_QUERY("status"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/jobs/{job}"),
      .permission = ngx_string("jobs:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from ops.job_show($1::bigint, "
          "$2::uuid, '%', null, true)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("job") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/jobs/{job}/cancel"),
      .permission = ngx_string("jobs:write"),
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from ops.job_cancel($1::bigint, "
          "$2::uuid, '%', $3::uuid, true, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("job"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/jobs/{job}/retry"),
      .permission = ngx_string("jobs:write"),
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from ops.job_retry($1::bigint, "
          "$2::uuid, $3::uuid, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("job"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};
