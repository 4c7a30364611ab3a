/*
 * What is watched: an order's timeline, and the stock of a product.
 */

#include "ngx_http_shop_live.h"
#include "ngx_shop_text.h"


#define NGX_HTTP_SHOP_LIVE_DIGITS  18         /* a bigint that is no overflow */


static ngx_uint_t ngx_http_shop_live_is_number(const ngx_str_t *id);
static ngx_uint_t ngx_http_shop_live_order_params(ngx_http_shop_live_t *live,
    const char **params, const char *after);
static ngx_uint_t ngx_http_shop_live_stock_params(ngx_http_shop_live_t *live,
    const char **params, const char *after);


ngx_http_shop_live_kind_t  ngx_http_shop_live_orders = {
    .param = "order",
    .channel = "live:order:",
    .missing = "There is no such order.",
    .is_id = ngx_shop_text_is_uuid,
    .open = ngx_string(
        "select seq, type, data from \"order\".live_open($1::uuid, $2::uuid, "
        "$3::uuid, $4::boolean, $5::bigint)"),
    .open_params = ngx_http_shop_live_order_params,
    .read = ngx_string(
        "select ord, seq, type, data from \"order\".live_read($1::uuid[], "
        "$2::bigint[])")
};

ngx_http_shop_live_kind_t  ngx_http_shop_live_stock = {
    .param = "product",
    .channel = "live:product:",
    .missing = "There is no such product.",
    .is_id = ngx_http_shop_live_is_number,
    .open = ngx_string(
        "select seq, type, data from inventory.live_open($1::bigint, "
        "$2::bigint, $3::bigint)"),
    .open_params = ngx_http_shop_live_stock_params,
    .read = ngx_string(
        "select ord, seq, type, data from inventory.live_read($1::bigint[], "
        "$2::bigint[])")
};

ngx_http_shop_live_kind_t  *ngx_http_shop_live_kinds[] = {
    &ngx_http_shop_live_orders,
    &ngx_http_shop_live_stock,
    NULL
};


ngx_int_t
ngx_http_shop_live_statements(ngx_conf_t *cf)
{
    ngx_http_shop_live_kind_t  **kind;

    for (kind = ngx_http_shop_live_kinds; *kind; kind++) {

        if (ngx_shop_keep(cf, &(*kind)->opening,
                          ngx_shop_pg_stmt_add(cf, &(*kind)->open))
            != NGX_OK
            || ngx_shop_keep(cf, &(*kind)->reading,
                             ngx_shop_pg_stmt_add(cf, &(*kind)->read))
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_shop_live_is_number(const ngx_str_t *id)
{
    size_t  i;

    for (i = 0; i < id->len; i++) {
        if (id->data[i] < '0' || id->data[i] > '9') {
            return 0;
        }
    }

    return id->len > 0 && id->len <= NGX_HTTP_SHOP_LIVE_DIGITS;
}


static ngx_uint_t
ngx_http_shop_live_order_params(ngx_http_shop_live_t *live,
    const char **params, const char *after)
{
    ngx_str_t            staff = ngx_string("orders:read");
    ngx_shop_request_t  *sr = live->sr;

    params[0] = live->id;
    params[1] = sr->signed_in ? (char *) sr->claims.user.data : NULL;
    params[2] = sr->cart.len ? (char *) sr->cart.data : NULL;
    params[3] = ngx_shop_can(sr, &staff) ? "t" : "f";
    params[4] = after;

    return 5;
}


static ngx_uint_t
ngx_http_shop_live_stock_params(ngx_http_shop_live_t *live,
    const char **params, const char *after)
{
    params[0] = (char *) live->sr->store->id.data;
    params[1] = live->id;
    params[2] = after;

    return 3;
}
