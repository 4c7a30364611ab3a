/*
 * What is not to be a password, as it is the first that is guessed.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_http_shop_identity_common.h"


#define NGX_HTTP_SHOP_IDENTITY_COMMONS                                      \
    (sizeof(ngx_http_shop_identity_common) / sizeof(char *))


static ngx_uint_t ngx_http_shop_identity_even(ngx_str_t *password);
static int ngx_http_shop_identity_compare(const void *one, const void *two);
static ngx_uint_t ngx_http_shop_identity_same(ngx_str_t *password,
    const u_char *data, size_t len);
static size_t ngx_http_shop_identity_letters(u_char *dst, const u_char *src,
    size_t len);


const char *
ngx_http_shop_identity_weak(ngx_shop_request_t *sr, ngx_str_t *password,
    ngx_str_t *email, ngx_str_t *name)
{
    u_char      *at, text[NGX_SHOP_PASSWORD_MAX + 1];
    const char  *word;
    ngx_str_t   *host;
    ngx_uint_t   i;

    if (password->len > NGX_SHOP_PASSWORD_MAX) {
        return "is too long";
    }

    ngx_strlow(text, password->data, password->len);
    text[password->len] = '\0';
    word = (const char *) text;

    if (ngx_http_shop_identity_even(password)) {
        return "must not be one character again and again, nor a series";
    }

    if (bsearch(&word, ngx_http_shop_identity_common,
                NGX_HTTP_SHOP_IDENTITY_COMMONS, sizeof(char *),
                ngx_http_shop_identity_compare))
    {
        return "is one of the most common passwords";
    }

    at = ngx_strlchr(email->data, email->data + email->len, '@');

    if (ngx_http_shop_identity_same(password, email->data, email->len)
        || (at && ngx_http_shop_identity_same(password, email->data,
                                              at - email->data)))
    {
        return "must not be the e-mail address";
    }

    if (ngx_http_shop_identity_same(password, name->data, name->len)) {
        return "must not be the name";
    }

    host = sr->store->hosts.elts;

    for (i = 0; i < sr->store->hosts.nelts; i++) {
        if (ngx_http_shop_identity_same(password, host[i].data, host[i].len)) {
            return "must not be the shop's address";
        }
    }

    return ngx_http_shop_identity_same(password, sr->store->code.data,
                                       sr->store->code.len)
           || ngx_http_shop_identity_same(password, sr->store->name.data,
                                          sr->store->name.len)
           ? "must not be the shop's name" : NULL;
}


/* 1 for "aaaaaaaaaa", "0123456789", "9876543210" and their like. */

static ngx_uint_t
ngx_http_shop_identity_even(ngx_str_t *password)
{
    int     step;
    size_t  i;

    step = 2;

    for (i = 1; i < password->len; i++) {

        if (i > 1 && password->data[i] - password->data[i - 1] != step) {
            return 0;
        }

        step = password->data[i] - password->data[i - 1];

        if (step < -1 || step > 1) {
            return 0;
        }
    }

    return 1;
}


static int
ngx_http_shop_identity_compare(const void *one, const void *two)
{
    return strcmp(*(const char *const *) one, *(const char *const *) two);
}


/* 1 if both have the same letters and digits, whatever is between them. */

static ngx_uint_t
ngx_http_shop_identity_same(ngx_str_t *password, const u_char *data,
    size_t len)
{
    size_t  n;
    u_char  one[NGX_SHOP_PASSWORD_MAX], two[NGX_SHOP_PASSWORD_MAX];

    if (len > NGX_SHOP_PASSWORD_MAX) {
        return 0;
    }

    n = ngx_http_shop_identity_letters(one, password->data, password->len);

    return n && n == ngx_http_shop_identity_letters(two, data, len)
           && ngx_memcmp(one, two, n) == 0;
}


static size_t
ngx_http_shop_identity_letters(u_char *dst, const u_char *src, size_t len)
{
    u_char  *p, c;
    size_t   i;

    for (p = dst, i = 0; i < len; i++) {
        c = ngx_tolower(src[i]);

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
            *p++ = c;
        }
    }

    return p - dst;
}
