/*
 * Rendered answers: what is kept, and when it counts.
 *
 * Changes are counted.  A tag knows the count of its last change, a fill the
 * count at which its query began; if a tag is later, the fill is void.
 */

#include "ngx_shop_cache_near.h"
#include "ngx_shop_node.h"


#define NGX_SHOP_CACHE_FEED  1000        /* ms: an older feed is none */
#define NGX_SHOP_CACHE_SEEN  1000        /* ms: then the zone is told of use */


static ngx_int_t ngx_shop_cache_near(ngx_shop_near_t *near, ngx_pool_t *pool,
    ngx_shop_cached_t *out);
static ngx_int_t ngx_shop_cache_far(ngx_shop_cache_zone_t *zone,
    ngx_shop_cache_entry_t *entry, ngx_shop_near_t *near, ngx_pool_t *pool,
    ngx_shop_cached_t *out);
static ngx_uint_t ngx_shop_cache_past(const ngx_shop_cache_zone_t *zone,
    const ngx_shop_cache_entry_t *entry);
static ngx_uint_t ngx_shop_cache_counts(const ngx_shop_cache_zone_t *zone,
    const ngx_shop_cache_entry_t *entry);
static void ngx_shop_cache_point(ngx_shop_cache_entry_t *entry, u_char *p,
    ngx_shop_cached_t *out);
static ngx_int_t ngx_shop_cache_copy(ngx_shop_cache_entry_t *entry,
    ngx_pool_t *pool, ngx_shop_cached_t *out);
static ngx_int_t ngx_shop_cache_tags(ngx_str_t *text, uint16_t *tags,
    ngx_uint_t max);
static void ngx_shop_cache_store(ngx_shop_cache_zone_t *zone,
    ngx_shop_cache_entry_t *model, ngx_str_t *key, ngx_shop_cached_t *in);


ngx_int_t
ngx_shop_cache_get(ngx_str_t *key, ngx_pool_t *pool, ngx_uint_t stale,
    ngx_shop_cached_t *out, uint64_t *since)
{
    uint32_t                      hash;
    ngx_int_t                     rc;
    ngx_uint_t                    old;
    ngx_shop_near_t              *near;
    ngx_shop_cache_zone_t        *zone;
    ngx_shop_cache_entry_t       *entry;

    hash = ngx_murmur_hash2(key->data, key->len);
    old = ngx_shop_node_age() > NGX_SHOP_CACHE_FEED;
    near = ngx_shop_near_find(key, hash);

    if (near && !old && ngx_shop_cache_near(near, pool, out) == NGX_OK) {
        *since = 0;
        return NGX_OK;
    }

    zone = ngx_shop_cache_lock();

    if (zone == NULL) {
        *since = 0;
        return NGX_DECLINED;
    }

    *since = zone->seq;
    rc = NGX_DECLINED;

    entry = ngx_shop_cache_find(zone, key, hash);

    if (entry && !ngx_shop_cache_counts(zone, entry)) {
        ngx_shop_cache_remove(entry);
        entry = NULL;
    }

    if (entry) {
        old |= ngx_shop_cache_past(zone, entry);

        if (!old || stale) {
            rc = ngx_shop_cache_far(zone, entry, near, pool, out);
            out->stale = old;
        }
    }

    ngx_shop_cache_unlock();

    return rc;
}


/* Without the lock.  Now and then the zone is asked all the same, so that what
   is used stays there. */

