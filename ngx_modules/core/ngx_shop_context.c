/*
 * What is known of any request of a server with endpoints: its ids, the
 * headers that the engine looks at, its cookies.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_text.h"


static void ngx_shop_context_scan(ngx_shop_ctx_t *ctx);
static void ngx_shop_context_header(ngx_shop_ctx_t *ctx, ngx_table_elt_t *h);
static ngx_int_t ngx_shop_context_ids(ngx_shop_ctx_t *ctx);
static void ngx_shop_context_cart(ngx_shop_ctx_t *ctx);


ngx_shop_ctx_t *
ngx_shop_ctx_get(ngx_http_request_t *r)
{
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_shop_core_module);

    if (ctx) {
        return ctx;
    }

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_shop_ctx_t));
    if (ctx == NULL) {
        return NULL;
    }

    ctx->sr.r = r;
    ctx->sr.priv = ctx;

    ngx_shop_context_scan(ctx);
    ngx_shop_context_cart(ctx);

    if (ngx_shop_context_ids(ctx) != NGX_OK) {
        return NULL;
    }

    ngx_http_set_ctx(r, ctx, ngx_http_shop_core_module);

    return ctx;
}


/* one walk over the request's headers */

static void
ngx_shop_context_scan(ngx_shop_ctx_t *ctx)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &ctx->sr.r->headers_in.headers.part;

    for ( /* void */ ; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].hash && h[i].lowcase_key) {
                ngx_shop_context_header(ctx, &h[i]);
            }
        }
    }
}


static void
ngx_shop_context_header(ngx_shop_ctx_t *ctx, ngx_table_elt_t *h)
{
#define ngx_shop_context_is(h, name)                                          \
    (ngx_memcmp((h)->lowcase_key, name, sizeof(name) - 1) == 0)

    switch (h->key.len) {

    case sizeof("origin") - 1:
        if (ngx_shop_context_is(h, "origin")) {
            ctx->in_origin = &h->value;
        }
        break;

    case sizeof("x-cart-id") - 1:
        if (ngx_shop_context_is(h, "x-cart-id")) {
            ctx->in_cart = &h->value;
        }
        break;

    case sizeof("traceparent") - 1:
        if (ngx_shop_context_is(h, "traceparent")) {
            ctx->in_trace = &h->value;
        }
        break;

    case sizeof("x-request-id") - 1:
        if (ngx_shop_context_is(h, "x-request-id")) {
            ctx->in_id = &h->value;
        }
        break;

    case sizeof("idempotency-key") - 1:
        if (ngx_shop_context_is(h, "idempotency-key")) {
            ctx->in_key = &h->value;

        } else if (ngx_shop_context_is(h, "accept-language")) {
            ctx->in_language = &h->value;
        }
        break;

    case sizeof("x-publishable-key") - 1:
        if (ngx_shop_context_is(h, "x-publishable-key")) {
            ctx->in_publishable = &h->value;
        }
        break;

    case sizeof("access-control-request-method") - 1:
        if (ngx_shop_context_is(h, "access-control-request-method")) {
            ctx->in_preflight = &h->value;
        }
        break;
    }

#undef ngx_shop_context_is
}


static ngx_int_t
ngx_shop_context_ids(ngx_shop_ctx_t *ctx)
{
    u_char              *p;
    ngx_shop_request_t  *sr;

    sr = &ctx->sr;

    if (ctx->in_id && ngx_shop_trace_sane_id(ctx->in_id)) {
        sr->request_id = *ctx->in_id;

    } else {
        p = ngx_pnalloc(sr->r->pool, NGX_SHOP_REQUEST_ID_LEN);
        if (p == NULL) {
            return NGX_ERROR;
        }

        sr->request_id.data = p;
        sr->request_id.len = NGX_SHOP_REQUEST_ID_LEN;

        (void) ngx_shop_trace_random(p, NGX_SHOP_REQUEST_ID_LEN);
    }

    if (ctx->in_trace && ngx_shop_trace_parse(ctx->in_trace)) {

        p = ngx_pnalloc(sr->r->pool, NGX_SHOP_TRACEPARENT_LEN);
        if (p == NULL) {
            return NGX_ERROR;
        }

        sr->traceparent.data = p;
        sr->traceparent.len = NGX_SHOP_TRACEPARENT_LEN;

        (void) ngx_shop_trace_continue(p, ctx->in_trace);
    }

    return NGX_OK;
}


/* an id that is none of ours is as good as no cart */

static void
ngx_shop_context_cart(ngx_shop_ctx_t *ctx)
{
    ngx_str_t  cart;

    if (ctx->in_cart) {
        cart = *ctx->in_cart;

    } else if (ngx_shop_cookie(ctx->sr.r, "cart", &cart) != NGX_OK) {
        return;
    }

    if (!ngx_shop_text_is_uuid(&cart)) {
        return;
    }

    ctx->sr.cart.data = ngx_pnalloc(ctx->sr.r->pool, cart.len + 1);
    if (ctx->sr.cart.data == NULL) {
        return;
    }

    ngx_strlow(ctx->sr.cart.data, cart.data, cart.len);
    ctx->sr.cart.data[cart.len] = '\0';
    ctx->sr.cart.len = cart.len;
}


ngx_shop_request_t *
ngx_shop_request(ngx_http_request_t *r)
{
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_shop_core_module);

    return (ctx && ctx->sr.ep) ? &ctx->sr : NULL;
}


ngx_str_t *
ngx_shop_request_id(ngx_http_request_t *r)
{
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx_get(r);

    return ctx ? &ctx->sr.request_id : NULL;
}


ngx_str_t *
ngx_shop_header_in(ngx_http_request_t *r, const char *name)
{
    size_t            len;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    len = ngx_strlen(name);

    for (part = &r->headers_in.headers.part; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {

            if (h[i].key.len == len && h[i].lowcase_key
                && ngx_memcmp(h[i].lowcase_key, name, len) == 0)
            {
                return &h[i].value;
            }
        }
    }

    return NULL;
}


ngx_int_t
ngx_shop_cookie(ngx_http_request_t *r, const char *name, ngx_str_t *value)
{
    ngx_str_t            key;
    ngx_table_elt_t     *h;
    ngx_shop_cookies_t   pos;

    key.data = (u_char *) name;
    key.len = ngx_strlen(name);

    ngx_shop_cookies_first(r, &pos);

    while ((h = ngx_shop_cookies_next(r, &pos)) != NULL) {

        if (ngx_shop_cookie_find(&h->value, &key, value) == NGX_OK) {
            return NGX_OK;
        }
    }

    return NGX_DECLINED;
}
