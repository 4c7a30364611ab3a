/*
 * Access tokens: checking and issuing.
 */

#include "ngx_shop_token.h"
#include "ngx_shop_token_cache.h"
#include "ngx_shop_token_jose.h"
#include "ngx_shop_token_key.h"
#include <jwt.h>
#include <openssl/rand.h>


#define NGX_SHOP_JTI_RAW  16


static ngx_int_t ngx_shop_token_check(ngx_str_t *token,
    ngx_shop_claims_t *claims, const char **why);
static ngx_shop_token_key_t *ngx_shop_token_key(const u_char *kid);
static ngx_int_t ngx_shop_token_fill(jwt_t *jwt, ngx_shop_token_key_t *key,
    ngx_shop_claims_t *claims);
static ngx_int_t ngx_shop_token_lists(jwt_t *jwt, ngx_shop_claims_t *claims);
static ngx_int_t ngx_shop_token_jti(jwt_t *jwt);


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
    char                   *text;
    jwt_t                  *jwt;
    ngx_shop_token_key_t  **keys;

    if (ngx_shop_token_used == NULL || !ngx_shop_token_used->signs
        || jwt_new(&jwt) != 0)
    {
        return NGX_ERROR;
    }

    keys = ngx_shop_token_used->keys.elts;
    text = NULL;

    if (ngx_shop_token_fill(jwt, keys[0], claims) == NGX_OK) {
        text = jwt_encode_str(jwt);
    }

    jwt_free(jwt);

    if (text == NULL) {
        return NGX_ERROR;
    }

    token->len = ngx_strlen(text);
    token->data = ngx_pnalloc(pool, token->len + 1);

    if (token->data) {
        ngx_memcpy(token->data, text, token->len + 1);
    }

    free(text);

    return token->data ? NGX_OK : NGX_ERROR;
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


static ngx_int_t
ngx_shop_token_fill(jwt_t *jwt, ngx_shop_token_key_t *key,
    ngx_shop_claims_t *claims)
{
    const char  *issuer;

    issuer = (const char *) ngx_shop_token_used->issuer.data;

    if (jwt_set_alg(jwt, JWT_ALG_ES256, key->pem.data, (int) key->pem.len)
        || jwt_add_header(jwt, "typ", "at+jwt")
        || jwt_add_header(jwt, "kid", (char *) key->kid)
        || jwt_add_grant(jwt, "iss", issuer)
        || jwt_add_grant(jwt, "aud", issuer)
        || jwt_add_grant(jwt, "sub", (char *) claims->user.data)
        || jwt_add_grant(jwt, "sid", (char *) claims->session.data)
        || jwt_add_grant(jwt, "store", (char *) claims->store.data)
        || jwt_add_grant_int(jwt, "iat", (long) claims->issued)
        || jwt_add_grant_int(jwt, "exp", (long) claims->expires))
    {
        return NGX_ERROR;
    }

    if (ngx_shop_token_lists(jwt, claims) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_token_jti(jwt);
}


static ngx_int_t
ngx_shop_token_lists(jwt_t *jwt, ngx_shop_claims_t *claims)
{
    u_char     *p, text[NGX_SHOP_ROLES_MAX * (NGX_SHOP_ROLE_LEN + 3) + 16];
    ngx_uint_t  i;

    if (claims->roles.len > NGX_SHOP_ROLES_MAX * (NGX_SHOP_ROLE_LEN + 1)
        || (claims->scope.len
            && jwt_add_grant(jwt, "scope", (char *) claims->scope.data)))
    {
        return NGX_ERROR;
    }

    p = ngx_cpymem(text, "{\"roles\":[", sizeof("{\"roles\":[") - 1);

    if (claims->roles.len) {
        *p++ = '"';

        for (i = 0; i < claims->roles.len; i++) {
            if (claims->roles.data[i] == ' ') {
                p = ngx_cpymem(p, "\",\"", 3);

            } else {
                *p++ = claims->roles.data[i];
            }
        }

        *p++ = '"';
    }

    ngx_memcpy(p, "]}", sizeof("]}"));

    return jwt_add_grants_json(jwt, (char *) text) ? NGX_ERROR : NGX_OK;
}


static ngx_int_t
ngx_shop_token_jti(jwt_t *jwt)
{
    u_char     raw[NGX_SHOP_JTI_RAW];
    u_char     text[ngx_base64_encoded_length(NGX_SHOP_JTI_RAW) + 1];
    ngx_str_t  src, dst;

    if (RAND_bytes(raw, sizeof(raw)) != 1) {
        return NGX_ERROR;
    }

    src.len = sizeof(raw);
    src.data = raw;
    dst.data = text;
    ngx_encode_base64url(&dst, &src);
    text[dst.len] = '\0';

    return jwt_add_grant(jwt, "jti", (char *) text) ? NGX_ERROR : NGX_OK;
}
