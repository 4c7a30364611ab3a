/*
 * A key and tokens signed with it, for tests of what is accepted.
 */

#ifndef _NGX_SHOP_UNIT_TOKEN_H_INCLUDED_
#define _NGX_SHOP_UNIT_TOKEN_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <jansson.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include "ngx_shop_token.h"
#include "ngx_shop_token_jose.h"
#include "ngx_shop_token_key.h"
#include "unit.h"


#define ISSUER   "https://shop.test"
#define USER     "7c9e6679-7425-40de-944b-e07fc1f90ae7"
#define SESSION  "16fd2706-8baf-433b-82eb-8c7fada847da"
#define NOW      1700000000

#define BODY     "\"iss\":\"" ISSUER "\",\"aud\":\"" ISSUER "\","           \
                 "\"sub\":\"" USER "\",\"sid\":\"" SESSION "\","            \
                 "\"store\":\"1\",\"roles\":[\"customer\",\"seller\"]"
#define TIMES    "\"iat\":1700000000,\"exp\":1700003600"
#define GOOD     "{" BODY "," TIMES "}"


static ngx_shop_token_conf_t  conf;
static ngx_shop_token_key_t  *key;


static char *
encode(const void *data, size_t len)
{
    ngx_str_t  src, dst;

    src.data = (u_char *) data;
    src.len = len;
    dst.data = ngx_palloc(NULL, len * 4 / 3 + 4);
    ngx_encode_base64url(&dst, &src);
    dst.data[dst.len] = '\0';

    return (char *) dst.data;
}


static char *
sign(const char *text)
{
    size_t            der_len;
    u_char            der[256], raw[64];
    ECDSA_SIG        *pair;
    EVP_MD_CTX       *ctx;
    const u_char     *p;

    der_len = sizeof(der);
    ctx = EVP_MD_CTX_new();
    EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key->pkey);
    EVP_DigestSign(ctx, der, &der_len, (const u_char *) text, strlen(text));
    EVP_MD_CTX_free(ctx);

    p = der;
    pair = d2i_ECDSA_SIG(NULL, &p, der_len);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + 32, 32);
    ECDSA_SIG_free(pair);

    return encode(raw, sizeof(raw));
}


static ngx_str_t
token_of(const char *header, const char *payload, size_t len)
{
    char      *text, *part;
    ngx_str_t  token;

    part = encode(payload, len);
    text = ngx_palloc(NULL, strlen(header) * 2 + strlen(part) + 256);
    sprintf(text, "%s.%s", encode(header, strlen(header)), part);

    part = sign(text);
    strcat(text, ".");
    strcat(text, part);

    token.data = (u_char *) text;
    token.len = strlen(text);

    return token;
}


static const char *
header(void)
{
    static char  text[256];

    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
            key->kid);

    return text;
}


static ngx_int_t
verify(ngx_str_t token)
{
    const char         *why;
    ngx_shop_claims_t   claims;

    return ngx_shop_token_verify(&token, &claims, &why);
}


/* whether the key was read; the tests end with ngx_shop_token_stop() */

static int
start(void)
{
    const char  *error;

    ((ngx_time_t *) ngx_cached_time)->sec = NOW;

    key = ngx_pcalloc(NULL, sizeof(ngx_shop_token_key_t));
    ngx_str_set(&key->file, "token.pem");

    error = ngx_shop_token_key_read(NULL, key);

    conf.keys.elts = &key;
    conf.keys.nelts = 1;
    conf.cache = 100;
    conf.signs = 1;
    ngx_str_set(&conf.issuer, ISSUER);

    (void) ngx_shop_token_start(&conf, NULL);

    return error == NULL && key->private;
}


#endif /* _NGX_SHOP_UNIT_TOKEN_H_INCLUDED_ */
