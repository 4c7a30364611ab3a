/*
 * The authenticator of a signed-in account, and its recovery codes.
 */

#include "ngx_http_shop_identity.h"
#include <openssl/crypto.h>


#define NGX_HTTP_SHOP_TOTP_URI                                              \
    "{\"secret\":\"%s\",\"uri\":\"otpauth://totp/%V:%V?secret=%s"           \
    "&issuer=%V&algorithm=SHA1&digits=6&period=30\"}"

#define NGX_HTTP_SHOP_TOTP_TOKEN                                            \
    ",\"access_token\":\"%V\",\"token_type\":\"Bearer\",\"expires_in\":%T"

#define NGX_HTTP_SHOP_RECOVERY_LIST                                         \
    (NGX_SHOP_RECOVERY_CODES * (NGX_SHOP_RECOVERY_HASH + 4) + 3)


/* A request that goes on with a code; lives in r->pool. */
typedef struct {
    ngx_http_shop_identity_code_t  code;
    ngx_shop_recovery_t      codes[NGX_SHOP_RECOVERY_CODES];
    u_char                   text[NGX_SHOP_TOTP_TEXT + 1];
    ngx_str_t                access;     /* a token of the stronger session */
    unsigned                 pending:1;  /* the code is to confirm one */
    unsigned                 renews:1;   /* recovery codes only */
} ngx_http_shop_identity_totp_t;


