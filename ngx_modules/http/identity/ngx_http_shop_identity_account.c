/*
 * What people do with their accounts: passwords, links in mails, sessions,
 * consents, their personal data.
 */

#include "ngx_http_shop_identity.h"


static ngx_int_t ngx_http_shop_identity_ask_new(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_erase_now(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_proven(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, ngx_shop_pg_stmt_t *stmt,
    ngx_shop_next_pt next);
static ngx_int_t ngx_http_shop_identity_erased(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static ngx_shop_field_t  ngx_http_shop_identity_token_input[] = {
    { ngx_string("token"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_forgot_input[] = {
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_REQUIRED, 3, 254, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_reset_input[] = {
    { ngx_string("token"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED|NGX_SHOP_SECRET,
      1, 200, NULL },
    { ngx_string("password"), NGX_SHOP_TEXT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, NGX_HTTP_SHOP_PASSWORD_MIN,
      NGX_HTTP_SHOP_PASSWORD_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_change_input[] = {
    { ngx_string("current_password"), NGX_SHOP_TEXT, NGX_SHOP_SECRET, 1,
      NGX_HTTP_SHOP_PASSWORD_MAX, NULL },
    { ngx_string("new_password"), NGX_SHOP_TEXT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, NGX_HTTP_SHOP_PASSWORD_MIN,
      NGX_HTTP_SHOP_PASSWORD_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_email_input[] = {
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_REQUIRED, 3, 254, NULL },
    { ngx_string("current_password"), NGX_SHOP_TEXT, NGX_SHOP_SECRET, 1,
      NGX_HTTP_SHOP_PASSWORD_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_consents_input[] = {
    { ngx_string("marketing_email"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("personalization"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("analytics"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_erase_input[] = {
    { ngx_string("current_password"), NGX_SHOP_TEXT, NGX_SHOP_SECRET, 1,
      NGX_HTTP_SHOP_PASSWORD_MAX, NULL },
    ngx_shop_no_more_fields
};


static const ngx_shop_bind_t  ngx_http_shop_identity_verify_bind[] = {
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_ask_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_BODY("email"),
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_erase_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


ngx_shop_endpoint_t  ngx_http_shop_identity_account_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/verify-email"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_token_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_verify_email },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/verify-email/send"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.ask_verification($1::uuid,"
                        " $2::inet, $3::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/password/forgot"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_forgot_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .sql = ngx_string("select * from identity.forgot_password($1::bigint,"
                        " $2::text, $3::inet, $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_BODY("email"),
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/password/reset"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_reset_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_reset },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/password/change"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_change_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS,
      .handler = ngx_http_shop_identity_change },

    { .method = NGX_HTTP_POST, .path = ngx_string("/users/me/email"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_email_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS,
      .handler = ngx_http_shop_identity_ask_email },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/sessions"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.sessions($1::uuid,"
                        " $2::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SESSION } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/users/me/sessions/{session}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.end_own_session($1::uuid,"
                        " $2::uuid, $3::inet, $4::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_PATH("session"),
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/consents"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from identity.consents($1::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/users/me/consents"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_consents_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.change_consents($1::uuid,"
                        " $2::jsonb, $3::inet, $4::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/export"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_SLOW|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.export($1::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/users/me"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_erase_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS,
      .handler = ngx_http_shop_identity_erase },

    ngx_shop_no_more_endpoints
};


ngx_int_t
ngx_http_shop_identity_account_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_conf_t *icf)
{
    ngx_uint_t  i;

    struct {
        ngx_str_t             text;
        ngx_shop_pg_stmt_t  **stmt;
    } all[] = {

        { ngx_string("select * from identity.verify_email($3::bytea,"
                     " $1::inet, $2::text)"), &icf->verify_email },

        { ngx_string("select email, name from identity.reset_of($1::bytea)"),
          &icf->reset_of },

        { ngx_string("select session_id, epoch from identity.reset_password("
                     "$3::bytea, $4::text, $1::inet, $2::text)"),
          &icf->reset },

        { ngx_string("select email, name, password_hash, recent"
                     " from identity.confirming($1::uuid, $2::uuid)"),
          &icf->confirming },

        { ngx_string("select session_id, epoch from identity.change_password("
                     "$1::uuid, $2::uuid, $5::text, $6::text, $3::inet,"
                     " $4::text)"), &icf->change },

        { ngx_string("select * from identity.ask_email($1::uuid, $5::text,"
                     " $2::text, $3::inet, $4::text)"), &icf->ask_email },

        { ngx_string("select session_id, epoch from identity.erase($1::uuid,"
                     " $3::text, $2::text)"), &icf->erase }
    };

    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {

        *all[i].stmt = ngx_shop_pg_stmt_add(cf, &all[i].text);

        if (*all[i].stmt == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_shop_identity_verify_email(ngx_shop_request_t *sr)
{
    ngx_uint_t            n;
    const char           *hash, **params;
    ngx_shop_refresh_t   *token;

    token = ngx_palloc(sr->r->pool, sizeof(ngx_shop_refresh_t));
    if (token == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_shop_identity_mail_token(sr, token) != NGX_OK) {
        return ngx_http_shop_identity_bad_token(sr);
    }

    hash = (const char *) token->hash;
    params = ngx_http_shop_identity_with(sr,
                                         ngx_http_shop_identity_verify_bind,
                                         &hash, 1, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->verify_email, n,
                        params, ngx_shop_answer);
}


ngx_int_t
ngx_http_shop_identity_ask_email(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_confirm(sr, ngx_http_shop_identity_ask_new);
}


ngx_int_t
ngx_http_shop_identity_erase(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_confirm(sr,
                                          ngx_http_shop_identity_erase_now);
}


static ngx_int_t
ngx_http_shop_identity_ask_new(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_proven(sr, ngx_http_shop_identity_ask_bind,
                                         ngx_http_shop_identity_conf(sr)
                                             ->ask_email,
                                         ngx_shop_answer);
}


static ngx_int_t
ngx_http_shop_identity_erase_now(ngx_shop_request_t *sr)
{
    return ngx_http_shop_identity_proven(sr, ngx_http_shop_identity_erase_bind,
                                         ngx_http_shop_identity_conf(sr)->erase,
                                         ngx_http_shop_identity_erased);
}


/* with the hash that the given password was checked against, if there is one */

static ngx_int_t
ngx_http_shop_identity_proven(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, ngx_shop_pg_stmt_t *stmt,
    ngx_shop_next_pt next)
{
    ngx_uint_t                     n;
    const char                    *checked, **params;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    checked = ctx->checked.len ? (const char *) ctx->checked.data : NULL;

    params = ngx_http_shop_identity_with(sr, bind, &checked, 1, &n);
    if (params == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, stmt, n, params, next);
}


static ngx_int_t
ngx_http_shop_identity_erased(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    ngx_http_shop_identity_revoke(q->res);

    if (ngx_shop_session_clear(sr) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, NGX_HTTP_NO_CONTENT, NULL);
}
