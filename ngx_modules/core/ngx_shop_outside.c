/*
 * Bearer tokens of outside issuers.
 */

#include "ngx_shop_outside.h"
#include "ngx_shop_issuer.h"
#include "ngx_shop_token_cache.h"


#define NGX_SHOP_OUTSIDE_ISS     512     /* bytes of iss */
#define NGX_SHOP_OUTSIDE_PARAMS  12


/* while keys are fetched, or the database is asked */
typedef struct {
    ngx_str_t                 token;
    ngx_shop_session_pt       next;
    const ngx_shop_issuer_t  *issuer;
    time_t                    expires;   /* by the token */
    time_t                    asked;
    const char               *params[NGX_SHOP_OUTSIDE_PARAMS];
} ngx_shop_outside_ctx_t;


static ngx_uint_t ngx_shop_outside_check(ngx_shop_request_t *sr,
    ngx_shop_outside_ctx_t *ctx, ngx_uint_t again, const char **why);
static ngx_int_t ngx_shop_outside_loaded(ngx_shop_request_t *sr, void *data);
static ngx_uint_t ngx_shop_outside_ask(ngx_shop_request_t *sr,
    ngx_shop_outside_ctx_t *ctx, json_t *claims);
static ngx_int_t ngx_shop_outside_params(ngx_shop_request_t *sr,
    ngx_shop_outside_ctx_t *ctx, json_t *claims);
static const char *ngx_shop_outside_text(ngx_pool_t *pool, json_t *value);
static ngx_int_t ngx_shop_outside_asked(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_outside_known(ngx_shop_request_t *sr,
    ngx_shop_outside_ctx_t *ctx, PGresult *res);
static ngx_shop_token_cache_t *ngx_shop_outside_cache(void);


static ngx_shop_bind_t  ngx_shop_outside_binds[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static ngx_shop_pg_stmt_t      *ngx_shop_outside_stmt;

static ngx_shop_token_cache_t  *ngx_shop_outside_tokens;
static ngx_uint_t               ngx_shop_outside_generation;


ngx_int_t
ngx_shop_outside_init(ngx_conf_t *cf)
{
    ngx_shop_pg_stmt_t  *stmt;

    static ngx_str_t     text = ngx_string(
        "select * from identity.outside_bearer($1::bigint, $4::text,"
        " $5::text, $6::text, $7::text, $8::boolean, $9::text, $10::boolean,"
        " $11::boolean, $2::inet, $3::text, $12::text)");

    stmt = ngx_shop_pg_stmt_add(cf, &text);

    return ngx_shop_keep(cf, &ngx_shop_outside_stmt, stmt);
}


ngx_uint_t
ngx_shop_outside_seen(ngx_shop_request_t *sr, ngx_str_t *token)
{
    ngx_shop_token_cache_t   *cache;
    const ngx_shop_claims_t  *claims;

    cache = ngx_shop_outside_cache();
    claims = cache ? ngx_shop_token_cache_get(cache, token) : NULL;

    if (claims == NULL || claims->expires <= ngx_time()
        || ngx_shop_node_user(claims) != NGX_OK)
    {
        return 0;
    }

    /* an issuer of one store only */

    if (claims->bound
        && (claims->store.len != sr->store->id.len
            || ngx_memcmp(claims->store.data, sr->store->id.data,
                          claims->store.len) != 0))
    {
        return 0;
    }

    return ngx_shop_session_claims(sr, claims) == NGX_OK;
}


ngx_uint_t
ngx_shop_outside_open(ngx_shop_request_t *sr, ngx_str_t *token,
    ngx_shop_session_pt next, const char **why)
{
    u_char                    buf[NGX_SHOP_OUTSIDE_ISS];
    ngx_str_t                 iss;
    const char               *unfit;
    ngx_shop_jwt_t            jwt;
    const ngx_shop_issuer_t  *issuer;
    ngx_shop_outside_ctx_t   *ctx;

    if (ngx_shop_jwt_split(token, &jwt, &unfit) != NGX_OK
        || ngx_shop_jwt_issuer(&jwt, buf, sizeof(buf), &iss) != NGX_OK)
    {
        return NGX_SHOP_SESSION_BAD;
    }

    issuer = ngx_shop_issuer_of(sr, &iss);
    if (issuer == NULL) {
        return NGX_SHOP_SESSION_BAD;
    }

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_shop_outside_ctx_t));
    if (ctx == NULL) {
        return NGX_SHOP_SESSION_DOWN;
    }

    /* the header that it is in lives as long as the request */
    ctx->token = *token;
    ctx->next = next;
    ctx->issuer = issuer;

    return ngx_shop_outside_check(sr, ctx, 0, why);
}


