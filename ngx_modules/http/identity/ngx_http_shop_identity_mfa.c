/*
 * Second factors: endpoints, statements, and the sign-in that waits for one.
 */

#include "ngx_http_shop_identity.h"


#define NGX_HTTP_SHOP_CODE_MAX  40


static ngx_int_t ngx_http_shop_identity_looked(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_entered(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_expired(ngx_shop_request_t *sr);


static const ngx_shop_bind_t  ngx_http_shop_identity_mfa_bind[] = {
    NGX_SHOP_BIND_AGENT,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


static ngx_shop_field_t  ngx_http_shop_identity_mfa_input[] = {
    { ngx_string("mfa_token"), NGX_SHOP_TEXT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, 1, 200, NULL },
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      1, NGX_HTTP_SHOP_CODE_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_code_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      1, NGX_HTTP_SHOP_CODE_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_perhaps_code_input[] = {
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_SECRET, 1,
      NGX_HTTP_SHOP_CODE_MAX, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_identity_mfa_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/mfa"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_mfa_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_mfa },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/mfa"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_ENROL,
      .sql = ngx_string("select body from identity.mfa($1::uuid, $2::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SESSION } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/users/me/mfa/totp"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_ENROL,
      .handler = ngx_http_shop_identity_totp_begin },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/users/me/mfa/totp/confirm"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_code_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_ENROL,
      .handler = ngx_http_shop_identity_totp_confirm },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/users/me/mfa/totp"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_perhaps_code_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_NO_BODY,
      .handler = ngx_http_shop_identity_totp_remove },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/users/me/mfa/recovery-codes"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_code_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE,
      .handler = ngx_http_shop_identity_recovery_renew },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/users/{user}/mfa"),
      .permission = ngx_string("users:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.mfa_reset($1::uuid,"
                        " $2::text, $3::uuid, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SCOPE,
                NGX_SHOP_BIND_PATH("user"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};


ngx_int_t
ngx_http_shop_identity_mfa_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_mfa_t *mfa)
{
    ngx_uint_t  i;

    struct {
        ngx_str_t             text;
        ngx_shop_pg_stmt_t  **stmt;
    } all[] = {

        { ngx_string("select user_id, secret"
                     " from identity.mfa_look($1::bytea)"), &mfa->look },

        { ngx_string("select * from identity.mfa_sign_in($4::bytea,"
                     " $5::bytea, $6::bigint, $7::bytea, $8::bytea,"
                     " $9::bytea, $10::int, $11::int, $1::text, $2::inet,"
                     " $3::text)"), &mfa->sign_in },

        { ngx_string("select secret, pending"
                     " from identity.totp_of($1::uuid)"), &mfa->totp },

        { ngx_string("select email, shop from identity.totp_begin($1::bigint,"
                     " $2::uuid, $3::uuid, $4::bytea)"), &mfa->begin },

        { ngx_string("select * from identity.totp_confirm($1::uuid, $2::uuid,"
                     " $5::bytea, $6::bigint, $7::bytea[], $3::inet,"
                     " $4::text)"), &mfa->confirm },

        { ngx_string("select * from identity.totp_remove($1::uuid, $2::uuid,"
                     " $5::boolean, $6::bytea, $7::bigint, $8::bytea,"
                     " $3::inet, $4::text)"), &mfa->remove },

        { ngx_string("select * from identity.recovery_renew($1::uuid,"
                     " $4::bytea, $5::bigint, $6::bytea[], $2::inet,"
                     " $3::text)"), &mfa->renew },

        { ngx_string("select * from identity.passkey_begin($1::bigint,"
                     " $2::uuid, $3::uuid, $4::text, $5::text)"),
          &mfa->passkey_begin },

        { ngx_string("select * from identity.passkey_add($1::uuid, $2::uuid,"
                     " $5::bytea, to_timestamp($6::bigint), $7::text,"
                     " $8::jsonb, $9::text, $3::inet, $4::text)"),
          &mfa->passkey_add },

        { ngx_string("select id, user_id, public_key, algorithm"
                     " from identity.passkey_find($1::bytea, $2::text)"),
          &mfa->passkey_find },

        { ngx_string("select * from identity.passkey_sign_in($1::bigint,"
                     " $5::uuid, $6::bytea, to_timestamp($7::bigint),"
                     " $8::bigint, $9::boolean, $10::boolean, $11::bytea,"
                     " $12::int, $13::int, $2::text, $3::inet, $4::text)"),
          &mfa->passkey_sign_in },

        { ngx_string("select identity.passkey_refused($1::bigint, $4::uuid,"
                     " $2::inet, $3::text)"), &mfa->passkey_refused }
    };

    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {

        *all[i].stmt = ngx_shop_pg_stmt_add(cf, &all[i].text);

        if (*all[i].stmt == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* The second half of a sign-in: mfa_token stands for the first one. */

ngx_int_t
ngx_http_shop_identity_mfa(ngx_shop_request_t *sr)
{
    ngx_str_t                      text;
    const char                   **params;
    ngx_http_shop_identity_ctx_t  *ctx;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_identity_ctx_t));
    params = ngx_palloc(sr->r->pool, sizeof(char *));

    if (ctx == NULL || params == NULL
        || ngx_shop_refresh_make(&ctx->refresh) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->status = NGX_HTTP_OK;
    sr->ctx = ctx;

    text.data = (u_char *) ngx_shop_body_text(sr, "mfa_token");
    text.len = ngx_strlen(text.data);

    if (ngx_shop_refresh_read(&text, &ctx->given) != NGX_OK) {
        return ngx_http_shop_identity_expired(sr);
    }

    params[0] = (const char *) ctx->given.hash;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.look, 1, params,
                        ngx_http_shop_identity_looked);
}


ngx_int_t
ngx_http_shop_identity_later(ngx_shop_request_t *sr, PGresult *res)
{
    int        column;
    ngx_str_t  value;

    column = PQfnumber(res, "retry_after");

    if (column == -1 || PQgetisnull(res, 0, column)) {
        return NGX_OK;
    }

    value.data = (u_char *) PQgetvalue(res, 0, column);
    value.len = PQgetlength(res, 0, column);
    value.data = ngx_pstrdup(sr->r->pool, &value);

    return value.data ? ngx_shop_header(sr, "Retry-After", &value)
                      : NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_identity_looked(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_str_t                       user;
    ngx_uint_t                      n;
    const char                     *extra[6], **params;
    ngx_http_shop_identity_ctx_t   *ctx = sr->ctx;
    ngx_http_shop_identity_code_t   code;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) == 0) {
        return ngx_http_shop_identity_expired(sr);
    }

    user.data = (u_char *) PQgetvalue(q->res, 0, 0);
    user.len = PQgetlength(q->res, 0, 0);

    if (ngx_http_shop_identity_code(sr, &user, PQgetvalue(q->res, 0, 1),
                                    ngx_shop_body_text(sr, "code"), &code)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    extra[0] = (const char *) ctx->given.hash;
    extra[1] = code.checked;
    extra[2] = code.step;
    extra[3] = code.recovery;
    extra[4] = code.resealed;
    extra[5] = (const char *) ctx->refresh.hash;

    params = ngx_http_shop_identity_params(sr,
                                           ngx_http_shop_identity_mfa_bind,
                                           extra, 6, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.sign_in, n,
                        params, ngx_http_shop_identity_entered);
}


static ngx_int_t
ngx_http_shop_identity_entered(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    return ngx_http_shop_identity_grant(sr, q, 1);
}


static ngx_int_t
ngx_http_shop_identity_expired(ngx_shop_request_t *sr)
{
    return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "invalid_mfa_token",
                            "this sign-in has expired or was completed; sign "
                            "in again");
}
