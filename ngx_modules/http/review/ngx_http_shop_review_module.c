/*
 * Reviews of products: writing, reading, votes, complaints, moderation.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_REVIEW_BODY_MAX   10000
#define NGX_HTTP_SHOP_REVIEW_REPLY_MAX  5000
#define NGX_HTTP_SHOP_REVIEW_IMAGES_MAX 6
#define NGX_HTTP_SHOP_REVIEW_TTL        300000


static ngx_shop_field_t  ngx_http_shop_review_list_input[] = {
    { ngx_string("sort"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "newest helpful rating -rating" },
    { ngx_string("rating"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 5, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_queue_input[] = {
    { ngx_string("status"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "pending published rejected" },
    { ngx_string("product"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128, NULL },
    { ngx_string("rating"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 5, NULL },
    { ngx_string("reported"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_image[] = {
    { ngx_string("image"), NGX_SHOP_UUID, 0, 0, 0, NULL }
};

static ngx_shop_field_t  ngx_http_shop_review_input[] = {
    { ngx_string("rating"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 1, 5, NULL },
    { ngx_string("title"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 200, NULL },
    { ngx_string("body"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_REVIEW_BODY_MAX, NULL },
    { ngx_string("author"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("images"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_REVIEW_IMAGES_MAX, ngx_http_shop_review_image },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_change_input[] = {
    { ngx_string("rating"), NGX_SHOP_INT, 0, 1, 5, NULL },
    { ngx_string("title"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 200, NULL },
    { ngx_string("body"), NGX_SHOP_TEXT, 0, 1, NGX_HTTP_SHOP_REVIEW_BODY_MAX,
      NULL },
    { ngx_string("author"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("images"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_REVIEW_IMAGES_MAX, ngx_http_shop_review_image },
    { ngx_string("status"), NGX_SHOP_ENUM, 0, 0, 0,
      "pending published rejected" },
    { ngx_string("reason"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 500, NULL },
    { ngx_string("reply"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1,
      NGX_HTTP_SHOP_REVIEW_REPLY_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_vote_input[] = {
    { ngx_string("helpful"), NGX_SHOP_BOOL, NGX_SHOP_REQUIRED, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_report_input[] = {
    { ngx_string("reason"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "spam offensive off_topic false private other" },
    { ngx_string("comment"), NGX_SHOP_TEXT, 0, 1, 2000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_settings_input[] = {
    { ngx_string("moderation"), NGX_SHOP_ENUM, 0, 0, 0, "none doubtful all" },
    { ngx_string("hide_reports"), NGX_SHOP_INT, 0, 1, 1000, NULL },
    { ngx_string("request_days"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 0, 365,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_review_preferences_input[] = {
    { ngx_string("request_mails"), NGX_SHOP_BOOL, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_review_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/products/{product}/reviews"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_review_list_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from review.list($1::bigint, "
          "$2::text, coalesce($3::int, 20), $4::text, "
          "coalesce($5::text, 'newest'), $6::int)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_QUERY("cursor"),
                NGX_SHOP_BIND_QUERY("sort"), NGX_SHOP_BIND_QUERY("rating") },
      .ttl = NGX_HTTP_SHOP_REVIEW_TTL },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/products/{product}/reviews"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_review_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from review.add($1::bigint, $2::uuid, "
          "$3::text, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("product"), NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/reviews"),
      .permission = ngx_string("reviews:read"),
      .input = ngx_http_shop_review_queue_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from review.queue($1::bigint, "
          "$2::uuid, $3::boolean, $4::text, $5::text, $6::int, $7::boolean, "
          "coalesce($8::int, 20), $9::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("reviews:manage"),
                NGX_SHOP_BIND_QUERY("status"),
                NGX_SHOP_BIND_QUERY("product"),
                NGX_SHOP_BIND_QUERY("rating"),
                NGX_SHOP_BIND_QUERY("reported"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/reviews/mine"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from review.mine($1::bigint, $2::uuid, "
          "coalesce($3::int, 20), $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/reviews/preferences"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from review.preferences($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/reviews/preferences"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_review_preferences_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from review.change_preferences($1::bigint, "
          "$2::uuid, $3::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_BODY("request_mails") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/reviews/settings"),
      .permission = ngx_string("reviews:manage"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from "
          "review.settings_show($1::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/reviews/settings"),
      .permission = ngx_string("reviews:manage"),
      .input = ngx_http_shop_review_settings_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from review.settings_change($1::bigint, "
          "$2::uuid, $3::bigint, $4::jsonb, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/reviews/{review}"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from review.show($1::bigint, "
          "$2::bigint, $3::uuid, $4::boolean, $5::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("reviews:read"),
                NGX_SHOP_BIND_CAN("reviews:manage") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/reviews/{review}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_review_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from review.change($1::bigint, "
          "$2::bigint, $3::uuid, $4::boolean, $5::boolean, $6::bigint, "
          "$7::jsonb, $8::inet, $9::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("reviews:write"),
                NGX_SHOP_BIND_CAN("reviews:manage"), NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/reviews/{review}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from review.remove($1::bigint, "
          "$2::bigint, $3::uuid, $4::boolean, $5::bigint, $6::inet, "
          "$7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("reviews:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/reviews/{review}/votes"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_review_vote_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from review.vote($1::bigint, $2::bigint, "
          "$3::uuid, $4::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_BODY("helpful") } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/reviews/{review}/votes"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from review.vote($1::bigint, $2::bigint, "
          "$3::uuid, null)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/reviews/{review}/reports"),
      .permission = ngx_string("reviews:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from review.reports($1::bigint, "
          "$2::bigint, $3::uuid, $4::boolean, coalesce($5::int, 20), "
          "$6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("reviews:manage"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/reviews/{review}/reports"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_review_report_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from review.report($1::bigint, "
          "$2::bigint, $3::uuid, $4::text, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("review"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_BODY("reason"),
                NGX_SHOP_BIND_BODY("comment") } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_review = {
    { ngx_http_shop_review_endpoints },
    NULL
};


static ngx_command_t  ngx_http_shop_review_commands[] = {

    { ngx_string("shop_review"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_review },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_review_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_review_commands,
    .type = NGX_HTTP_MODULE
};
