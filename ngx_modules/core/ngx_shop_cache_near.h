/*
 * Private to cache: a worker's own copies of what it sends often.  Whether one
 * counts is read from the zone without its lock, and an answer is sent from
 * the copy itself, which stays while somebody sends from it.
 */

#ifndef _NGX_SHOP_CACHE_NEAR_H_INCLUDED_
#define _NGX_SHOP_CACHE_NEAR_H_INCLUDED_


#include "ngx_shop_cache_zone.h"


typedef struct {
    ngx_uint_t               refs;       /* answers, and the table */
    ngx_msec_t               seen;       /* when the zone was asked for it */
    ngx_shop_cache_entry_t   entry;      /* the last: its data follow */
} ngx_shop_near_t;


/* For one entry, and for all of a worker. */
void ngx_shop_near_size(size_t size);

ngx_shop_near_t *ngx_shop_near_find(ngx_str_t *key, uint32_t hash);

/* A copy of an entry in place of the one before (NULL: none); NULL: it is too
   large, or there is no memory. */
ngx_shop_near_t *ngx_shop_near_copy(ngx_shop_near_t *before,
    ngx_shop_cache_entry_t *entry);

void ngx_shop_near_drop(ngx_shop_near_t *near);

/* Stays until the pool goes. */
ngx_int_t ngx_shop_near_hold(ngx_shop_near_t *near, ngx_pool_t *pool);


#endif /* _NGX_SHOP_CACHE_NEAR_H_INCLUDED_ */
