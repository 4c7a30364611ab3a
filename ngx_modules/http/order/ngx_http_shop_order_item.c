/*
 * An order as the batch takes it: one JSON object with what the request said,
 * who said it, and the cart.
 */

#include "ngx_http_shop_order.h"


static json_t *ngx_http_shop_order_object(ngx_shop_cart_t *cart,
    ngx_str_t *id);
static int ngx_http_shop_order_who(ngx_shop_cart_t *cart, json_t *o);
static int ngx_http_shop_order_till(ngx_shop_request_t *sr, json_t *o);
static int ngx_http_shop_order_what(ngx_shop_request_t *sr, json_t *o);
static int ngx_http_shop_order_where(ngx_shop_request_t *sr, json_t *o);
static int ngx_http_shop_order_total(ngx_shop_request_t *sr, json_t *o,
    const char *name);
static int ngx_http_shop_order_key(ngx_shop_request_t *sr, json_t *o);
static int ngx_http_shop_order_text(json_t *o, const char *name,
    const ngx_str_t *value);


/* The cart's members come first: of two with one name jsonb keeps the last,
   so that the address of the order decides. */

ngx_int_t
ngx_http_shop_order_item(ngx_shop_cart_t *cart, ngx_pool_t *pool,
    ngx_str_t *id, ngx_str_t *item)
{
    char       *text;
    json_t     *o;
    ngx_int_t   rc;

    o = ngx_http_shop_order_object(cart, id);
    if (o == NULL) {
        return NGX_ERROR;
    }

    text = json_dumps(o, JSON_COMPACT);
    json_decref(o);

    if (text == NULL) {
        return NGX_ERROR;
    }

    rc = NGX_ERROR;
    item->len = cart->quote.len + ngx_strlen(text) + 1;
    item->data = ngx_pnalloc(pool, item->len + 1);

    if (item->data) {
        ngx_sprintf(item->data, "{%V,%s%Z", &cart->quote, text + 1);
        rc = NGX_OK;
    }

    free(text);

    return rc;
}


static json_t *
ngx_http_shop_order_object(ngx_shop_cart_t *cart, ngx_str_t *id)
{
    int      rc;
    u_char   payment[NGX_SHOP_UUID_LEN + 1];
    json_t  *o;

    if (ngx_shop_uuid_ordered(payment) != NGX_OK) {
        return NULL;
    }

    o = json_object();
    if (o == NULL) {
        return NULL;
    }

    rc = ngx_http_shop_order_text(o, "id", id);
    rc |= json_object_set_new(o, "payment", json_string((char *) payment));
    rc |= ngx_http_shop_order_who(cart, o);
    rc |= ngx_http_shop_order_what(cart->sr, o);
    rc |= ngx_http_shop_order_where(cart->sr, o);
    rc |= ngx_http_shop_order_total(cart->sr, o, "expected_total");
    rc |= ngx_http_shop_order_total(cart->sr, o, "expected_due");
    rc |= ngx_http_shop_order_key(cart->sr, o);

    if (rc != 0) {
        json_decref(o);
        return NULL;
    }

    return o;
}


static int
ngx_http_shop_order_who(ngx_shop_cart_t *cart, json_t *o)
{
    int                  rc;
    ngx_shop_request_t  *sr = cart->sr;

    rc = ngx_http_shop_order_text(o, "store", &sr->store->id);
    rc |= ngx_http_shop_order_text(o, "cart_id", &cart->id);
    rc |= ngx_http_shop_order_text(o, "revision", &cart->revision);
    rc |= json_object_set_new(o, "by", json_string(cart->till ? "staff"
                                                   : sr->signed_in ? "customer"
                                                   : "guest"));

    if (cart->user.len) {
        rc |= ngx_http_shop_order_text(o, "user", &cart->user);
    }

    return cart->till ? rc | ngx_http_shop_order_till(sr, o) : rc;
}


/* what a till is paid, and by whom it is held */