static ngx_uint_t
ngx_shop_outside_check(ngx_shop_request_t *sr, ngx_shop_outside_ctx_t *ctx,
    ngx_uint_t again, const char **why)
{
    json_t          *claims;
    ngx_int_t        rc;
    ngx_uint_t       result;
    ngx_shop_jwt_t   jwt;

    if (ngx_shop_jwt_split(&ctx->token, &jwt, why) != NGX_OK) {
        return NGX_SHOP_SESSION_BAD;
    }

    claims = ngx_shop_issuer_verify(ctx->issuer, &jwt, NULL, &rc, why);

    if (claims) {
        result = ngx_shop_outside_ask(sr, ctx, claims);
        json_decref(claims);
        return result;
    }

    if (rc != NGX_AGAIN || again) {

        /* without any keys nothing can be said of it */

        return ngx_shop_issuer_live(ctx->issuer) ? NGX_SHOP_SESSION_BAD
                                                 : NGX_SHOP_SESSION_DOWN;
    }

    rc = ngx_shop_issuer_load(sr, ctx->issuer, 1, ngx_shop_outside_loaded,
                              ctx);

    if (rc == NGX_OK) {
        return ngx_shop_outside_check(sr, ctx, 1, why);
    }

    return rc == NGX_DONE ? NGX_SHOP_SESSION_LATER : NGX_SHOP_SESSION_DOWN;
}


static ngx_int_t
ngx_shop_outside_loaded(ngx_shop_request_t *sr, void *data)
{
    ngx_uint_t               rc;
    const char              *why;
    ngx_shop_outside_ctx_t  *ctx = data;

    why = NULL;
    rc = ngx_shop_outside_check(sr, ctx, 1, &why);

    if (rc != NGX_SHOP_SESSION_LATER) {
        ctx->next(sr, rc, why);
    }

    return NGX_DONE;
}


static ngx_uint_t
ngx_shop_outside_ask(ngx_shop_request_t *sr, ngx_shop_outside_ctx_t *ctx,
    json_t *claims)
{
    ngx_int_t   rc;
    ngx_uint_t  trips;

    if (ngx_shop_outside_params(sr, ctx, claims) != NGX_OK) {
        return NGX_SHOP_SESSION_DOWN;
    }

    ctx->expires = (time_t) json_number_value(json_object_get(claims, "exp"));

    /* what is revoked in this very second is asked for once more */
    ctx->asked = ngx_time() - 1;

    /* not one of the request's own trips; free until the handler runs */

    sr->ctx = ctx;
    trips = sr->sql_trips;
    rc = ngx_shop_run(sr, NGX_SHOP_PG_WRITE, ngx_shop_outside_stmt,
                      NGX_SHOP_OUTSIDE_PARAMS, ctx->params,
                      ngx_shop_outside_asked);
    sr->sql_trips = trips;

    return rc == NGX_DONE ? NGX_SHOP_SESSION_LATER : NGX_SHOP_SESSION_DOWN;
}