static ngx_http_shop_identity_totp_t *ngx_http_shop_identity_totp(
    ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_begun(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_escape(ngx_shop_request_t *sr,
    PGresult *res, int column, ngx_str_t *out);
static ngx_int_t ngx_http_shop_identity_ask(ngx_shop_request_t *sr,
    ngx_shop_next_pt next);
static ngx_int_t ngx_http_shop_identity_asked(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_removing(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_read_code(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_remove(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_removed(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static const char *ngx_http_shop_identity_make_codes(ngx_shop_request_t *sr,
    ngx_http_shop_identity_totp_t *totp);
static ngx_int_t ngx_http_shop_identity_counted(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_send_codes(ngx_shop_request_t *sr);


static const ngx_shop_bind_t  ngx_http_shop_identity_begin_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_actor_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_renew_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_own_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


/* The secret is told once, and counts once a code has confirmed it. */

ngx_int_t
ngx_http_shop_identity_totp_begin(ngx_shop_request_t *sr)
{
    u_char                          raw[NGX_SHOP_TOTP_SECRET];
    ngx_str_t                       secret;
    ngx_uint_t                      n;
    const char                     *extra[1], **params;
    ngx_http_shop_identity_totp_t  *totp;

    totp = ngx_http_shop_identity_totp(sr);

    if (totp == NULL || ngx_shop_totp_make(raw, totp->text) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    secret.data = raw;
    secret.len = sizeof(raw);

    extra[0] = ngx_http_shop_identity_seal(sr, &sr->claims.user, &secret);
    OPENSSL_cleanse(raw, sizeof(raw));

    if (extra[0] == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    params = ngx_http_shop_identity_with(sr,
                                         ngx_http_shop_identity_begin_bind,
                                         extra, 1, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.begin, n, params,
                        ngx_http_shop_identity_begun);
}


ngx_int_t
ngx_http_shop_identity_totp_confirm(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_totp_t  *totp;

    totp = ngx_http_shop_identity_totp(sr);
    if (totp == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    totp->pending = 1;

    return ngx_http_shop_identity_ask(sr, ngx_http_shop_identity_asked);
}


ngx_int_t
ngx_http_shop_identity_recovery_renew(ngx_shop_request_t *sr)
{
    ngx_http_shop_identity_totp_t  *totp;

    totp = ngx_http_shop_identity_totp(sr);
    if (totp == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    totp->renews = 1;

    return ngx_http_shop_identity_ask(sr, ngx_http_shop_identity_asked);
}


ngx_int_t
ngx_http_shop_identity_totp_remove(ngx_shop_request_t *sr)
{
    if (ngx_http_shop_identity_totp(sr) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_shop_body_text(sr, "code") == NULL) {
        return ngx_http_shop_identity_remove(sr);
    }

    return ngx_http_shop_identity_ask(sr, ngx_http_shop_identity_removing);
}


static ngx_http_shop_identity_totp_t *
ngx_http_shop_identity_totp(ngx_shop_request_t *sr)
{
    sr->ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_identity_totp_t));

    return sr->ctx;
}


static ngx_int_t
ngx_http_shop_identity_begun(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    size_t                          len;
    ngx_str_t                       email, shop, body;
    ngx_http_shop_identity_totp_t  *totp = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) != 1
        || ngx_http_shop_identity_escape(sr, q->res, 0, &email) != NGX_OK
        || ngx_http_shop_identity_escape(sr, q->res, 1, &shop) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    len = sizeof(NGX_HTTP_SHOP_TOTP_URI) + 2 * NGX_SHOP_TOTP_TEXT + email.len
          + 2 * shop.len;

    body.data = ngx_pnalloc(sr->r->pool, len);
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.len = ngx_snprintf(body.data, len, NGX_HTTP_SHOP_TOTP_URI,
                            totp->text, &shop, &email, totp->text, &shop)
               - body.data;

    return ngx_shop_reply(sr, NGX_HTTP_CREATED, &body);
}


static ngx_int_t
ngx_http_shop_identity_escape(ngx_shop_request_t *sr, PGresult *res,
    int column, ngx_str_t *out)
{
    size_t   len;
    u_char  *p, *text;

    text = (u_char *) PQgetvalue(res, 0, column);
    len = PQgetlength(res, 0, column);

    out->len = len + 2 * ngx_escape_uri(NULL, text, len,
                                        NGX_ESCAPE_URI_COMPONENT);
    p = ngx_pnalloc(sr->r->pool, out->len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    out->data = p;
    (void) ngx_escape_uri(p, text, len, NGX_ESCAPE_URI_COMPONENT);

    return NGX_OK;
}


/* Reads what the code is to be checked against. */

static ngx_int_t
ngx_http_shop_identity_ask(ngx_shop_request_t *sr, ngx_shop_next_pt next)
{
    ngx_uint_t    n;
    const char  **params;

    params = ngx_shop_params(sr, ngx_http_shop_identity_actor_bind, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.totp, n, params,
                        next);
}


/* Confirms an authenticator, or renews recovery codes. */

static ngx_int_t
ngx_http_shop_identity_asked(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_int_t                            rc;
    ngx_uint_t                           n;
    const char                          *extra[3], **params;
    ngx_http_shop_identity_totp_t       *totp = sr->ctx;
    const ngx_http_shop_identity_mfa_t  *mfa;

    mfa = &ngx_http_shop_identity_conf(sr)->mfa;

    rc = ngx_http_shop_identity_read_code(sr, q);
    if (rc != NGX_OK) {
        return rc;
    }

    extra[0] = totp->code.checked;
    extra[1] = totp->code.step;
    extra[2] = ngx_http_shop_identity_make_codes(sr, totp);

    params = ngx_http_shop_identity_with(sr,
                              totp->renews ? ngx_http_shop_identity_renew_bind
                                           : ngx_http_shop_identity_own_bind,
                                         extra, 3, &n);

    if (extra[2] == NULL || params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        totp->renews ? mfa->renew : mfa->confirm, n, params,
                        ngx_http_shop_identity_counted);
}


static ngx_int_t
ngx_http_shop_identity_removing(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_int_t  rc;

    rc = ngx_http_shop_identity_read_code(sr, q);

    return rc == NGX_OK ? ngx_http_shop_identity_remove(sr) : rc;
}


/* No authenticator at all is for the statement to refuse. */

static ngx_int_t
ngx_http_shop_identity_read_code(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    int                             column;
    ngx_http_shop_identity_totp_t  *totp = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    column = totp->pending ? 1 : 0;

    if (PQntuples(q->res) == 0 || PQgetisnull(q->res, 0, column)) {
        return NGX_OK;
    }

    if (ngx_http_shop_identity_code(sr, &sr->claims.user,
                                    PQgetvalue(q->res, 0, column),
                                    ngx_shop_body_text(sr, "code"),
                                    &totp->code)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_identity_remove(ngx_shop_request_t *sr)
{
    ngx_uint_t                      n;
    const char                     *extra[4], **params;
    ngx_http_shop_identity_totp_t  *totp = sr->ctx;

    extra[0] = ngx_shop_body_text(sr, "code") ? "t" : "f";
    extra[1] = totp->code.checked;
    extra[2] = totp->code.step;
    extra[3] = totp->code.recovery;

    params = ngx_http_shop_identity_with(sr, ngx_http_shop_identity_own_bind,
                                         extra, 4, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.remove, n,
                        params, ngx_http_shop_identity_removed);
}


static ngx_int_t
ngx_http_shop_identity_removed(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc == NGX_SHOP_PG_OK && PQntuples(q->res) == 1
        && ngx_http_shop_identity_later(sr, q->res) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_answer(sr, q);
}


/* Their hashes as an array of SQL. */

static const char *
ngx_http_shop_identity_make_codes(ngx_shop_request_t *sr,
    ngx_http_shop_identity_totp_t *totp)
{
    u_char      *p, *list;
    ngx_uint_t   i;

    list = ngx_pnalloc(sr->r->pool, NGX_HTTP_SHOP_RECOVERY_LIST);
    if (list == NULL) {
        return NULL;
    }

    p = list;
    *p++ = '{';

    for (i = 0; i < NGX_SHOP_RECOVERY_CODES; i++) {

        if (ngx_shop_recovery_make(&totp->codes[i]) != NGX_OK) {
            return NULL;
        }

        /* the backslash twice: the array's quotes take one */

        p = ngx_sprintf(p, "%s\"\\%s\"", i ? "," : "", totp->codes[i].hash);
    }

    *p++ = '}';
    *p = '\0';

    return (const char *) list;
}


static ngx_int_t
ngx_http_shop_identity_counted(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_str_t                       none;
    ngx_http_shop_identity_totp_t  *totp = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) != 1
        || ngx_strcmp(PQgetvalue(q->res, 0, 0), "200") != 0)
    {
        return ngx_http_shop_identity_removed(sr, q);
    }

    ngx_str_null(&none);

    if (totp->pending && !sr->claims.strong) {
        sr->claims.strong = 1;

        if (ngx_shop_session_grant(sr, &none, &totp->access) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    return ngx_http_shop_identity_send_codes(sr);
}


static ngx_int_t
ngx_http_shop_identity_send_codes(ngx_shop_request_t *sr)
{
    u_char                         *p;
    ngx_str_t                       body;
    ngx_uint_t                      i;
    ngx_http_shop_identity_totp_t  *totp = sr->ctx;

    p = ngx_pnalloc(sr->r->pool, sizeof("{\"recovery_codes\":[]}")
                                 + NGX_SHOP_RECOVERY_CODES
                                   * (NGX_SHOP_RECOVERY_LEN + 3)
                                 + sizeof(NGX_HTTP_SHOP_TOTP_TOKEN)
                                 + totp->access.len + NGX_TIME_T_LEN);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.data = p;
    p = ngx_sprintf(p, "{\"recovery_codes\":[");

    for (i = 0; i < NGX_SHOP_RECOVERY_CODES; i++) {
        p = ngx_sprintf(p, "%s\"%s\"", i ? "," : "", totp->codes[i].text);
    }

    *p++ = ']';

    if (totp->access.len) {
        p = ngx_sprintf(p, NGX_HTTP_SHOP_TOTP_TOKEN, &totp->access,
                        ngx_shop_token_settings()->ttl);
    }

    *p++ = '}';
    body.len = p - body.data;

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}
