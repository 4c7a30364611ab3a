/*
 * The token endpoint.  Of codes, verifiers, refresh tokens and secrets SQL
 * gets hashes only.
 */

#include "ngx_http_shop_identity_oauth.h"
#include <openssl/sha.h>


#define NGX_HTTP_SHOP_VERIFIER_MIN   43     /* RFC 7636, 4.1 */
#define NGX_HTTP_SHOP_VERIFIER_MAX   128
#define NGX_HTTP_SHOP_CHALLENGE_LEN  43     /* base64url of a SHA-256 */


/* what the form shows, for the statement */
typedef struct {
    u_char                   challenge[NGX_HTTP_SHOP_CHALLENGE_LEN + 1];
    ngx_shop_refresh_t       code;
    ngx_shop_refresh_t       refresh;
} ngx_http_shop_token_shown_t;


static ngx_int_t ngx_http_shop_token_read(ngx_http_shop_oauth_t *ctx,
    ngx_http_shop_token_shown_t *shown, const char **params);
static const char *ngx_http_shop_token_hash(ngx_http_shop_oauth_t *ctx,
    const char *name, ngx_shop_refresh_t *token);
static ngx_int_t ngx_http_shop_token_challenge(ngx_str_t *verifier,
    u_char *challenge);
static ngx_int_t ngx_http_shop_token_done(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_token_claims(ngx_shop_request_t *sr,
    PGresult *res);
static ngx_int_t ngx_http_shop_token_id(ngx_shop_request_t *sr,
    PGresult *res, const ngx_str_t *access, ngx_str_t *id);
static ngx_int_t ngx_http_shop_token_send(ngx_shop_request_t *sr,
    PGresult *res, const ngx_str_t *access, const ngx_str_t *id);


static const char *const  ngx_http_shop_token_names[] = {
    "grant_type", "redirect_uri", "scope", NULL
};

static const ngx_shop_bind_t  ngx_http_shop_token_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_END
};


ngx_int_t
ngx_http_shop_oauth_token(ngx_shop_request_t *sr)
{
    json_t                        *json;
    ngx_int_t                      rc;
    ngx_uint_t                     n;
    const char                   **bound, **params;
    ngx_http_shop_oauth_t         *ctx;
    const ngx_shop_token_conf_t   *tcf;
    ngx_http_shop_token_shown_t   *shown;

    ctx = ngx_http_shop_oauth_begin(sr, &rc);
    if (ctx == NULL) {
        return rc;
    }

    shown = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_token_shown_t));
    bound = ngx_shop_params(sr, ngx_http_shop_token_bind, &n);
    params = ngx_pcalloc(sr->r->pool, 12 * sizeof(char *));

    if (shown == NULL || bound == NULL || params == NULL
        || ngx_shop_refresh_make(&ctx->next) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    json = ngx_http_shop_oauth_named(&ctx->form, ngx_http_shop_token_names);
    (void) json_object_set_new(json, "client_id",
                               json_stringn((char *) ctx->client.data,
                                            ctx->client.len));

    if (ngx_shop_form_get(&ctx->form, "refresh_token")) {
        (void) json_object_set_new(json, "refresh_token", json_true());
    }

    tcf = ngx_shop_token_settings();

    ngx_memcpy(params, bound, n * sizeof(char *));
    params[3] = ngx_http_shop_oauth_text(sr, json);

    if (ngx_http_shop_token_read(ctx, shown, params) != NGX_OK) {
        return ngx_http_shop_oauth_error(sr, "invalid_request",
                                         "the code_verifier is not one");
    }

    params[8] = (const char *) ctx->next.hash;
    params[9] = ngx_shop_session_seconds(sr->r->pool, tcf->ttl);
    params[10] = ngx_shop_session_seconds(sr->r->pool, tcf->refresh_ttl);
    params[11] = ngx_http_shop_oauth_origin(sr);

    if (params[3] == NULL || params[9] == NULL || params[10] == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, 12, params,
                        ngx_http_shop_token_done);
}


/* the hashes of what was shown; a text that can't be a token is unknown */

static ngx_int_t
ngx_http_shop_token_read(ngx_http_shop_oauth_t *ctx,
    ngx_http_shop_token_shown_t *shown, const char **params)
{
    ngx_str_t  *verifier;

    verifier = ngx_shop_form_get(&ctx->form, "code_verifier");

    if (verifier) {

        if (ngx_http_shop_token_challenge(verifier, shown->challenge)
            != NGX_OK)
        {
            return NGX_DECLINED;
        }

        params[6] = (const char *) shown->challenge;
    }

    if (ctx->secret.hash[0]) {
        params[4] = (const char *) ctx->secret.hash;
    }

    params[5] = ngx_http_shop_token_hash(ctx, "code", &shown->code);
    params[7] = ngx_http_shop_token_hash(ctx, "refresh_token",
                                         &shown->refresh);

    return NGX_OK;
}