static ngx_int_t
ngx_shop_cache_near(ngx_shop_near_t *near, ngx_pool_t *pool,
    ngx_shop_cached_t *out)
{
    const ngx_shop_cache_zone_t  *zone;

    zone = ngx_shop_cache_peek();

    if (zone == NULL || ngx_current_msec - near->seen > NGX_SHOP_CACHE_SEEN
        || ngx_shop_cache_past(zone, &near->entry)
        || !ngx_shop_cache_counts(zone, &near->entry)
        || ngx_shop_near_hold(near, pool) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    ngx_shop_cache_point(&near->entry, near->entry.data + near->entry.key,
                         out);
    out->stale = 0;

    return NGX_OK;
}


/* Under the lock: from the worker's copy of it, which is made if need be. */

static ngx_int_t
ngx_shop_cache_far(ngx_shop_cache_zone_t *zone, ngx_shop_cache_entry_t *entry,
    ngx_shop_near_t *near, ngx_pool_t *pool, ngx_shop_cached_t *out)
{
    ngx_queue_remove(&entry->used);
    ngx_queue_insert_head(&zone->used, &entry->used);

    if (near == NULL || near->entry.since != entry->since
        || near->entry.expires != entry->expires)
    {
        near = ngx_shop_near_copy(near, entry);
    }

    if (near == NULL || ngx_shop_near_hold(near, pool) != NGX_OK) {
        return ngx_shop_cache_copy(entry, pool, out);
    }

    near->seen = ngx_current_msec;
    ngx_shop_cache_point(&near->entry, near->entry.data + near->entry.key,
                         out);

    return NGX_OK;
}


void
ngx_shop_cache_put(ngx_str_t *key, ngx_str_t *tags, uint64_t since,
    ngx_msec_t ttl, ngx_shop_cached_t *in)
{
    ngx_int_t                n;
    ngx_shop_cache_zone_t   *zone;
    ngx_shop_cache_entry_t   model;

    n = ngx_shop_cache_tags(tags, model.tags, NGX_SHOP_CACHE_OF);

    if (n < 1 || ngx_shop_node_age() > NGX_SHOP_CACHE_FEED) {
        return;
    }

    model.since = since;
    model.expires = ngx_current_msec + ttl;
    model.hash = ngx_murmur_hash2(key->data, key->len);
    model.status = in->status;
    model.ntags = n;
    model.key = key->len;
    model.etag = in->etag.len;
    model.body = in->body.len;

    zone = ngx_shop_cache_lock();

    if (zone == NULL) {
        return;
    }

    if (!zone->down && ngx_shop_cache_counts(zone, &model)) {
        ngx_shop_cache_store(zone, &model, key, in);
    }

    ngx_shop_cache_unlock();
}


void
ngx_shop_cache_drop(ngx_str_t *tags)
{
    ngx_int_t               n;
    uint16_t                indexes[256];
    ngx_shop_cache_zone_t  *zone;

    n = ngx_shop_cache_tags(tags, indexes, 256);

    zone = ngx_shop_cache_lock();

    if (zone == NULL) {
        return;
    }

    zone->seq++;

    if (n == NGX_ERROR) {
        zone->floor = zone->seq;
    }

    while (n-- > 0) {
        zone->tags[indexes[n]] = zone->seq;
    }

    ngx_shop_cache_unlock();
}


void
ngx_shop_cache_feed(ngx_uint_t up)
{
    ngx_shop_cache_zone_t  *zone;

    zone = ngx_shop_cache_lock();

    if (zone == NULL) {
        return;
    }

    zone->down = !up;

    if (up) {
        /* changes may have gone unheard */
        zone->floor = ++zone->seq;
    }

    ngx_shop_cache_unlock();
}


static ngx_uint_t
ngx_shop_cache_past(const ngx_shop_cache_zone_t *zone,
    const ngx_shop_cache_entry_t *entry)
{
    return zone->down
           || (ngx_msec_int_t) (ngx_current_msec - entry->expires) >= 0;
}


static ngx_uint_t
ngx_shop_cache_counts(const ngx_shop_cache_zone_t *zone,
    const ngx_shop_cache_entry_t *entry)
{
    uint64_t    floor;
    ngx_uint_t  i;

    floor = zone->floor;

    if (floor == 0 || entry->since < floor) {
        return 0;
    }

    for (i = 0; i < entry->ntags; i++) {
        if (zone->tags[entry->tags[i]] > entry->since) {
            return 0;
        }
    }

    return 1;
}


static void
ngx_shop_cache_point(ngx_shop_cache_entry_t *entry, u_char *p,
    ngx_shop_cached_t *out)
{
    out->etag.data = p;
    out->etag.len = entry->etag;
    out->body.data = p + entry->etag;
    out->body.len = entry->body;
    out->status = entry->status;
}


static ngx_int_t
ngx_shop_cache_copy(ngx_shop_cache_entry_t *entry, ngx_pool_t *pool,
    ngx_shop_cached_t *out)
{
    u_char  *p;

    p = ngx_pnalloc(pool, entry->etag + entry->body + 1);
    if (p == NULL) {
        return NGX_DECLINED;
    }

    ngx_memcpy(p, entry->data + entry->key, entry->etag + entry->body);
    ngx_shop_cache_point(entry, p, out);

    return NGX_OK;
}


static void
ngx_shop_cache_store(ngx_shop_cache_zone_t *zone,
    ngx_shop_cache_entry_t *model, ngx_str_t *key, ngx_shop_cached_t *in)
{
    u_char                  *p;
    ngx_shop_cache_entry_t  *entry;

    entry = ngx_shop_cache_find(zone, key, model->hash);

    if (entry) {
        ngx_shop_cache_remove(entry);
    }

    entry = ngx_shop_cache_alloc(zone, model->key + model->etag + model->body);

    if (entry == NULL) {
        return;
    }

    ngx_memcpy(entry, model, offsetof(ngx_shop_cache_entry_t, data));

    p = ngx_cpymem(entry->data, key->data, key->len);

    if (in->etag.len) {
        p = ngx_cpymem(p, in->etag.data, in->etag.len);
    }

    if (in->body.len) {
        ngx_memcpy(p, in->body.data, in->body.len);
    }

    ngx_shop_cache_insert(zone, entry);
}


/* The counters of the tags; NGX_ERROR: more than max. */

static ngx_int_t
ngx_shop_cache_tags(ngx_str_t *text, uint16_t *tags, ngx_uint_t max)
{
    u_char      *p, *last, *end;
    ngx_uint_t   n;

    n = 0;
    p = text->data;
    last = p + text->len;

    while (p < last) {
        end = ngx_strlchr(p, last, ' ');

        if (end == NULL) {
            end = last;
        }

        if (end > p) {
            if (n == max) {
                return NGX_ERROR;
            }

            tags[n++] = ngx_murmur_hash2(p, end - p) % NGX_SHOP_CACHE_TAGS;
        }

        p = end + 1;
    }

    return n;
}
