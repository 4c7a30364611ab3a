/*
 * What differs between nginx 1.22 and the newest mainline.  No other file
 * asks for the version of nginx.
 */

#ifndef _NGX_SHOP_COMPAT_H_INCLUDED_
#define _NGX_SHOP_COMPAT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>


/* 1.23.0: headers of one name are a linked list, cookies among them */

#if (nginx_version >= 1023000)

#define ngx_shop_header_init(h)  (h)->next = NULL

#define NGX_SHOP_HEADER_LISTS    1

typedef ngx_table_elt_t         *ngx_shop_cookies_t;

static ngx_inline ngx_table_elt_t *
ngx_shop_cookies_next(ngx_http_request_t *r, ngx_shop_cookies_t *pos)
{
    ngx_table_elt_t  *h;

    h = *pos;

    if (h) {
        *pos = h->next;
    }

    (void) r;

    return h;
}

static ngx_inline void
ngx_shop_cookies_first(ngx_http_request_t *r, ngx_shop_cookies_t *pos)
{
    *pos = r->headers_in.cookie;
}

#else

#define ngx_shop_header_init(h)

typedef ngx_uint_t               ngx_shop_cookies_t;

static ngx_inline ngx_table_elt_t *
ngx_shop_cookies_next(ngx_http_request_t *r, ngx_shop_cookies_t *pos)
{
    ngx_table_elt_t  **h;

    if (*pos >= r->headers_in.cookies.nelts) {
        return NULL;
    }

    h = r->headers_in.cookies.elts;

    return h[(*pos)++];
}

static ngx_inline void
ngx_shop_cookies_first(ngx_http_request_t *r, ngx_shop_cookies_t *pos)
{
    (void) r;

    *pos = 0;
}

#endif


#endif /* _NGX_SHOP_COMPAT_H_INCLUDED_ */
