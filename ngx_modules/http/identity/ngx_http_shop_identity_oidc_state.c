/*
 * A sign-in that was begun at an outside provider, in the browser's cookie.
 */

#include "ngx_http_shop_identity_oidc.h"
#include "ngx_shop_text.h"
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>


#define NGX_HTTP_SHOP_OIDC_RAW  32


static ngx_int_t ngx_http_shop_oidc_derive(const ngx_shop_issuer_t *issuer,
    ngx_http_shop_oidc_state_t *state);
static ngx_int_t ngx_http_shop_oidc_mac(const char *label,
    const ngx_str_t *name, const ngx_str_t *text, u_char *out);
static void ngx_http_shop_oidc_encode(const u_char *raw, u_char *text);
static ngx_int_t ngx_http_shop_oidc_parse(ngx_shop_request_t *sr,
    ngx_http_shop_oidc_state_t *state);
static ngx_int_t ngx_http_shop_oidc_cookie(ngx_shop_request_t *sr,
    const u_char *state, const ngx_str_t *value, time_t age);


ngx_int_t
ngx_http_shop_oidc_begin(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, const ngx_str_t *user,
    const ngx_str_t *next, ngx_http_shop_oidc_state_t *state)
{
    u_char                    *p, raw[NGX_HTTP_SHOP_OIDC_RAW];
    ngx_str_t                  text, dst;
    ngx_http_shop_oidc_text_t  secret;

    if (RAND_bytes(raw, sizeof(raw)) != 1) {
        return NGX_ERROR;
    }

    ngx_http_shop_oidc_encode(raw, secret);

    state->expires = ngx_time() + NGX_HTTP_SHOP_OIDC_LIFE;
    state->user = *user;
    state->next = *next;

    p = ngx_pnalloc(sr->r->pool, NGX_HTTP_SHOP_OIDC_TEXT + NGX_TIME_T_LEN
                                 + user->len + 4
                                 + ngx_base64_encoded_length(next->len));
    if (p == NULL) {
        return NGX_ERROR;
    }

    state->cookie.data = p;
    p = ngx_sprintf(p, "%s.%T.%V.", secret, state->expires, user);

    text = *next;
    dst.data = p;
    ngx_encode_base64url(&dst, &text);
    state->cookie.len = dst.data + dst.len - state->cookie.data;

    if (ngx_http_shop_oidc_derive(issuer, state) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_shop_oidc_cookie(sr, state->state, &state->cookie,
                                     NGX_HTTP_SHOP_OIDC_LIFE);
}


ngx_int_t
ngx_http_shop_oidc_find(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, ngx_str_t *given,
    ngx_http_shop_oidc_state_t *state)
{
    u_char     name[NGX_HTTP_SHOP_OIDC_NAME + 1];
    ngx_str_t  gone;

    if (given == NULL || given->len != NGX_HTTP_SHOP_OIDC_TEXT
        || !ngx_shop_text_is_id(given))
    {
        return NGX_DECLINED;
    }

    *ngx_sprintf(name, "oidc-%*s", (size_t) 8, given->data) = '\0';

    if (ngx_shop_cookie(sr->r, (char *) name, &state->cookie) != NGX_OK) {
        return NGX_DECLINED;
    }

    ngx_str_set(&gone, "");

    if (ngx_http_shop_oidc_derive(issuer, state) != NGX_OK
        || CRYPTO_memcmp(state->state, given->data, given->len) != 0)
    {
        return NGX_DECLINED;
    }

    if (ngx_http_shop_oidc_cookie(sr, state->state, &gone, 0) != NGX_OK
        || ngx_http_shop_oidc_parse(sr, state) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return state->expires > ngx_time() ? NGX_OK : NGX_DECLINED;
}


ngx_uint_t
ngx_http_shop_oidc_is_path(const ngx_str_t *next)
{
    size_t  i;

    if (next->len == 0 || next->len > NGX_HTTP_SHOP_OIDC_NEXT
        || next->data[0] != '/')
    {
        return 0;
    }

    if (next->len > 1 && next->data[1] == '/') {
        return 0;
    }

    /* browsers take a backslash for a slash, and skip control characters */

    for (i = 0; i < next->len; i++) {
        if (next->data[i] <= ' ' || next->data[i] >= 0x7f
            || next->data[i] == '\\')
        {
            return 0;
        }
    }

    return 1;
}


static ngx_int_t
ngx_http_shop_oidc_derive(const ngx_shop_issuer_t *issuer,
    ngx_http_shop_oidc_state_t *state)
{
    u_char  raw[SHA256_DIGEST_LENGTH], digest[SHA256_DIGEST_LENGTH];

    if (ngx_http_shop_oidc_mac("oidc-state", &issuer->name, &state->cookie,
                               raw)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_shop_oidc_encode(raw, state->state);

    SHA256(raw, sizeof(raw), digest);
    ngx_memcpy(state->hash, "\\x", 2);
    *ngx_hex_dump(state->hash + 2, digest, sizeof(digest)) = '\0';

    if (ngx_http_shop_oidc_mac("oidc-nonce", &issuer->name, &state->cookie,
                               raw)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_shop_oidc_encode(raw, state->nonce);

    if (ngx_http_shop_oidc_mac("oidc-verifier", &issuer->name,
                               &state->cookie, raw)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_shop_oidc_encode(raw, state->verifier);

    /* PKCE, S256 */

    SHA256(state->verifier, NGX_HTTP_SHOP_OIDC_TEXT, digest);
    ngx_http_shop_oidc_encode(digest, state->challenge);

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_oidc_mac(const char *label, const ngx_str_t *name,
    const ngx_str_t *text, u_char *out)
{
    u_char                       *p;
    size_t                        len;
    u_char                        buf[128 + NGX_SHOP_COOKIE_MAX];
    unsigned int                  n;
    const ngx_shop_token_conf_t  *conf;

    conf = ngx_shop_token_settings();
    len = ngx_strlen(label);

    if (conf == NULL || conf->refresh_key.len == 0
        || text->len > NGX_SHOP_COOKIE_MAX)
    {
        return NGX_ERROR;
    }

    /* neither a label nor a name holds a NUL */

    p = ngx_cpymem(buf, label, len + 1);
    p = ngx_cpymem(p, name->data, name->len);
    *p++ = '\0';
    p = ngx_cpymem(p, text->data, text->len);

    return HMAC(EVP_sha256(), conf->refresh_key.data,
                (int) conf->refresh_key.len, buf, p - buf, out, &n)
           ? NGX_OK : NGX_ERROR;
}


static void
ngx_http_shop_oidc_encode(const u_char *raw, u_char *text)
{
    ngx_str_t  src, dst;

    src.len = NGX_HTTP_SHOP_OIDC_RAW;
    src.data = (u_char *) raw;
    dst.data = text;
    ngx_encode_base64url(&dst, &src);
    text[dst.len] = '\0';
}


/* The value was ours: state covers it. */

static ngx_int_t
ngx_http_shop_oidc_parse(ngx_shop_request_t *sr,
    ngx_http_shop_oidc_state_t *state)
{
    u_char     *p, *dot, *last;
    ngx_str_t   src;

    p = state->cookie.data + NGX_HTTP_SHOP_OIDC_TEXT + 1;
    last = state->cookie.data + state->cookie.len;

    dot = (p < last) ? ngx_strlchr(p, last, '.') : NULL;
    if (dot == NULL) {
        return NGX_ERROR;
    }

    state->expires = ngx_atotm(p, dot - p);

    p = dot + 1;
    dot = ngx_strlchr(p, last, '.');
    if (dot == NULL) {
        return NGX_ERROR;
    }

    src.data = p;
    src.len = dot - p;

    state->user.len = src.len;
    state->user.data = ngx_pstrdup(sr->r->pool, &src);

    src.data = dot + 1;
    src.len = last - src.data;

    state->next.data = ngx_pnalloc(sr->r->pool,
                                   ngx_base64_decoded_length(src.len));

    if (state->user.data == NULL || state->next.data == NULL) {
        return NGX_ERROR;
    }

    return ngx_decode_base64url(&state->next, &src);
}


/* Its path is that of the provider's endpoints; Lax, since the provider sends
   the browser back by a link. */

static ngx_int_t
ngx_http_shop_oidc_cookie(ngx_shop_request_t *sr, const u_char *state,
    const ngx_str_t *value, time_t age)
{
    size_t               len;
    ngx_str_t            cookie, path;
    ngx_uint_t           secure;
    ngx_http_request_t  *r;

    r = sr->r;
    path = r->uri;
    secure = 0;

#if (NGX_HTTP_SSL)
    secure = (r->connection->ssl != NULL);
#endif

    len = sizeof("/callback") - 1;

    if (path.len > len
        && ngx_strncmp(path.data + path.len - len, "/callback", len) == 0)
    {
        path.len -= len;
    }

    len = NGX_HTTP_SHOP_OIDC_NAME + value->len + path.len + NGX_TIME_T_LEN
          + sizeof("=; Path=; Max-Age=; HttpOnly; SameSite=Lax; Secure");

    cookie.data = ngx_pnalloc(r->pool, len);
    if (cookie.data == NULL) {
        return NGX_ERROR;
    }

    cookie.len = ngx_sprintf(cookie.data, "oidc-%*s=%V; Path=%V; Max-Age=%T"
                             "; HttpOnly; SameSite=Lax%s", (size_t) 8, state,
                             value, &path, age, secure ? "; Secure" : "")
                 - cookie.data;

    return ngx_shop_header(sr, "Set-Cookie", &cookie);
}
