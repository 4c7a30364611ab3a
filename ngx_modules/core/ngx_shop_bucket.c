/*
 * Token buckets in shared memory.
 */

#include "ngx_shop_bucket.h"


#define NGX_SHOP_BUCKET_WAYS  8


typedef struct {
    ngx_atomic_t   key;              /* hash of the key, 0: free */
    ngx_atomic_t   due;              /* us: when the bucket is full again */
} ngx_shop_bucket_t;

struct ngx_shop_buckets_s {
    uint32_t           seed[2];      /* not to be guessed from outside */
    ngx_uint_t         sets;
    ngx_shop_bucket_t  bucket[1];
};


static ngx_shop_bucket_t *ngx_shop_bucket_find(ngx_shop_buckets_t *t,
    u_char *key, size_t len);
static ngx_atomic_uint_t ngx_shop_bucket_now(void);


ngx_shop_buckets_t *
ngx_shop_buckets_init(ngx_shm_zone_t *zone)
{
    size_t               size;
    ngx_slab_pool_t     *pool;
    ngx_shop_buckets_t  *t;

    pool = (ngx_slab_pool_t *) zone->shm.addr;

    if (zone->shm.exists) {
        return pool->data;
    }

    /* the slab pool's own pages and headers take a part */

    size = zone->shm.size / 4 * 3;

    t = ngx_slab_calloc(pool, size);
    if (t == NULL) {
        return NULL;
    }

    t->sets = (size - sizeof(ngx_shop_buckets_t))
              / (sizeof(ngx_shop_bucket_t) * NGX_SHOP_BUCKET_WAYS);
    t->seed[0] = (uint32_t) ngx_random();
    t->seed[1] = (uint32_t) ngx_random() ^ (uint32_t) ngx_pid;
    pool->data = t;

    return t;
}


ngx_int_t
ngx_shop_bucket_take(ngx_shop_buckets_t *t, u_char *key, size_t len,
    const ngx_shop_rate_t *rate, ngx_shop_quota_t *quota)
{
    ngx_uint_t          tries;
    ngx_atomic_uint_t   now, due, from, full;
    ngx_shop_bucket_t  *b;

    b = ngx_shop_bucket_find(t, key, len);
    full = rate->interval * rate->burst;

    for (tries = 0; tries < 8; tries++) {
        now = ngx_shop_bucket_now();
        due = b->due;
        from = ngx_max(due, now);

        if (from + rate->interval > now + full) {
            quota->remaining = 0;
            quota->wait = (from + rate->interval - now - full + 999) / 1000;
            return NGX_BUSY;
        }

        if (ngx_atomic_cmp_set(&b->due, due, from + rate->interval)) {
            break;
        }
    }

    quota->remaining = (now + full - from - rate->interval) / rate->interval;
    quota->wait = (rate->interval + 999) / 1000;

    return NGX_OK;
}


ngx_msec_t
ngx_shop_bucket_wait(ngx_shop_buckets_t *t, u_char *key, size_t len,
    const ngx_shop_rate_t *rate)
{
    ngx_atomic_uint_t   now, from, full;
    ngx_shop_bucket_t  *b;

    b = ngx_shop_bucket_find(t, key, len);
    full = rate->interval * rate->burst;
    now = ngx_shop_bucket_now();
    from = ngx_max(b->due, now) + rate->interval;

    return from > now + full ? (from - now - full + 999) / 1000 : 0;
}


void
ngx_shop_bucket_hold(ngx_shop_buckets_t *t, u_char *key, size_t len,
    const ngx_shop_rate_t *rate, ngx_msec_t wait)
{
    ngx_atomic_uint_t   due, want;
    ngx_shop_bucket_t  *b;

    b = ngx_shop_bucket_find(t, key, len);
    want = ngx_shop_bucket_now() + rate->interval * (rate->burst - 1)
           + wait * 1000;
    due = b->due;

    if (due < want) {
        (void) ngx_atomic_cmp_set(&b->due, due, want);
    }
}


/* The key's bucket in its set; else the one that was due first is taken. */

static ngx_shop_bucket_t *
ngx_shop_bucket_find(ngx_shop_buckets_t *t, u_char *key, size_t len)
{
    ngx_uint_t          i;
    ngx_atomic_uint_t   hash, old;
    ngx_shop_bucket_t  *set, *oldest;

    hash = ngx_murmur_hash2(key, len) ^ t->seed[0];
    hash = (hash << 31) * 2 + (ngx_crc32_short(key, len) ^ t->seed[1]);
    hash = hash ? hash : 1;

    set = &t->bucket[(hash * 0x9E3779B97F4A7C15ULL >> 20) % t->sets
                     * NGX_SHOP_BUCKET_WAYS];
    oldest = set;

    for (i = 0; i < NGX_SHOP_BUCKET_WAYS; i++) {
        if (set[i].key == hash) {
            return &set[i];
        }

        if (set[i].due < oldest->due) {
            oldest = &set[i];
        }
    }

    old = oldest->key;

    if (ngx_atomic_cmp_set(&oldest->key, old, hash)) {
        oldest->due = 0;
    }

    return oldest;
}


static ngx_atomic_uint_t
ngx_shop_bucket_now(void)
{
    return (ngx_atomic_uint_t) ngx_current_msec * 1000;
}
