/*
 * Access tokens: checking and issuing.
 */

#include "ngx_shop_token.h"
#include "ngx_shop_token_cache.h"
#include "ngx_shop_token_id.h"
#include "ngx_shop_token_jose.h"
#include "ngx_shop_token_key.h"
#include <jansson.h>
#include <openssl/rand.h>


#define NGX_SHOP_JTI_RAW  16


static ngx_int_t ngx_shop_token_check(ngx_str_t *token,
    ngx_shop_claims_t *claims, const char **why);
static ngx_shop_token_key_t *ngx_shop_token_key(const u_char *kid);
static json_t *ngx_shop_token_payload(ngx_shop_claims_t *claims);
static ngx_int_t ngx_shop_token_limits(json_t *payload,
    ngx_shop_claims_t *claims);
static json_t *ngx_shop_token_roles(ngx_shop_claims_t *claims);
static ngx_int_t ngx_shop_token_jti(json_t *payload);
static ngx_int_t ngx_shop_token_seal(ngx_pool_t *pool, json_t *payload,
    ngx_uint_t kind, ngx_str_t *token);
static ngx_int_t ngx_shop_token_sign(ngx_pool_t *pool,
    ngx_shop_token_key_t *key, ngx_str_t *header, ngx_str_t *payload,
    ngx_str_t *token);


static ngx_shop_token_conf_t   *ngx_shop_token_used;
static ngx_shop_token_cache_t  *ngx_shop_token_cache;

/* the claims of a token that is not in the cache */
static u_char                   ngx_shop_token_text[NGX_SHOP_TOKEN_MAX];


ngx_int_t
ngx_shop_token_verify(ngx_str_t *token, ngx_shop_claims_t *claims,
    const char **why)
{
    const ngx_shop_claims_t  *seen;

    if (ngx_shop_token_used == NULL) {
        *why = "no token is accepted here";
        return NGX_DECLINED;
    }

    seen = ngx_shop_token_cache_get(ngx_shop_token_cache, token);

    if (seen) {
        *claims = *seen;

    } else if (ngx_shop_token_check(token, claims, why) != NGX_OK) {
        return NGX_DECLINED;
    }

    if (claims->expires <= ngx_time()) {
        *why = "the token has expired";
        return NGX_ABORT;
    }

    if (seen == NULL) {
        ngx_shop_token_cache_put(ngx_shop_token_cache, token, claims);
    }

    return NGX_OK;
}


ngx_int_t
ngx_shop_token_issue(ngx_pool_t *pool, ngx_shop_claims_t *claims,
    ngx_str_t *token)
{
    json_t     *payload;
    ngx_int_t   rc;

    if (ngx_shop_token_used == NULL || !ngx_shop_token_used->signs) {
        return NGX_ERROR;
    }

    payload = ngx_shop_token_payload(claims);
    rc = ngx_shop_token_seal(pool, payload, NGX_SHOP_TOKEN_ACCESS, token);
    json_decref(payload);

    return rc;
}


ngx_int_t
ngx_shop_token_issue_id(ngx_pool_t *pool, const ngx_shop_id_claims_t *claims,
    const ngx_str_t *access, ngx_str_t *token)
{
    json_t     *payload;
    ngx_int_t   rc;

    if (ngx_shop_token_used == NULL || !ngx_shop_token_used->signs) {
        return NGX_ERROR;
    }

    payload = ngx_shop_token_id_payload(claims, &ngx_shop_token_used->issuer,
                                        access);
    rc = ngx_shop_token_seal(pool, payload, NGX_SHOP_TOKEN_ID, token);
    json_decref(payload);

    return rc;
}


static ngx_int_t
ngx_shop_token_seal(ngx_pool_t *pool, json_t *payload, ngx_uint_t kind,
    ngx_str_t *token)
{
    char                   *text;
    ngx_int_t               rc;
    ngx_str_t               data;
    ngx_shop_token_key_t  **keys;

    text = payload ? json_dumps(payload, JSON_COMPACT) : NULL;
    if (text == NULL) {
        return NGX_ERROR;
    }

    data.data = (u_char *) text;
    data.len = ngx_strlen(text);

    keys = ngx_shop_token_used->keys.elts;
    rc = ngx_shop_token_sign(pool, keys[0], &keys[0]->header[kind], &data,
                             token);

    free(text);

    return rc;
}


ngx_str_t *
ngx_shop_token_jwks(void)
{
    return &ngx_shop_token_used->jwks;
}


const ngx_shop_token_conf_t *
ngx_shop_token_settings(void)
{
    return ngx_shop_token_used;
}


ngx_int_t
ngx_shop_token_start(ngx_shop_token_conf_t *conf, ngx_log_t *log)
{
    ngx_shop_token_cache = ngx_shop_token_cache_create(conf->cache, log);
    if (ngx_shop_token_cache == NULL) {
        return NGX_ERROR;
    }

    ngx_shop_token_used = conf;

    return NGX_OK;
}


void
ngx_shop_token_stop(void)
{
    if (ngx_shop_token_used) {
        ngx_shop_token_cache_destroy(ngx_shop_token_cache);
        ngx_shop_token_used = NULL;
    }
}


