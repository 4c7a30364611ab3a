/*
 * The language of an answer: what ?locale= or Accept-Language asks for, among
 * those of the store.
 */

#include "ngx_shop_engine.h"


#define NGX_SHOP_LOCALE_RANGES  20       /* of Accept-Language */
#define NGX_SHOP_LOCALE_FULL    1000     /* q=1 */


static const ngx_str_t *ngx_shop_locale_find(ngx_shop_request_t *sr,
    const u_char *tag, size_t len);
static ngx_uint_t ngx_shop_locale_near(const ngx_str_t *locale,
    const u_char *tag, size_t len);
static const ngx_str_t *ngx_shop_locale_accepted(ngx_shop_request_t *sr,
    const ngx_str_t *header);
static ngx_uint_t ngx_shop_locale_weight(const u_char *p, const u_char *last);


ngx_int_t
ngx_shop_locale_choose(ngx_shop_request_t *sr)
{
    ngx_str_t        *wanted;
    ngx_shop_ctx_t   *ctx;
    const ngx_str_t  *found;

    ctx = ngx_shop_ctx(sr);
    wanted = ngx_shop_query_arg(sr, "locale");

    if (wanted) {
        found = ngx_shop_locale_find(sr, wanted->data, wanted->len);

        if (found == NULL) {
            return ngx_shop_invalid(sr, 1, "locale",
                                    "is no language of this store");
        }

    } else if (ctx->in_language) {
        found = ngx_shop_locale_accepted(sr, ctx->in_language);

    } else {
        return NGX_OK;
    }

    /* the first is what everything is written in */

    ctx->locale = (found == sr->store->locales.elts) ? NULL : found;

    return NGX_OK;
}


const ngx_str_t *
ngx_shop_locale(ngx_shop_request_t *sr)
{
    return ngx_shop_ctx(sr)->locale;
}


/* the same tag, else the nearest: "de" for "de-AT", "de-DE" for "de" */

static const ngx_str_t *
ngx_shop_locale_find(ngx_shop_request_t *sr, const u_char *tag, size_t len)
{
    ngx_uint_t        i;
    const ngx_str_t  *locale, *near;

    near = NULL;
    locale = sr->store->locales.elts;

    for (i = 0; i < sr->store->locales.nelts; i++) {

        if (locale[i].len == len
            && ngx_strncasecmp(locale[i].data, (u_char *) tag, len) == 0)
        {
            return &locale[i];
        }

        if (near == NULL && ngx_shop_locale_near(&locale[i], tag, len)) {
            near = &locale[i];
        }
    }

    return near;
}


static ngx_uint_t
ngx_shop_locale_near(const ngx_str_t *locale, const u_char *tag, size_t len)
{
    size_t  n;

    n = ngx_min(locale->len, len);

    if (n == 0
        || ngx_strncasecmp(locale->data, (u_char *) tag, n) != 0)
    {
        return 0;
    }

    return (locale->len > n && locale->data[n] == '-')
           || (len > n && tag[n] == '-');
}


/* RFC 9110, 12.5.4: the first of the greatest weight */

static const ngx_str_t *
ngx_shop_locale_accepted(ngx_shop_request_t *sr, const ngx_str_t *header)
{
    u_char           *p, *last, *end, *stop;
    ngx_uint_t        i, weight, best;
    const ngx_str_t  *found, *chosen;

    best = 0;
    chosen = sr->store->locales.elts;
    p = header->data;
    last = p + header->len;

    for (i = 0; i < NGX_SHOP_LOCALE_RANGES && p < last; i++) {

        end = ngx_strlchr(p, last, ',');
        if (end == NULL) {
            end = last;
        }

        while (p < end && (*p == ' ' || *p == '\t')) {
            p++;
        }

        for (stop = p; stop < end && *stop != ';' && *stop != ' '; stop++) {
            /* void */
        }

        weight = ngx_shop_locale_weight(stop, end);

        if (weight > best) {
            found = ngx_shop_locale_find(sr, p, stop - p);

            if (found) {
                best = weight;
                chosen = found;
            }
        }

        p = end + 1;
    }

    return chosen;
}


/* of ";q=0.8", in thousandths */

static ngx_uint_t
ngx_shop_locale_weight(const u_char *p, const u_char *last)
{
    ngx_uint_t  weight, unit;

    while (p < last && *p != '=') {
        p++;
    }

    if (p == last) {
        return NGX_SHOP_LOCALE_FULL;
    }

    if (++p < last && *p == '1') {
        return NGX_SHOP_LOCALE_FULL;
    }

    weight = 0;
    p += 2;                              /* "0." */

    for (unit = 100; unit && p < last && *p >= '0' && *p <= '9'; p++) {
        weight += (*p - '0') * unit;
        unit /= 10;
    }

    return weight;
}


ngx_int_t
ngx_shop_locale_headers(ngx_shop_request_t *sr)
{
    ngx_str_t        *value;
    ngx_shop_ctx_t   *ctx;

    static ngx_str_t  vary = ngx_string("Accept-Language");

    ctx = ngx_shop_ctx(sr);

    if (sr->store == NULL || sr->store->locales.nelts == 0) {
        return NGX_OK;
    }

    value = ctx->locale ? (ngx_str_t *) ctx->locale
                        : sr->store->locales.elts;

    if (ngx_shop_header(sr, "Content-Language", value) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_header(sr, "Vary", &vary);
}
