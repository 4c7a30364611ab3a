/*
 * Challenges that carry their own proof: nothing is kept until one is
 * answered.  A challenge is good for one purpose, host and account, for five
 * minutes; that it counts once is the database's to say.
 */

#ifndef _NGX_SHOP_CHALLENGE_H_INCLUDED_
#define _NGX_SHOP_CHALLENGE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_secret.h"


#define NGX_SHOP_CHALLENGE_TTL   300
#define NGX_SHOP_CHALLENGE_RAW   57  /* purpose, expiry, 16 random, MAC */
#define NGX_SHOP_CHALLENGE_LEN   76  /* base64url of them */
#define NGX_SHOP_CHALLENGE_HASH  66  /* "\x" and hexadecimal SHA-256 */

#define NGX_SHOP_CHALLENGE_MAKE  1   /* a passkey is made */
#define NGX_SHOP_CHALLENGE_SIGN  2   /* a passkey signs in */


typedef struct {
    ngx_uint_t               purpose;
    ngx_str_t                host;
    ngx_str_t                account;    /* "" when it is not known yet */
} ngx_shop_challenge_t;


/* text holds NGX_SHOP_CHALLENGE_LEN + 1 bytes. */
ngx_int_t ngx_shop_challenge_make(const ngx_shop_secret_key_t *key,
    const ngx_shop_challenge_t *of, time_t now, u_char *text);

/* NGX_OK; NGX_DECLINED: not one of ours, or for something else, or too late.
   hash holds NGX_SHOP_CHALLENGE_HASH + 1 bytes. */
ngx_int_t ngx_shop_challenge_check(const ngx_shop_secret_key_t *keys,
    ngx_uint_t nkeys, const ngx_shop_challenge_t *of, time_t now,
    const ngx_str_t *text, u_char *hash, time_t *expires);


#endif /* _NGX_SHOP_CHALLENGE_H_INCLUDED_ */
