/*
 * Webhooks signed as Svix does (Standard Webhooks), such as Clerk's.
 */

#ifndef _NGX_SHOP_SVIX_H_INCLUDED_
#define _NGX_SHOP_SVIX_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_SVIX_ID      128    /* bytes of an event's id */
#define NGX_SHOP_SVIX_SKEW    300    /* seconds that it may be old, or early */


/* What the headers svix-id, svix-timestamp and svix-signature say. */
typedef struct {
    ngx_str_t  id;
    ngx_str_t  timestamp;
    ngx_str_t  signature;
} ngx_shop_svix_t;


/* Puts the key of a secret ("whsec_" and base64) in its place. */
ngx_int_t ngx_shop_svix_key(ngx_pool_t *pool, ngx_str_t *secret);

/* NGX_OK if one of the signatures is the key's, and the event is of now;
   NGX_DECLINED, or NGX_ERROR: no memory. */
ngx_int_t ngx_shop_svix_verify(ngx_pool_t *pool, const ngx_str_t *key,
    const ngx_shop_svix_t *said, const ngx_str_t *body, time_t now);


#endif /* _NGX_SHOP_SVIX_H_INCLUDED_ */
