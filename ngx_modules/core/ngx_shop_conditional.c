/*
 * Conditional requests (RFC 9110, 13).  nginx's own filter is switched off: it
 * would compare If-Match with the ETag of the changed resource.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_text.h"


static ngx_uint_t ngx_shop_etag_next(u_char **pos, u_char *last,
    ngx_str_t *etag);


/* If-None-Match by weak comparison, on GET and HEAD; etag without quotes */

ngx_uint_t
ngx_shop_not_modified(ngx_shop_request_t *sr, ngx_str_t *etag)
{
    u_char              *p, *last;
    ngx_str_t            one;
    ngx_http_request_t  *r;

    r = sr->r;

    if (r->headers_in.if_none_match == NULL
        || !(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD)))
    {
        return 0;
    }

    p = r->headers_in.if_none_match->value.data;
    last = p + r->headers_in.if_none_match->value.len;

    while (ngx_shop_etag_next(&p, last, &one)) {

        if (one.len == 1 && one.data[0] == '*') {
            return 1;
        }

        if (one.len == etag->len
            && ngx_memcmp(one.data, etag->data, etag->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* the next opaque tag of a list, "*" too, without "W/" and quotes */

static ngx_uint_t
ngx_shop_etag_next(u_char **pos, u_char *last, ngx_str_t *etag)
{
    u_char  *p;

    p = *pos;

    while (p < last && (*p == ' ' || *p == '\t' || *p == ',')) {
        p++;
    }

    if (p == last) {
        return 0;
    }

    if (last - p >= 2 && p[0] == 'W' && p[1] == '/') {
        p += 2;
    }

    if (p < last && *p == '"') {

        etag->data = ++p;

        while (p < last && *p != '"') {
            p++;
        }

        etag->len = p - etag->data;
        *pos = (p < last) ? p + 1 : last;

        return 1;
    }

    /* a bare word: what no client should send, taken as it is */

    etag->data = p;

    while (p < last && *p != ',' && *p != ' ' && *p != '\t') {
        p++;
    }

    etag->len = p - etag->data;
    *pos = p;

    return 1;
}


/*
 * The version that If-Match asks for: the tag up to its first dot, since what
 * follows tells volatile parts such as stock.  NULL when any will do.
 */

ngx_int_t
ngx_shop_if_match(ngx_shop_request_t *sr, ngx_pool_t *pool,
    const char **version)
{
    u_char              *p, *last, *dot, *copy;
    int64_t              number;
    ngx_str_t            etag;
    ngx_http_request_t  *r;

    r = sr->r;
    *version = NULL;

    if (r->headers_in.if_match == NULL) {
        return NGX_OK;
    }

    p = r->headers_in.if_match->value.data;
    last = p + r->headers_in.if_match->value.len;

    if (!ngx_shop_etag_next(&p, last, &etag)
        || (etag.len == 1 && etag.data[0] == '*'))
    {
        return NGX_OK;
    }

    dot = ngx_strlchr(etag.data, etag.data + etag.len, '.');
    if (dot) {
        etag.len = dot - etag.data;
    }

    /* no version of ours: one that matches nothing */

    if (ngx_shop_text_int(&etag, &number) != NGX_OK) {
        ngx_str_set(&etag, "-1");
    }

    copy = ngx_pnalloc(pool, etag.len + 1);
    if (copy == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(copy, etag.data, etag.len);
    copy[etag.len] = '\0';

    *version = (char *) copy;

    return NGX_OK;
}
