/*
 * The cookies of a session, and where a request that brings them comes from.
 */

#include "ngx_shop_session.h"


#define NGX_SHOP_COOKIE_FLAGS  "; Path=/; HttpOnly; SameSite=Lax"


static ngx_int_t ngx_shop_session_cookie(ngx_shop_request_t *sr,
    const char *name, ngx_str_t *value, time_t age);
static ngx_uint_t ngx_shop_session_is_secure(ngx_http_request_t *r);
static ngx_uint_t ngx_shop_session_is_ours(ngx_http_request_t *r,
    ngx_str_t *origin);


ngx_int_t
ngx_shop_session_grant(ngx_shop_request_t *sr, ngx_str_t *refresh,
    ngx_str_t *access)
{
    const ngx_shop_token_conf_t  *conf;

    conf = ngx_shop_token_settings();

    sr->claims.issued = ngx_time();
    sr->claims.expires = sr->claims.issued + conf->ttl;

    if (ngx_shop_token_issue(sr->r->pool, &sr->claims, access) != NGX_OK
        || ngx_shop_session_cookie(sr, "access", access, conf->ttl) != NGX_OK)
    {
        return NGX_ERROR;
    }

    sr->renewed = 1;

    if (refresh->len == 0) {
        return NGX_OK;
    }

    return ngx_shop_session_cookie(sr, "refresh", refresh, conf->refresh_ttl);
}


ngx_int_t
ngx_shop_session_clear(ngx_shop_request_t *sr)
{
    ngx_str_t  empty = ngx_null_string;

    sr->renewed = 1;

    if (ngx_shop_session_cookie(sr, "access", &empty, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_session_cookie(sr, "refresh", &empty, 0);
}


/* At least one of the two headers must say so, and none the contrary. */

ngx_uint_t
ngx_shop_session_same_origin(ngx_http_request_t *r)
{
    ngx_str_t  *site, *origin;

    site = ngx_shop_header_in(r, "sec-fetch-site");
    origin = ngx_shop_header_in(r, "origin");

    if (site == NULL && origin == NULL) {
        return 0;
    }

    if (site && (site->len != sizeof("same-origin") - 1
                 || ngx_strncmp(site->data, "same-origin", site->len) != 0))
    {
        return 0;
    }

    return origin == NULL || ngx_shop_session_is_ours(r, origin);
}


static ngx_int_t
ngx_shop_session_cookie(ngx_shop_request_t *sr, const char *name,
    ngx_str_t *value, time_t age)
{
    size_t      len;
    ngx_str_t   cookie;

    len = ngx_strlen(name) + sizeof("=; Max-Age=") + value->len
          + NGX_TIME_T_LEN + sizeof(NGX_SHOP_COOKIE_FLAGS) + sizeof("; Secure");

    cookie.data = ngx_pnalloc(sr->r->pool, len);
    if (cookie.data == NULL) {
        return NGX_ERROR;
    }

    cookie.len = ngx_sprintf(cookie.data, "%s=%V; Max-Age=%T%s%s", name,
                             value, age, NGX_SHOP_COOKIE_FLAGS,
                             ngx_shop_session_is_secure(sr->r) ? "; Secure"
                                                               : "")
                 - cookie.data;

    return ngx_shop_header(sr, "Set-Cookie", &cookie);
}


static ngx_uint_t
ngx_shop_session_is_secure(ngx_http_request_t *r)
{
#if (NGX_HTTP_SSL)
    return r->connection->ssl != NULL;
#else
    return 0;
#endif
}


/*
 * The Host header is compared as it came, with its port.  Before a balancer
 * that ends TLS we see plain HTTP, so that there "https" is good, too.
 */

static ngx_uint_t
ngx_shop_session_is_ours(ngx_http_request_t *r, ngx_str_t *origin)
{
    size_t      len;
    ngx_str_t  *host;

    host = ngx_shop_header_in(r, "host");
    if (host == NULL) {
        host = &r->headers_in.server;
    }

    len = sizeof("https://") - 1;

    if (origin->len > len
        && ngx_strncasecmp(origin->data, (u_char *) "https://", len) == 0)
    {
        /* void */

    } else {
        len = sizeof("http://") - 1;

        if (ngx_shop_session_is_secure(r)
            || origin->len <= len
            || ngx_strncasecmp(origin->data, (u_char *) "http://", len) != 0)
        {
            return 0;
        }
    }

    return origin->len - len == host->len
           && ngx_strncasecmp(origin->data + len, host->data, host->len) == 0;
}