static ngx_int_t
ngx_shop_outside_params(ngx_shop_request_t *sr, ngx_shop_outside_ctx_t *ctx,
    json_t *claims)
{
    ngx_uint_t    n;
    ngx_pool_t   *pool;
    const char  **bound, **p;

    pool = sr->r->pool;
    p = ctx->params;

    bound = ngx_shop_params(sr, ngx_shop_outside_binds, &n);
    if (bound == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(p, bound, n * sizeof(char *));

    p[3] = (const char *) ctx->issuer->name.data;
    p[4] = (const char *) ctx->issuer->issuer.data;
    p[5] = ngx_shop_outside_text(pool, json_object_get(claims, "sub"));
    p[6] = ngx_shop_outside_text(pool, json_object_get(claims, "email"));
    p[7] = ngx_shop_jwt_true(json_object_get(claims, "email_verified"))
           ? "t" : "f";
    p[8] = ngx_shop_outside_text(pool, json_object_get(claims, "name"));
    p[9] = ctx->issuer->mfa && ngx_shop_jwt_two_factors(claims) ? "t" : "f";
    p[10] = ctx->issuer->provision ? "t" : "f";
    p[11] = ngx_shop_outside_text(pool, json_object_get(claims, "sid"));

    return p[5] ? NGX_OK : NGX_ERROR;
}


static const char *
ngx_shop_outside_text(ngx_pool_t *pool, json_t *value)
{
    size_t   len;
    u_char  *p;

    if (!json_is_string(value)) {
        return NULL;
    }

    len = json_string_length(value);

    p = ngx_pnalloc(pool, len + 1);
    if (p) {
        ngx_memcpy(p, json_string_value(value), len + 1);
    }

    return (const char *) p;
}


static ngx_int_t
ngx_shop_outside_asked(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    int                      code, detail;
    u_char                  *text;
    ngx_str_t                said;
    ngx_uint_t               rc;
    ngx_shop_outside_ctx_t  *ctx = sr->ctx;

    sr->ctx = NULL;
    text = NULL;
    rc = NGX_SHOP_SESSION_DOWN;

    if (q->rc == NGX_SHOP_PG_OK && PQntuples(q->res) == 1) {
        code = PQfnumber(q->res, "code");
        detail = PQfnumber(q->res, "detail");

        if (PQgetisnull(q->res, 0, code)) {
            rc = ngx_shop_outside_known(sr, ctx, q->res);

        } else {
            rc = NGX_SHOP_SESSION_BAD;
            said.data = (u_char *) PQgetvalue(q->res, 0, detail);
            said.len = PQgetlength(q->res, 0, detail) + 1;
            text = ngx_pstrdup(sr->r->pool, &said);
        }
    }

    ctx->next(sr, rc, (const char *) text);

    return NGX_DONE;
}


static ngx_uint_t
ngx_shop_outside_known(ngx_shop_request_t *sr, ngx_shop_outside_ctx_t *ctx,
    PGresult *res)
{
    ngx_shop_token_cache_t  *cache;

    if (ngx_shop_session_row(sr, res) != NGX_OK) {
        return NGX_SHOP_SESSION_DOWN;
    }

    /* there is no session: what revokes is the account */
    ngx_str_set(&sr->claims.session, "");

    sr->claims.issued = ctx->asked;
    sr->claims.expires = ctx->expires;
    sr->claims.bound = (ctx->issuer->store.len != 0);

    cache = ngx_shop_outside_cache();
    if (cache) {
        ngx_shop_token_cache_put(cache, &ctx->token, &sr->claims);
    }

    return NGX_SHOP_SESSION_OK;
}


/* Made at the first use, and anew when keys of any issuer have changed. */

static ngx_shop_token_cache_t *
ngx_shop_outside_cache(void)
{
    ngx_uint_t  generation;

    generation = ngx_shop_issuer_generation();

    if (ngx_shop_outside_tokens
        && ngx_shop_outside_generation == generation)
    {
        return ngx_shop_outside_tokens;
    }

    if (ngx_shop_outside_tokens) {
        ngx_shop_token_cache_destroy(ngx_shop_outside_tokens);
    }

    ngx_shop_outside_generation = generation;
    ngx_shop_outside_tokens = ngx_shop_token_cache_create(
                                  ngx_shop_token_settings()->cache,
                                  ngx_cycle->log);

    return ngx_shop_outside_tokens;
}