/* The payload is not looked at before the signature was found good. */

static ngx_int_t
ngx_shop_token_check(ngx_str_t *token, ngx_shop_claims_t *claims,
    const char **why)
{
    ngx_shop_jose_t        jose;
    ngx_shop_token_key_t  *key;

    if (ngx_shop_jose_split(token, &jose, why) != NGX_OK) {
        return NGX_DECLINED;
    }

    key = ngx_shop_token_key(jose.kid);
    if (key == NULL) {
        *why = "the token names no key of ours";
        return NGX_DECLINED;
    }

    if (!ngx_shop_token_key_verify(key, &jose.signed_part, jose.sig)) {
        *why = "the token's signature is wrong";
        return NGX_DECLINED;
    }

    return ngx_shop_jose_claims(&jose.payload, &ngx_shop_token_used->issuer,
                                ngx_time(), claims, ngx_shop_token_text, why);
}


static ngx_shop_token_key_t *
ngx_shop_token_key(const u_char *kid)
{
    ngx_uint_t              i;
    ngx_shop_token_key_t  **keys;

    keys = ngx_shop_token_used->keys.elts;

    for (i = 0; i < ngx_shop_token_used->keys.nelts; i++) {
        if (ngx_memcmp(keys[i]->kid, kid, NGX_SHOP_KID_LEN) == 0) {
            return keys[i];
        }
    }

    return NULL;
}


static json_t *
ngx_shop_token_payload(ngx_shop_claims_t *claims)
{
    json_t      *payload;
    const char  *issuer;

    issuer = (const char *) ngx_shop_token_used->issuer.data;

    payload = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:I, s:I}",
                        "iss", issuer, "aud", issuer,
                        "sub", claims->user.data,
                        "sid", claims->session.data,
                        "store", claims->store.data,
                        "roles", ngx_shop_token_roles(claims),
                        "iat", (json_int_t) claims->issued,
                        "exp", (json_int_t) claims->expires);

    if (payload == NULL
        || ngx_shop_token_jti(payload) != NGX_OK
        || (claims->strong
            && json_object_set_new(payload, "amr", json_pack("[s]", "mfa"))
               != 0)
        || ngx_shop_token_limits(payload, claims) != NGX_OK)
    {
        json_decref(payload);
        return NULL;
    }

    return payload;
}


static ngx_int_t
ngx_shop_token_limits(json_t *payload, ngx_shop_claims_t *claims)
{
    int  rc;

    rc = 0;

    if (claims->client.len) {
        rc |= json_object_set_new(payload, "client_id",
                                  json_string((char *) claims->client.data));
    }

    if (claims->limited) {
        rc |= json_object_set_new(payload, "scope",
                                  json_string((char *) claims->scope.data));
    }

    if (claims->bound) {
        rc |= json_object_set_new(payload, "bound", json_true());
    }

    return rc ? NGX_ERROR : NGX_OK;
}


static json_t *
ngx_shop_token_roles(ngx_shop_claims_t *claims)
{
    u_char  *p, *space, *last;
    json_t  *roles;

    roles = json_array();
    p = claims->roles.data;
    last = p + claims->roles.len;

    while (p < last) {
        space = ngx_strlchr(p, last, ' ');
        if (space == NULL) {
            space = last;
        }

        (void) json_array_append_new(roles,
                                     json_stringn((char *) p, space - p));
        p = space + 1;
    }

    return roles;
}


static ngx_int_t
ngx_shop_token_jti(json_t *payload)
{
    u_char     raw[NGX_SHOP_JTI_RAW];
    u_char     text[ngx_base64_encoded_length(NGX_SHOP_JTI_RAW)];
    ngx_str_t  src, dst;

    if (RAND_bytes(raw, sizeof(raw)) != 1) {
        return NGX_ERROR;
    }

    src.len = sizeof(raw);
    src.data = raw;
    dst.data = text;
    ngx_encode_base64url(&dst, &src);

    return json_object_set_new(payload, "jti",
                               json_stringn((char *) dst.data, dst.len)) == 0
           ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_shop_token_sign(ngx_pool_t *pool, ngx_shop_token_key_t *key,
    ngx_str_t *header, ngx_str_t *payload, ngx_str_t *token)
{
    u_char     *p, sig[NGX_SHOP_ES256_LEN];
    ngx_str_t   raw, part;

    p = ngx_pnalloc(pool, header->len
                          + ngx_base64_encoded_length(payload->len)
                          + ngx_base64_encoded_length(sizeof(sig)) + 3);
    if (p == NULL) {
        return NGX_ERROR;
    }

    token->data = p;
    p = ngx_cpymem(p, header->data, header->len);
    *p++ = '.';

    part.data = p;
    ngx_encode_base64url(&part, payload);
    p += part.len;
    token->len = p - token->data;

    if (ngx_shop_token_key_sign(key, token, sig) != NGX_OK) {
        return NGX_ERROR;
    }

    *p++ = '.';
    raw.data = sig;
    raw.len = sizeof(sig);
    part.data = p;
    ngx_encode_base64url(&part, &raw);
    p += part.len;
    *p = '\0';
    token->len = p - token->data;

    return NGX_OK;
}
