/*
 * Pages that are the same for every stranger are kept in the shared cache as
 * their head and data, and are there when the database is not.
 */

#include "ngx_http_shop_pages.h"
#include "../../core/ngx_shop_cache.h"


#define NGX_HTTP_SHOP_PAGES_TTL  60000   /* milliseconds */


/* sr->ctx of a request whose page may be kept */
typedef struct {
    ngx_str_t                key;
    uint64_t                 since;
} ngx_http_shop_pages_fill_t;


static ngx_int_t ngx_http_shop_pages_key(ngx_shop_request_t *sr,
    ngx_str_t *key);


ngx_int_t
ngx_http_shop_pages_cached(ngx_shop_request_t *sr, ngx_uint_t stale,
    ngx_http_shop_pages_page_t *page)
{
    u_char                      *end;
    ngx_shop_cached_t            cached;
    ngx_http_shop_pages_fill_t  *fill = sr->ctx;

    if (fill == NULL || !stale) {

        sr->ctx = NULL;

        /* what differs from one person to another, or is asked once */

        if (sr->signed_in || sr->renewed || sr->r->args.len
            || (sr->ep->flags & (NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE)))
        {
            return NGX_DECLINED;
        }

        fill = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_pages_fill_t));

        if (fill == NULL
            || ngx_http_shop_pages_key(sr, &fill->key) != NGX_OK)
        {
            return NGX_DECLINED;
        }

        sr->ctx = fill;
    }

    ngx_memzero(&cached, sizeof(ngx_shop_cached_t));

    if (ngx_shop_cache_get(&fill->key, sr->r->pool, stale, &cached,
                           &fill->since)
        != NGX_OK)
    {
        return NGX_DECLINED;
    }

    /* head NUL data */

    end = ngx_strlchr(cached.body.data, cached.body.data + cached.body.len,
                      '\0');
    if (end == NULL) {
        return NGX_DECLINED;
    }

    page->name = cached.etag;
    page->status = cached.status;
    page->head.data = cached.body.data;
    page->head.len = end - cached.body.data;
    page->data.data = end + 1;
    page->data.len = cached.body.data + cached.body.len - page->data.data;

    return NGX_OK;
}


void
ngx_http_shop_pages_keep(ngx_shop_request_t *sr, ngx_str_t *tags,
    ngx_http_shop_pages_page_t *page)
{
    u_char                      *p;
    ngx_shop_cached_t            cached;
    ngx_http_shop_pages_fill_t  *fill = sr->ctx;

    if (fill == NULL || tags->len == 0 || page->status != NGX_HTTP_OK) {
        return;
    }

    ngx_memzero(&cached, sizeof(ngx_shop_cached_t));

    cached.status = page->status;
    cached.etag = page->name;
    cached.body.len = page->head.len + 1 + page->data.len;

    cached.body.data = ngx_pnalloc(sr->r->pool, cached.body.len);
    if (cached.body.data == NULL) {
        return;
    }

    p = ngx_cpymem(cached.body.data, page->head.data, page->head.len);
    *p++ = '\0';
    ngx_memcpy(p, page->data.data, page->data.len);

    ngx_shop_cache_put(&fill->key, tags, fill->since, NGX_HTTP_SHOP_PAGES_TTL,
                       &cached);
}


/* the base is part of the page's links */

static ngx_int_t
ngx_http_shop_pages_key(ngx_shop_request_t *sr, ngx_str_t *key)
{
    ngx_str_t            base;
    ngx_http_request_t  *r;

    r = sr->r;

    if (ngx_http_shop_pages_base(r, &base) != NGX_OK) {
        return NGX_ERROR;
    }

    key->data = ngx_pnalloc(r->pool, sizeof("page   ") + sr->store->id.len
                                     + base.len + r->uri.len);
    if (key->data == NULL) {
        return NGX_ERROR;
    }

    key->len = ngx_sprintf(key->data, "page %V %V %V", &sr->store->id, &base,
                           &r->uri)
               - key->data;

    return NGX_OK;
}
