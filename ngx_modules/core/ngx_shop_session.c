/*
 * Who asks.
 */

#include "ngx_shop_session.h"
#include "ngx_shop_issuer.h"
#include "ngx_shop_outside.h"


#define NGX_SHOP_SAFE_METHODS  (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_OPTIONS)


typedef struct {
    ngx_shop_pg_stmt_t      *roles;
    ngx_shop_pg_stmt_t      *renew;
} ngx_shop_session_stmts_t;

/* while the database is asked */
typedef struct {
    ngx_shop_session_pt      next;
    ngx_shop_refresh_t       present;
    ngx_shop_refresh_t       successor;
    unsigned                 cookies:1;
} ngx_shop_session_ctx_t;


static ngx_uint_t ngx_shop_session_bearer(ngx_shop_request_t *sr,
    ngx_str_t *header, ngx_shop_session_pt next, const char **why);
static ngx_uint_t ngx_shop_session_cookies(ngx_shop_request_t *sr,
    ngx_shop_session_pt next, const char **why);
static ngx_uint_t ngx_shop_session_check(ngx_shop_request_t *sr,
    ngx_shop_claims_t *claims, ngx_uint_t cookies, ngx_shop_session_pt next,
    const char **why);
static ngx_uint_t ngx_shop_session_ended(ngx_shop_request_t *sr,
    ngx_uint_t cookies, const char **why);
static ngx_shop_session_ctx_t *ngx_shop_session_wait(ngx_shop_request_t *sr,
    ngx_uint_t cookies, ngx_shop_session_pt next);
