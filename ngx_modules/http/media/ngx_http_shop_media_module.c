/*
 * Pictures of products, and of what else has any.
 */

#include "ngx_http_shop_media.h"


#define NGX_HTTP_SHOP_MEDIA_PLACE_MAX  1000


static ngx_int_t ngx_http_shop_media_add_variables(ngx_conf_t *cf);
static char *ngx_http_shop_media_served(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_shop_media_create_main_conf(ngx_conf_t *cf);
static void *ngx_http_shop_media_create_loc_conf(ngx_conf_t *cf);


/* of the query, or parts of the form */

static ngx_shop_field_t  ngx_http_shop_media_add_input[] = {
    { ngx_string("alt"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 20, NULL },
    { ngx_string("position"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1,
      NGX_HTTP_SHOP_MEDIA_PLACE_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_media_change_input[] = {
    { ngx_string("alt"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 20, NULL },
    { ngx_string("position"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_MEDIA_PLACE_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_media_id =
    { ngx_null_string, NGX_SHOP_ID, 0, 1, 20, NULL };

static ngx_shop_field_t  ngx_http_shop_media_order_input[] = {
    { ngx_string("order"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 100,
      &ngx_http_shop_media_id },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_media_asset_input[] = {
    { ngx_string("alt"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("purpose"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "content category logo review" },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_media_asset_page_input[] = {
    { ngx_string("purpose"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "content category logo review" },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_media_asset_change_input[] = {
    { ngx_string("alt"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 0, 500, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_media_serve_input[] = {
    { ngx_string("w"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      NGX_HTTP_SHOP_MEDIA_WIDTHS },
    ngx_shop_no_more_fields
};


/* store, product, actor, whether it may change all */
#define NGX_HTTP_SHOP_MEDIA_PRODUCT                                           \
    NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"), NGX_SHOP_BIND_ACTOR,  \
    NGX_SHOP_BIND_CAN("catalog:manage")


static ngx_shop_endpoint_t  ngx_http_shop_media_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/{product}/images"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body from media.images($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, coalesce($5::int, 20), "
          "$6::text)"),
      .bind = { NGX_HTTP_SHOP_MEDIA_PRODUCT, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/products/{product}/images"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_media_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT
               |NGX_SHOP_EP_RAW_BODY|NGX_SHOP_EP_SPOOLED,
      .sql = ngx_string("select * from media.image_add($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::jsonb)"),
      .bind = { NGX_HTTP_SHOP_MEDIA_PRODUCT, NGX_SHOP_BIND_DOCUMENT },
      .handler = ngx_http_shop_media_upload },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/products/{product}/images"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_media_order_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from media.image_order($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_HTTP_SHOP_MEDIA_PRODUCT, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_BODY("order") } },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/products/{product}/images/{image}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select * from media.image_show($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_HTTP_SHOP_MEDIA_PRODUCT, NGX_SHOP_BIND_PATH("image") } },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string("/products/{product}/images/{image}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_media_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from media.image_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::bigint, "
          "$7::jsonb)"),
      .bind = { NGX_HTTP_SHOP_MEDIA_PRODUCT, NGX_SHOP_BIND_PATH("image"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/products/{product}/images/{image}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from media.image_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::bigint)"),
      .bind = { NGX_HTTP_SHOP_MEDIA_PRODUCT, NGX_SHOP_BIND_PATH("image"),
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/media"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_media_asset_page_input,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select body from media.assets($1::bigint, "
          "$2::uuid, $3::boolean, $4::text, coalesce($5::int, 20), "
          "$6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("media:write"),
                NGX_SHOP_BIND_QUERY("purpose"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/media"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_media_asset_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT
               |NGX_SHOP_EP_RAW_BODY|NGX_SHOP_EP_SPOOLED,
      .sql = ngx_string("select * from media.asset_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("media:write"), NGX_SHOP_BIND_DOCUMENT },
      .handler = ngx_http_shop_media_upload },

    { .method = NGX_HTTP_GET, .path = ngx_string("/media/{asset}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ,
      .sql = ngx_string("select * from media.asset_show($1::bigint, "
          "$2::uuid, $3::boolean, $4::uuid)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("media:write"),
                NGX_SHOP_BIND_PATH("asset") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/media/{asset}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_media_asset_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from media.asset_change($1::bigint, "
          "$2::uuid, $3::boolean, $4::uuid, $5::bigint, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("media:write"),
                NGX_SHOP_BIND_PATH("asset"), NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_BODY("alt") } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/media/{asset}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from media.asset_remove($1::bigint, "
          "$2::uuid, $3::boolean, $4::uuid, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("media:write"),
                NGX_SHOP_BIND_PATH("asset"), NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};


static ngx_shop_endpoint_t  ngx_http_shop_media_served_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/media/i/{picture}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_media_serve_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE,
      .handler = ngx_http_shop_media_serve },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_media = {
    { ngx_http_shop_media_endpoints },
    NULL
};


static ngx_command_t  ngx_http_shop_media_commands[] = {

    { ngx_string("shop_media"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_media },

    { ngx_string("shop_pictures"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS|NGX_CONF_TAKE1,
      ngx_http_shop_media_served,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_media_store"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_http_shop_media_store,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_media_limits"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE123,
      ngx_http_shop_media_limits,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_media_s3"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE4,
      ngx_http_shop_media_s3,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_media_module_ctx = {
    ngx_http_shop_media_add_variables,     /* preconfiguration */
    NULL,                                  /* postconfiguration */

    ngx_http_shop_media_create_main_conf,  /* create main configuration */
    ngx_http_shop_media_init_conf,         /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_shop_media_create_loc_conf,   /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_media_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_http_shop_media_module_ctx,
    .commands = ngx_http_shop_media_commands,
    .type = NGX_HTTP_MODULE
};


static ngx_int_t
ngx_http_shop_media_add_variables(ngx_conf_t *cf)
{
    return ngx_http_shop_media_s3_variables(cf);
}


static char *
ngx_http_shop_media_served(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char  *rv;

    rv = ngx_http_shop_media_pictures(cf, cmd, conf);

    return rv == NGX_CONF_OK
           ? ngx_shop_endpoints_add(cf, ngx_http_shop_media_served_endpoints)
           : rv;
}


static void *
ngx_http_shop_media_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_shop_media_main_conf_t  *mcf;

    mcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_shop_media_main_conf_t));
    if (mcf == NULL) {
        return NULL;
    }

    mcf->bytes = NGX_CONF_UNSET_SIZE;
    mcf->side = NGX_CONF_UNSET_UINT;
    mcf->pixels = NGX_CONF_UNSET_UINT;

    return mcf;
}


static void *
ngx_http_shop_media_create_loc_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_shop_media_loc_conf_t));
}