static int
ngx_http_shop_order_till(ngx_shop_request_t *sr, json_t *o)
{
    int          rc;
    json_t      *till, *payment, *tendered, *reference;

    till = json_object();
    if (till == NULL) {
        return -1;
    }

    payment = ngx_shop_body(sr, "payment");
    tendered = json_object_get(payment, "tendered");
    reference = json_object_get(payment, "reference");

    rc = ngx_http_shop_order_text(till, "cashier", &sr->claims.user);

    if (json_is_object(tendered)) {
        rc |= json_object_set(till, "currency",
                              json_object_get(tendered, "currency"));
        tendered = json_object_get(tendered, "amount");
    }

    if (json_is_integer(tendered)) {
        rc |= json_object_set(till, "tendered", tendered);
    }

    if (json_is_string(reference)) {
        rc |= json_object_set(till, "reference", reference);
    }

    return rc | json_object_set_new(o, "pos", till);
}


static int
ngx_http_shop_order_what(ngx_shop_request_t *sr, json_t *o)
{
    int          rc;
    json_t      *payment;
    const char  *text;

    payment = ngx_shop_body(sr, "payment");

    rc = json_object_set(o, "provider", json_object_get(payment, "provider"));

    text = ngx_shop_body_text(sr, "email");
    if (text) {
        rc |= json_object_set_new(o, "email", json_string(text));
    }

    text = ngx_shop_body_text(sr, "shipping_method");
    if (text) {
        rc |= json_object_set_new(o, "shipping_method", json_string(text));
    }

    text = ngx_shop_body_text(sr, "pickup_point");
    if (text) {
        rc |= json_object_set_new(o, "pickup_point", json_string(text));
    }

    return rc;
}


static int
ngx_http_shop_order_where(ngx_shop_request_t *sr, json_t *o)
{
    int      rc;
    json_t  *shipping, *billing, *at;

    rc = 0;

    shipping = ngx_shop_body(sr, "shipping_address");
    billing = ngx_shop_body(sr, "billing_address");

    if (json_is_object(shipping)) {
        rc |= json_object_set(o, "shipping_address", shipping);
    }

    if (json_is_object(billing)) {
        rc |= json_object_set(o, "billing_address", billing);
    }

    /* where nothing is shipped to, tax is that of the bill */

    at = json_is_object(shipping) ? shipping : billing;

    if (json_is_object(at)) {
        rc |= json_object_set(o, "country", json_object_get(at, "country"));
        rc |= json_object_set(o, "postal_code",
                              json_object_get(at, "postal_code"));

        if (json_is_string(json_object_get(at, "region"))) {
            rc |= json_object_set(o, "region", json_object_get(at, "region"));
        }
    }

    return rc;
}


static int
ngx_http_shop_order_total(ngx_shop_request_t *sr, json_t *o,
    const char *name)
{
    json_t  *total;

    total = ngx_shop_body(sr, name);

    if (json_is_integer(total)) {
        return json_object_set(o, name, total);
    }

    if (!json_is_object(total)) {
        return 0;
    }

    return json_object_set(o, name, json_object_get(total, "amount"))
           | json_object_set(o, "expected_currency",
                             json_object_get(total, "currency"));
}


static int
ngx_http_shop_order_key(ngx_shop_request_t *sr, json_t *o)
{
    int          rc;
    u_char       actor[sizeof("user:") + NGX_SHOP_UUID_LEN];
    const char  *fingerprint;

    if (sr->idempotency_key.len == 0) {
        return 0;
    }

    if (ngx_shop_fingerprint(sr, &fingerprint) != NGX_OK) {
        return -1;
    }

    ngx_snprintf(actor, sizeof(actor), "%s:%V%Z",
                 sr->signed_in ? "user" : "cart",
                 sr->signed_in ? &sr->claims.user : &sr->cart);
    actor[sizeof(actor) - 1] = '\0';

    rc = ngx_http_shop_order_text(o, "key", &sr->idempotency_key);
    rc |= json_object_set_new(o, "actor", json_string((char *) actor));
    rc |= json_object_set_new(o, "endpoint",
                              json_string(ngx_shop_path(sr, "till")
                                          ? "POST /pos/orders"
                                          : "POST /orders"));
    rc |= json_object_set_new(o, "fingerprint", json_string(fingerprint));

    return rc;
}


static int
ngx_http_shop_order_text(json_t *o, const char *name, const ngx_str_t *value)
{
    return json_object_set_new(o, name, json_stringn((char *) value->data,
                                                     value->len));
}
