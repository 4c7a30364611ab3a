/*
 * What a script of carts answers, and what SQL gets of it.
 */

#include "ngx_shop_cart.h"
#include "ngx_shop_json.h"


typedef enum {
    NGX_SHOP_CART_REVISION = 0,
    NGX_SHOP_CART_CURRENCY,
    NGX_SHOP_CART_COUNTRY,
    NGX_SHOP_CART_REGION,
    NGX_SHOP_CART_POSTAL,
    NGX_SHOP_CART_TAXID,
    NGX_SHOP_CART_SHIP,
    NGX_SHOP_CART_POINT,
    NGX_SHOP_CART_COUPONS,
    NGX_SHOP_CART_GIFTS,
    NGX_SHOP_CART_USER,
    NGX_SHOP_CART_MERGED,
    NGX_SHOP_CART_NAMES
} ngx_shop_cart_name_e;

/* what the fields but the lines hold, in the reply's memory */
typedef struct {
    size_t                   size;       /* of the JSON, at most */
    ngx_str_t                value[NGX_SHOP_CART_NAMES];
} ngx_shop_cart_raw_t;


static ngx_int_t ngx_shop_cart_before(ngx_shop_cart_t *cart,
    redisReply *reply);
static ngx_int_t ngx_shop_cart_fields(ngx_shop_cart_t *cart,
    redisReply *reply);
static void ngx_shop_cart_sort(redisReply *reply, ngx_shop_cart_raw_t *raw);
static u_char *ngx_shop_cart_member(u_char *p, const char *name,
    const ngx_str_t *value);
static u_char *ngx_shop_cart_codes(ngx_shop_cart_t *cart, u_char *p,
    const ngx_shop_cart_raw_t *raw);
static u_char *ngx_shop_cart_lines(ngx_shop_cart_t *cart, u_char *p,
    redisReply *reply);
static u_char *ngx_shop_cart_prices(u_char *p, redisReply *reply,
    const ngx_str_t *currency);


static const char  *ngx_shop_cart_names[] = {
    "rev", "c", "country", "region", "postal", "taxid", "ship", "point",
    "coupons", "gifts", "user", "m"
};

/* those that are text, and what cart.quote() calls them */
static const struct {
    ngx_uint_t               field;
    const char              *name;
} ngx_shop_cart_texts[] = {
    { NGX_SHOP_CART_COUNTRY, "\"country\":" },
    { NGX_SHOP_CART_REGION, "\"region\":" },
    { NGX_SHOP_CART_POSTAL, "\"postal_code\":" },
    { NGX_SHOP_CART_TAXID, "\"vat_id\":" },
    { NGX_SHOP_CART_SHIP, "\"kept_method\":" },
    { NGX_SHOP_CART_POINT, "\"pickup_point\":" }
};


ngx_uint_t
ngx_shop_cart_parse(ngx_shop_cart_t *cart, redisReply *reply)
{
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements == 0) {
        return NGX_SHOP_CART_DOWN;
    }

    if (reply->elements == 1) {
        return reply->element[0]->len == sizeof("full") - 1
               ? NGX_SHOP_CART_FULL : NGX_SHOP_CART_MISSING;
    }

    if (ngx_shop_cart_before(cart, reply->element[0]) != NGX_OK
        || ngx_shop_cart_fields(cart, reply->element[1]) != NGX_OK)
    {
        return NGX_SHOP_CART_DOWN;
    }

    return NGX_SHOP_CART_OK;
}


static ngx_int_t
ngx_shop_cart_before(ngx_shop_cart_t *cart, redisReply *reply)
{
    ngx_str_t    text;
    ngx_uint_t   i;
    redisReply  *value;

    for (i = 0; i < reply->elements && i < cart->nbefore; i++) {
        value = reply->element[i];
        cart->before[i].len = 0;

        if (value->type != REDIS_REPLY_STRING) {
            continue;
        }

        text.data = (u_char *) value->str;
        text.len = value->len;

        cart->before[i].data = ngx_pstrdup(cart->sr->r->pool, &text);
        if (cart->before[i].data == NULL) {
            return NGX_ERROR;
        }

        cart->before[i].len = text.len;
    }

    return NGX_OK;
}


/* All fields of the hash become members of the JSON for cart.quote(). */

static ngx_int_t
ngx_shop_cart_fields(ngx_shop_cart_t *cart, redisReply *reply)
{
    u_char               *p;
    ngx_str_t            *currency, *user;
    ngx_uint_t            i;
    ngx_pool_t           *pool = cart->sr->r->pool;
    const ngx_str_t      *locale;
    ngx_shop_cart_raw_t   raw;

    locale = ngx_shop_locale(cart->sr);

    ngx_shop_cart_sort(reply, &raw);

    raw.size += locale ? locale->len : 0;

    cart->merged = (raw.value[NGX_SHOP_CART_MERGED].len != 0);
    cart->revision = raw.value[NGX_SHOP_CART_REVISION];

    if (cart->revision.len) {
        cart->revision.data = ngx_pstrdup(pool, &cart->revision);

    } else {
        ngx_str_set(&cart->revision, "0");
    }

    p = ngx_pnalloc(pool, raw.size);

    if (p == NULL || cart->revision.data == NULL) {
        return NGX_ERROR;
    }

    cart->quote.data = p;

    currency = &raw.value[NGX_SHOP_CART_CURRENCY];
    if (currency->len == 0) {
        currency = (ngx_str_t *) &cart->sr->store->currency;
    }

    p = ngx_shop_cart_member(p, "\"currency\":", currency);

    for (i = 0; i < sizeof(ngx_shop_cart_texts)
                    / sizeof(ngx_shop_cart_texts[0]); i++)
    {
        p = ngx_shop_cart_member(p, ngx_shop_cart_texts[i].name,
                            &raw.value[ngx_shop_cart_texts[i].field]);
    }

    if (cart->till) {
        p = ngx_cpymem(p, "\"pos\":1,", sizeof("\"pos\":1,") - 1);
        user = &raw.value[NGX_SHOP_CART_USER];
        cart->user.len = user->len;
        cart->user.data = ngx_pstrdup(pool, user);

        if (user->len && cart->user.data == NULL) {
            return NGX_ERROR;
        }
    }

    if (locale) {
        p = ngx_shop_cart_member(p, "\"locale\":", locale);
    }

    p = ngx_shop_cart_member(p, "\"user\":", &cart->user);

    p = ngx_shop_cart_codes(cart, p, &raw);
    p = ngx_shop_cart_prices(p, reply, currency);
    p = ngx_shop_cart_lines(cart, p, reply);
    cart->quote.len = p - cart->quote.data;

    return NGX_OK;
}


