/*
 * Tokens of outside issuers as they come from outside: their form, their
 * header, the claims as if the signature had been good, and the JWK Sets that
 * their keys are read from.
 *
 * with: ngx_shop_jwk ngx_shop_jwt ngx_shop_jwt_claims ngx_shop_token_jose
 * libs: -ljansson -lcrypto
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_jwt.h"


#define NGX_SHOP_FUZZ_NOW  1700000000


static void ngx_shop_fuzz_claims(ngx_str_t *payload, ngx_uint_t identity);
static void ngx_shop_fuzz_keys(const uint8_t *data, size_t size);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char           buf[512];
    ngx_str_t        token, issuer;
    const char      *why;
    ngx_shop_jwt_t   jwt;

    token.data = (u_char *) data;
    token.len = size;

    why = NULL;

    if (ngx_shop_jwt_split(&token, &jwt, &why) == NGX_OK) {

        if (jwt.sig.len > sizeof(jwt.bytes)
            || jwt.kid.len > NGX_SHOP_JWK_KID_MAX)
        {
            abort();
        }

        if (ngx_shop_jwt_issuer(&jwt, buf, sizeof(buf), &issuer) == NGX_OK
            && (issuer.len == 0 || issuer.len > sizeof(buf)))
        {
            abort();
        }

    } else if (why == NULL) {
        abort();
    }

    /* a payload is never larger than a token */

    if (size <= NGX_SHOP_JWT_MAX) {
        ngx_shop_fuzz_claims(&token, 0);
        ngx_shop_fuzz_claims(&token, 1);
    }

    ngx_shop_fuzz_keys(data, size);

    return 0;
}


static void
ngx_shop_fuzz_claims(ngx_str_t *payload, ngx_uint_t identity)
{
    json_t                *claims;
    const char            *why;
    ngx_shop_jwt_t         jwt;
    ngx_shop_jwt_rules_t   rules;

    static ngx_array_t     none;

    ngx_memzero(&jwt, sizeof(jwt));
    ngx_memzero(&rules, sizeof(rules));

    jwt.payload = *payload;
    ngx_str_set(&rules.issuer, "i");
    rules.audiences = &none;
    rules.parties = &none;
    rules.now = NGX_SHOP_FUZZ_NOW;

    if (identity) {
        ngx_str_set(&rules.client, "c");
        ngx_str_set(&rules.nonce, "n");
    }

    why = NULL;
    claims = ngx_shop_jwt_claims(&jwt, &rules, &why);

    if (claims == NULL && why == NULL) {
        abort();
    }

    if (claims) {
        (void) ngx_shop_jwt_two_factors(claims);
        json_decref(claims);
    }
}


static void
ngx_shop_fuzz_keys(const uint8_t *data, size_t size)
{
    json_t           *set, *slim;
    ngx_str_t         text;
    ngx_uint_t        i;
    ngx_shop_jwks_t   jwks;

    set = json_loadb((const char *) data, size, 0, NULL);
    slim = ngx_shop_jwks_slim(set);

    if (ngx_shop_jwks_read(slim ? slim : set, &jwks) == NGX_OK) {
        text.data = (u_char *) data;
        text.len = size;

        for (i = 0; i < jwks.n; i++) {
            (void) ngx_shop_jwk_verify(&jwks.keys[i], &text, &text);
        }

        ngx_shop_jwks_free(&jwks);
    }

    json_decref(slim);
    json_decref(set);
}
