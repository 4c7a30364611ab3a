/*
 * What each endpoint changes in the cart.
 */

#include "ngx_http_shop_cart.h"
#include <openssl/sha.h>


#define NGX_HTTP_SHOP_CART_SETTINGS                                          \
    (sizeof(ngx_http_shop_cart_names) / sizeof(ngx_http_shop_cart_names[0]))
#define NGX_HTTP_SHOP_CART_WORDS     256


/* a member of the body, and the field of the hash that holds it */
typedef struct {
    const char              *member;
    const char              *field;
} ngx_http_shop_cart_name_t;

/* what the answer judges; kept over the trip to Redis */
typedef struct {
    const char              *variant;
    const char              *product;
    const char              *change;
} ngx_http_shop_cart_change_t;


static ngx_int_t ngx_http_shop_cart_start(ngx_shop_request_t *sr,
    ngx_uint_t op, ngx_uint_t argc, ngx_str_t *argv,
    ngx_http_shop_cart_change_t *change);
static ngx_int_t ngx_http_shop_cart_next(ngx_shop_cart_t *cart,
    ngx_uint_t rc);
static ngx_uint_t ngx_http_shop_cart_setting(ngx_shop_request_t *sr,
    const ngx_http_shop_cart_name_t *name, ngx_str_t *argv, ngx_uint_t *n);
static ngx_int_t ngx_http_shop_cart_field(ngx_shop_request_t *sr,
    const char *id, ngx_str_t *field);
static ngx_int_t ngx_http_shop_cart_item(ngx_shop_request_t *sr,
    const char *quantity, const char *change);
static ngx_int_t ngx_http_shop_cart_code(ngx_shop_request_t *sr,
    const char *sign, ngx_str_t *code, const char *list, const char *change);
static ngx_int_t ngx_http_shop_cart_nothing(ngx_shop_request_t *sr);


static const ngx_http_shop_cart_name_t  ngx_http_shop_cart_names[] = {
    { "currency", "c" },
    { "country", "country" },
    { "region", "region" },
    { "postal_code", "postal" },
    { "shipping_method", "ship" },
    { "pickup_point", "point" },
    { "vat_id", "taxid" },
    { "customer_id", "user" }
};


ngx_int_t
ngx_http_shop_cart_show(ngx_shop_request_t *sr)
{
    ngx_http_shop_cart_change_t  change = { NULL, NULL, NULL };

    return ngx_http_shop_cart_start(sr, NGX_SHOP_CART_READ, 0, NULL, &change);
}


ngx_int_t
ngx_http_shop_cart_clear(ngx_shop_request_t *sr)
{
    ngx_http_shop_cart_change_t  change = { NULL, NULL, NULL };

    return ngx_http_shop_cart_start(sr, NGX_SHOP_CART_CLEAR, 0, NULL,
                                    &change);
}


ngx_int_t
ngx_http_shop_cart_settings(ngx_shop_request_t *sr)
{
    return ngx_http_shop_cart_set(sr, 0);
}


/* What is judged are the members that choose something; where the shopper
   lives and what he pays with is always looked at. */

ngx_int_t
ngx_http_shop_cart_set(ngx_shop_request_t *sr, ngx_uint_t create)
{
    u_char                      *p;
    ngx_str_t                    argv[1 + 2 * NGX_HTTP_SHOP_CART_SETTINGS];
    ngx_uint_t                   i, n;
    ngx_http_shop_cart_change_t  change = { NULL, NULL, NULL };

    p = ngx_pnalloc(sr->r->pool, NGX_HTTP_SHOP_CART_WORDS);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    change.change = (const char *) p;
    p = ngx_cpymem(p, "settings", sizeof("settings") - 1);

    ngx_str_set(&argv[0], "0");
    n = 1;

    for (i = 0; i < NGX_HTTP_SHOP_CART_SETTINGS; i++) {

        if (ngx_http_shop_cart_setting(sr, &ngx_http_shop_cart_names[i], argv,
                                       &n))
        {
            p = ngx_sprintf(p, " %s", ngx_http_shop_cart_names[i].member);
        }
    }

    if (create) {
        p = ngx_cpymem(p, " created", sizeof(" created") - 1);
    }

    *p = '\0';

    if (n == 1 && create) {
        ngx_str_set(&argv[1], "user");
        ngx_str_set(&argv[2], "");
        n = 3;
    }

    if (n == 1) {
        return ngx_http_shop_cart_show(sr);
    }

    return ngx_http_shop_cart_start(sr, NGX_SHOP_CART_SET, n, argv, &change);
}


/* A member that is there, null for none; 1 if it chooses something. */

