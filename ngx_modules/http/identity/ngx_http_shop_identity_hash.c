/*
 * Passwords of requests: what they wait for while a thread hashes.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_shop_lockout.h"


static ngx_shop_hash_t *ngx_http_shop_identity_job(ngx_shop_request_t *sr,
    ngx_http_shop_identity_step_pt step);
static ngx_int_t ngx_http_shop_identity_submitted(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job, ngx_int_t rc, ngx_uint_t verify);
static ngx_int_t ngx_http_shop_identity_busy(ngx_shop_request_t *sr,
    ngx_uint_t verify);
static void ngx_http_shop_identity_hashed(ngx_shop_hash_t *job);
static void ngx_http_shop_identity_cleanup(void *data);


ngx_http_shop_identity_ctx_t *
ngx_http_shop_identity_begin(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *field)
{
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

    ctx->status = status;
    ngx_http_shop_identity_text(sr, field, &ctx->password);

    sr->ctx = ctx;

    return ctx;
}


ngx_int_t
ngx_http_shop_identity_hold(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    ctx->held = ngx_shop_hash_alloc();

    return ctx->held ? NGX_OK : NGX_BUSY;
}


void
ngx_http_shop_identity_text(ngx_shop_request_t *sr, const char *field,
    ngx_str_t *text)
{
    json_t  *value;

    /* the body outlives what waits: it is freed with the pool */
    value = ngx_shop_body(sr, field);

    text->data = (u_char *) json_string_value(value);
    text->len = json_string_length(value);
}


ngx_int_t
ngx_http_shop_identity_verify(ngx_shop_request_t *sr,
    ngx_http_shop_identity_step_pt step)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    return ngx_http_shop_identity_against(sr,
                                  ctx->checked.len ? &ctx->checked : NULL,
                                  step);
}


ngx_int_t
ngx_http_shop_identity_against(ngx_shop_request_t *sr, ngx_str_t *encoded,
    ngx_http_shop_identity_step_pt step)
{
    ngx_int_t                      rc;
    ngx_shop_hash_t               *job;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    job = ngx_http_shop_identity_job(sr, step);
    rc = job ? ngx_shop_hash_verify(job, &ctx->password, encoded)
             : NGX_DECLINED;

    return ngx_http_shop_identity_submitted(sr, job, rc, 1);
}


ngx_int_t
ngx_http_shop_identity_make(ngx_shop_request_t *sr, ngx_str_t *password,
    ngx_http_shop_identity_step_pt step)
{
    ngx_int_t         rc;
    ngx_shop_hash_t  *job;

    job = ngx_http_shop_identity_job(sr, step);
    rc = job ? ngx_shop_hash_make(job, password) : NGX_DECLINED;

    return ngx_http_shop_identity_submitted(sr, job, rc, 0);
}


ngx_int_t
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


/* A value of a row with the NUL after it, so that it can be a parameter. */

ngx_int_t
ngx_http_shop_identity_column(ngx_shop_request_t *sr, PGresult *res,
    int column, ngx_str_t *value)
{
    ngx_str_t  text;

    text.data = (u_char *) PQgetvalue(res, 0, column);
    text.len = PQgetlength(res, 0, column) + 1;

    value->len = text.len - 1;
    value->data = ngx_pstrdup(sr->r->pool, &text);

    return value->data ? NGX_OK : NGX_ERROR;
}


/* Who waited once is not sent away when there is more to hash. */

static ngx_shop_hash_t *
ngx_http_shop_identity_job(ngx_shop_request_t *sr,
    ngx_http_shop_identity_step_pt step)
{
    ngx_shop_hash_t               *job;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    job = ctx->held;
    ctx->held = NULL;

    if (job == NULL) {
        job = ctx->waited ? ngx_shop_hash_follow() : ngx_shop_hash_alloc();
    }

    if (job) {
        ctx->step = step;
        job->data = sr;
        job->done = ngx_http_shop_identity_hashed;
    }

    return job;
}


static ngx_int_t
ngx_http_shop_identity_submitted(ngx_shop_request_t *sr, ngx_shop_hash_t *job,
    ngx_int_t rc, ngx_uint_t verify)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (rc != NGX_OK) {
        return ngx_http_shop_identity_busy(sr, verify);
    }

    ctx->job = job;

    return NGX_DONE;
}


static ngx_int_t
ngx_http_shop_identity_busy(ngx_shop_request_t *sr, ngx_uint_t verify)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    /* nothing was tried */
    if (verify && !ctx->waited) {
        ngx_shop_lockout_undo(&ctx->email);
    }

    return ngx_shop_unavailable(sr, "too many people sign in just now");
}


/* From the event loop: goes on with the request that waited for a hash. */

static void
ngx_http_shop_identity_hashed(ngx_shop_hash_t *job)
{
    ngx_connection_t              *c;
    ngx_shop_request_t            *sr = job->data;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    ctx->job = NULL;
    ctx->waited = 1;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    if (job->rc == NGX_SHOP_HASH_FAILED) {
        (void) ngx_shop_unavailable(sr, "the password cannot be hashed now");

    } else if (ctx->step(sr, job) != NGX_DONE) {
        (void) ngx_shop_unavailable(sr, "accounts cannot be reached now");
    }

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_shop_identity_cleanup(void *data)
{
    ngx_http_shop_identity_ctx_t  *ctx = data;

    if (ctx->job) {
        ngx_shop_hash_detach(ctx->job);
        ctx->job = NULL;
    }

    if (ctx->held) {
        ngx_shop_hash_free(ctx->held);
        ctx->held = NULL;
    }
}
