/*
 * Origins of a store, OPTIONS, and Allow.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"


#define ngx_shop_cors_add(sr, key, value)                                    \
    ngx_shop_header_add((sr)->r, key, sizeof(key) - 1, value)


static ngx_uint_t ngx_shop_cors_allowed(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_cors_methods(ngx_shop_request_t *sr,
    ngx_str_t *value);


/* headers that every answer to an allowed origin carries */

ngx_int_t
ngx_shop_cors(ngx_shop_request_t *sr)
{
    ngx_shop_ctx_t   *ctx;

    static ngx_str_t  vary = ngx_string("Origin");
    static ngx_str_t  yes = ngx_string("true");
    static ngx_str_t  expose = ngx_string(
        "ETag, Location, Retry-After, X-Request-Id, X-Cart-Id, "
        "Idempotent-Replayed, RateLimit, RateLimit-Policy");

    ctx = ngx_shop_ctx(sr);

    if (!ctx->own_origin
        && (sr->store == NULL
            || (sr->store->origins.nelts == 0 && ctx->in_preflight == NULL)))
    {
        return NGX_OK;
    }

    if (ngx_shop_cors_add(sr, "Vary", &vary) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ctx->in_origin == NULL
        || !(ctx->own_origin || ngx_shop_cors_allowed(sr)))
    {
        return NGX_OK;
    }

    if (ngx_shop_cors_add(sr, "Access-Control-Allow-Origin", ctx->in_origin)
        != NGX_OK
        || ngx_shop_cors_add(sr, "Access-Control-Allow-Credentials", &yes)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_cors_add(sr, "Access-Control-Expose-Headers", &expose);
}


void
ngx_shop_allow_origin(ngx_shop_request_t *sr)
{
    ngx_shop_ctx(sr)->own_origin = 1;
}


/* A preflight can't bring the key that will choose the store; what it asks for
   is answered by the store's own origins. */

static ngx_uint_t
ngx_shop_cors_allowed(ngx_shop_request_t *sr)
{
    ngx_str_t   *origin, *allowed, *asked;
    ngx_uint_t   i;

    static ngx_str_t  key = ngx_string("x-publishable-key");

    origin = ngx_shop_ctx(sr)->in_origin;

    if (ngx_shop_ctx(sr)->in_preflight) {

        asked = ngx_shop_header_in(sr->r, "access-control-request-headers");

        if (asked && ngx_strlcasestrn(asked->data, asked->data + asked->len,
                                      key.data, key.len - 1))
        {
            return ngx_shop_node_origin(origin);
        }
    }

    allowed = sr->store->origins.elts;

    for (i = 0; i < sr->store->origins.nelts; i++) {

        if (allowed[i].len == origin->len
            && ngx_strncasecmp(allowed[i].data, origin->data, origin->len)
               == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* 204 with Allow; for a preflight of an allowed origin what it may send */

ngx_int_t
ngx_shop_options(ngx_shop_request_t *sr)
{
    ngx_str_t         methods;
    ngx_shop_ctx_t   *ctx;

    static ngx_str_t  age = ngx_string("600");
    static ngx_str_t  headers = ngx_string(
        "Authorization, Content-Type, If-Match, If-None-Match, "
        "Idempotency-Key, Last-Event-ID, X-Cart-Id, X-Publishable-Key, "
        "X-Request-Id, traceparent");

    ctx = ngx_shop_ctx(sr);

    if (ngx_shop_cors_methods(sr, &methods) != NGX_OK
        || ngx_shop_cors_add(sr, "Allow", &methods) != NGX_OK)
    {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    if (ctx->in_preflight && ctx->in_origin && sr->store
        && ngx_shop_cors_allowed(sr))
    {
        if (ngx_shop_cors_add(sr, "Access-Control-Allow-Methods", &methods)
            != NGX_OK
            || ngx_shop_cors_add(sr, "Access-Control-Allow-Headers", &headers)
               != NGX_OK
            || ngx_shop_cors_add(sr, "Access-Control-Max-Age", &age)
               != NGX_OK)
        {
            return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        }
    }

    return ngx_shop_reply(sr, NGX_HTTP_NO_CONTENT, NULL);
}


/* 405 */

ngx_int_t
ngx_shop_allow(ngx_shop_request_t *sr)
{
    ngx_str_t  methods;

    if (ngx_shop_cors_methods(sr, &methods) != NGX_OK
        || ngx_shop_cors_add(sr, "Allow", &methods) != NGX_OK)
    {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    return ngx_shop_problem(sr, NGX_HTTP_NOT_ALLOWED, "method_not_allowed",
                            "this address does not answer to that method");
}


static ngx_int_t
ngx_shop_cors_methods(ngx_shop_request_t *sr, ngx_str_t *value)
{
    u_char      *p;
    ngx_uint_t   i, allowed;

    static ngx_uint_t  methods[] = {
        NGX_HTTP_GET, NGX_HTTP_HEAD, NGX_HTTP_POST, NGX_HTTP_PUT,
        NGX_HTTP_PATCH, NGX_HTTP_DELETE, NGX_HTTP_OPTIONS
    };

    allowed = ngx_shop_ctx(sr)->allowed | NGX_HTTP_OPTIONS;

    if (allowed & NGX_HTTP_GET) {
        allowed |= NGX_HTTP_HEAD;
    }

    p = ngx_pnalloc(sr->r->pool,
                    sizeof("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
    if (p == NULL) {
        return NGX_ERROR;
    }

    value->data = p;

    for (i = 0; i < sizeof(methods) / sizeof(ngx_uint_t); i++) {

        if (!(allowed & methods[i])) {
            continue;
        }

        p = ngx_sprintf(p, p == value->data ? "%V" : ", %V",
                        ngx_shop_method_name(methods[i]));
    }

    value->len = p - value->data;

    return NGX_OK;
}
