/*
 * Token buckets in shared memory by the generic cell rate algorithm: one
 * number a key, changed by compare-and-swap, so that a worker which dies in
 * the middle leaves nothing locked or half done.
 */

#ifndef _NGX_SHOP_BUCKET_H_INCLUDED_
#define _NGX_SHOP_BUCKET_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    ngx_atomic_uint_t    interval;   /* us between two requests */
    ngx_uint_t           burst;
} ngx_shop_rate_t;

typedef struct {
    ngx_uint_t           remaining;  /* requests that would pass now */
    ngx_msec_t           wait;       /* ms until one more passes */
} ngx_shop_quota_t;

typedef struct ngx_shop_buckets_s  ngx_shop_buckets_t;

/* Makes the table of a new zone; NULL when it is too small. */
ngx_shop_buckets_t *ngx_shop_buckets_init(ngx_shm_zone_t *zone);

/* Counts one for the key: NGX_OK or NGX_BUSY; quota is filled. */
ngx_int_t ngx_shop_bucket_take(ngx_shop_buckets_t *t, u_char *key, size_t len,
    const ngx_shop_rate_t *rate, ngx_shop_quota_t *quota);

/* Milliseconds until one would pass; counts nothing. */
ngx_msec_t ngx_shop_bucket_wait(ngx_shop_buckets_t *t, u_char *key,
    size_t len, const ngx_shop_rate_t *rate);

/* The key has to wait so many ms: another node counted too. */
void ngx_shop_bucket_hold(ngx_shop_buckets_t *t, u_char *key, size_t len,
    const ngx_shop_rate_t *rate, ngx_msec_t wait);


#endif /* _NGX_SHOP_BUCKET_H_INCLUDED_ */
