/*
 * What is inside a token: the strict reading of a compact JWS with our header
 * and our claims (RFC 7515, 7519, 9068, 8725).  Knows no key and no clock of
 * its own; reads whatever was sent, so it is fuzzed (t/fuzz).
 */

#ifndef _NGX_SHOP_TOKEN_JOSE_H_INCLUDED_
#define _NGX_SHOP_TOKEN_JOSE_H_INCLUDED_


#include "ngx_shop_token.h"
#include "ngx_shop_token_key.h"
#include <jansson.h>


#define NGX_SHOP_JOSE_HEADER_MAX  512    /* bytes of the encoded header */
#define NGX_SHOP_ROLES_MAX        16
#define NGX_SHOP_ROLE_LEN         32
#define NGX_SHOP_TOKEN_SKEW       60     /* seconds, for nbf and iat */


/* A token taken apart; the strings point into it. */
typedef struct {
    ngx_str_t                signed_part;
    ngx_str_t                payload;    /* still base64url */
    u_char                   kid[NGX_SHOP_KID_LEN + 1];
    u_char                   sig[NGX_SHOP_ES256_LEN];
} ngx_shop_jose_t;


/* Takes a token apart and checks its header: ES256, at+jwt, a kid and
   nothing else.  NGX_OK or NGX_DECLINED with *why. */
ngx_int_t ngx_shop_jose_split(ngx_str_t *token, ngx_shop_jose_t *jose,
    const char **why);

/* Reads the claims of a payload whose signature is good.  The strings are put
   into buf, which holds NGX_SHOP_TOKEN_MAX bytes.  Expiry is not looked at.
   NGX_OK or NGX_DECLINED with *why. */
ngx_int_t ngx_shop_jose_claims(ngx_str_t *payload, ngx_str_t *issuer,
    time_t now, ngx_shop_claims_t *claims, u_char *buf, const char **why);

/* The three segments of a compact JWS, still base64url, and the text that is
   signed; all point into the token.  NGX_DECLINED: it has no such form. */
ngx_int_t ngx_shop_jose_segments(ngx_str_t *token, ngx_str_t *header,
    ngx_str_t *payload, ngx_str_t *signed_part, ngx_str_t *sig);

/* The JSON object of a segment without duplicate names, or NULL with *why;
   buf holds segment->len * 3 / 4 bytes. */
json_t *ngx_shop_jose_object(ngx_str_t *segment, u_char *buf,
    const char **why);

/* Base64url without padding, white space or stray bits; dst holds
   src->len * 3 / 4 bytes. */
ngx_int_t ngx_shop_jose_decode(u_char *dst, size_t *len, ngx_str_t *src);


#endif /* _NGX_SHOP_TOKEN_JOSE_H_INCLUDED_ */
