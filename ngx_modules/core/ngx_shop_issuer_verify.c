/*
 * Whether a token of an outside issuer is good.
 */

#include "ngx_shop_issuer.h"


static void ngx_shop_issuer_rules(const ngx_shop_issuer_t *issuer,
    const ngx_str_t *nonce, ngx_shop_jwt_rules_t *rules);


json_t *
ngx_shop_issuer_verify(const ngx_shop_issuer_t *issuer,
    const ngx_shop_jwt_t *jwt, const ngx_str_t *nonce, ngx_int_t *rc,
    const char **why)
{
    ngx_shop_jwt_rules_t           rules;
    const ngx_shop_jwk_t          *key;
    const ngx_shop_issuer_live_t  *live;

    *rc = NGX_DECLINED;

    if (!(issuer->algs & jwt->alg)) {
        *why = "the token is signed with an algorithm that is not allowed";
        return NULL;
    }

    live = ngx_shop_issuer_live(issuer);
    key = live ? ngx_shop_jwks_find(&live->jwks, jwt->alg, &jwt->kid) : NULL;

    if (key == NULL) {
        *rc = NGX_AGAIN;
        *why = "the token names no key of its issuer";
        return NULL;
    }

    if (!ngx_shop_jwk_verify(key, &jwt->signed_part, &jwt->sig)) {
        *why = "the token's signature is wrong";
        return NULL;
    }

    ngx_shop_issuer_rules(issuer, nonce, &rules);

    return ngx_shop_jwt_claims(jwt, &rules, why);
}


static void
ngx_shop_issuer_rules(const ngx_shop_issuer_t *issuer,
    const ngx_str_t *nonce, ngx_shop_jwt_rules_t *rules)
{
    static const ngx_array_t  any;

    ngx_memzero(rules, sizeof(ngx_shop_jwt_rules_t));

    rules->issuer = issuer->issuer;
    rules->alias = issuer->alias;
    rules->now = ngx_time();
    rules->skew = issuer->skew;

    if (nonce) {
        rules->audiences = &any;
        rules->parties = &any;
        rules->client = issuer->client;
        rules->nonce = *nonce;
        rules->domain = issuer->domain;

    } else {
        rules->audiences = &issuer->audiences;
        rules->parties = &issuer->parties;
    }
}
