/*
 * The endpoints of carts.
 */

#include "ngx_http_shop_cart.h"


#define NGX_HTTP_SHOP_CART_FLAGS                                             \
    (NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_CART_COOKIE)


static ngx_int_t ngx_http_shop_cart_init(ngx_conf_t *cf);


#define ngx_http_shop_cart_locale                                            \
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL }


static ngx_shop_field_t  ngx_http_shop_cart_input[] = {
    ngx_http_shop_cart_locale,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_settings_input[] = {
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 20,
      NULL },
    { ngx_string("shipping_method"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 64,
      NULL },
    { ngx_string("pickup_point"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 64,
      NULL },
    { ngx_string("vat_id"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 4, 20, NULL },
    { ngx_string("accept_prices"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_http_shop_cart_locale,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_add_input[] = {
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("quantity"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_CART_QUANTITY_MAX, NULL },
    ngx_http_shop_cart_locale,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_quantity_input[] = {
    { ngx_string("quantity"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_CART_QUANTITY_MAX, NULL },
    ngx_http_shop_cart_locale,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_coupon_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 64, NULL },
    ngx_http_shop_cart_locale,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_gift_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      4, 64, NULL },
    ngx_http_shop_cart_locale,
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_cart_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/cart"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_show },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/cart"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_settings_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_settings },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/cart"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_clear },

    { .method = NGX_HTTP_POST, .path = ngx_string("/cart/add"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_add_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_add },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/cart/items/{item_id}"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_quantity_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_quantity },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/cart/remove/{item_id}"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_remove },

    { .method = NGX_HTTP_POST, .path = ngx_string("/cart/coupons"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_coupon_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_coupon },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/cart/coupons/{code}"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_coupon_remove },

    { .method = NGX_HTTP_POST, .path = ngx_string("/cart/gift-cards"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_gift_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS|NGX_SHOP_EP_CREDENTIALS,
      .handler = ngx_http_shop_cart_gift },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/cart/gift-cards/{gift_card}"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_cart_input,
      .flags = NGX_HTTP_SHOP_CART_FLAGS,
      .handler = ngx_http_shop_cart_gift_remove },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_cart = {
    {
        ngx_http_shop_cart_endpoints,
        ngx_http_shop_cart_till_endpoints
    },
    ngx_http_shop_cart_init
};


static ngx_command_t  ngx_http_shop_cart_commands[] = {

    { ngx_string("shop_cart"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_cart },

    ngx_null_command
};


static ngx_int_t
ngx_http_shop_cart_preconfiguration(ngx_conf_t *cf)
{
    return ngx_shop_on_sign_in(cf, ngx_shop_cart_merge);
}


static ngx_http_module_t  ngx_http_shop_cart_module_ctx = {
    ngx_http_shop_cart_preconfiguration,   /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_cart_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_http_shop_cart_module_ctx,
    .commands = ngx_http_shop_cart_commands,
    .type = NGX_HTTP_MODULE
};


static ngx_int_t
ngx_http_shop_cart_init(ngx_conf_t *cf)
{
    if (ngx_shop_cart_init(cf) != NGX_OK
        || ngx_http_shop_cart_statement(cf) != NGX_OK
        || ngx_http_shop_cart_till_statement(cf) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}