static void
ngx_shop_cart_sort(redisReply *reply, ngx_shop_cart_raw_t *raw)
{
    ngx_uint_t   i, k;
    redisReply  *field, *value;

    ngx_memzero(raw, sizeof(ngx_shop_cart_raw_t));

    raw->size = sizeof("\"currency\":\"EUR\",\"country\":\"\","
                       "\"region\":\"\",\"postal_code\":\"\","
                       "\"vat_id\":\"\",\"kept_method\":\"\","
                       "\"pickup_point\":\"\",\"coupons\":,\"gifts\":,"
                       "\"pos\":1,\"locale\":\"\","
                       "\"user\":\"\",\"merged\":1,\"seen\":{},"
                       "\"lines\":[]")
                + NGX_SHOP_UUID_LEN;

    for (i = 0; i + 1 < reply->elements; i += 2) {
        field = reply->element[i];
        value = reply->element[i + 1];

        /* escaped at worst: \u0001 a character */
        raw->size += field->len + 6 * value->len + sizeof("[,],");

        if (field->str[0] == 'v' || field->str[0] == '$') {
            continue;
        }

        for (k = 0; k < NGX_SHOP_CART_NAMES; k++) {

            if (ngx_strcmp(field->str, ngx_shop_cart_names[k]) == 0) {
                raw->value[k].data = (u_char *) value->str;
                raw->value[k].len = value->len;
                break;
            }
        }
    }
}


static u_char *
ngx_shop_cart_member(u_char *p, const char *name, const ngx_str_t *value)
{
    if (value->len == 0) {
        return p;
    }

    p = ngx_cpymem(p, name, ngx_strlen(name));
    *p++ = '"';
    p += ngx_shop_json_escape(p, value->data, value->len);
    *p++ = '"';
    *p++ = ',';

    return p;
}


/* Codes of coupons and hashes of gift cards are JSON already. */

static u_char *
ngx_shop_cart_codes(ngx_shop_cart_t *cart, u_char *p,
    const ngx_shop_cart_raw_t *raw)
{
    if (raw->value[NGX_SHOP_CART_COUPONS].len) {
        p = ngx_sprintf(p, "\"coupons\":%V,",
                        &raw->value[NGX_SHOP_CART_COUPONS]);
    }

    if (raw->value[NGX_SHOP_CART_GIFTS].len) {
        p = ngx_sprintf(p, "\"gifts\":%V,",
                        &raw->value[NGX_SHOP_CART_GIFTS]);
    }

    if (cart->merged) {
        p = ngx_cpymem(p, "\"merged\":1,", sizeof("\"merged\":1,") - 1);
    }

    return p;
}


static u_char *
ngx_shop_cart_lines(ngx_shop_cart_t *cart, u_char *p, redisReply *reply)
{
    ngx_uint_t   i;
    redisReply  *field, *value;

    cart->lines = 0;

    p = ngx_cpymem(p, "\"lines\":[", sizeof("\"lines\":[") - 1);

    for (i = 0; i + 1 < reply->elements; i += 2) {
        field = reply->element[i];
        value = reply->element[i + 1];

        if (field->str[0] != 'v') {
            continue;
        }

        p = ngx_sprintf(p, "%s[%*s,%*s]", cart->lines ? "," : "",
                        (size_t) field->len - 1, field->str + 1,
                        (size_t) value->len, value->str);
        cart->lines++;
    }

    *p++ = ']';

    return p;
}


/* The prices that were shown, of the present currency; a map by variant. */

static u_char *
ngx_shop_cart_prices(u_char *p, redisReply *reply, const ngx_str_t *currency)
{
    ngx_uint_t   i, n;
    redisReply  *field, *value;

    n = 0;

    for (i = 0; i + 1 < reply->elements; i += 2) {
        field = reply->element[i];
        value = reply->element[i + 1];

        if (field->str[0] != '$' || (size_t) value->len <= currency->len
            || ngx_memcmp(value->str, currency->data, currency->len) != 0)
        {
            continue;
        }

        p = ngx_sprintf(p, "%s\"%*s\":%*s", n++ ? "," : "\"seen\":{",
                        (size_t) field->len - 1, field->str + 1,
                        (size_t) value->len - currency->len,
                        value->str + currency->len);
    }

    if (n) {
        *p++ = '}';
        *p++ = ',';
    }

    return p;
}
