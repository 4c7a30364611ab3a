/*
 * Sign-in by passkey: without a password, and without an e-mail address.
 */

#include "ngx_http_shop_identity.h"


#define NGX_HTTP_SHOP_PASSKEY_OPTIONS                                       \
    "{\"options\":{\"challenge\":\"%s\",\"rpId\":\"%V\","                   \
    "\"timeout\":300000,\"userVerification\":\"preferred\","                \
    "\"allowCredentials\":[]}}"

#define NGX_HTTP_SHOP_USER_LEN  16       /* a uuid */


/* A sign-in; lives in r->pool.  The context of grant.c comes first. */
typedef struct {
    ngx_http_shop_identity_ctx_t  ctx;
    ngx_http_shop_identity_ceremony_t  ceremony;
    ngx_shop_webauthn_state_t  state;
    ngx_str_t                data;
    ngx_str_t                sig;
    const char              *id;         /* of the credential, a bytea */
    const char              *passkey;    /* uuid of its row, or NULL */
    u_char                   user[2 * NGX_HTTP_SHOP_USER_LEN];
    u_char                   data_bytes[NGX_SHOP_WEBAUTHN_DATA];
    u_char                   sig_bytes[NGX_SHOP_WEBAUTHN_SIG];
} ngx_http_shop_identity_assertion_t;


static const char *ngx_http_shop_identity_assertion_read(
    ngx_shop_request_t *sr, ngx_http_shop_identity_assertion_t *a);
static const char *ngx_http_shop_identity_assertion_id(
    ngx_shop_request_t *sr, json_t *credential);
static ngx_int_t ngx_http_shop_identity_assertion_user(json_t *response,
    ngx_http_shop_identity_assertion_t *a);
