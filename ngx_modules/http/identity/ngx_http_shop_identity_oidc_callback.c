/*
 * Sign-in with an outside OpenID provider: the browser comes back.
 */

#include "ngx_http_shop_identity_oidc.h"


static ngx_http_shop_oidc_ctx_t *ngx_http_shop_oidc_ctx(
    ngx_shop_request_t *sr, const ngx_shop_issuer_t *issuer);
static void ngx_http_shop_oidc_cleanup(void *data);
static void ngx_http_shop_oidc_hide(ngx_http_request_t *r);
static ngx_int_t ngx_http_shop_oidc_spend(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_oidc_spent(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_oidc_known(ngx_shop_request_t *sr, void *data);
static const char *ngx_http_shop_oidc_answer(ngx_shop_request_t *sr,
    const ngx_shop_issuer_live_t *live);
static ngx_int_t ngx_http_shop_oidc_again(ngx_shop_request_t *sr, void *data);
static ngx_int_t ngx_http_shop_oidc_profiled(ngx_shop_request_t *sr,
    ngx_shop_fetch_t *fetch);


static ngx_shop_pg_stmt_t  *ngx_http_shop_oidc_spend_stmt;


ngx_int_t
ngx_http_shop_oidc_callback_statements(ngx_conf_t *cf)
{
    static ngx_str_t  spend = ngx_string(
        "select identity.spend_state($1::bytea, to_timestamp($2::bigint))");

    return ngx_shop_keep(cf, &ngx_http_shop_oidc_spend_stmt,
                         ngx_shop_pg_stmt_add(cf, &spend));
}


ngx_int_t
ngx_http_shop_identity_oidc_callback(ngx_shop_request_t *sr)
{
    const ngx_shop_issuer_t   *issuer;
    ngx_http_shop_oidc_ctx_t  *ctx;

    ngx_http_shop_oidc_hide(sr->r);

    issuer = ngx_shop_issuer_named(sr, ngx_shop_path(sr, "provider"));

    if (issuer == NULL) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "there is no such provider");
    }

    ctx = ngx_http_shop_oidc_ctx(sr, issuer);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    switch (ngx_http_shop_oidc_find(sr, issuer,
                                    ngx_shop_query_arg(sr, "state"),
                                    &ctx->state))
    {
    case NGX_OK:
        return ngx_http_shop_oidc_spend(sr);

    case NGX_DECLINED:
        /* of another browser, another time, or nobody's */
        ngx_str_set(&ctx->state.user, "");
        ngx_str_set(&ctx->state.next, "/");
        return ngx_http_shop_oidc_fail(sr, &ctx->state, "sign_in_expired");

    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }
}


static ngx_http_shop_oidc_ctx_t *
ngx_http_shop_oidc_ctx(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer)
{
    ngx_pool_cleanup_t        *cln;
    ngx_http_shop_oidc_ctx_t  *ctx;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_oidc_ctx_t));
    cln = ngx_pool_cleanup_add(sr->r->pool, 0);

    if (ctx == NULL || cln == NULL
        || ngx_shop_refresh_make(&ctx->session.refresh) != NGX_OK)
    {
        return NULL;
    }

    cln->handler = ngx_http_shop_oidc_cleanup;
    cln->data = ctx;

    ctx->issuer = issuer;
    sr->ctx = ctx;

    return ctx;
}


static void
ngx_http_shop_oidc_cleanup(void *data)
{
    ngx_http_shop_oidc_ctx_t  *ctx = data;

    json_decref(ctx->claims);
    json_decref(ctx->profile);
}


/* An error's line in the log has the request's: not with its code. */

static void
ngx_http_shop_oidc_hide(ngx_http_request_t *r)
{
    u_char  *p;

    p = ngx_strlchr(r->request_line.data,
                    r->request_line.data + r->request_line.len, '?');
    if (p) {
        r->request_line.len = p - r->request_line.data;
    }
}


/* The state counts once, whatever comes of it. */

static ngx_int_t
ngx_http_shop_oidc_spend(ngx_shop_request_t *sr)
{
    const char               **params;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    params = ngx_palloc(sr->r->pool, 2 * sizeof(char *));
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    params[0] = (const char *) ctx->state.hash;
    params[1] = ngx_shop_session_seconds(sr->r->pool, ctx->state.expires);

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, ngx_http_shop_oidc_spend_stmt,
                        2, params, ngx_http_shop_oidc_spent);
}


