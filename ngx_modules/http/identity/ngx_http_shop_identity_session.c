/*
 * Sessions that stand: renewing, ending, looking at them.
 */

#include "ngx_http_shop_identity.h"


static ngx_int_t ngx_http_shop_identity_shown(ngx_shop_request_t *sr,
    ngx_str_t *text);
static ngx_int_t ngx_http_shop_identity_unknown(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_renewed(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_ended(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static const ngx_shop_bind_t  ngx_http_shop_identity_refresh_bind[] = {
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_logout_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_QUERY("all"),
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


/* A token in the body is strict, one in the cookie has its grace. */

ngx_int_t
ngx_http_shop_identity_refresh(ngx_shop_request_t *sr)
{
    ngx_int_t                      rc;
    ngx_str_t                      text;
    ngx_uint_t                     n;
    const char                    *extra[3], **params;
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_identity_ctx_t));
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->status = NGX_HTTP_OK;
    sr->ctx = ctx;

    rc = ngx_http_shop_identity_shown(sr, &text);
    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_shop_refresh_read(&text, &ctx->given) != NGX_OK) {
        return ngx_http_shop_identity_unknown(sr);
    }

    if (ngx_shop_refresh_next(&ctx->given, &ctx->refresh) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    extra[0] = (const char *) ctx->given.hash;
    extra[1] = (const char *) ctx->refresh.hash;
    extra[2] = ctx->cookies ? "f" : "t";

    params = ngx_http_shop_identity_params(sr,
                                           ngx_http_shop_identity_refresh_bind,
                                           extra, 3, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->refresh, n, params,
                        ngx_http_shop_identity_renewed);
}


ngx_int_t
ngx_http_shop_identity_logout(ngx_shop_request_t *sr)
{
    ngx_uint_t    n;
    const char  **params;

    params = ngx_shop_params(sr, ngx_http_shop_identity_logout_bind, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->logout, n, params,
                        ngx_http_shop_identity_ended);
}


ngx_int_t
ngx_http_shop_identity_validate(ngx_shop_request_t *sr)
{
    u_char      *p;
    size_t       len;
    ngx_str_t    body, *roles;
    ngx_uint_t   i;

    roles = &sr->claims.roles;

    /* a space between roles becomes three characters */
    len = sizeof("{\"active\":true,\"sub\":\"\",\"roles\":[\"\"],\"exp\":}")
          + sr->claims.user.len + 3 * roles->len + NGX_TIME_T_LEN;

    p = ngx_pnalloc(sr->r->pool, len);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.data = p;

    p = ngx_sprintf(p, "{\"active\":true,\"sub\":\"%V\",\"roles\":[",
                    &sr->claims.user);

    for (i = 0; i < roles->len; i++) {

        if (i == 0) {
            *p++ = '"';
        }

        if (roles->data[i] == ' ') {
            p = ngx_cpymem(p, "\",\"", 3);

        } else {
            *p++ = roles->data[i];
        }
    }

    if (roles->len) {
        *p++ = '"';
    }

    p = ngx_sprintf(p, "],\"exp\":%T}", sr->claims.expires);
    body.len = p - body.data;

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}


ngx_int_t
ngx_http_shop_identity_jwks(ngx_shop_request_t *sr)
{
    return ngx_shop_reply(sr, NGX_HTTP_OK, ngx_shop_token_jwks());
}


static ngx_int_t
ngx_http_shop_identity_shown(ngx_shop_request_t *sr, ngx_str_t *text)
{
    const char                    *given;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    given = ngx_shop_body_text(sr, "refresh_token");

    if (given) {
        text->data = (u_char *) given;
        text->len = ngx_strlen(given);
        return NGX_OK;
    }

    if (ngx_shop_cookie(sr->r, "refresh", text) != NGX_OK) {
        return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "unauthenticated",
                                "this needs a refresh token");
    }

    if (!ngx_shop_session_same_origin(sr->r)) {
        return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN, "forbidden",
                                "the cookie counts only for requests of the "
                                "same origin");
    }

    ctx->cookies = 1;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_identity_unknown(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ctx->cookies && ngx_shop_session_clear(sr) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "unauthenticated",
                            "this refresh token is not known");
}


static ngx_int_t
ngx_http_shop_identity_renewed(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    int                            code, detail;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc == NGX_SHOP_PG_OK && PQntuples(q->res) == 1) {

        code = PQfnumber(q->res, "code");
        detail = PQfnumber(q->res, "detail");

        if (!PQgetisnull(q->res, 0, code)) {

            if (ctx->cookies && ngx_shop_session_clear(sr) != NGX_OK) {
                return NGX_HTTP_INTERNAL_SERVER_ERROR;
            }

            return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED,
                                    PQgetvalue(q->res, 0, code),
                                    PQgetvalue(q->res, 0, detail));
        }
    }

    return ngx_http_shop_identity_grant(sr, q, 0);
}


static ngx_int_t
ngx_http_shop_identity_ended(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    ngx_http_shop_identity_revoke(q->res);

    if (ngx_shop_session_clear(sr) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, NGX_HTTP_NO_CONTENT, NULL);
}


/* On this node at once, on the others by the listener. */

void
ngx_http_shop_identity_revoke(PGresult *res)
{
    int        row;
    time_t     until;
    ngx_str_t  session;

    for (row = 0; row < PQntuples(res); row++) {

        session.data = (u_char *) PQgetvalue(res, row, 0);
        session.len = PQgetlength(res, row, 0);

        until = ngx_atotm((u_char *) PQgetvalue(res, row, 1),
                          PQgetlength(res, row, 1));

        ngx_shop_node_revoke(&session, NULL, until);
    }
}
