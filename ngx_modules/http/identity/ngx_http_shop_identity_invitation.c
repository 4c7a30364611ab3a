/*
 * Whoever was invited: looks at the invitation of a link, and makes an account
 * of it.
 */

#include "ngx_http_shop_identity.h"


static ngx_int_t ngx_http_shop_identity_invitation(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_invited(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_accept(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_invitation_run(ngx_shop_request_t *sr,
    ngx_shop_refresh_t *token, ngx_shop_next_pt next);
static ngx_int_t ngx_http_shop_identity_accepting(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_accept_who(ngx_shop_request_t *sr,
    PGresult *res);
static ngx_int_t ngx_http_shop_identity_accept_hashed(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
static ngx_int_t ngx_http_shop_identity_accepted(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static ngx_shop_field_t  ngx_http_shop_identity_invitation_input[] = {
    { ngx_string("token"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_accept_input[] = {
    { ngx_string("token"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      1, 200, NULL },
    { ngx_string("password"), NGX_SHOP_TEXT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, 10, 128, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("email"), NGX_SHOP_EMAIL, 0, 3, 254, NULL },
    ngx_shop_no_more_fields
};

static const ngx_shop_bind_t  ngx_http_shop_identity_accept_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_BODY("email"),
    NGX_SHOP_BIND_BODY("name"),
    NGX_SHOP_BIND_AGENT,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_END
};


ngx_shop_endpoint_t  ngx_http_shop_identity_invitation_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/invitation"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_invitation_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_invitation },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/accept-invitation"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_accept_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_accept },

    ngx_shop_no_more_endpoints
};


ngx_int_t
ngx_http_shop_identity_invitation_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_conf_t *icf)
{
    static ngx_str_t  invited = ngx_string(
        "select email, name, body"
        " from identity.invitation_of($1::bytea)");

    static ngx_str_t  accept = ngx_string(
        "select * from identity.accept_invitation($1::bigint, $7::bytea,"
        " $2::text, $3::text, $8::text, $9::bytea, $10::int, $11::int,"
        " $4::text, $5::inet, $6::text)");

    icf->invited = ngx_shop_pg_stmt_add(cf, &invited);
    icf->accept = ngx_shop_pg_stmt_add(cf, &accept);

    return (icf->invited && icf->accept) ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_identity_invitation(ngx_shop_request_t *sr)
{
    ngx_shop_refresh_t  *token;

    token = ngx_palloc(sr->r->pool, sizeof(ngx_shop_refresh_t));
    if (token == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_identity_invitation_run(sr, token,
                                             ngx_http_shop_identity_invited);
}


static ngx_int_t
ngx_http_shop_identity_invited(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc == NGX_SHOP_PG_OK && PQntuples(q->res) == 0) {
        return ngx_http_shop_identity_bad_token(sr);
    }

    return ngx_shop_answer(sr, q);
}


/* A link that is no good costs no hash. */

static ngx_int_t
ngx_http_shop_identity_accept(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_http_shop_identity_begin(sr, NGX_HTTP_OK, "password");
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_identity_invitation_run(sr, &ctx->given,
                                           ngx_http_shop_identity_accepting);
}


static ngx_int_t
ngx_http_shop_identity_invitation_run(ngx_shop_request_t *sr,
    ngx_shop_refresh_t *token, ngx_shop_next_pt next)
{
    const char  **params;

    params = ngx_palloc(sr->r->pool, sizeof(char *));
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_shop_identity_mail_token(sr, token) != NGX_OK) {
        return ngx_http_shop_identity_bad_token(sr);
    }

    params[0] = (const char *) token->hash;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->invited, 1, params,
                        next);
}


static ngx_int_t
ngx_http_shop_identity_accepting(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    const char                    *why;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) == 0) {
        return ngx_http_shop_identity_bad_token(sr);
    }

    if (ngx_http_shop_identity_accept_who(sr, q->res) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->email.len == 0) {
        return ngx_http_shop_identity_invalid(sr, "/email", "is required");
    }

    if (ctx->name.len == 0) {
        return ngx_http_shop_identity_invalid(sr, "/name", "is required");
    }

    why = ngx_http_shop_identity_weak(sr, &ctx->password, &ctx->email,
                                      &ctx->name);
    if (why) {
        return ngx_http_shop_identity_invalid(sr, "/password", why);
    }

    return ngx_http_shop_identity_make(sr, &ctx->password,
                                       ngx_http_shop_identity_accept_hashed);
}


/* What the invitation says of them, else what they say. */

static ngx_int_t
ngx_http_shop_identity_accept_who(ngx_shop_request_t *sr, PGresult *res)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    ngx_http_shop_identity_text(sr, "name", &ctx->name);

    if (ctx->name.len == 0
        && ngx_http_shop_identity_column(sr, res, 1, &ctx->name) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (PQgetisnull(res, 0, 0)) {
        ngx_http_shop_identity_text(sr, "email", &ctx->email);
        return NGX_OK;
    }

    return ngx_http_shop_identity_column(sr, res, 0, &ctx->email);
}


static ngx_int_t
ngx_http_shop_identity_accept_hashed(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job)
{
    ngx_uint_t                     n;
    const char                    *extra[3], **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ngx_http_shop_identity_keep(sr, job) != NGX_OK) {
        return NGX_ERROR;
    }

    extra[0] = (const char *) ctx->given.hash;
    extra[1] = (const char *) ctx->hashed.data;
    extra[2] = (const char *) ctx->refresh.hash;

    params = ngx_http_shop_identity_params(sr,
                                           ngx_http_shop_identity_accept_bind,
                                           extra, 3, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->accept, n, params,
                        ngx_http_shop_identity_accepted);
}


static ngx_int_t
ngx_http_shop_identity_accepted(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    return ngx_http_shop_identity_grant(sr, q, 1);
}
