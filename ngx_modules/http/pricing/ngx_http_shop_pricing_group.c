/*
 * Groups of customers, and who is in them.
 */

#include "ngx_http_shop_pricing.h"


static ngx_shop_field_t  ngx_http_shop_pricing_group_add[] = {
    { ngx_string("code"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("metadata"), NGX_SHOP_OBJECT,
      0, 0, NGX_HTTP_SHOP_PRICING_JSON_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_group_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("metadata"), NGX_SHOP_OBJECT,
      0, 0, NGX_HTTP_SHOP_PRICING_JSON_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pricing_member_add[] = {
    { ngx_string("user_id"), NGX_SHOP_UUID, NGX_SHOP_REQUIRED, 0, 0, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_pricing_groups[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/customer-groups"),
      .permission = ngx_string("prices:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.group_list($1::bigint, "
          "coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/customer-groups"),
      .permission = ngx_string("prices:write"),
      .input = ngx_http_shop_pricing_group_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from pricing.group_add($1::bigint, $2::uuid, "
          "$3::jsonb, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/customer-groups/{group}"),
      .permission = ngx_string("prices:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body, etag from pricing.group_show($1::bigint, "
          "$2::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("group") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/customer-groups/{group}"),
      .permission = ngx_string("prices:write"),
      .input = ngx_http_shop_pricing_group_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from pricing.group_change($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::jsonb, $6::inet, "
          "$7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("group"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/customer-groups/{group}"),
      .permission = ngx_string("prices:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from pricing.group_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::bigint, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("group"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/customer-groups/{group}/members"),
      .permission = ngx_string("prices:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from pricing.member_list($1::bigint, "
          "$2::bigint, coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("group"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/customer-groups/{group}/members"),
      .permission = ngx_string("prices:write"),
      .input = ngx_http_shop_pricing_member_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from pricing.member_add($1::bigint, "
          "$2::bigint, $3::uuid, $4::uuid, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("group"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_BODY("user_id"),
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/customer-groups/{group}/members/{user}"),
      .permission = ngx_string("prices:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from pricing.member_remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::uuid, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("group"),
                NGX_SHOP_BIND_PATH("user"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};
