/*
 * Refresh tokens: 32 bytes as base64url, of which only a hash is ever stored.
 * The successor of one is derived from it with the server's key, so that
 * requests sent at once get the same (DATAPATH.md 23).
 */

#ifndef _NGX_SHOP_TOKEN_REFRESH_H_INCLUDED_
#define _NGX_SHOP_TOKEN_REFRESH_H_INCLUDED_


#include "ngx_shop_token.h"


#define NGX_SHOP_REFRESH_RAW   32
#define NGX_SHOP_REFRESH_LEN   43    /* base64url of them */
#define NGX_SHOP_REFRESH_HASH  66    /* "\x" and hexadecimal SHA-256 */


typedef struct {
    u_char                   text[NGX_SHOP_REFRESH_LEN + 1];
    u_char                   hash[NGX_SHOP_REFRESH_HASH + 1];  /* a bytea */
} ngx_shop_refresh_t;


/* The first one of a session. */
ngx_int_t ngx_shop_refresh_make(ngx_shop_refresh_t *refresh);

/* What a client sent; NGX_DECLINED when it can't be a refresh token. */
ngx_int_t ngx_shop_refresh_read(ngx_str_t *text, ngx_shop_refresh_t *refresh);

/* The one that follows. */
ngx_int_t ngx_shop_refresh_next(const ngx_shop_refresh_t *refresh,
    ngx_shop_refresh_t *next);


#endif /* _NGX_SHOP_TOKEN_REFRESH_H_INCLUDED_ */
