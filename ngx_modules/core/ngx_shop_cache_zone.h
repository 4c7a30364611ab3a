/*
 * Private to cache: the zone and its entries.  Only the slab mutex guards it;
 * who dies while holding it leaves the dirty flag, and the next holder makes
 * the zone anew.
 */

#ifndef _NGX_SHOP_CACHE_ZONE_H_INCLUDED_
#define _NGX_SHOP_CACHE_ZONE_H_INCLUDED_


#include "ngx_shop_cache.h"


#define NGX_SHOP_CACHE_TAGS     65536    /* their numbers fit 16 bits */
#define NGX_SHOP_CACHE_BUCKETS  8192     /* a power of two */
#define NGX_SHOP_CACHE_OF       16       /* tags of an entry at most */


typedef struct {
    ngx_queue_t              bucket;
    ngx_queue_t              used;       /* by time of use */
    uint64_t                 since;      /* with expires: which fill */
    ngx_msec_t               expires;
    uint32_t                 hash;
    uint16_t                 status;
    uint16_t                 ntags;
    uint16_t                 tags[NGX_SHOP_CACHE_OF];
    size_t                   key;        /* lengths, in order */
    size_t                   etag;
    size_t                   body;
    u_char                   data[1];
} ngx_shop_cache_entry_t;


/* What is volatile is written under the lock, and read without it, too. */
typedef struct {
    ngx_uint_t               dirty;
    uint64_t                 seq;        /* counts changes */
    volatile ngx_uint_t      down;       /* nobody listens */
    volatile uint64_t        floor;      /* what is older does not count; 0
                                            while the zone is made anew */
    volatile uint64_t        tags[NGX_SHOP_CACHE_TAGS];  /* last change */
    ngx_queue_t              used;
    ngx_queue_t              buckets[NGX_SHOP_CACHE_BUCKETS];
} ngx_shop_cache_zone_t;


/* NULL without shop_cache; else locked and whole. */
ngx_shop_cache_zone_t *ngx_shop_cache_lock(void);
void ngx_shop_cache_unlock(void);

/* The same without the lock: only what is volatile may be read. */
const ngx_shop_cache_zone_t *ngx_shop_cache_peek(void);

/* All under the lock. */
ngx_shop_cache_entry_t *ngx_shop_cache_find(ngx_shop_cache_zone_t *zone,
    ngx_str_t *key, uint32_t hash);
/* An entry with room for size bytes of data, in place of the least used ones
   if need be; NULL: too big. */
ngx_shop_cache_entry_t *ngx_shop_cache_alloc(ngx_shop_cache_zone_t *zone,
    size_t size);
void ngx_shop_cache_insert(ngx_shop_cache_zone_t *zone,
    ngx_shop_cache_entry_t *entry);
void ngx_shop_cache_remove(ngx_shop_cache_entry_t *entry);


#endif /* _NGX_SHOP_CACHE_ZONE_H_INCLUDED_ */
