/*
 * Who is signed in proves it again before what a stolen session must not do.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_shop_lockout.h"


/* columns of identity.confirming() */

enum {
    NGX_HTTP_SHOP_CONFIRM_EMAIL = 0,
    NGX_HTTP_SHOP_CONFIRM_NAME,
    NGX_HTTP_SHOP_CONFIRM_HASH,
    NGX_HTTP_SHOP_CONFIRM_RECENT
};


static ngx_int_t ngx_http_shop_identity_confirming(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_ask(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_check(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_compared(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_wrong(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_noted(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static const ngx_shop_bind_t  ngx_http_shop_identity_confirm_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_wrong_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


ngx_int_t
ngx_http_shop_identity_confirm(ngx_shop_request_t *sr,
    ngx_shop_handler_pt confirmed)
{
    ngx_uint_t                     n;
    const char                   **params;
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_http_shop_identity_begin(sr, NGX_HTTP_OK, "current_password");
    params = ngx_shop_params(sr, ngx_http_shop_identity_confirm_bind, &n);

    if (ctx == NULL || params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->confirmed = confirmed;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->confirming, n,
                        params, ngx_http_shop_identity_confirming);
}


static ngx_int_t
ngx_http_shop_identity_confirming(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) != 1) {
        return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "unauthenticated",
                                "there is no such account any more");
    }

    if (ngx_http_shop_identity_column(sr, q->res, NGX_HTTP_SHOP_CONFIRM_EMAIL,
                                      &ctx->email) != NGX_OK
        || ngx_http_shop_identity_column(sr, q->res,
                                         NGX_HTTP_SHOP_CONFIRM_NAME,
                                         &ctx->name) != NGX_OK
        || ngx_http_shop_identity_column(sr, q->res,
                                         NGX_HTTP_SHOP_CONFIRM_HASH,
                                         &ctx->checked) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->checked.len) {
        return ngx_http_shop_identity_ask(sr);
    }

    if (PQgetvalue(q->res, 0, NGX_HTTP_SHOP_CONFIRM_RECENT)[0] != 't') {
        return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN,
                                "recent_sign_in_required",
                                "sign in again, then do this within five "
                                "minutes");
    }

    return ctx->confirmed(sr);
}


static ngx_int_t
ngx_http_shop_identity_ask(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ctx->password.len == 0) {
        return ngx_http_shop_identity_invalid(sr, "/current_password",
                                              "is required");
    }

    return ngx_shop_lockout_try(sr, &ctx->email,
                                ngx_http_shop_identity_check);
}


static ngx_int_t
ngx_http_shop_identity_check(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_verify(sr, ngx_http_shop_identity_compared);
}


static ngx_int_t
ngx_http_shop_identity_compared(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (job->rc != NGX_SHOP_HASH_OK) {
        return ngx_http_shop_identity_wrong(sr);
    }

    ngx_shop_lockout_forget(&ctx->email);

    return ctx->confirmed(sr);
}


static ngx_int_t
ngx_http_shop_identity_wrong(ngx_shop_request_t *sr)
{
    ngx_uint_t                     n;
    const char                   **bound, **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    bound = ngx_shop_params(sr, ngx_http_shop_identity_wrong_bind, &n);
    params = ngx_palloc(sr->r->pool, 4 * sizeof(char *));

    if (bound == NULL || params == NULL) {
        return NGX_ERROR;
    }

    params[0] = bound[0];
    params[1] = (const char *) ctx->email.data;
    params[2] = bound[1];
    params[3] = bound[2];

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->refused, 4, params,
                        ngx_http_shop_identity_noted);
}


/* Refused, whatever became of the audit row. */

static ngx_int_t
ngx_http_shop_identity_noted(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "identity: a wrong password was not written down");
    }

    return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "invalid_credentials",
                            "the password is wrong");
}
