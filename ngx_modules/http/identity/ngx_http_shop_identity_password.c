/*
 * New passwords: changed by who is signed in, reset by who reads the mail.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_shop_lockout.h"


static ngx_int_t ngx_http_shop_identity_choose(ngx_shop_request_t *sr,
    const char *field, ngx_http_shop_identity_step_pt step);
static ngx_int_t ngx_http_shop_identity_confirmed(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_changed(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_owner(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_chosen(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_put(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static const ngx_shop_bind_t  ngx_http_shop_identity_change_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_reset_bind[] = {
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


ngx_int_t
ngx_http_shop_identity_change(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_confirm(sr,
                                          ngx_http_shop_identity_confirmed);
}


ngx_int_t
ngx_http_shop_identity_reset(ngx_shop_request_t *sr)
{
    const char                   **params;
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_http_shop_identity_begin(sr, NGX_HTTP_NO_CONTENT, "password");
    params = ngx_palloc(sr->r->pool, sizeof(char *));

    if (ctx == NULL || params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_shop_identity_mail_token(sr, &ctx->given) != NGX_OK) {
        return ngx_http_shop_identity_bad_token(sr);
    }

    params[0] = (const char *) ctx->given.hash;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->reset_of, 1, params,
                        ngx_http_shop_identity_owner);
}


ngx_int_t
ngx_http_shop_identity_mail_token(ngx_shop_request_t *sr,
    ngx_shop_refresh_t *token)
{
    ngx_str_t  text;

    ngx_http_shop_identity_text(sr, "token", &text);

    return ngx_shop_refresh_read(&text, token);
}


ngx_int_t
ngx_http_shop_identity_bad_token(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_invalid(sr, "/token",
                             "has expired, was used before, or is not known");
}


ngx_int_t
ngx_http_shop_identity_invalid(ngx_shop_request_t *sr, const char *field,
    const char *why)
{
    return ngx_shop_invalid(sr, 0, field, why) == NGX_OK
           ? ngx_shop_invalid_send(sr) : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


/* The new password of a field, unless it is one that is guessed first. */

static ngx_int_t
ngx_http_shop_identity_choose(ngx_shop_request_t *sr, const char *field,
    ngx_http_shop_identity_step_pt step)
{
    u_char                         pointer[64];
    ngx_str_t                      password;
    const char                    *why;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    ngx_http_shop_identity_text(sr, field, &password);

    why = ngx_http_shop_identity_weak(sr, &password, &ctx->email, &ctx->name);

    if (why) {
        *ngx_snprintf(pointer, sizeof(pointer) - 1, "/%s", field) = '\0';
        return ngx_http_shop_identity_invalid(sr, (char *) pointer, why);
    }

    return ngx_http_shop_identity_make(sr, &password, step);
}


static ngx_int_t
ngx_http_shop_identity_confirmed(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_choose(sr, "new_password",
                                         ngx_http_shop_identity_changed);
}


static ngx_int_t
ngx_http_shop_identity_changed(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_uint_t                     n;
    const char                    *extra[2], **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ngx_http_shop_identity_keep(sr, job) != NGX_OK) {
        return NGX_ERROR;
    }

    extra[0] = ctx->checked.len ? (const char *) ctx->checked.data : NULL;
    extra[1] = (const char *) ctx->hashed.data;

    params = ngx_http_shop_identity_with(sr,
                                         ngx_http_shop_identity_change_bind,
                                         extra, 2, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->change, n, params,
                        ngx_http_shop_identity_put);
}


static ngx_int_t
ngx_http_shop_identity_owner(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) != 1) {
        return ngx_http_shop_identity_bad_token(sr);
    }

    if (ngx_http_shop_identity_column(sr, q->res, 0, &ctx->email) != NGX_OK
        || ngx_http_shop_identity_column(sr, q->res, 1, &ctx->name) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_identity_choose(sr, "password",
                                         ngx_http_shop_identity_chosen);
}


static ngx_int_t
ngx_http_shop_identity_chosen(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_uint_t                     n;
    const char                    *extra[2], **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ngx_http_shop_identity_keep(sr, job) != NGX_OK) {
        return NGX_ERROR;
    }

    extra[0] = (const char *) ctx->given.hash;
    extra[1] = (const char *) ctx->hashed.data;

    params = ngx_http_shop_identity_with(sr,
                                         ngx_http_shop_identity_reset_bind,
                                         extra, 2, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->reset, n, params,
                        ngx_http_shop_identity_put);
}


/* The sessions that the new password ended. */

static ngx_int_t
ngx_http_shop_identity_put(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    ngx_http_shop_identity_revoke(q->res);
    ngx_shop_lockout_forget(&ctx->email);

    return ngx_shop_reply(sr, NGX_HTTP_NO_CONTENT, NULL);
}
