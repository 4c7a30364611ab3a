/*
 * Sign-in with an outside OpenID provider: what is asked of the provider while
 * the browser waits.
 */

#include "ngx_http_shop_identity_oidc.h"


static ngx_int_t ngx_http_shop_oidc_form(ngx_shop_request_t *sr,
    const ngx_shop_issuer_live_t *live, ngx_str_t *form);
static u_char *ngx_http_shop_oidc_field(u_char *p, const char *name,
    const u_char *value, size_t len);
static ngx_int_t ngx_http_shop_oidc_basic(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, ngx_str_t *value);
static ngx_int_t ngx_http_shop_oidc_tokens(ngx_shop_request_t *sr,
    ngx_shop_fetch_t *fetch);
static ngx_int_t ngx_http_shop_oidc_refused(ngx_shop_request_t *sr,
    ngx_shop_fetch_t *fetch, json_t *answer);
static ngx_int_t ngx_http_shop_oidc_keep(ngx_pool_t *pool, json_t *value,
    ngx_str_t *text);


ngx_int_t
ngx_http_shop_oidc_exchange(ngx_shop_request_t *sr)
{
    ngx_str_t                      url;
    ngx_shop_fetch_t              *fetch;
    ngx_http_shop_oidc_ctx_t      *ctx = sr->ctx;
    const ngx_shop_issuer_live_t  *live;

    fetch = &ctx->fetch;
    live = ngx_shop_issuer_live(ctx->issuer);

    if (live == NULL) {
        return ngx_http_shop_oidc_fail(sr, &ctx->state,
                                       "provider_unavailable");
    }

    /* it may be made anew before the subrequest runs */

    url = live->token;
    fetch->url.len = url.len;
    fetch->url.data = ngx_pstrdup(sr->r->pool, &url);

    if (fetch->url.data == NULL
        || ngx_http_shop_oidc_form(sr, live, &fetch->form) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->issuer->secret.len && !live->post
        && ngx_http_shop_oidc_basic(sr, ctx->issuer, &fetch->authorization)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    fetch->done = ngx_http_shop_oidc_tokens;

    return ngx_shop_fetch(sr, fetch) == NGX_OK
           ? NGX_DONE : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


ngx_int_t
ngx_http_shop_oidc_userinfo(ngx_shop_request_t *sr, ngx_shop_fetch_pt done)
{
    ngx_str_t                      url;
    ngx_shop_fetch_t              *fetch;
    ngx_http_shop_oidc_ctx_t      *ctx = sr->ctx;
    const ngx_shop_issuer_live_t  *live;

    fetch = &ctx->fetch;
    live = ngx_shop_issuer_live(ctx->issuer);

    ngx_memzero(fetch, sizeof(ngx_shop_fetch_t));

    if (live == NULL || live->userinfo.len == 0 || ctx->bearer.len == 0) {
        return done(sr, fetch);
    }

    url = live->userinfo;
    fetch->url.len = url.len;
    fetch->url.data = ngx_pstrdup(sr->r->pool, &url);

    fetch->authorization.data = ngx_pnalloc(sr->r->pool,
                                            sizeof("Bearer ")
                                            + ctx->bearer.len);

    if (fetch->url.data == NULL || fetch->authorization.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    fetch->authorization.len = ngx_sprintf(fetch->authorization.data,
                                           "Bearer %V", &ctx->bearer)
                               - fetch->authorization.data;
    fetch->done = done;

    return ngx_shop_fetch(sr, fetch) == NGX_OK
           ? NGX_DONE : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


static ngx_int_t
ngx_http_shop_oidc_form(ngx_shop_request_t *sr,
    const ngx_shop_issuer_live_t *live, ngx_str_t *form)
{
    u_char                    *p;
    ngx_str_t                 *code, back;
    ngx_uint_t                 secret;
    const ngx_shop_issuer_t   *issuer;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    issuer = ctx->issuer;
    code = ngx_shop_query_arg(sr, "code");
    secret = (issuer->secret.len && live->post);

    if (ngx_http_shop_oidc_callback_url(sr, 1, &back) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_pnalloc(sr->r->pool, 256 + NGX_HTTP_SHOP_OIDC_TEXT
                    + 3 * (code->len + back.len + issuer->client.len
                           + issuer->secret.len));
    if (p == NULL) {
        return NGX_ERROR;
    }

    form->data = p;
    p = ngx_sprintf(p, "grant_type=authorization_code&code_verifier=%s",
                    ctx->state.verifier);
    p = ngx_http_shop_oidc_field(p, "&code=", code->data, code->len);
    p = ngx_http_shop_oidc_field(p, "&redirect_uri=", back.data, back.len);

    if (secret || issuer->secret.len == 0) {
        p = ngx_http_shop_oidc_field(p, "&client_id=", issuer->client.data,
                                     issuer->client.len);
    }

    if (secret) {
        p = ngx_http_shop_oidc_field(p, "&client_secret=",
                                     issuer->secret.data,
                                     issuer->secret.len);
    }

    form->len = p - form->data;

    return NGX_OK;
}


static u_char *
ngx_http_shop_oidc_field(u_char *p, const char *name, const u_char *value,
    size_t len)
{
    p = ngx_sprintf(p, "%s", name);

    return (u_char *) ngx_escape_uri(p, (u_char *) value, len,
                                     NGX_ESCAPE_URI_COMPONENT);
}


/* RFC 6749, 2.3.1: both parts are encoded as in a form before */

static ngx_int_t
ngx_http_shop_oidc_basic(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, ngx_str_t *value)
{
    u_char     *p;
    ngx_str_t   pair, text;

    pair.data = ngx_pnalloc(sr->r->pool, 3 * (issuer->client.len
                                              + issuer->secret.len) + 1);
    if (pair.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_http_shop_oidc_field(pair.data, "", issuer->client.data,
                                 issuer->client.len);
    *p++ = ':';
    p = ngx_http_shop_oidc_field(p, "", issuer->secret.data,
                                 issuer->secret.len);
    pair.len = p - pair.data;

    value->data = ngx_pnalloc(sr->r->pool, sizeof("Basic ")
                              + ngx_base64_encoded_length(pair.len));
    if (value->data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(value->data, "Basic ", sizeof("Basic ") - 1);
    text.data = p;
    ngx_encode_base64(&text, &pair);
    value->len = text.data + text.len - value->data;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_oidc_tokens(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch)
{
    json_t                    *answer;
    ngx_int_t                  rc;
    ngx_pool_t                *pool;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    pool = sr->r->pool;
    answer = NULL;

    if (fetch->status) {
        answer = json_loadb((char *) fetch->answer.data, fetch->answer.len,
                            JSON_REJECT_DUPLICATES, NULL);
    }

    if (fetch->status != NGX_HTTP_OK
        || !json_is_string(json_object_get(answer, "id_token")))
    {
        rc = ngx_http_shop_oidc_refused(sr, fetch, answer);
        json_decref(answer);
        return rc;
    }

    rc = ngx_http_shop_oidc_keep(pool, json_object_get(answer, "id_token"),
                                 &ctx->id_token);

    if (rc == NGX_OK
        && json_is_string(json_object_get(answer, "access_token")))
    {
        rc = ngx_http_shop_oidc_keep(pool,
                                     json_object_get(answer, "access_token"),
                                     &ctx->bearer);
    }

    json_decref(answer);

    return rc == NGX_OK ? ngx_http_shop_oidc_exchanged(sr)
                        : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


static ngx_int_t
ngx_http_shop_oidc_refused(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch,
    json_t *answer)
{
    ngx_str_t                  text;
    const char                *error;
    ngx_uint_t                 said;
    ngx_http_shop_oidc_ctx_t  *ctx = sr->ctx;

    /* an error of RFC 6749 is a word; anything else is not repeated */

    error = json_string_value(json_object_get(answer, "error"));
    said = error && strspn(error, "abcdefghijklmnopqrstuvwxyz_")
                    == ngx_strlen(error);

    ngx_str_set(&text, "no answer that makes sense");

    if (said) {
        text.data = (u_char *) error;
        text.len = ngx_min(ngx_strlen(error), 64);
    }

    ngx_log_error(NGX_LOG_WARN, sr->r->connection->log, 0,
                  "oidc: \"%V\" gave no token: %ui, %V", &ctx->issuer->name,
                  fetch->status, &text);

    return ngx_http_shop_oidc_fail(sr, &ctx->state,
                                   said ? "provider_refused"
                                        : "provider_unavailable");
}


/* with a NUL, and nothing in it that could end a line of a header */

static ngx_int_t
ngx_http_shop_oidc_keep(ngx_pool_t *pool, json_t *value, ngx_str_t *text)
{
    size_t      i;
    ngx_str_t   src;

    src.data = (u_char *) json_string_value(value);
    src.len = json_string_length(value);

    for (i = 0; i < src.len; i++) {
        if (src.data[i] <= ' ' || src.data[i] >= 0x7f) {
            src.len = 0;
        }
    }

    text->len = src.len;
    text->data = ngx_pstrdup(pool, &src);

    return text->data ? NGX_OK : NGX_ERROR;
}