static ngx_int_t ngx_shop_session_asked(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_session_renew(ngx_shop_request_t *sr,
    ngx_str_t *refresh, ngx_shop_session_pt next, const char **why);
static ngx_int_t ngx_shop_session_renewed(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_session_take(ngx_shop_request_t *sr,
    ngx_shop_refresh_t *successor, PGresult *res);
static ngx_uint_t ngx_shop_session_run(ngx_shop_request_t *sr,
    ngx_shop_pg_stmt_t *stmt, ngx_uint_t n, const char *const *params,
    ngx_shop_next_pt next);
static ngx_int_t ngx_shop_session_go(ngx_shop_request_t *sr, ngx_uint_t rc,
    const char *why);


static ngx_shop_bind_t  ngx_shop_session_binds[] = {
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


ngx_int_t
ngx_shop_session_init(ngx_conf_t *cf, ngx_shop_token_conf_t *tcf)
{
    ngx_shop_session_stmts_t  *stmts;

    static ngx_str_t  roles = ngx_string(
        "select identity.session_roles($1::uuid)");

    static ngx_str_t  renew = ngx_string(
        "select * from identity.refresh($1::bytea, $2::bytea, false,"
        " $3::int, $4::int, $5::inet, $6::text)");

    stmts = ngx_palloc(cf->pool, sizeof(ngx_shop_session_stmts_t));
    if (stmts == NULL) {
        return NGX_ERROR;
    }

    stmts->roles = ngx_shop_pg_stmt_add(cf, &roles);
    stmts->renew = ngx_shop_pg_stmt_add(cf, &renew);

    tcf->session = stmts;

    if (stmts->roles == NULL || stmts->renew == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_outside_init(cf);
}


ngx_uint_t
ngx_shop_session_open(ngx_shop_request_t *sr, ngx_shop_session_pt next,
    const char **why)
{
    ngx_str_t  *header;

    if (ngx_shop_token_settings() == NULL) {
        return NGX_SHOP_SESSION_OK;
    }

    header = ngx_shop_header_in(sr->r, "authorization");

    if (header) {
        return ngx_shop_session_bearer(sr, header, next, why);
    }

    return ngx_shop_session_cookies(sr, next, why);
}


static ngx_uint_t
ngx_shop_session_bearer(ngx_shop_request_t *sr, ngx_str_t *header,
    ngx_shop_session_pt next, const char **why)
{
    size_t             len;
    ngx_int_t          rc;
    ngx_str_t          token;
    ngx_uint_t         outside;
    ngx_shop_claims_t  claims;

    len = sizeof("Bearer ") - 1;

    if (header->len <= len
        || ngx_strncasecmp(header->data, (u_char *) "Bearer ", len) != 0)
    {
        *why = "this needs a bearer token";
        return NGX_SHOP_SESSION_BAD;
    }

    token.data = header->data + len;
    token.len = header->len - len;

    outside = ngx_shop_issuer_bearers();

    if (outside && ngx_shop_outside_seen(sr, &token)) {
        return NGX_SHOP_SESSION_OK;
    }

    rc = ngx_shop_token_verify(&token, &claims, why);

    if (rc == NGX_DECLINED && outside) {
        return ngx_shop_outside_open(sr, &token, next, why);
    }

    if (rc != NGX_OK) {
        return NGX_SHOP_SESSION_BAD;
    }

    if (claims.bound && sr->store
        && (claims.store.len != sr->store->id.len
            || ngx_memcmp(claims.store.data, sr->store->id.data,
                          claims.store.len) != 0))
    {
        *why = "the token is for another store";
        return NGX_SHOP_SESSION_BAD;
    }

    return ngx_shop_session_check(sr, &claims, 0, next, why);
}


static ngx_uint_t
ngx_shop_session_cookies(ngx_shop_request_t *sr, ngx_shop_session_pt next,
    const char **why)
{
    ngx_uint_t         has_access, has_refresh;
    ngx_str_t          access, refresh;
    ngx_shop_claims_t  claims;

    has_access = (ngx_shop_cookie(sr->r, "access", &access) == NGX_OK);
    has_refresh = (ngx_shop_cookie(sr->r, "refresh", &refresh) == NGX_OK);

    if (!has_access && !has_refresh) {
        return NGX_SHOP_SESSION_OK;
    }

    if (!(sr->r->method & NGX_SHOP_SAFE_METHODS)
        && !ngx_shop_session_same_origin(sr->r))
    {
        return NGX_SHOP_SESSION_FORBIDDEN;
    }

    /* an integration has no cookies */

    if (has_access && ngx_shop_token_verify(&access, &claims, why) == NGX_OK
        && !claims.limited)
    {
        return ngx_shop_session_check(sr, &claims, 1, next, why);
    }

    if (has_refresh) {
        return ngx_shop_session_renew(sr, &refresh, next, why);
    }

    return ngx_shop_session_ended(sr, 1, why);
}


static ngx_uint_t
ngx_shop_session_check(ngx_shop_request_t *sr, ngx_shop_claims_t *claims,
    ngx_uint_t cookies, ngx_shop_session_pt next, const char **why)
{
    const char                *params[1];
    ngx_shop_session_stmts_t  *stmts;

    switch (ngx_shop_node_session(claims)) {

    case NGX_OK:
        return ngx_shop_session_claims(sr, claims) == NGX_OK
               ? NGX_SHOP_SESSION_OK : NGX_SHOP_SESSION_DOWN;

    case NGX_DECLINED:
        return ngx_shop_session_ended(sr, cookies, why);

    default:
        break;
    }

    /* the feed is late, or the roles are old: the primary knows */

    if (ngx_shop_session_claims(sr, claims) != NGX_OK
        || ngx_shop_session_wait(sr, cookies, next) == NULL)
    {
        return NGX_SHOP_SESSION_DOWN;
    }

    sr->signed_in = 0;
    stmts = ngx_shop_token_settings()->session;
    params[0] = (const char *) sr->claims.session.data;

    return ngx_shop_session_run(sr, stmts->roles, 1, params,
                                ngx_shop_session_asked);
}


/* A browser goes on as a stranger, a program is told. */

static ngx_uint_t
ngx_shop_session_ended(ngx_shop_request_t *sr, ngx_uint_t cookies,
    const char **why)
{
    ngx_memzero(&sr->claims, sizeof(ngx_shop_claims_t));

    if (!cookies) {
        *why = "the session has ended";
        return NGX_SHOP_SESSION_BAD;
    }

    return ngx_shop_session_clear(sr) == NGX_OK ? NGX_SHOP_SESSION_OK
                                                : NGX_SHOP_SESSION_DOWN;
}


static ngx_shop_session_ctx_t *
ngx_shop_session_wait(ngx_shop_request_t *sr, ngx_uint_t cookies,
    ngx_shop_session_pt next)
{
    ngx_shop_session_ctx_t  *ctx;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_shop_session_ctx_t));

    if (ctx) {
        ctx->next = next;
        ctx->cookies = cookies;

        /* free until the handler runs */
        sr->ctx = ctx;
    }

    return ctx;
}


static ngx_int_t
ngx_shop_session_asked(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_str_t                roles;
    ngx_uint_t               rc;
    const char              *why;
    ngx_shop_session_ctx_t  *ctx = sr->ctx;

    why = NULL;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) > 1) {
        rc = NGX_SHOP_SESSION_DOWN;

    } else if (PQntuples(q->res) == 0 || PQgetisnull(q->res, 0, 0)) {
        rc = ngx_shop_session_ended(sr, ctx->cookies, &why);

    } else {
        roles.data = (u_char *) PQgetvalue(q->res, 0, 0);
        roles.len = PQgetlength(q->res, 0, 0);

        rc = ngx_shop_session_copy(sr->r->pool, &sr->claims.roles, &roles)
             == NGX_OK ? NGX_SHOP_SESSION_OK : NGX_SHOP_SESSION_DOWN;

        sr->signed_in = (rc == NGX_SHOP_SESSION_OK);
    }

    return ngx_shop_session_go(sr, rc, why);
}