static ngx_int_t ngx_http_shop_identity_assertion_found(
    ngx_shop_request_t *sr, ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_http_shop_identity_assertion_is(
    ngx_http_shop_identity_assertion_t *a, PGresult *res);
static ngx_int_t ngx_http_shop_identity_assertion_open(
    ngx_shop_request_t *sr, ngx_http_shop_identity_assertion_t *a);
static ngx_int_t ngx_http_shop_identity_assertion_opened(
    ngx_shop_request_t *sr, ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_identity_assertion_refuse(
    ngx_shop_request_t *sr, ngx_http_shop_identity_assertion_t *a);
static ngx_int_t ngx_http_shop_identity_assertion_refused(
    ngx_shop_request_t *sr, ngx_shop_pg_query_t *q);


static const ngx_shop_bind_t  ngx_http_shop_identity_assertion_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_AGENT,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_not_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


/* Nothing is written down: pages ask for it whenever they are opened. */

ngx_int_t
ngx_http_shop_identity_passkey_ask(ngx_shop_request_t *sr)
{
    size_t                     len;
    u_char                     text[NGX_SHOP_CHALLENGE_LEN + 1];
    ngx_str_t                  body;
    const ngx_array_t         *keys;
    ngx_shop_challenge_t       of;
    ngx_shop_webauthn_site_t   site;

    if (ngx_http_shop_identity_site(sr, &site) != NGX_OK) {
        return NGX_DONE;
    }

    keys = &ngx_http_shop_identity_conf(sr)->mfa.keys;

    of.purpose = NGX_SHOP_CHALLENGE_SIGN;
    of.host = site.rp;
    ngx_str_set(&of.account, "");

    len = sizeof(NGX_HTTP_SHOP_PASSKEY_OPTIONS) + sizeof(text) + site.rp.len;
    body.data = ngx_pnalloc(sr->r->pool, len);

    if (body.data == NULL
        || ngx_shop_challenge_make(keys->elts, &of, ngx_time(), text)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.len = ngx_snprintf(body.data, len, NGX_HTTP_SHOP_PASSKEY_OPTIONS,
                            text, &site.rp)
               - body.data;

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}


ngx_int_t
ngx_http_shop_identity_passkey_sign_in(ngx_shop_request_t *sr)
{
    const char                          *why, **params;
    ngx_http_shop_identity_assertion_t  *a;

    a = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_identity_assertion_t));
    params = ngx_palloc(sr->r->pool, 2 * sizeof(char *));

    if (a == NULL || params == NULL
        || ngx_shop_refresh_make(&a->ctx.refresh) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    a->ctx.status = NGX_HTTP_OK;
    sr->ctx = a;

    if (ngx_http_shop_identity_site(sr, &a->ceremony.site) != NGX_OK) {
        return NGX_DONE;
    }

    why = ngx_http_shop_identity_assertion_read(sr, a);

    if (why) {
        return ngx_http_shop_identity_invalid(sr, "/credential", why);
    }

    params[0] = a->id;
    params[1] = (const char *) a->ceremony.site.rp.data;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.passkey_find, 2,
                        params, ngx_http_shop_identity_assertion_found);
}


static const char *
ngx_http_shop_identity_assertion_read(ngx_shop_request_t *sr,
    ngx_http_shop_identity_assertion_t *a)
{
    json_t      *credential, *response;
    const char  *why;

    credential = ngx_shop_body(sr, "credential");
    response = json_object_get(credential, "response");

    a->id = ngx_http_shop_identity_assertion_id(sr, credential);

    if (a->id == NULL) {
        return "has no good rawId";
    }

    why = ngx_http_shop_identity_ceremony(sr, response,
                                          NGX_SHOP_CHALLENGE_SIGN,
                                          &a->ceremony);
    if (why) {
        return why;
    }

    if (ngx_http_shop_identity_assertion_user(response, a) != NGX_OK) {
        return "has no good response.userHandle";
    }

    a->data.data = a->data_bytes;
    a->sig.data = a->sig_bytes;

    if (ngx_shop_webauthn_bytes(response, "authenticatorData", a->data_bytes,
                                sizeof(a->data_bytes), &a->data.len)
        != NGX_OK)
    {
        return "has no good response.authenticatorData";
    }

    if (ngx_shop_webauthn_bytes(response, "signature", a->sig_bytes,
                                sizeof(a->sig_bytes), &a->sig.len)
        != NGX_OK)
    {
        return "has no good response.signature";
    }

    return ngx_shop_webauthn_state(&a->data, &a->state);
}


static const char *
ngx_http_shop_identity_assertion_id(ngx_shop_request_t *sr,
    json_t *credential)
{
    size_t   len;
    u_char  *p, id[NGX_SHOP_WEBAUTHN_ID];

    if (ngx_shop_webauthn_bytes(credential, "rawId", id, sizeof(id), &len)
        != NGX_OK)
    {
        return NULL;
    }

    p = ngx_pnalloc(sr->r->pool, 2 * len + 3);

    if (p) {
        p[0] = '\\';
        p[1] = 'x';
        *ngx_hex_dump(p + 2, id, len) = '\0';
    }

    return (const char *) p;
}


/* A passkey that is found without an e-mail address says whose it is. */

static ngx_int_t
ngx_http_shop_identity_assertion_user(json_t *response,
    ngx_http_shop_identity_assertion_t *a)
{
    size_t  len;
    u_char  user[NGX_SHOP_WEBAUTHN_USER];

    if (ngx_shop_webauthn_bytes(response, "userHandle", user, sizeof(user),
                                &len) != NGX_OK
        || len != NGX_HTTP_SHOP_USER_LEN)
    {
        return NGX_DECLINED;
    }

    ngx_hex_dump(a->user, user, NGX_HTTP_SHOP_USER_LEN);

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_identity_assertion_found(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_str_t                            id;
    ngx_http_shop_identity_assertion_t  *a = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) == 0) {
        return ngx_http_shop_identity_assertion_refuse(sr, a);
    }

    id.data = (u_char *) PQgetvalue(q->res, 0, 0);
    id.len = PQgetlength(q->res, 0, 0) + 1;

    a->passkey = (const char *) ngx_pstrdup(sr->r->pool, &id);

    if (a->passkey == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (!ngx_http_shop_identity_assertion_is(a, q->res)) {
        return ngx_http_shop_identity_assertion_refuse(sr, a);
    }

    return ngx_http_shop_identity_assertion_open(sr, a);
}


/* Its account is the one that it says, and the signature is its own. */

static ngx_uint_t
ngx_http_shop_identity_assertion_is(ngx_http_shop_identity_assertion_t *a,
    PGresult *res)
{
    u_char       bytes[NGX_SHOP_WEBAUTHN_KEY];
    size_t       i, n;
    ngx_str_t    key;
    const char  *user, *text;

    user = PQgetvalue(res, 0, 1);

    for (n = 0; *user; user++) {

        if (*user == '-') {
            continue;
        }

        if (n == sizeof(a->user) || a->user[n++] != (u_char) *user) {
            return 0;
        }
    }

    text = PQgetvalue(res, 0, 2);

    key.data = bytes;
    key.len = ngx_strlen(text) / 2;

    if (n != sizeof(a->user) || key.len > sizeof(bytes)) {
        return 0;
    }

    for (i = 0; i < key.len; i++) {
        bytes[i] = (u_char) ngx_hextoi((u_char *) text + 2 * i, 2);
    }

    return ngx_shop_webauthn_check(&a->data, &a->sig, &a->ceremony.site,
                                   &a->ceremony.client,
                                   atoi(PQgetvalue(res, 0, 3)), &key)
           == NULL;
}


static ngx_int_t
ngx_http_shop_identity_assertion_open(ngx_shop_request_t *sr,
    ngx_http_shop_identity_assertion_t *a)
{
    ngx_uint_t    n;
    const char   *extra[7], **params;

    extra[0] = a->passkey;
    extra[1] = (const char *) a->ceremony.hash;
    extra[2] = ngx_shop_session_seconds(sr->r->pool, a->ceremony.expires);
    extra[3] = ngx_shop_session_seconds(sr->r->pool, a->state.count);
    extra[4] = a->state.verified ? "t" : "f";
    extra[5] = a->state.backed_up ? "t" : "f";
    extra[6] = (const char *) a->ctx.refresh.hash;

    params = ngx_http_shop_identity_params(sr,
                                         ngx_http_shop_identity_assertion_bind,
                                           extra, 7, &n);

    if (extra[2] == NULL || extra[3] == NULL || params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.passkey_sign_in,
                        n, params, ngx_http_shop_identity_assertion_opened);
}


static ngx_int_t
ngx_http_shop_identity_assertion_opened(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    return ngx_http_shop_identity_grant(sr, q, 1);
}


static ngx_int_t
ngx_http_shop_identity_assertion_refuse(ngx_shop_request_t *sr,
    ngx_http_shop_identity_assertion_t *a)
{
    ngx_uint_t    n;
    const char   *extra[1], **params;

    extra[0] = a->passkey;

    params = ngx_http_shop_identity_with(sr, ngx_http_shop_identity_not_bind,
                                         extra, 1, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.passkey_refused,
                        n, params, ngx_http_shop_identity_assertion_refused);
}


/* Refused, whatever became of the audit row. */

static ngx_int_t
ngx_http_shop_identity_assertion_refused(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "identity: a refused passkey was not written down");
    }

    return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "invalid_credentials",
                            "this passkey is not known here");
}
