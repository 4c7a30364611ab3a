/*
 * Conditional requests (RFC 9110, 13).  nginx's own filter is switched off: it
 * would compare If-Match with the ETag of the changed resource.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"
#include "ngx_shop_text.h"


#define NGX_SHOP_IF_MATCH_MAX  8


static ngx_uint_t ngx_shop_etag_next(u_char **pos, u_char *last,
    ngx_str_t *etag);
static ngx_uint_t ngx_shop_etag_any(const ngx_str_t *header);
static ngx_int_t ngx_shop_if_match_version(ngx_str_t *etag);


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

    if (ngx_shop_etag_any(&r->headers_in.if_none_match->value)) {
        return 1;
    }

    p = r->headers_in.if_none_match->value.data;
    last = p + r->headers_in.if_none_match->value.len;

    while (ngx_shop_etag_next(&p, last, &one)) {

        if (one.len == etag->len
            && ngx_memcmp(one.data, etag->data, etag->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_shop_etag_any(const ngx_str_t *header)
{
    return header->len == 1 && header->data[0] == '*';
}


/* the next opaque tag of a list, without "W/" and quotes */

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
 * The version that If-Match asks for, of several tags the one whose turn it is;
 * NULL when any will do.  A weak tag counts: nginx makes it of ours when it
 * compresses an answer, and what it names is the same version.
 */

ngx_int_t
ngx_shop_if_match(ngx_shop_request_t *sr, ngx_pool_t *pool,
    const char **version)
{
    u_char              *p, *last, *copy;
    ngx_str_t            one, etag;
    ngx_uint_t           n;
    ngx_shop_ctx_t      *ctx;
    ngx_http_request_t  *r;

    r = sr->r;
    ctx = ngx_shop_ctx(sr);
    *version = NULL;

    if (r->headers_in.if_match == NULL
        || ngx_shop_etag_any(&r->headers_in.if_match->value))
    {
        return NGX_OK;
    }

    p = r->headers_in.if_match->value.data;
    last = p + r->headers_in.if_match->value.len;

    /* no version of ours: one that matches nothing */

    ngx_str_set(&etag, "-1");

    for (n = 0; n <= ctx->match && ngx_shop_etag_next(&p, last, &one); /**/ ) {

        if (ngx_shop_if_match_version(&one) == NGX_OK && n++ == ctx->match) {
            etag = one;
        }
    }

    ctx->match_more = 0;

    while (n < NGX_SHOP_IF_MATCH_MAX && !ctx->match_more
           && ngx_shop_etag_next(&p, last, &one))
    {
        ctx->match_more = (ngx_shop_if_match_version(&one) == NGX_OK);
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


/* the tag up to its first dot: what follows tells volatile parts as stock */

static ngx_int_t
ngx_shop_if_match_version(ngx_str_t *etag)
{
    u_char   *dot;
    int64_t   number;

    dot = ngx_strlchr(etag->data, etag->data + etag->len, '.');
    if (dot) {
        etag->len = dot - etag->data;
    }

    return ngx_shop_text_int(etag, &number);
}


/* it is refused, and the next tag of If-Match may be the present version's */

ngx_uint_t
ngx_shop_if_match_next(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    const char      *sqlstate;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);

    if (!ctx->match_more || q->rc != NGX_SHOP_PG_ERROR) {
        return 0;
    }

    sqlstate = PQresultErrorField(q->res, PG_DIAG_SQLSTATE);

    if (sqlstate == NULL || ngx_shop_error(sqlstate).status != 412) {
        return 0;
    }

    ctx->match++;

    return 1;
}
