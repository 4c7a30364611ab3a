/*
 * Carts of tills: those of the shop's staff, found by the id in the path, into
 * which things are put by their barcode.  All else is as with other carts.
 */

#include "ngx_http_shop_cart.h"


#define NGX_HTTP_SHOP_CART_TILL_PATH  "/pos/carts/{till}"

#define ngx_http_shop_cart_till_id                                           \
    { ngx_string("till"), NGX_SHOP_UUID, NGX_SHOP_IN_PATH, 0, 0, NULL }


static ngx_int_t ngx_http_shop_cart_till_open(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_cart_till_settings(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_cart_till_add(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_cart_till_found(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static ngx_shop_pg_stmt_t  *ngx_http_shop_cart_till_stmt;


static ngx_shop_field_t  ngx_http_shop_cart_till_input[] = {
    ngx_http_shop_cart_till_id,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_till_open_input[] = {
    { ngx_string("customer_id"), NGX_SHOP_UUID, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_till_settings_input[] = {
    ngx_http_shop_cart_till_id,
    { ngx_string("customer_id"), NGX_SHOP_UUID, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 20,
      NULL },
    { ngx_string("vat_id"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 4, 20, NULL },
    { ngx_string("accept_prices"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_till_add_input[] = {
    ngx_http_shop_cart_till_id,
    { ngx_string("barcode"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },
    { ngx_string("product_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("quantity"), NGX_SHOP_INT, 0, 1,
      NGX_HTTP_SHOP_CART_QUANTITY_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_till_quantity_input[] = {
    ngx_http_shop_cart_till_id,
    { ngx_string("quantity"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_CART_QUANTITY_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_till_coupon_input[] = {
    ngx_http_shop_cart_till_id,
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 64, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_cart_till_gift_input[] = {
    ngx_http_shop_cart_till_id,
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      4, 64, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_bind_t  ngx_http_shop_cart_till_binds[] = {
    NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_BODY("barcode"),
    NGX_SHOP_BIND_BODY("sku"), NGX_SHOP_BIND_END
};


ngx_shop_endpoint_t  ngx_http_shop_cart_till_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/pos/carts"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_open_input,
      .flags = NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_CREATES
               |NGX_SHOP_EP_IDEMPOTENT,
      .handler = ngx_http_shop_cart_till_open },

    { .method = NGX_HTTP_GET,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_show },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_settings_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_till_settings },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_clear },

    { .method = NGX_HTTP_POST,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH "/items"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_add_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_till_add },

    { .method = NGX_HTTP_PATCH,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH "/items/{item_id}"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_quantity_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_quantity },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH "/items/{item_id}"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_remove },

    { .method = NGX_HTTP_POST,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH "/coupons"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_coupon_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_coupon },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH "/coupons/{code}"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_coupon_remove },

    { .method = NGX_HTTP_POST,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH "/gift-cards"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_gift_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_gift },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string(NGX_HTTP_SHOP_CART_TILL_PATH
                         "/gift-cards/{gift_card}"),
      .permission = ngx_string("pos:write"),
      .input = ngx_http_shop_cart_till_input,
      .flags = NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_cart_gift_remove },

    ngx_shop_no_more_endpoints
};


ngx_int_t
ngx_http_shop_cart_till_statement(ngx_conf_t *cf)
{
    ngx_str_t  text = ngx_string("select * from cart.find_item($1::bigint, "
                                 "$2::text, $3::text)");

    return ngx_shop_keep(cf, &ngx_http_shop_cart_till_stmt,
                         ngx_shop_pg_stmt_add(cf, &text));
}


/* A cart that is as unguessable as a guest's. */

static ngx_int_t
ngx_http_shop_cart_till_open(ngx_shop_request_t *sr)
{
    sr->cart.len = NGX_SHOP_UUID_LEN;
    sr->cart.data = ngx_pnalloc(sr->r->pool, NGX_SHOP_UUID_LEN + 1);

    if (sr->cart.data == NULL
        || ngx_shop_uuid_random(sr->cart.data) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_cart_set(sr, 1);
}


static ngx_int_t
ngx_http_shop_cart_till_settings(ngx_shop_request_t *sr)
{
    return ngx_http_shop_cart_set(sr, 0);
}


static ngx_int_t
ngx_http_shop_cart_till_add(ngx_shop_request_t *sr)
{
    json_t       *barcode, *sku;
    ngx_uint_t    n;
    const char  **params, *variant, *product;

    variant = ngx_shop_body_text(sr, "variant_id");
    product = ngx_shop_body_text(sr, "product_id");
    barcode = ngx_shop_body(sr, "barcode");
    sku = ngx_shop_body(sr, "sku");

    if ((variant || product) && (barcode || sku)) {
        (void) ngx_shop_invalid(sr, 0, barcode ? "/barcode" : "/sku",
                                "is not for a product that is named by its id");
        return ngx_shop_invalid_send(sr);
    }

    if (variant || product) {
        return ngx_http_shop_cart_put(sr, variant, product);
    }

    if (barcode == NULL && sku == NULL) {
        (void) ngx_shop_invalid(sr, 0, "/barcode", "is required, or sku, "
                                "product_id, variant_id");
        return ngx_shop_invalid_send(sr);
    }

    params = ngx_shop_params(sr, ngx_http_shop_cart_till_binds, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_READ, ngx_http_shop_cart_till_stmt, n,
                        params, ngx_http_shop_cart_till_found);
}


static ngx_int_t
ngx_http_shop_cart_till_found(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    u_char     *variant;
    ngx_str_t   id;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) == 0) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "there is no such product");
    }

    if (PQntuples(q->res) > 1) {
        return ngx_shop_problem(sr, NGX_SHOP_UNPROCESSABLE,
                                "variant_required",
                                "several variants have this barcode");
    }

    id.data = (u_char *) PQgetvalue(q->res, 0, 0);
    id.len = PQgetlength(q->res, 0, 0) + 1;

    variant = ngx_pstrdup(sr->r->pool, &id);
    if (variant == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_cart_put(sr, (const char *) variant, NULL);
}
