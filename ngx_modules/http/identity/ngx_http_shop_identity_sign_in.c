/*
 * Registration and sign-in by password.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_shop_lockout.h"


static ngx_int_t ngx_http_shop_identity_enrol(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_opened(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);

static ngx_int_t ngx_http_shop_identity_look_up(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_found(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_checked(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_upgraded(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_open(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_refuse(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_refused(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static const ngx_shop_bind_t  ngx_http_shop_identity_enrol_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_BODY("email"),
    NGX_SHOP_BIND_BODY("name"),
    NGX_SHOP_BIND_AGENT,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_email_bind[] = {
    NGX_SHOP_BIND_BODY("email"),
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_open_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_AGENT,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_refuse_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_BODY("email"),
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


ngx_int_t
ngx_http_shop_identity_register(ngx_shop_request_t *sr)
{
    const char                    *why;
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_http_shop_identity_begin(sr, NGX_HTTP_CREATED, "password");
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_shop_identity_text(sr, "email", &ctx->email);
    ngx_http_shop_identity_text(sr, "name", &ctx->name);

    why = ngx_http_shop_identity_weak(sr, &ctx->password, &ctx->email,
                                      &ctx->name);
    if (why) {
        return ngx_http_shop_identity_invalid(sr, "/password", why);
    }

    return ngx_http_shop_identity_make(sr, &ctx->password,
                                       ngx_http_shop_identity_enrol);
}


ngx_int_t
ngx_http_shop_identity_login(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_http_shop_identity_begin(sr, NGX_HTTP_OK, "password");
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_shop_identity_hold(sr) != NGX_OK) {
        return ngx_shop_unavailable(sr, "too many people sign in just now");
    }

    ngx_http_shop_identity_text(sr, "email", &ctx->email);

    return ngx_shop_lockout_try(sr, &ctx->email,
                                ngx_http_shop_identity_look_up);
}


static ngx_int_t
ngx_http_shop_identity_look_up(ngx_shop_request_t *sr)
{
    ngx_uint_t    n;
    const char  **params;

    params = ngx_shop_params(sr, ngx_http_shop_identity_email_bind, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->credentials, n,
                        params, ngx_http_shop_identity_found);
}


static ngx_int_t
ngx_http_shop_identity_enrol(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_uint_t                     n;
    const char                    *extra[2], **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ngx_http_shop_identity_keep(sr, job) != NGX_OK) {
        return NGX_ERROR;
    }

    extra[0] = (const char *) ctx->hashed.data;
    extra[1] = (const char *) ctx->refresh.hash;

    params = ngx_http_shop_identity_params(sr,
                                           ngx_http_shop_identity_enrol_bind,
                                           extra, 2, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->enrol, n, params,
                        ngx_http_shop_identity_opened);
}


static ngx_int_t
ngx_http_shop_identity_opened(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    return ngx_http_shop_identity_grant(sr, q, 1);
}


static ngx_int_t
ngx_http_shop_identity_found(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_str_t                      kinds;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        ngx_shop_lockout_undo(&ctx->email);
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) != 1
        || ngx_http_shop_identity_column(sr, q->res, 0, &ctx->user) != NGX_OK
        || ngx_http_shop_identity_column(sr, q->res, 1, &ctx->checked)
           != NGX_OK
        || ngx_http_shop_identity_column(sr, q->res, 2, &kinds) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->checked.len && !ngx_shop_hash_known(&ctx->checked)) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "identity: account %V has no hash that is known",
                      &ctx->user);
        ctx->user.len = 0;
        ctx->checked.len = 0;
    }

    ngx_http_shop_identity_kinds(sr, &kinds);

    return ngx_http_shop_identity_verify(sr, ngx_http_shop_identity_checked);
}


static ngx_int_t
ngx_http_shop_identity_checked(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    /* the second is never so, but a session must not hang on that */

    if (job->rc != NGX_SHOP_HASH_OK || ctx->user.len == 0) {
        return ngx_http_shop_identity_level(sr, ngx_http_shop_identity_refuse);
    }

    ngx_shop_lockout_forget(&ctx->email);

    if (job->outdated) {
        return ngx_http_shop_identity_make(sr, &ctx->password,
                                           ngx_http_shop_identity_upgraded);
    }

    return ngx_http_shop_identity_open(sr);
}


static ngx_int_t
ngx_http_shop_identity_upgraded(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    if (ngx_http_shop_identity_keep(sr, job) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_shop_identity_open(sr);
}


static ngx_int_t
ngx_http_shop_identity_open(ngx_shop_request_t *sr)
{
    ngx_uint_t                     n;
    const char                    *extra[4], **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    extra[0] = (const char *) ctx->user.data;
    extra[1] = (const char *) ctx->checked.data;
    extra[2] = (const char *) (ctx->hashed.len ? ctx->hashed.data : NULL);
    extra[3] = (const char *) ctx->refresh.hash;

    params = ngx_http_shop_identity_params(sr,
                                           ngx_http_shop_identity_open_bind,
                                           extra, 4, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->sign_in, n, params,
                        ngx_http_shop_identity_opened);
}


static ngx_int_t
ngx_http_shop_identity_refuse(ngx_shop_request_t *sr)
{
    ngx_uint_t    n;
    const char  **params;

    params = ngx_shop_params(sr, ngx_http_shop_identity_refuse_bind, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->refused, n, params,
                        ngx_http_shop_identity_refused);
}


/* Refused, whatever became of the audit row. */

static ngx_int_t
ngx_http_shop_identity_refused(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "identity: a refused sign-in was not written down");
    }

    return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "invalid_credentials",
                            "the e-mail address or the password is wrong");
}
