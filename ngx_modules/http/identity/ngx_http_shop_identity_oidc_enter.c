/*
 * Sign-in with an outside OpenID provider: whom the provider knows signs in to
 * an account, or is linked with the one that is signed in.
 */

#include "ngx_http_shop_identity_oidc.h"


static ngx_int_t ngx_http_shop_oidc_sign_in(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_oidc_signed_in(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_oidc_mfa(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_oidc_link(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_oidc_linked(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static void ngx_http_shop_oidc_params(ngx_http_shop_oidc_ctx_t *ctx,
    const char **params);
static json_t *ngx_http_shop_oidc_claim(ngx_http_shop_oidc_ctx_t *ctx,
    const char *name);


static const ngx_shop_bind_t  ngx_http_shop_oidc_sign_in_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_AGENT,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_oidc_link_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


static ngx_shop_pg_stmt_t  *ngx_http_shop_oidc_sign_in_stmt;
static ngx_shop_pg_stmt_t  *ngx_http_shop_oidc_link_stmt;


ngx_int_t
ngx_http_shop_oidc_enter_statements(ngx_conf_t *cf)
{
    static ngx_str_t  sign_in = ngx_string(
        "select * from identity.outside_sign_in($1::bigint, $5::text,"
        " $6::text, $7::text, $8::text, $9::boolean, $10::text, $11::boolean,"
        " $12::bytea, $13::int, $14::int, $2::text, $3::inet, $4::text)");

    static ngx_str_t  link = ngx_string(
        "select identity.link_own($1::uuid, $2::uuid, $5::text, $6::text,"
        " $7::text, $8::text, $3::inet, $4::text)");

    if (ngx_shop_keep(cf, &ngx_http_shop_oidc_sign_in_stmt,
                      ngx_shop_pg_stmt_add(cf, &sign_in)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_keep(cf, &ngx_http_shop_oidc_link_stmt,
                         ngx_shop_pg_stmt_add(cf, &link));
}


ngx_int_t
ngx_http_shop_oidc_enter(ngx_shop_request_t *sr)
{
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    if (ctx->state.user.len == 0) {
        return ngx_http_shop_oidc_sign_in(sr);
    }

    /* who links must be who began to */

    if (!sr->signed_in
        || sr->claims.user.len != ctx->state.user.len
        || ngx_memcmp(sr->claims.user.data, ctx->state.user.data,
                      ctx->state.user.len)
           != 0)
    {
        ngx_str_set(&ctx->state.user, "");
        return ngx_http_shop_oidc_fail(sr, &ctx->state, "sign_in_first");
    }

    return ngx_http_shop_oidc_link(sr);
}


static ngx_int_t
ngx_http_shop_oidc_sign_in(ngx_shop_request_t *sr)
{
    ngx_uint_t                 n;
    const char                *extra[8], **params;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    /* whoever was signed in before is not asked for anything */
    sr->signed_in = 0;

    ngx_http_shop_oidc_params(ctx, extra);

    extra[4] = ngx_shop_jwt_true(ngx_http_shop_oidc_claim(ctx,
                                                          "email_verified"))
               ? "t" : "f";
    extra[5] = json_string_value(ngx_http_shop_oidc_claim(ctx, "name"));
    extra[6] = ctx->issuer->mfa && ngx_shop_jwt_two_factors(ctx->claims)
               ? "t" : "f";
    extra[7] = (const char *) ctx->session.refresh.hash;

    params = ngx_http_shop_identity_params(sr,
                                           ngx_http_shop_oidc_sign_in_bind,
                                           extra, 8, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_oidc_sign_in_stmt, n, params,
                        ngx_http_shop_oidc_signed_in);
}


static ngx_int_t
ngx_http_shop_oidc_signed_in(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    int                        code;
    const char                *text;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) != 1) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state, "unavailable");
    }

    code = PQfnumber(q->res, "code");

    if (PQgetisnull(q->res, 0, code)) {
        ctx->session.redirect = ctx->state.next;
        return ngx_http_shop_identity_grant(sr, q, 1);
    }

    text = PQgetvalue(q->res, 0, code);

    if (ngx_strcmp(text, "mfa_required") == 0) {
        return ngx_http_shop_oidc_mfa(sr);
    }

    return ngx_http_shop_oidc_fail(sr, &ctx->state, text);
}


/* The sign-in page asks for the code.  The ticket is in the fragment, which no
   server and no log sees. */

static ngx_int_t
ngx_http_shop_oidc_mfa(ngx_shop_request_t *sr)
{
    u_char                    *p;
    ngx_str_t                  location;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    p = ngx_pnalloc(sr->r->pool, sizeof("/sign-in?next=#mfa_token=")
                                 + 3 * ctx->state.next.len
                                 + NGX_SHOP_REFRESH_LEN);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    location.data = p;
    p = ngx_sprintf(p, "/sign-in?next=");
    p = (u_char *) ngx_escape_uri(p, ctx->state.next.data,
                                  ctx->state.next.len,
                                  NGX_ESCAPE_URI_COMPONENT);
    p = ngx_sprintf(p, "#mfa_token=%s", ctx->session.refresh.text);
    location.len = p - location.data;

    return ngx_http_shop_oidc_go(sr, &location);
}


static ngx_int_t
ngx_http_shop_oidc_link(ngx_shop_request_t *sr)
{
    ngx_uint_t                 n;
    const char                *extra[4], **params;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    ngx_http_shop_oidc_params(ctx, extra);

    params = ngx_http_shop_identity_with(sr, ngx_http_shop_oidc_link_bind,
                                         extra, 4, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, ngx_http_shop_oidc_link_stmt, n,
                        params, ngx_http_shop_oidc_linked);
}


static ngx_int_t
ngx_http_shop_oidc_linked(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) != 1) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state, "unavailable");
    }

    if (!PQgetisnull(q->res, 0, 0)) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state,
                                       PQgetvalue(q->res, 0, 0));
    }

    return ngx_http_shop_oidc_go(sr, &ctx->state.next);
}


/* provider, issuer, subject, e-mail; all live in the context */

static void
ngx_http_shop_oidc_params(ngx_http_shop_oidc_ctx_t *ctx, const char **params)
{
    params[0] = (const char *) ctx->issuer->name.data;
    params[1] = (const char *) ctx->issuer->issuer.data;
    params[2] = json_string_value(json_object_get(ctx->claims, "sub"));
    params[3] = json_string_value(ngx_http_shop_oidc_claim(ctx, "email"));
}


/* of the id_token, else of userinfo; who verified an address goes with it */

static json_t *
ngx_http_shop_oidc_claim(ngx_http_shop_oidc_ctx_t *ctx, const char *name)
{
    json_t  *value;

    value = json_object_get(ctx->claims, name);

    if (ctx->profile && (value == NULL || ngx_strncmp(name, "email", 5) == 0))
    {
        value = json_object_get(ctx->profile, name);
    }

    return value;
}
