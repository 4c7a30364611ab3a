/*
 * What a client does with a token that it has: revocation (RFC 7009) and
 * introspection (RFC 7662).
 */

#include "ngx_http_shop_identity_oauth.h"


#define NGX_HTTP_SHOP_REVOKE_PARAMS  8


static const char **ngx_http_shop_revoke_params(ngx_shop_request_t *sr,
    ngx_int_t *rc);
static ngx_int_t ngx_http_shop_revoke_shown(ngx_shop_request_t *sr,
    ngx_http_shop_oauth_t *ctx, const char **params);
static ngx_int_t ngx_http_shop_revoke_done(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_introspect_done(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_introspect_access(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_introspect_refresh(ngx_shop_request_t *sr,
    PGresult *res);


static const ngx_shop_bind_t  ngx_http_shop_revoke_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_END
};


ngx_int_t
ngx_http_shop_oauth_revoke(ngx_shop_request_t *sr)
{
    ngx_int_t     rc;
    const char  **params;

    params = ngx_http_shop_revoke_params(sr, &rc);
    if (params == NULL) {
        return rc;
    }

    params[7] = ngx_http_shop_oauth_origin(sr);

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt,
                        NGX_HTTP_SHOP_REVOKE_PARAMS, params,
                        ngx_http_shop_revoke_done);
}


/* Of the statements of both; NULL: *rc is what the handler returns. */

static const char **
ngx_http_shop_revoke_params(ngx_shop_request_t *sr, ngx_int_t *rc)
{
    ngx_uint_t              n;
    const char            **bound, **params;
    ngx_http_shop_oauth_t  *ctx;

    ctx = ngx_http_shop_oauth_begin(sr, rc);
    if (ctx == NULL) {
        return NULL;
    }

    if (ngx_shop_form_get(&ctx->form, "token") == NULL) {
        *rc = ngx_http_shop_oauth_error(sr, "invalid_request",
                                        "token is missing");
        return NULL;
    }

    *rc = NGX_HTTP_INTERNAL_SERVER_ERROR;

    bound = ngx_shop_params(sr, ngx_http_shop_revoke_bind, &n);
    params = ngx_pcalloc(sr->r->pool,
                         NGX_HTTP_SHOP_REVOKE_PARAMS * sizeof(char *));

    if (bound == NULL || params == NULL) {
        return NULL;
    }

    ngx_memcpy(params, bound, n * sizeof(char *));
    params[3] = (const char *) ctx->client.data;

    if (ctx->secret.hash[0]) {
        params[4] = (const char *) ctx->secret.hash;
    }

    return ngx_http_shop_revoke_shown(sr, ctx, params) == NGX_OK ? params
                                                                 : NULL;
}


/* The token's session if it is an access token of ours, else the hash of what
   may be a refresh token; token_type_hint would tell nothing more. */

static ngx_int_t
ngx_http_shop_revoke_shown(ngx_shop_request_t *sr, ngx_http_shop_oauth_t *ctx,
    const char **params)
{
    ngx_str_t           *token;
    const char          *why;
    ngx_shop_claims_t    claims;

    token = ngx_shop_form_get(&ctx->form, "token");

    if (ngx_shop_refresh_read(token, &ctx->next) == NGX_OK) {
        params[6] = (const char *) ctx->next.hash;
        return NGX_OK;
    }

    if (ngx_shop_token_verify(token, &claims, &why) != NGX_OK) {
        return NGX_OK;
    }

    ctx->access = 1;

    if (ngx_shop_session_claims(sr, &claims) != NGX_OK) {
        return NGX_ERROR;
    }

    /* the token is what it is about, not who asks */

    ctx->claims = sr->claims;
    sr->signed_in = 0;

    params[5] = (const char *) ctx->claims.session.data;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_revoke_done(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_int_t  rc;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    ngx_http_shop_oauth_after(sr, q->res);

    rc = ngx_http_shop_oauth_refused(sr, q->res);

    return rc == NGX_DECLINED ? ngx_shop_reply(sr, NGX_HTTP_OK, NULL) : rc;
}


ngx_int_t
ngx_http_shop_oauth_introspect(ngx_shop_request_t *sr)
{
    ngx_int_t                rc;
    const char             **params;
    ngx_http_shop_oauth_t   *ctx;

    params = ngx_http_shop_revoke_params(sr, &rc);
    if (params == NULL) {
        return rc;
    }

    ctx = sr->ctx;

    if (ctx->access) {
        params[7] = (const char *) ctx->claims.client.data;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt,
                        NGX_HTTP_SHOP_REVOKE_PARAMS, params,
                        ngx_http_shop_introspect_done);
}


static ngx_int_t
ngx_http_shop_introspect_done(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_int_t               rc;
    const char             *active;
    ngx_http_shop_oauth_t  *ctx = sr->ctx;

    static ngx_str_t        no = ngx_string("{\"active\":false}");

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    rc = ngx_http_shop_oauth_refused(sr, q->res);
    if (rc != NGX_DECLINED) {
        return rc;
    }

    active = ngx_http_shop_oauth_column(q->res, "active");

    if (active == NULL || active[0] != 't') {
        return ngx_shop_reply(sr, NGX_HTTP_OK, &no);
    }

    return ctx->access ? ngx_http_shop_introspect_access(sr)
                       : ngx_http_shop_introspect_refresh(sr, q->res);
}


static ngx_int_t
ngx_http_shop_introspect_access(ngx_shop_request_t *sr)
{
    json_t                  *json;
    ngx_str_t                issuer;
    ngx_shop_claims_t       *claims;
    ngx_http_shop_oauth_t   *ctx = sr->ctx;

    claims = &ctx->claims;
    (void) ngx_http_shop_oauth_issuer(&issuer);

    json = json_pack("{s:b, s:s, s:s, s:s%, s:s%, s:s, s:I, s:I}",
                     "active", 1,
                     "token_type", "Bearer",
                     "sub", claims->user.data,
                     "iss", issuer.data, issuer.len,
                     "aud", issuer.data, issuer.len,
                     "scope", claims->scope.data,
                     "iat", (json_int_t) claims->issued,
                     "exp", (json_int_t) claims->expires);

    if (json && claims->client.len) {
        (void) json_object_set_new(json, "client_id",
                                   json_string((char *) claims->client.data));
    }

    return ngx_http_shop_oauth_json(sr, json);
}


static ngx_int_t
ngx_http_shop_introspect_refresh(ngx_shop_request_t *sr, PGresult *res)
{
    ngx_str_t  text, body;

    text.data = (u_char *) ngx_http_shop_oauth_column(res, "body");
    if (text.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    text.len = ngx_strlen(text.data);

    body.len = text.len;
    body.data = ngx_pstrdup(sr->r->pool, &text);

    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}