static ngx_uint_t
ngx_http_shop_cart_setting(ngx_shop_request_t *sr,
    const ngx_http_shop_cart_name_t *name, ngx_str_t *argv, ngx_uint_t *n)
{
    json_t      *value;
    const char  *text;

    value = ngx_shop_body(sr, name->member);
    if (value == NULL) {
        return 0;
    }

    text = json_is_string(value) ? json_string_value(value) : "";

    argv[*n].data = (u_char *) name->field;
    argv[(*n)++].len = ngx_strlen(name->field);

    argv[*n].data = (u_char *) text;
    argv[(*n)++].len = ngx_strlen(text);

    return *text != '\0';
}


ngx_int_t
ngx_http_shop_cart_add(ngx_shop_request_t *sr)
{
    const char  *variant, *product;

    product = ngx_shop_body_text(sr, "product_id");
    variant = ngx_shop_body_text(sr, "variant_id");

    if (product == NULL && variant == NULL) {
        (void) ngx_shop_invalid(sr, 0, "/product_id",
                                "is required, or variant_id");
        return ngx_shop_invalid_send(sr);
    }

    return ngx_http_shop_cart_put(sr, variant, product);
}


ngx_int_t
ngx_http_shop_cart_put(ngx_shop_request_t *sr, const char *variant,
    const char *product)
{
    u_char                       number[NGX_INT64_LEN];
    json_t                      *quantity;
    ngx_str_t                    argv[2];
    ngx_http_shop_cart_change_t  change = { variant, product, "variant" };

    if (variant == NULL) {
        /* the first variant has the id of its product */
        change.variant = product;
        change.change = "product";

    } else if (product
               && ngx_http_shop_cart_field(sr, product, &argv[0]) != NGX_OK)
    {
        return ngx_http_shop_cart_nothing(sr);
    }

    if (ngx_http_shop_cart_field(sr, change.variant, &argv[0]) != NGX_OK) {
        return ngx_http_shop_cart_nothing(sr);
    }

    quantity = ngx_shop_body(sr, "quantity");

    argv[1].data = number;
    argv[1].len = ngx_sprintf(number, "%L",
                              quantity ? json_integer_value(quantity) : 1)
                  - number;
    argv[1].data = ngx_pstrdup(sr->r->pool, &argv[1]);

    if (argv[1].data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_cart_start(sr, NGX_SHOP_CART_ADD, 2, argv, &change);
}


ngx_int_t
ngx_http_shop_cart_quantity(ngx_shop_request_t *sr)
{
    u_char   *text;
    int64_t   quantity;

    quantity = json_integer_value(ngx_shop_body(sr, "quantity"));

    if (quantity == 0) {
        return ngx_http_shop_cart_item(sr, "", NULL);
    }

    text = ngx_pnalloc(sr->r->pool, NGX_INT64_LEN + 1);
    if (text == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_sprintf(text, "%L%Z", quantity);

    return ngx_http_shop_cart_item(sr, (const char *) text, "variant");
}


ngx_int_t
ngx_http_shop_cart_remove(ngx_shop_request_t *sr)
{
    return ngx_http_shop_cart_item(sr, "", NULL);
}


/* Sets the quantity of a line that is there; "" removes it. */

static ngx_int_t
ngx_http_shop_cart_item(ngx_shop_request_t *sr, const char *quantity,
    const char *change)
{
    ngx_str_t                    argv[3], *item;
    ngx_http_shop_cart_change_t  judged = { NULL, NULL, NULL };

    item = ngx_shop_path(sr, "item_id");

    if (ngx_http_shop_cart_field(sr, (const char *) item->data, &argv[1])
        != NGX_OK)
    {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "this is not in the cart");
    }

    ngx_str_set(&argv[0], "1");
    argv[2].data = (u_char *) quantity;
    argv[2].len = ngx_strlen(quantity);

    if (change) {
        judged.variant = (const char *) item->data;
        judged.change = change;
    }

    return ngx_http_shop_cart_start(sr, NGX_SHOP_CART_SET, 3, argv, &judged);
}


ngx_int_t
ngx_http_shop_cart_coupon(ngx_shop_request_t *sr)
{
    ngx_str_t  code;

    code.data = (u_char *) ngx_shop_body_text(sr, "code");
    code.len = ngx_strlen(code.data);

    return ngx_http_shop_cart_code(sr, "+", &code, "coupons", "coupon");
}


ngx_int_t
ngx_http_shop_cart_coupon_remove(ngx_shop_request_t *sr)
{
    return ngx_http_shop_cart_code(sr, "-", ngx_shop_path(sr, "code"),
                                   "coupons", NULL);
}


/* The cart holds a hash: the code is money, and Redis needs it for nothing.
   pricing.gift_hash() makes the same. */

ngx_int_t
ngx_http_shop_cart_gift(ngx_shop_request_t *sr)
{
    u_char      *p, *last, code[NGX_HTTP_SHOP_CART_GIFT_LEN];
    u_char       digest[SHA256_DIGEST_LENGTH];
    ngx_str_t    hash;
    const char  *text;

    text = ngx_shop_body_text(sr, "code");

    p = code;
    last = code + sizeof(code);

    for ( /* void */ ; *text && p < last; text++) {
        if (*text != ' ' && *text != '-') {
            *p++ = ngx_toupper(*text);
        }
    }

    SHA256(code, p - code, digest);

    hash.len = 2 * sizeof(digest);
    hash.data = ngx_pnalloc(sr->r->pool, hash.len);
    if (hash.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_hex_dump(hash.data, digest, sizeof(digest));

    return ngx_http_shop_cart_code(sr, "+", &hash, "gifts", "gift_card");
}


ngx_int_t
ngx_http_shop_cart_gift_remove(ngx_shop_request_t *sr)
{
    return ngx_http_shop_cart_code(sr, "-", ngx_shop_path(sr, "gift_card"),
                                   "gifts", NULL);
}


/* Adds a code to a list of the cart, or removes it; coupons are the same in
   capitals and in small letters. */

static ngx_int_t
ngx_http_shop_cart_code(ngx_shop_request_t *sr, const char *sign,
    ngx_str_t *code, const char *list, const char *change)
{
    ngx_str_t                    argv[3];
    ngx_uint_t                   i;
    ngx_http_shop_cart_change_t  judged = { NULL, NULL, NULL };

    judged.change = change;

    argv[0].data = (u_char *) sign;
    argv[0].len = 1;

    argv[1].len = code->len;
    argv[1].data = ngx_pnalloc(sr->r->pool, code->len);
    if (argv[1].data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    for (i = 0; i < code->len; i++) {
        argv[1].data[i] = *list == 'c' ? ngx_toupper(code->data[i])
                                       : code->data[i];
    }

    argv[2].data = (u_char *) list;
    argv[2].len = ngx_strlen(list);

    return ngx_http_shop_cart_start(sr, NGX_SHOP_CART_COUPON, 3, argv,
                                    &judged);
}


ngx_shop_cart_t *
ngx_http_shop_cart_open(ngx_shop_request_t *sr)
{
    ngx_str_t  *till;

    till = ngx_shop_path(sr, "till");

    if (sr->ep->flags & NGX_SHOP_EP_CREATES) {
        till = &sr->cart;
    }

    return till ? ngx_shop_cart_open_till(sr, till) : ngx_shop_cart_open(sr);
}


static ngx_int_t
ngx_http_shop_cart_start(ngx_shop_request_t *sr, ngx_uint_t op,
    ngx_uint_t argc, ngx_str_t *argv, ngx_http_shop_cart_change_t *change)
{
    ngx_shop_cart_t              *cart;
    ngx_http_shop_cart_change_t  *kept;

    cart = ngx_http_shop_cart_open(sr);
    kept = ngx_palloc(sr->r->pool, sizeof(ngx_http_shop_cart_change_t));

    if (cart == NULL || kept == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    *kept = *change;
    cart->data = kept;
    cart->accept = json_is_true(ngx_shop_body(sr, "accept_prices"));

    return ngx_shop_cart_run(cart, op, argc, argv, ngx_http_shop_cart_next);
}


static ngx_int_t
ngx_http_shop_cart_next(ngx_shop_cart_t *cart, ngx_uint_t rc)
{
    ngx_http_shop_cart_change_t  *change = cart->data;

    if (rc != NGX_SHOP_CART_OK) {
        return ngx_shop_cart_problem(cart, rc);
    }

    return ngx_http_shop_cart_answer(cart, change->variant, change->product,
                                     change->change);
}


/* The field of a variant; an id that is no number is nobody's. */

static ngx_int_t
ngx_http_shop_cart_field(ngx_shop_request_t *sr, const char *id,
    ngx_str_t *field)
{
    size_t       len;
    const char  *p;

    len = ngx_strlen(id);

    if (len == 0 || len > NGX_HTTP_SHOP_CART_ID_LEN || *id == '0') {
        return NGX_DECLINED;
    }

    for (p = id; *p; p++) {
        if (*p < '0' || *p > '9') {
            return NGX_DECLINED;
        }
    }

    field->data = ngx_pnalloc(sr->r->pool, len + 1);
    if (field->data == NULL) {
        return NGX_DECLINED;
    }

    field->data[0] = 'v';
    ngx_memcpy(field->data + 1, id, len);
    field->len = len + 1;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_cart_nothing(ngx_shop_request_t *sr)
{
    return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                            "there is no such product");
}
