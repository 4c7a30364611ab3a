/*
 * Tokens of outside issuers (RFC 7519, OpenID Connect Core 3.1.3.7): their
 * form, and what their claims must say.  Our own are ngx_shop_token_jose.h.
 * Knows no request and no key, and reads whatever was sent, so it is fuzzed
 * (t/fuzz).
 */

#ifndef _NGX_SHOP_JWT_H_INCLUDED_
#define _NGX_SHOP_JWT_H_INCLUDED_


#include "ngx_shop_jwk.h"


#define NGX_SHOP_JWT_MAX      16384  /* bytes of a token */
#define NGX_SHOP_JWT_HEADER   2048   /* bytes of the encoded header */
#define NGX_SHOP_JWT_LIFE     86400  /* seconds that one may be good for */
#define NGX_SHOP_JWT_SUB_MAX  255


/* A token taken apart; signed_part and payload point into it. */
typedef struct {
    ngx_str_t                signed_part;
    ngx_str_t                payload;    /* still base64url */
    ngx_uint_t               alg;
    ngx_str_t                kid;        /* in `name`; "" when there is none */
    ngx_str_t                sig;        /* in `bytes` */
    unsigned                 access:1;   /* typ says: an access token */
    u_char                   name[NGX_SHOP_JWK_KID_MAX + 1];
    u_char                   bytes[NGX_SHOP_JWK_SIG_MAX];
} ngx_shop_jwt_t;


/* What the claims must say. */
typedef struct {
    ngx_str_t                issuer;
    ngx_str_t                alias;      /* another way to write it, or "" */
    const ngx_array_t       *audiences;  /* of ngx_str_t: one of them; empty:
                                            whatever it is */
    const ngx_array_t       *parties;    /* of ngx_str_t: azp, if there is one,
                                            is one of them; empty: any */
    ngx_str_t                client;     /* of an id_token; "": a bearer */
    ngx_str_t                nonce;      /* of an id_token */
    ngx_str_t                domain;     /* hd is this, unless "" */
    time_t                   now;
    time_t                   skew;       /* seconds that clocks may differ */
} ngx_shop_jwt_rules_t;


/* Takes a token apart and checks its header: an algorithm that we know, no
   crit.  NGX_OK or NGX_DECLINED with *why (static text). */
ngx_int_t ngx_shop_jwt_split(ngx_str_t *token, ngx_shop_jwt_t *jwt,
    const char **why);

/* The claims of a payload, if they say what they must; the caller's
   reference, or NULL with *why.  To be called once the signature is good. */
json_t *ngx_shop_jwt_claims(const ngx_shop_jwt_t *jwt,
    const ngx_shop_jwt_rules_t *rules, const char **why);

/* The issuer that a token names before anything of it was checked: tells only
   whose keys to try.  NGX_DECLINED when there is none. */
ngx_int_t ngx_shop_jwt_issuer(const ngx_shop_jwt_t *jwt, u_char *buf,
    size_t max, ngx_str_t *issuer);

/* 1 if the value is true, or the string that some issuers send for it. */
ngx_uint_t ngx_shop_jwt_true(json_t *value);

/* 1 if the issuer says that two factors were shown (amr, Clerk's fva). */
ngx_uint_t ngx_shop_jwt_two_factors(json_t *claims);


#endif /* _NGX_SHOP_JWT_H_INCLUDED_ */
