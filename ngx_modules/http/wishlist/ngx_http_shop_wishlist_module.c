/*
 * Wishlists, which can be shared, and notices of what is in stock again.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_WISHLIST_QUANTITY_MAX  9999


static ngx_shop_field_t  ngx_http_shop_wishlist_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 1000, NULL },
    { ngx_string("shared"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_wishlist_change_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 1000, NULL },
    { ngx_string("shared"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_wishlist_items_input[] = {
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_wishlist_item_input[] = {
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 20, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 20, NULL },
    { ngx_string("quantity"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_WISHLIST_QUANTITY_MAX, NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 500, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_wishlist_item_change_input[] = {
    { ngx_string("quantity"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_WISHLIST_QUANTITY_MAX, NULL },
    { ngx_string("note"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 500, NULL },
    { ngx_string("wishlist"), NGX_SHOP_ID, 0, 1, 36, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_wishlist_notice_input[] = {
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 20, NULL },
    { ngx_string("email"), NGX_SHOP_EMAIL, 0, 3, 254, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_wishlist_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/wishlists"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from wishlist.lists($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/wishlists"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_wishlist_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from wishlist.add($1::bigint, $2::uuid, "
          "$3::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/wishlists/shared/{share}"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from wishlist.shared($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("share") } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/wishlists/shared/{share}/items"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_wishlist_items_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from wishlist.shared_items($1::bigint, "
          "$2::uuid, $3::text, coalesce($4::int, 20), $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("share"),
                NGX_SHOP_BIND_QUERY("currency"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/wishlists/{wishlist}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from wishlist.show($1::bigint, "
          "$2::uuid, $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/wishlists/{wishlist}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_wishlist_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from wishlist.change($1::bigint, "
          "$2::uuid, $3::text, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist"), NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/wishlists/{wishlist}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from wishlist.remove($1::bigint, "
          "$2::uuid, $3::text, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist"), NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/wishlists/{wishlist}/items"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_wishlist_items_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from wishlist.items($1::bigint, "
          "$2::uuid, $3::text, $4::text, coalesce($5::int, 20), $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist"),
                NGX_SHOP_BIND_QUERY("currency"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/wishlists/{wishlist}/items"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_wishlist_item_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from wishlist.add_item($1::bigint, "
          "$2::uuid, $3::text, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist"), NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/wishlists/{wishlist}/items/{item}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_wishlist_item_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from wishlist.change_item($1::bigint, "
          "$2::uuid, $3::text, $4::bigint, $5::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist"), NGX_SHOP_BIND_PATH("item"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/wishlists/{wishlist}/items/{item}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from wishlist.remove_item($1::bigint, "
          "$2::uuid, $3::text, $4::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("wishlist"),
                NGX_SHOP_BIND_PATH("item") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/products/{product}/stock-notices"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_wishlist_notice_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from wishlist.notice_add($1::bigint, "
          "$2::uuid, $3::text, $4::text, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_BODY("variant_id"),
                NGX_SHOP_BIND_BODY("email") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/stock-notices"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from wishlist.notices($1::bigint, "
          "$2::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/stock-notices/{notice}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from wishlist.notice_remove($1::bigint, "
          "$2::uuid, $3::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("notice") } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_wishlist = {
    { ngx_http_shop_wishlist_endpoints },
    NULL
};


static ngx_command_t  ngx_http_shop_wishlist_commands[] = {

    { ngx_string("shop_wishlist"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_wishlist },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_wishlist_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_wishlist_commands,
    .type = NGX_HTTP_MODULE
};
