/*
 * The zone of the cache: made, made anew, its entries found and evicted.
 */

#include <ngx_http.h>
#include "ngx_shop_cache_near.h"


#define NGX_SHOP_CACHE_MINIMUM  (1024 * 1024)
#define NGX_SHOP_CACHE_SHARE    16       /* of the zone for one entry at most */
#define NGX_SHOP_CACHE_EVICT    64       /* entries for one at most */
#define NGX_SHOP_CACHE_NEAR     16       /* of its size: a worker's copies */


typedef struct {
    ngx_shm_zone_t          *zone;
} ngx_shop_cache_conf_t;


static void *ngx_shop_cache_create_conf(ngx_conf_t *cf);
static char *ngx_shop_cache(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static ngx_int_t ngx_shop_cache_init(ngx_shm_zone_t *shm, void *data);
static ngx_shop_cache_zone_t *ngx_shop_cache_make(ngx_slab_pool_t *pool);
static ngx_int_t ngx_shop_cache_init_process(ngx_cycle_t *cycle);


static ngx_command_t  ngx_shop_cache_commands[] = {

    { ngx_string("shop_cache"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE2,
      ngx_shop_cache,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_shop_cache_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    ngx_shop_cache_create_conf,            /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_cache_module = {
    NGX_MODULE_V1,
    &ngx_shop_cache_module_ctx,            /* module context */
    ngx_shop_cache_commands,               /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_cache_init_process,           /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_slab_pool_t  *ngx_shop_cache_pool;


ngx_shop_cache_zone_t *
ngx_shop_cache_lock(void)
{
    ngx_slab_pool_t        *pool;
    ngx_shop_cache_zone_t  *zone;

    pool = ngx_shop_cache_pool;

    if (pool == NULL) {
        return NULL;
    }

    ngx_shmtx_lock(&pool->mutex);

    zone = pool->data;

    if (zone->dirty) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "cache: a worker died in the zone, made anew");

        ngx_slab_init(pool);
        pool->log_nomem = 0;

        /* it fits, as it did before */
        zone = ngx_shop_cache_make(pool);
        pool->data = zone;
    }

    zone->dirty = 1;

    return zone;
}


void
ngx_shop_cache_unlock(void)
{
    ngx_slab_pool_t        *pool;
    ngx_shop_cache_zone_t  *zone;

    pool = ngx_shop_cache_pool;
    zone = pool->data;

    zone->dirty = 0;
    ngx_shmtx_unlock(&pool->mutex);
}


/* A zone that is made anew is at the same place: it is the first that is
   allocated, of the same size. */

const ngx_shop_cache_zone_t *
ngx_shop_cache_peek(void)
{
    return ngx_shop_cache_pool ? ngx_shop_cache_pool->data : NULL;
}


ngx_shop_cache_entry_t *
ngx_shop_cache_find(ngx_shop_cache_zone_t *zone, ngx_str_t *key, uint32_t hash)
{
    ngx_queue_t             *q, *bucket;
    ngx_shop_cache_entry_t  *entry;

    bucket = &zone->buckets[hash % NGX_SHOP_CACHE_BUCKETS];

    for (q = ngx_queue_head(bucket);
         q != ngx_queue_sentinel(bucket);
         q = ngx_queue_next(q))
    {
        entry = ngx_queue_data(q, ngx_shop_cache_entry_t, bucket);

        if (entry->hash == hash && entry->key == key->len
            && ngx_memcmp(entry->data, key->data, key->len) == 0)
        {
            return entry;
        }
    }

    return NULL;
}


ngx_shop_cache_entry_t *
ngx_shop_cache_alloc(ngx_shop_cache_zone_t *zone, size_t size)
{
    size_t                   all;
    ngx_uint_t               n;
    ngx_slab_pool_t         *pool;
    ngx_shop_cache_entry_t  *entry;

    pool = ngx_shop_cache_pool;
    all = pool->end - pool->start;
    size += offsetof(ngx_shop_cache_entry_t, data);

    if (size > all / NGX_SHOP_CACHE_SHARE) {
        return NULL;
    }

    for (n = 0; n < NGX_SHOP_CACHE_EVICT; n++) {
        entry = ngx_slab_alloc_locked(pool, size);

        if (entry || ngx_queue_empty(&zone->used)) {
            return entry;
        }

        ngx_shop_cache_remove(ngx_queue_data(ngx_queue_last(&zone->used),
                                             ngx_shop_cache_entry_t, used));
    }

    return NULL;
}


void
ngx_shop_cache_insert(ngx_shop_cache_zone_t *zone,
    ngx_shop_cache_entry_t *entry)
{
    ngx_queue_insert_head(&zone->buckets[entry->hash % NGX_SHOP_CACHE_BUCKETS],
                          &entry->bucket);
    ngx_queue_insert_head(&zone->used, &entry->used);
}


void
ngx_shop_cache_remove(ngx_shop_cache_entry_t *entry)
{
    ngx_queue_remove(&entry->bucket);
    ngx_queue_remove(&entry->used);
    ngx_slab_free_locked(ngx_shop_cache_pool, entry);
}


/* An empty zone, whose count of changes is beyond that of any before it. */

static ngx_shop_cache_zone_t *
ngx_shop_cache_make(ngx_slab_pool_t *pool)
{
    ngx_uint_t              i;
    ngx_shop_cache_zone_t  *zone;

    zone = ngx_slab_calloc_locked(pool, sizeof(ngx_shop_cache_zone_t));

    if (zone == NULL) {
        return NULL;
    }

    ngx_queue_init(&zone->used);

    for (i = 0; i < NGX_SHOP_CACHE_BUCKETS; i++) {
        ngx_queue_init(&zone->buckets[i]);
    }

    zone->seq = (uint64_t) ngx_time() << 24;

    ngx_memory_barrier();

    zone->floor = zone->seq;

    return zone;
}


static ngx_int_t
ngx_shop_cache_init(ngx_shm_zone_t *shm, void *data)
{
    ngx_slab_pool_t        *pool;
    ngx_shop_cache_zone_t  *zone;

    (void) data;

    pool = (ngx_slab_pool_t *) shm->shm.addr;

    if (pool->data) {
        return NGX_OK;
    }

    pool->log_nomem = 0;

    zone = ngx_shop_cache_make(pool);
    if (zone == NULL) {
        ngx_log_error(NGX_LOG_EMERG, shm->shm.log, 0,
                      "cache: shop_cache \"%V\" is too small",
                      &shm->shm.name);
        return NGX_ERROR;
    }

    /* nothing is kept before somebody listens */

    zone->down = 1;
    pool->data = zone;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_cache_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_cache_conf_t  *ccf;

    ccf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_cache_module);

    if (ccf && ccf->zone) {
        ngx_shop_cache_pool = (ngx_slab_pool_t *) ccf->zone->shm.addr;

        ngx_shop_near_size(ccf->zone->shm.size / NGX_SHOP_CACHE_NEAR);
    }

    return NGX_OK;
}


static void *
ngx_shop_cache_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_shop_cache_conf_t));
}


static char *
ngx_shop_cache(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ssize_t                 size;
    ngx_str_t              *value;
    ngx_shop_cache_conf_t  *ccf = conf;

    (void) cmd;

    if (ccf->zone) {
        return "is duplicate";
    }

    value = cf->args->elts;

    size = ngx_parse_size(&value[2]);

    if (size == NGX_ERROR || size < NGX_SHOP_CACHE_MINIMUM) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_cache: \"%V\" is not a size of 1m or more",
                           &value[2]);
        return NGX_CONF_ERROR;
    }

    ccf->zone = ngx_shared_memory_add(cf, &value[1], size,
                                      &ngx_http_shop_cache_module);
    if (ccf->zone == NULL) {
        return NGX_CONF_ERROR;
    }

    ccf->zone->init = ngx_shop_cache_init;

    return NGX_CONF_OK;
}
