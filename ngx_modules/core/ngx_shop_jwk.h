/*
 * The public keys of an outside issuer (RFC 7517): a JWK Set becomes keys of
 * OpenSSL, parsed once.  A key is for one algorithm.  Knows no request, and
 * reads whatever was sent, so it is fuzzed (t/fuzz).
 */

#ifndef _NGX_SHOP_JWK_H_INCLUDED_
#define _NGX_SHOP_JWK_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <jansson.h>
#include <openssl/evp.h>


#define NGX_SHOP_JWKS_MAX     32     /* keys of a set that are looked at */
#define NGX_SHOP_JWK_KID_MAX  128
#define NGX_SHOP_JWK_SIG_MAX  1024   /* bytes: RSA of 8192 bits */

/* algorithms, a bit each */
#define NGX_SHOP_RS256        0x01
#define NGX_SHOP_ES256        0x02
#define NGX_SHOP_EDDSA        0x04


typedef struct {
    ngx_uint_t               alg;        /* the one it is for */
    EVP_PKEY                *pkey;
    size_t                   len;        /* of kid; 0: it has no name */
    u_char                   kid[NGX_SHOP_JWK_KID_MAX + 1];
} ngx_shop_jwk_t;

typedef struct {
    ngx_uint_t               n;
    ngx_shop_jwk_t           keys[NGX_SHOP_JWKS_MAX];
} ngx_shop_jwks_t;


/* The bit of an algorithm's name (RFC 7518, 8037), 0 for any other. */
ngx_uint_t ngx_shop_jwk_alg(const char *name);

/* Reads {"keys": [...]}; what is no key for signatures of a kind that we know
   is left out.  NGX_DECLINED: no such object.  The keys are OpenSSL's memory
   until ngx_shop_jwks_free(). */
ngx_int_t ngx_shop_jwks_read(json_t *set, ngx_shop_jwks_t *jwks);
void ngx_shop_jwks_free(ngx_shop_jwks_t *jwks);

/* A set with only the members of keys that ngx_shop_jwks_read() looks at, or
   NULL; the caller's reference. */
json_t *ngx_shop_jwks_slim(json_t *set);

/* The key of a name for an algorithm; without a name the only one for the
   algorithm.  NULL: there is none. */
const ngx_shop_jwk_t *ngx_shop_jwks_find(const ngx_shop_jwks_t *jwks,
    ngx_uint_t alg, const ngx_str_t *kid);

/* 1 if sig is the key's over data, in the form of its algorithm in JWS. */
ngx_uint_t ngx_shop_jwk_verify(const ngx_shop_jwk_t *key,
    const ngx_str_t *data, const ngx_str_t *sig);


#endif /* _NGX_SHOP_JWK_H_INCLUDED_ */