static const char *
ngx_http_shop_token_hash(ngx_http_shop_oauth_t *ctx, const char *name,
    ngx_shop_refresh_t *token)
{
    ngx_str_t  *text;

    text = ngx_shop_form_get(&ctx->form, name);

    if (text == NULL) {
        return NULL;
    }

    return ngx_shop_refresh_read(text, token) == NGX_OK
           ? (const char *) token->hash : "\\x";
}


static ngx_int_t
ngx_http_shop_token_challenge(ngx_str_t *verifier, u_char *challenge)
{
    u_char     digest[SHA256_DIGEST_LENGTH];
    ngx_str_t  src, dst;

    if (verifier->len < NGX_HTTP_SHOP_VERIFIER_MIN
        || verifier->len > NGX_HTTP_SHOP_VERIFIER_MAX
        || strspn((char *) verifier->data,
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                  "0123456789-._~") != verifier->len)
    {
        return NGX_DECLINED;
    }

    SHA256(verifier->data, verifier->len, digest);

    src.data = digest;
    src.len = sizeof(digest);
    dst.data = challenge;
    ngx_encode_base64url(&dst, &src);

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_token_done(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_int_t  rc;
    ngx_str_t  access, id;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    ngx_http_shop_oauth_after(sr, q->res);

    rc = ngx_http_shop_oauth_refused(sr, q->res);
    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (ngx_http_shop_token_claims(sr, q->res) != NGX_OK
        || ngx_shop_token_issue(sr->r->pool, &sr->claims, &access) != NGX_OK
        || ngx_http_shop_token_id(sr, q->res, &access, &id) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_token_send(sr, q->res, &access, &id);
}


static ngx_int_t
ngx_http_shop_token_claims(ngx_shop_request_t *sr, PGresult *res)
{
    size_t              i;
    const char         *bound, *text;
    ngx_shop_claims_t  *claims;

    struct {
        const char     *name;
        ngx_str_t      *value;
    } all[] = {
        { "user_id", &sr->claims.user },
        { "session_id", &sr->claims.session },
        { "store_id", &sr->claims.store },
        { "roles", &sr->claims.roles },
        { "client_id", &sr->claims.client },
        { "scope", &sr->claims.scope }
    };

    claims = &sr->claims;

    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {

        text = ngx_http_shop_oauth_column(res, all[i].name);
        if (text == NULL) {
            return NGX_ERROR;
        }

        all[i].value->data = (u_char *) text;
        all[i].value->len = ngx_strlen(text);
    }

    bound = ngx_http_shop_oauth_column(res, "bound");

    claims->limited = 1;
    claims->bound = (bound && bound[0] == 't');
    claims->issued = ngx_time();
    claims->expires = claims->issued + ngx_shop_token_settings()->ttl;

    return NGX_OK;
}


/* "" unless the client asked who signed in */

static ngx_int_t
ngx_http_shop_token_id(ngx_shop_request_t *sr, PGresult *res,
    const ngx_str_t *access, ngx_str_t *id)
{
    const char            *when;
    ngx_shop_id_claims_t   claims;

    ngx_str_null(id);

    when = ngx_http_shop_oauth_column(res, "auth_time");
    if (when == NULL) {
        return NGX_OK;
    }

    claims.user = (const char *) sr->claims.user.data;
    claims.client = (const char *) sr->claims.client.data;
    claims.nonce = ngx_http_shop_oauth_column(res, "nonce");
    claims.signed_in = ngx_atotm((u_char *) when, ngx_strlen(when));
    claims.issued = sr->claims.issued;
    claims.expires = sr->claims.expires;

    return ngx_shop_token_issue_id(sr->r->pool, &claims, access, id);
}


static ngx_int_t
ngx_http_shop_token_send(ngx_shop_request_t *sr, PGresult *res,
    const ngx_str_t *access, const ngx_str_t *id)
{
    json_t                        *json;
    const char                    *refreshable;
    ngx_http_shop_oauth_t         *ctx = sr->ctx;

    static ngx_str_t               pragma = ngx_string("no-cache");

    refreshable = ngx_http_shop_oauth_column(res, "refreshable");

    json = json_pack("{s:s%, s:s, s:I, s:s}",
                     "access_token", access->data, access->len,
                     "token_type", "Bearer",
                     "expires_in", (json_int_t) (sr->claims.expires
                                                 - sr->claims.issued),
                     "scope", sr->claims.scope.data);

    if (json && refreshable && refreshable[0] == 't') {
        (void) json_object_set_new(json, "refresh_token",
                                   json_string((char *) ctx->next.text));
    }

    if (json && id->len) {
        (void) json_object_set_new(json, "id_token",
                                   json_stringn((char *) id->data, id->len));
    }

    (void) ngx_shop_header(sr, "Pragma", &pragma);

    return ngx_http_shop_oauth_json(sr, json);
}
