/*
 * Tokens that were verified in this worker.
 */

#include "ngx_shop_token_cache.h"


/* The end of a signature is as good as a hash, and costs nothing. */
#define NGX_SHOP_TOKEN_TAIL  (2 * sizeof(uint64_t))


typedef struct ngx_shop_token_entry_s  ngx_shop_token_entry_t;

struct ngx_shop_token_entry_s {
    ngx_queue_t               queue;     /* of all, the latest used first */
    ngx_shop_token_entry_t   *next;      /* of the same bucket */
    uint64_t                  hash;
    ngx_shop_claims_t         claims;
    ngx_str_t                 token;
};

struct ngx_shop_token_cache_s {
    ngx_queue_t               entries;
    ngx_uint_t                count;
    ngx_uint_t                max;
    ngx_uint_t                mask;
    ngx_log_t                *log;
    ngx_shop_token_entry_t  **buckets;
};


static uint64_t ngx_shop_token_hash(ngx_str_t *token);
static ngx_shop_token_entry_t *ngx_shop_token_entry_create(
    ngx_str_t *token, const ngx_shop_claims_t *claims, ngx_log_t *log);
static u_char *ngx_shop_token_entry_text(ngx_str_t *dst,
    const ngx_str_t *src, u_char *p);
static void ngx_shop_token_evict(ngx_shop_token_cache_t *cache);


ngx_shop_token_cache_t *
ngx_shop_token_cache_create(ngx_uint_t max, ngx_log_t *log)
{
    ngx_uint_t               n;
    ngx_shop_token_cache_t  *cache;

    for (n = 16; n < max; n *= 2) { /* void */ }

    cache = ngx_calloc(sizeof(ngx_shop_token_cache_t), log);
    if (cache == NULL) {
        return NULL;
    }

    cache->buckets = ngx_calloc(n * sizeof(ngx_shop_token_entry_t *), log);
    if (cache->buckets == NULL) {
        ngx_free(cache);
        return NULL;
    }

    cache->max = max;
    cache->mask = n - 1;
    cache->log = log;
    ngx_queue_init(&cache->entries);

    return cache;
}


void
ngx_shop_token_cache_destroy(ngx_shop_token_cache_t *cache)
{
    while (cache->count) {
        ngx_shop_token_evict(cache);
    }

    ngx_free(cache->buckets);
    ngx_free(cache);
}


const ngx_shop_claims_t *
ngx_shop_token_cache_get(ngx_shop_token_cache_t *cache, ngx_str_t *token)
{
    uint64_t                 hash;
    ngx_shop_token_entry_t  *entry;

    if (token->len < NGX_SHOP_TOKEN_TAIL) {
        return NULL;
    }

    hash = ngx_shop_token_hash(token);

    for (entry = cache->buckets[hash & cache->mask];
         entry;
         entry = entry->next)
    {
        if (entry->hash == hash
            && entry->token.len == token->len
            && ngx_memcmp(entry->token.data, token->data, token->len) == 0)
        {
            ngx_queue_remove(&entry->queue);
            ngx_queue_insert_head(&cache->entries, &entry->queue);

            return &entry->claims;
        }
    }

    return NULL;
}


void
ngx_shop_token_cache_put(ngx_shop_token_cache_t *cache, ngx_str_t *token,
    const ngx_shop_claims_t *claims)
{
    ngx_shop_token_entry_t  *entry, **bucket;

    if (cache->max == 0 || token->len < NGX_SHOP_TOKEN_TAIL) {
        return;
    }

    if (cache->count == cache->max) {
        ngx_shop_token_evict(cache);
    }

    entry = ngx_shop_token_entry_create(token, claims, cache->log);
    if (entry == NULL) {
        return;
    }

    bucket = &cache->buckets[entry->hash & cache->mask];
    entry->next = *bucket;
    *bucket = entry;

    ngx_queue_insert_head(&cache->entries, &entry->queue);
    cache->count++;
}


static uint64_t
ngx_shop_token_hash(ngx_str_t *token)
{
    uint64_t  tail[2];

    ngx_memcpy(tail, token->data + token->len - sizeof(tail), sizeof(tail));

    /* a character of base64url has 6 bits: fold them over the whole word */
    tail[0] *= 0x9e3779b97f4a7c15ULL;
    tail[1] *= 0xc2b2ae3d27d4eb4fULL;

    return (tail[0] ^ tail[1]) >> 20;
}


static ngx_shop_token_entry_t *
ngx_shop_token_entry_create(ngx_str_t *token, const ngx_shop_claims_t *claims,
    ngx_log_t *log)
{
    size_t                   len;
    u_char                  *p;
    ngx_shop_token_entry_t  *entry;

    len = token->len + claims->user.len + claims->session.len
          + claims->store.len + claims->roles.len + claims->client.len
          + claims->scope.len + 7;

    entry = ngx_alloc(sizeof(ngx_shop_token_entry_t) + len, log);
    if (entry == NULL) {
        return NULL;
    }

    entry->hash = ngx_shop_token_hash(token);
    entry->claims = *claims;

    p = (u_char *) entry + sizeof(ngx_shop_token_entry_t);
    p = ngx_shop_token_entry_text(&entry->token, token, p);
    p = ngx_shop_token_entry_text(&entry->claims.user, &claims->user, p);
    p = ngx_shop_token_entry_text(&entry->claims.session, &claims->session, p);
    p = ngx_shop_token_entry_text(&entry->claims.store, &claims->store, p);
    p = ngx_shop_token_entry_text(&entry->claims.roles, &claims->roles, p);
    p = ngx_shop_token_entry_text(&entry->claims.client, &claims->client, p);
    (void) ngx_shop_token_entry_text(&entry->claims.scope, &claims->scope, p);

    return entry;
}


static u_char *
ngx_shop_token_entry_text(ngx_str_t *dst, const ngx_str_t *src, u_char *p)
{
    dst->data = p;
    dst->len = src->len;

    p = ngx_cpymem(p, src->data, src->len);
    *p++ = '\0';

    return p;
}


static void
ngx_shop_token_evict(ngx_shop_token_cache_t *cache)
{
    ngx_queue_t              *q;
    ngx_shop_token_entry_t   *entry, **p;

    q = ngx_queue_last(&cache->entries);
    ngx_queue_remove(q);
    entry = ngx_queue_data(q, ngx_shop_token_entry_t, queue);

    for (p = &cache->buckets[entry->hash & cache->mask];
         *p != entry;
         p = &(*p)->next)
    {
        /* void */
    }

    *p = entry->next;
    cache->count--;

    ngx_explicit_memzero(entry->token.data, entry->token.len);
    ngx_free(entry);
}
