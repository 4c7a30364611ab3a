/*
 * Ways to ship the caller's cart.
 */

#include "ngx_http_shop_shipping.h"
#include "../../core/ngx_shop_cart.h"
#include "../../core/ngx_shop_json.h"


static ngx_int_t ngx_http_shop_shipping_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_shop_shipping_options(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_shipping_ask(ngx_shop_cart_t *cart,
    ngx_uint_t rc);


static ngx_shop_pg_stmt_t  *ngx_http_shop_shipping_stmt;


static ngx_shop_field_t  ngx_http_shop_shipping_input[] = {
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 20,
      NULL },
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_shipping_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/cart/shipping-options"),
      .permission = NGX_SHOP_ANYONE,
      .scope = ngx_string("cart"),
      .input = ngx_http_shop_shipping_input,
      .flags = NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_CART_COOKIE,
      .handler = ngx_http_shop_shipping_options },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_shipping = {
    {
        ngx_http_shop_shipping_endpoints,
        ngx_http_shop_shipping_staff_endpoints
    },
    ngx_http_shop_shipping_init
};


static ngx_command_t  ngx_http_shop_shipping_commands[] = {

    { ngx_string("shop_shipping"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_shipping },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_shipping_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_shipping_commands,
    .type = NGX_HTTP_MODULE
};


static ngx_int_t
ngx_http_shop_shipping_options(ngx_shop_request_t *sr)
{
    ngx_shop_cart_t  *cart;

    cart = ngx_shop_cart_open(sr);
    if (cart == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_cart_run(cart, NGX_SHOP_CART_READ, 0, NULL,
                             ngx_http_shop_shipping_ask);
}


/* What the query says comes after the cart's own: jsonb keeps the last. */

static ngx_int_t
ngx_http_shop_shipping_ask(ngx_shop_cart_t *cart, ngx_uint_t rc)
{
    u_char       *p, *json;
    size_t        len;
    ngx_str_t    *value;
    ngx_uint_t    i;
    const char  **params;

    static const char  *names[] = { "country", "region", "postal_code" };

    if (rc != NGX_SHOP_CART_OK) {
        return ngx_shop_cart_problem(cart, rc);
    }

    len = sizeof("{\"store\":\"\",}") + cart->sr->store->id.len
          + cart->quote.len;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        value = ngx_shop_query_arg(cart->sr, names[i]);
        len += sizeof(",\"postal_code\":\"\"") + (value ? 6 * value->len : 0);
    }

    params = ngx_palloc(cart->sr->r->pool, sizeof(char *));
    json = ngx_pnalloc(cart->sr->r->pool, len);

    if (params == NULL || json == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = ngx_sprintf(json, "{\"store\":\"%V\",%V", &cart->sr->store->id,
                    &cart->quote);

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        value = ngx_shop_query_arg(cart->sr, names[i]);

        if (value) {
            p = ngx_sprintf(p, ",\"%s\":\"", names[i]);
            p += ngx_shop_json_escape(p, value->data, value->len);
            *p++ = '"';
        }
    }

    *p++ = '}';
    *p = '\0';

    params[0] = (const char *) json;

    return ngx_shop_run(cart->sr, NGX_SHOP_PG_READ,
                        ngx_http_shop_shipping_stmt, 1, params,
                        ngx_shop_answer);
}


static ngx_int_t
ngx_http_shop_shipping_init(ngx_conf_t *cf)
{
    ngx_str_t  text = ngx_string("select body from shipping.options("
                                 "$1::jsonb)");

    if (ngx_shop_keep(cf, &ngx_http_shop_shipping_stmt,
                      ngx_shop_pg_stmt_add(cf, &text))
        != NGX_OK
        || ngx_shop_cart_init(cf) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}
