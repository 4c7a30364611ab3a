/*
 * Rendered answers in one shared-memory zone (DATAPATH.md 17 to 19).  A fill
 * counts only if none of its tags changed after the query began.
 */

#ifndef _NGX_SHOP_CACHE_H_INCLUDED_
#define _NGX_SHOP_CACHE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    ngx_str_t                body;       /* lives as long as the pool */
    ngx_str_t                etag;
    ngx_uint_t               status;
    unsigned                 stale:1;
} ngx_shop_cached_t;

/* NGX_OK: hit, kept until pool goes; NGX_DECLINED: miss, *since is the mark to
   hand to ngx_shop_cache_put().  With stale set (the database is down) what
   is past its time, or may have changed unheard, counts too. */
ngx_int_t ngx_shop_cache_get(ngx_str_t *key, ngx_pool_t *pool,
    ngx_uint_t stale, ngx_shop_cached_t *out, uint64_t *since);

/* tags: separated by a space, e.g. "product:7 catalog:1".  What was read from
   a replica must not be put: it may be older than since.  So a query that
   fills the cache is sent with `primary`. */
void ngx_shop_cache_put(ngx_str_t *key, ngx_str_t *tags, uint64_t since,
    ngx_msec_t ttl, ngx_shop_cached_t *in);

/* Drops every entry that has one of the tags, on this node. */
void ngx_shop_cache_drop(ngx_str_t *tags);

/* The listener lost its connection, or stands again (the zone is dropped). */
void ngx_shop_cache_feed(ngx_uint_t up);


#endif /* _NGX_SHOP_CACHE_H_INCLUDED_ */
