/*
 * Registration and sign-in by password.
 */

#include "ngx_http_shop_identity.h"


typedef ngx_int_t (*ngx_http_shop_identity_step_pt)(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);


static ngx_http_shop_identity_ctx_t *ngx_http_shop_identity_begin(
    ngx_shop_request_t *sr, ngx_uint_t status);
static ngx_int_t ngx_http_shop_identity_hash(ngx_shop_request_t *sr,
    ngx_uint_t verify, ngx_shop_hash_done_pt done);
static void ngx_http_shop_identity_cleanup(void *data);
static void ngx_http_shop_identity_hashed(ngx_shop_hash_t *job,
    ngx_http_shop_identity_step_pt step);
static ngx_int_t ngx_http_shop_identity_keep(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);

static void ngx_http_shop_identity_enrol_hashed(ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_enrol(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_opened(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);

static ngx_int_t ngx_http_shop_identity_found(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static void ngx_http_shop_identity_login_checked(ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_checked(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static void ngx_http_shop_identity_login_upgraded(ngx_shop_hash_t *job);
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
    if (ngx_http_shop_identity_begin(sr, NGX_HTTP_CREATED) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_identity_hash(sr, 0,
                                       ngx_http_shop_identity_enrol_hashed);
}


ngx_int_t
ngx_http_shop_identity_login(ngx_shop_request_t *sr)
{
    ngx_uint_t    n;
    const char  **params;

    if (ngx_http_shop_identity_begin(sr, NGX_HTTP_OK) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    params = ngx_shop_params(sr, ngx_http_shop_identity_email_bind, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->credentials, n,
                        params, ngx_http_shop_identity_found);
}


static ngx_http_shop_identity_ctx_t *
ngx_http_shop_identity_begin(ngx_shop_request_t *sr, ngx_uint_t status)
{
    json_t                        *password;
    ngx_http_cleanup_t            *cln;
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_identity_ctx_t));
    cln = ngx_http_cleanup_add(sr->r, 0);

    if (ctx == NULL || cln == NULL
        || ngx_shop_refresh_make(&ctx->refresh) != NGX_OK)
    {
        return NULL;
    }

    cln->handler = ngx_http_shop_identity_cleanup;
    cln->data = ctx;

    /* the body outlives the hash: it is freed with the pool */
    password = ngx_shop_body(sr, "password");

    ctx->status = status;
    ctx->password.data = (u_char *) json_string_value(password);
    ctx->password.len = json_string_length(password);

    sr->ctx = ctx;

    return ctx;
}


static ngx_int_t
ngx_http_shop_identity_hash(ngx_shop_request_t *sr, ngx_uint_t verify,
    ngx_shop_hash_done_pt done)
{
    ngx_int_t                      rc;
    ngx_str_t                     *against;
    ngx_shop_hash_t               *job;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    job = ngx_shop_hash_alloc();
    if (job == NULL) {
        return ngx_shop_unavailable(sr, "memory is short");
    }

    job->data = sr;
    job->done = done;

    if (verify) {
        against = ctx->checked.len ? &ctx->checked : NULL;
        rc = ngx_shop_hash_verify(job, &ctx->password, against);

    } else {
        rc = ngx_shop_hash_make(job, &ctx->password);
    }

    if (rc != NGX_OK) {
        return ngx_shop_unavailable(sr, "too many people sign in just now");
    }

    ctx->job = job;

    return NGX_DONE;
}


static void
ngx_http_shop_identity_cleanup(void *data)
{
    ngx_http_shop_identity_ctx_t  *ctx = data;

    if (ctx->job) {
        ngx_shop_hash_detach(ctx->job);
        ctx->job = NULL;
    }
}


/* From the event loop: goes on with the request that waited for a hash. */

static void
ngx_http_shop_identity_hashed(ngx_shop_hash_t *job,
    ngx_http_shop_identity_step_pt step)
{
    ngx_connection_t              *c;
    ngx_shop_request_t            *sr = job->data;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    ctx->job = NULL;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    if (job->rc == NGX_SHOP_HASH_FAILED) {
        (void) ngx_shop_unavailable(sr, "the password cannot be hashed now");

    } else if (step(sr, job) != NGX_DONE) {
        (void) ngx_shop_unavailable(sr, "accounts cannot be reached now");
    }

    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_http_shop_identity_keep(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    size_t                         len;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    len = ngx_strlen(job->encoded);

    ctx->hashed.data = ngx_pnalloc(sr->r->pool, len + 1);
    if (ctx->hashed.data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(ctx->hashed.data, job->encoded, len + 1);
    ctx->hashed.len = len;

    return NGX_OK;
}


static void
ngx_http_shop_identity_enrol_hashed(ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_hashed(job, ngx_http_shop_identity_enrol);
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
    ngx_str_t                      user, hash;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res)) {

        /* with the NUL after them: they become parameters */

        user.data = (u_char *) PQgetvalue(q->res, 0, 0);
        user.len = PQgetlength(q->res, 0, 0) + 1;
        hash.data = (u_char *) PQgetvalue(q->res, 0, 1);
        hash.len = PQgetlength(q->res, 0, 1) + 1;

        ctx->user.data = ngx_pstrdup(sr->r->pool, &user);
        ctx->checked.data = ngx_pstrdup(sr->r->pool, &hash);

        if (ctx->user.data == NULL || ctx->checked.data == NULL) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        ctx->user.len = user.len - 1;
        ctx->checked.len = hash.len - 1;
    }

    return ngx_http_shop_identity_hash(sr, 1,
                                       ngx_http_shop_identity_login_checked);
}


static void
ngx_http_shop_identity_login_checked(ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_hashed(job, ngx_http_shop_identity_checked);
}


static ngx_int_t
ngx_http_shop_identity_checked(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    /* the second is never so, but a session must not hang on that */

    if (job->rc != NGX_SHOP_HASH_OK || ctx->user.len == 0) {
        return ngx_http_shop_identity_refuse(sr);
    }

    if (job->outdated) {
        return ngx_http_shop_identity_hash(sr, 0,
                                       ngx_http_shop_identity_login_upgraded);
    }

    return ngx_http_shop_identity_open(sr);
}


static void
ngx_http_shop_identity_login_upgraded(ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_hashed(job, ngx_http_shop_identity_upgraded);
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
