/*
 * A worker's own copies: a table, and a list by time of use.
 */

#include "ngx_shop_cache_near.h"


#define NGX_SHOP_NEAR_BUCKETS  2048      /* a power of two */
#define NGX_SHOP_NEAR_SHARE    16        /* of all for one at most */


static ngx_queue_t *ngx_shop_near_bucket(uint32_t hash);
static size_t ngx_shop_near_bytes(ngx_shop_cache_entry_t *entry);
static void ngx_shop_near_release(void *data);


/* of this worker */
static ngx_queue_t  ngx_shop_near_buckets[NGX_SHOP_NEAR_BUCKETS];
static ngx_queue_t  ngx_shop_near_used;
static size_t       ngx_shop_near_limit;
static size_t       ngx_shop_near_taken;


void
ngx_shop_near_size(size_t size)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_SHOP_NEAR_BUCKETS; i++) {
        ngx_queue_init(&ngx_shop_near_buckets[i]);
    }

    ngx_queue_init(&ngx_shop_near_used);

    ngx_shop_near_limit = size;
    ngx_shop_near_taken = 0;
}


ngx_shop_near_t *
ngx_shop_near_find(ngx_str_t *key, uint32_t hash)
{
    ngx_queue_t             *q, *bucket;
    ngx_shop_cache_entry_t  *entry;

    if (ngx_shop_near_taken == 0) {
        return NULL;
    }

    bucket = ngx_shop_near_bucket(hash);

    for (q = ngx_queue_head(bucket);
         q != ngx_queue_sentinel(bucket);
         q = ngx_queue_next(q))
    {
        entry = ngx_queue_data(q, ngx_shop_cache_entry_t, bucket);

        if (entry->hash == hash && entry->key == key->len
            && ngx_memcmp(entry->data, key->data, key->len) == 0)
        {
            ngx_queue_remove(&entry->used);
            ngx_queue_insert_head(&ngx_shop_near_used, &entry->used);

            return ngx_queue_data(entry, ngx_shop_near_t, entry);
        }
    }

    return NULL;
}


ngx_shop_near_t *
ngx_shop_near_copy(ngx_shop_near_t *before, ngx_shop_cache_entry_t *entry)
{
    size_t            size;
    ngx_queue_t      *last;
    ngx_shop_near_t  *near;

    if (before) {
        ngx_shop_near_drop(before);
    }

    size = ngx_shop_near_bytes(entry);

    if (size > ngx_shop_near_limit / NGX_SHOP_NEAR_SHARE) {
        return NULL;
    }

    while (ngx_shop_near_taken + size > ngx_shop_near_limit) {

        last = ngx_queue_last(&ngx_shop_near_used);

        ngx_shop_near_drop(ngx_queue_data(last, ngx_shop_near_t, entry.used));
    }

    near = ngx_alloc(size, ngx_cycle->log);
    if (near == NULL) {
        return NULL;
    }

    near->refs = 1;
    near->seen = ngx_current_msec;

    ngx_memcpy(&near->entry, entry, size - offsetof(ngx_shop_near_t, entry));

    ngx_queue_insert_head(ngx_shop_near_bucket(entry->hash),
                          &near->entry.bucket);
    ngx_queue_insert_head(&ngx_shop_near_used, &near->entry.used);

    ngx_shop_near_taken += size;

    return near;
}


void
ngx_shop_near_drop(ngx_shop_near_t *near)
{
    ngx_queue_remove(&near->entry.bucket);
    ngx_queue_remove(&near->entry.used);

    ngx_shop_near_taken -= ngx_shop_near_bytes(&near->entry);

    ngx_shop_near_release(near);
}


ngx_int_t
ngx_shop_near_hold(ngx_shop_near_t *near, ngx_pool_t *pool)
{
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    cln->handler = ngx_shop_near_release;
    cln->data = near;

    near->refs++;

    return NGX_OK;
}


static ngx_queue_t *
ngx_shop_near_bucket(uint32_t hash)
{
    return &ngx_shop_near_buckets[hash & (NGX_SHOP_NEAR_BUCKETS - 1)];
}


static size_t
ngx_shop_near_bytes(ngx_shop_cache_entry_t *entry)
{
    return offsetof(ngx_shop_near_t, entry)
           + offsetof(ngx_shop_cache_entry_t, data)
           + entry->key + entry->etag + entry->body;
}


static void
ngx_shop_near_release(void *data)
{
    ngx_shop_near_t  *near = data;

    if (--near->refs == 0) {
        ngx_free(near);
    }
}