static ngx_uint_t
ngx_shop_session_renew(ngx_shop_request_t *sr, ngx_str_t *refresh,
    ngx_shop_session_pt next, const char **why)
{
    ngx_uint_t                    n;
    const char                   *params[6], **more;
    ngx_shop_session_ctx_t       *ctx;
    ngx_shop_session_stmts_t     *stmts;
    const ngx_shop_token_conf_t  *conf;

    conf = ngx_shop_token_settings();

    ctx = ngx_shop_session_wait(sr, 1, next);
    more = ngx_shop_params(sr, ngx_shop_session_binds, &n);

    if (ctx == NULL || more == NULL) {
        return NGX_SHOP_SESSION_DOWN;
    }

    if (!conf->signs
        || ngx_shop_refresh_read(refresh, &ctx->present) != NGX_OK
        || ngx_shop_refresh_next(&ctx->present, &ctx->successor) != NGX_OK)
    {
        return ngx_shop_session_ended(sr, 1, why);
    }

    params[0] = (const char *) ctx->present.hash;
    params[1] = (const char *) ctx->successor.hash;
    params[2] = ngx_shop_session_seconds(sr->r->pool, conf->ttl);
    params[3] = ngx_shop_session_seconds(sr->r->pool, conf->refresh_ttl);
    params[4] = more[0];
    params[5] = more[1];

    if (params[2] == NULL || params[3] == NULL) {
        return NGX_SHOP_SESSION_DOWN;
    }

    stmts = conf->session;

    return ngx_shop_session_run(sr, stmts->renew, 6, params,
                                ngx_shop_session_renewed);
}


static ngx_int_t
ngx_shop_session_renewed(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_uint_t               rc;
    const char              *why;
    ngx_shop_session_ctx_t  *ctx = sr->ctx;

    why = NULL;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) != 1) {
        rc = NGX_SHOP_SESSION_DOWN;

    } else if (!PQgetisnull(q->res, 0, PQfnumber(q->res, "code"))) {
        rc = ngx_shop_session_ended(sr, 1, &why);

    } else {
        rc = ngx_shop_session_take(sr, &ctx->successor, q->res);
    }

    return ngx_shop_session_go(sr, rc, why);
}


static ngx_uint_t
ngx_shop_session_take(ngx_shop_request_t *sr, ngx_shop_refresh_t *successor,
    PGresult *res)
{
    ngx_str_t  access, refresh;

    refresh.data = successor->text;
    refresh.len = NGX_SHOP_REFRESH_LEN;

    if (ngx_shop_session_row(sr, res) != NGX_OK
        || ngx_shop_session_grant(sr, &refresh, &access) != NGX_OK)
    {
        sr->signed_in = 0;
        return NGX_SHOP_SESSION_DOWN;
    }

    return NGX_SHOP_SESSION_OK;
}


/* On the primary; not one of the request's own trips. */

static ngx_uint_t
ngx_shop_session_run(ngx_shop_request_t *sr, ngx_shop_pg_stmt_t *stmt,
    ngx_uint_t n, const char *const *params, ngx_shop_next_pt next)
{
    ngx_int_t     rc;
    ngx_uint_t    trips;
    const char  **own;

    own = ngx_palloc(sr->r->pool, n * sizeof(char *));
    if (own == NULL) {
        return NGX_SHOP_SESSION_DOWN;
    }

    ngx_memcpy(own, params, n * sizeof(char *));

    trips = sr->sql_trips;
    rc = ngx_shop_run(sr, NGX_SHOP_PG_WRITE, stmt, n, own, next);
    sr->sql_trips = trips;

    return rc == NGX_DONE ? NGX_SHOP_SESSION_LATER : NGX_SHOP_SESSION_DOWN;
}


static ngx_int_t
ngx_shop_session_go(ngx_shop_request_t *sr, ngx_uint_t rc, const char *why)
{
    ngx_shop_session_ctx_t  *ctx = sr->ctx;

    sr->ctx = NULL;
    ctx->next(sr, rc, why);

    return NGX_DONE;
}
