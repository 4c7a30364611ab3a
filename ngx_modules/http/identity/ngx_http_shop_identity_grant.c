/*
 * The answer of every request that opens or carries on a session.
 */

#include "ngx_http_shop_identity.h"


#define NGX_HTTP_SHOP_IDENTITY_GRANT                                        \
    "{\"user\":%V,\"access_token\":\"%V\",\"token_type\":\"Bearer\","       \
    "\"expires_in\":%T,\"refresh_token\":\"%s\"}"


#define NGX_HTTP_SHOP_IDENTITY_FACTOR                                       \
    "{\"code\":\"mfa_required\",\"detail\":\"%s\",\"mfa_token\":\"%s\","      \
    "\"expires_in\":300,\"methods\":[\"totp\",\"recovery_code\"]}"


static ngx_int_t ngx_http_shop_identity_no_session(ngx_shop_request_t *sr,
    PGresult *res, int code);
static ngx_int_t ngx_http_shop_identity_ask_factor(ngx_shop_request_t *sr,
    PGresult *res);
static void ngx_http_shop_identity_join(ngx_shop_request_t *sr);
static void ngx_http_shop_identity_send(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_body(ngx_shop_request_t *sr,
    PGresult *res);


ngx_int_t
ngx_http_shop_identity_grant(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q,
    ngx_uint_t join)
{
    int                            code;
    ngx_str_t                      refresh;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    code = PQfnumber(q->res, "code");

    if (PQntuples(q->res) == 1 && code != -1
        && !PQgetisnull(q->res, 0, code))
    {
        return ngx_http_shop_identity_no_session(sr, q->res, code);
    }

    refresh.data = ctx->refresh.text;
    refresh.len = NGX_SHOP_REFRESH_LEN;

    if (PQntuples(q->res) != 1
        || ngx_shop_session_row(sr, q->res) != NGX_OK
        || ngx_http_shop_identity_body(sr, q->res) != NGX_OK
        || ngx_shop_session_grant(sr, &refresh, &ctx->access) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (join) {
        ngx_http_shop_identity_join(sr);

    } else {
        ngx_http_shop_identity_send(sr);
    }

    return NGX_DONE;
}


const char *
ngx_http_shop_identity_mfa_token(ngx_shop_request_t *sr, PGresult *res)
{
    int                            code;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    code = PQfnumber(res, "code");

    if (PQntuples(res) == 1 && code != -1
        && ngx_strcmp(PQgetvalue(res, 0, code), "mfa_required") == 0)
    {
        return (const char *) ctx->refresh.text;
    }

    return NULL;
}


const char **
ngx_http_shop_identity_with(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, const char *const *extra, ngx_uint_t nextra,
    ngx_uint_t *n)
{
    ngx_uint_t    nbound;
    const char  **bound, **params;

    bound = ngx_shop_params(sr, bind, &nbound);
    if (bound == NULL) {
        return NULL;
    }

    *n = nbound + nextra;

    params = ngx_palloc(sr->r->pool, *n * sizeof(char *));

    if (params) {
        ngx_memcpy(params, bound, nbound * sizeof(char *));
        ngx_memcpy(params + nbound, extra, nextra * sizeof(char *));
    }

    return params;
}


const char **
ngx_http_shop_identity_params(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, const char *const *extra, ngx_uint_t nextra,
    ngx_uint_t *n)
{
    const char                   *all[NGX_SHOP_BIND_MAX];
    const ngx_shop_token_conf_t  *tcf;

    tcf = ngx_shop_token_settings();

    ngx_memcpy(all, extra, nextra * sizeof(char *));
    all[nextra] = ngx_shop_session_seconds(sr->r->pool, tcf->ttl);
    all[nextra + 1] = ngx_shop_session_seconds(sr->r->pool, tcf->refresh_ttl);

    if (all[nextra] == NULL || all[nextra + 1] == NULL) {
        return NULL;
    }

    return ngx_http_shop_identity_with(sr, bind, all, nextra + 2, n);
}


static ngx_int_t
ngx_http_shop_identity_no_session(ngx_shop_request_t *sr, PGresult *res,
    int code)
{
    if (ngx_http_shop_identity_mfa_token(sr, res)) {
        return ngx_http_shop_identity_ask_factor(sr, res);
    }

    if (ngx_http_shop_identity_later(sr, res) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_problem(sr,
                            atoi(PQgetvalue(res, 0, PQfnumber(res, "status"))),
                            PQgetvalue(res, 0, code),
                            PQgetvalue(res, 0, PQfnumber(res, "detail")));
}


static ngx_int_t
ngx_http_shop_identity_ask_factor(ngx_shop_request_t *sr, PGresult *res)
{
    size_t       len;
    ngx_str_t    body;
    const char  *detail;

    detail = PQgetvalue(res, 0, PQfnumber(res, "detail"));
    len = sizeof(NGX_HTTP_SHOP_IDENTITY_FACTOR) + ngx_strlen(detail)
          + NGX_SHOP_REFRESH_LEN;

    body.data = ngx_pnalloc(sr->r->pool, len);
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.len = ngx_snprintf(body.data, len, NGX_HTTP_SHOP_IDENTITY_FACTOR,
                            detail, ngx_http_shop_identity_mfa_token(sr, res))
               - body.data;

    return ngx_shop_problem_merge(sr, NGX_HTTP_UNAUTHORIZED, &body);
}


/* Called again by each hook that took its time. */

static void
ngx_http_shop_identity_join(ngx_shop_request_t *sr)
{
    ngx_shop_sign_in_pt           *hooks;
    const ngx_shop_token_conf_t   *tcf;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    tcf = ngx_shop_token_settings();
    hooks = tcf->sign_in.elts;

    while (ctx->hook < tcf->sign_in.nelts) {

        if (hooks[ctx->hook++](sr, ngx_http_shop_identity_join) == NGX_DONE) {
            return;
        }
    }

    ngx_http_shop_identity_send(sr);
}


static void
ngx_http_shop_identity_send(ngx_shop_request_t *sr)
{
    size_t                         len;
    ngx_str_t                      body;
    const ngx_shop_token_conf_t   *tcf;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ctx->redirect.len) {
        (void) ngx_shop_header(sr, "Location", &ctx->redirect);
        (void) ngx_shop_reply(sr, NGX_HTTP_SEE_OTHER, NULL);
        return;
    }

    tcf = ngx_shop_token_settings();

    len = sizeof(NGX_HTTP_SHOP_IDENTITY_GRANT) + ctx->body.len
          + ctx->access.len + NGX_TIME_T_LEN + NGX_SHOP_REFRESH_LEN;

    body.data = ngx_pnalloc(sr->r->pool, len);
    if (body.data == NULL) {
        (void) ngx_shop_unavailable(sr, "memory is short");
        return;
    }

    body.len = ngx_snprintf(body.data, len, NGX_HTTP_SHOP_IDENTITY_GRANT,
                            &ctx->body, &ctx->access, tcf->ttl,
                            ctx->refresh.text)
               - body.data;

    (void) ngx_shop_reply(sr, ctx->status, &body);
}


static ngx_int_t
ngx_http_shop_identity_body(ngx_shop_request_t *sr, PGresult *res)
{
    int                            column;
    ngx_str_t                      body;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    column = PQfnumber(res, "body");
    if (column == -1) {
        return NGX_ERROR;
    }

    body.data = (u_char *) PQgetvalue(res, 0, column);
    body.len = PQgetlength(res, 0, column);

    ctx->body.len = body.len;
    ctx->body.data = ngx_pstrdup(sr->r->pool, &body);

    return ctx->body.data ? NGX_OK : NGX_ERROR;
}
