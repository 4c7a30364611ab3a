/*
 * Tokens that were verified in this worker.  Only tokens with a good signature
 * come in, so nobody can fill it with inventions; a reload starts new workers
 * with new caches, so a key that was taken out counts no more.
 */

#ifndef _NGX_SHOP_TOKEN_CACHE_H_INCLUDED_
#define _NGX_SHOP_TOKEN_CACHE_H_INCLUDED_


#include "ngx_shop_token.h"


typedef struct ngx_shop_token_cache_s  ngx_shop_token_cache_t;


ngx_shop_token_cache_t *ngx_shop_token_cache_create(ngx_uint_t max,
    ngx_log_t *log);
void ngx_shop_token_cache_destroy(ngx_shop_token_cache_t *cache);

/* The claims of a token seen before, byte for byte, or NULL; they live until
   the next put. */
const ngx_shop_claims_t *ngx_shop_token_cache_get(
    ngx_shop_token_cache_t *cache, ngx_str_t *token);

/* Remembers a copy; the least recently used one goes when it is full. */
void ngx_shop_token_cache_put(ngx_shop_token_cache_t *cache,
    ngx_str_t *token, const ngx_shop_claims_t *claims);


#endif /* _NGX_SHOP_TOKEN_CACHE_H_INCLUDED_ */