static ngx_int_t
ngx_http_shop_oidc_spent(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_int_t                  rc;
    ngx_str_t                 *error;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) != 1) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state, "unavailable");
    }

    if (PQgetvalue(q->res, 0, 0)[0] != 't') {
        return ngx_http_shop_oidc_fail(sr, &ctx->state, "sign_in_expired");
    }

    error = ngx_shop_query_arg(sr, "error");

    if (error) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state,
                   error->len == sizeof("access_denied") - 1
                   && ngx_strncmp(error->data, "access_denied", error->len)
                      == 0
                   ? "access_denied" : "provider_refused");
    }

    rc = ngx_shop_issuer_load(sr, ctx->issuer, 0, ngx_http_shop_oidc_known,
                              NULL);

    if (rc == NGX_OK) {
        return ngx_http_shop_oidc_known(sr, NULL);
    }

    return rc == NGX_DONE ? NGX_DONE : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


static ngx_int_t
ngx_http_shop_oidc_known(ngx_shop_request_t *sr, void *data)
{
    const char                    *why;
    const ngx_shop_issuer_live_t  *live;
    ngx_http_shop_oidc_ctx_t      *ctx = sr->ctx;

    (void) data;

    live = ngx_shop_issuer_live(ctx->issuer);
    if (live == NULL) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state,
                                       "provider_unavailable");
    }

    why = ngx_http_shop_oidc_answer(sr, live);
    if (why) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state, why);
    }

    return ngx_http_shop_oidc_exchange(sr);
}


/* RFC 9207: an answer of another issuer than the one that was asked */

static const char *
ngx_http_shop_oidc_answer(ngx_shop_request_t *sr,
    const ngx_shop_issuer_live_t *live)
{
    ngx_str_t                 *iss;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    iss = ngx_shop_query_arg(sr, "iss");

    if (iss ? (iss->len != ctx->issuer->issuer.len
               || ngx_memcmp(iss->data, ctx->issuer->issuer.data, iss->len)
                  != 0)
            : live->says_iss)
    {
        return "provider_mismatch";
    }

    return ngx_shop_query_arg(sr, "code") ? NULL : "provider_refused";
}


ngx_int_t
ngx_http_shop_oidc_exchanged(ngx_shop_request_t *sr)
{
    ngx_int_t                  rc;
    ngx_str_t                  nonce;
    const char                *why;
    ngx_shop_jwt_t             jwt;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    nonce.data = ctx->state.nonce;
    nonce.len = NGX_HTTP_SHOP_OIDC_TEXT;

    rc = ngx_shop_jwt_split(&ctx->id_token, &jwt, &why);

    if (rc == NGX_OK) {
        ctx->claims = ngx_shop_issuer_verify(ctx->issuer, &jwt, &nonce, &rc,
                                             &why);
    }

    if (ctx->claims) {

        if (json_is_string(json_object_get(ctx->claims, "email"))) {
            return ngx_http_shop_oidc_enter(sr);
        }

        return ngx_http_shop_oidc_userinfo(sr, ngx_http_shop_oidc_profiled);
    }

    /* a key that we don't know yet */

    if (rc == NGX_AGAIN && !ctx->keyed) {
        ctx->keyed = 1;

        rc = ngx_shop_issuer_load(sr, ctx->issuer, 1,
                                  ngx_http_shop_oidc_again, NULL);

        if (rc == NGX_OK) {
            return ngx_http_shop_oidc_exchanged(sr);
        }

        return rc == NGX_DONE ? NGX_DONE : NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_log_error(NGX_LOG_WARN, sr->r->connection->log, 0,
                  "oidc: an id_token of \"%V\" was refused: %s",
                  &ctx->issuer->name, why);

    return ngx_http_shop_oidc_fail(sr, &ctx->state, "provider_mismatch");
}


static ngx_int_t
ngx_http_shop_oidc_again(ngx_shop_request_t *sr, void *data)
{
    (void) data;

    return ngx_http_shop_oidc_exchanged(sr);
}


/* What userinfo says counts only if it is about the same person. */

static ngx_int_t
ngx_http_shop_oidc_profiled(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch)
{
    json_t                    *profile;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    profile = NULL;

    if (fetch->status == NGX_HTTP_OK) {
        profile = json_loadb((char *) fetch->answer.data, fetch->answer.len,
                             JSON_REJECT_DUPLICATES, NULL);
    }

    if (json_equal(json_object_get(profile, "sub"),
                   json_object_get(ctx->claims, "sub")))
    {
        ctx->profile = profile;

    } else {
        json_decref(profile);
        ngx_log_error(NGX_LOG_WARN, sr->r->connection->log, 0,
                      "oidc: userinfo of \"%V\" says nothing of use",
                      &ctx->issuer->name);
    }

    return ngx_http_shop_oidc_enter(sr);
}
