/*
 * The keys that a worker remembers: a queue, the one used last in front.
 */

#include "ngx_shop_key.h"


#define NGX_SHOP_KEY_BUCKETS  256


static ngx_queue_t *ngx_shop_key_bucket(const u_char *hash);
static void ngx_shop_key_forget(ngx_shop_key_t *key);
static void ngx_shop_key_make_room(void);
static u_char *ngx_shop_key_text(PGresult *res, const char *name,
    ngx_str_t *value, u_char *p);


static ngx_queue_t  ngx_shop_key_buckets[NGX_SHOP_KEY_BUCKETS];
static ngx_uint_t   ngx_shop_key_count;


ngx_shop_key_t *
ngx_shop_key_find(const u_char *hash)
{
    ngx_queue_t     *q, *bucket;
    ngx_shop_key_t  *key;

    bucket = ngx_shop_key_bucket(hash);

    for (q = ngx_queue_head(bucket); q != ngx_queue_sentinel(bucket);
         q = ngx_queue_next(q))
    {
        key = ngx_queue_data(q, ngx_shop_key_t, queue);

        if (ngx_memcmp(key->hash, hash, NGX_SHOP_KEY_HASH) != 0) {
            continue;
        }

        if (key->known != ngx_shop_node_keys()
            || (key->expires && key->expires <= ngx_time()))
        {
            ngx_shop_key_forget(key);
            return NULL;
        }

        if (!ngx_shop_node_fresh()) {
            return NULL;
        }

        ngx_queue_remove(q);
        ngx_queue_insert_head(bucket, q);

        return key;
    }

    return NULL;
}


/* One allocation: the key, then its texts. */

ngx_shop_key_t *
ngx_shop_key_put(const u_char *hash, PGresult *res, ngx_atomic_uint_t known)
{
    int              i;
    size_t           len;
    u_char          *p;
    ngx_str_t        text;
    ngx_queue_t     *q, *bucket;
    ngx_shop_key_t  *key, *old;

    len = sizeof(ngx_shop_key_t);

    for (i = 0; i < PQnfields(res); i++) {
        len += PQgetlength(res, 0, i) + 1;
    }

    key = ngx_alloc(len + NGX_TIME_T_LEN, ngx_cycle->log);
    if (key == NULL) {
        return NULL;
    }

    ngx_memzero(key, sizeof(ngx_shop_key_t));
    p = (u_char *) key + sizeof(ngx_shop_key_t);

    p = ngx_shop_key_text(res, "id", &key->id, p);
    p = ngx_shop_key_text(res, "store_id", &key->store, p);
    p = ngx_shop_key_text(res, "user_id", &key->user, p);
    p = ngx_shop_key_text(res, "roles", &key->roles, p);
    p = ngx_shop_key_text(res, "permissions", &key->permissions, p);
    (void) ngx_shop_key_text(res, "expires", &text, p);

    key->expires = text.len ? ngx_atotm(text.data, text.len) : 0;
    key->secret = (PQgetvalue(res, 0, PQfnumber(res, "kind"))[0] == 's');
    key->known = known;
    ngx_memcpy(key->hash, hash, NGX_SHOP_KEY_HASH);

    bucket = ngx_shop_key_bucket(hash);

    for (q = ngx_queue_head(bucket); q != ngx_queue_sentinel(bucket);
         q = ngx_queue_next(q))
    {
        old = ngx_queue_data(q, ngx_shop_key_t, queue);

        if (ngx_memcmp(old->hash, hash, NGX_SHOP_KEY_HASH) == 0) {

            /* its uses need not be written down again */

            ngx_memcpy(key->address, old->address, sizeof(key->address));
            ngx_memcpy(key->noted, old->noted, sizeof(key->noted));
            key->next = old->next;

            ngx_shop_key_forget(old);
            break;
        }
    }

    ngx_shop_key_make_room();

    ngx_queue_insert_head(bucket, &key->queue);
    ngx_shop_key_count++;

    return key;
}


static ngx_queue_t *
ngx_shop_key_bucket(const u_char *hash)
{
    ngx_queue_t  *bucket;

    bucket = &ngx_shop_key_buckets[hash[0] % NGX_SHOP_KEY_BUCKETS];

    if (bucket->next == NULL) {
        ngx_queue_init(bucket);
    }

    return bucket;
}


static void
ngx_shop_key_forget(ngx_shop_key_t *key)
{
    ngx_queue_remove(&key->queue);
    ngx_shop_key_count--;
    ngx_free(key);
}


/* A bucket after the other loses what it used last of all. */

static void
ngx_shop_key_make_room(void)
{
    ngx_uint_t         i;
    ngx_queue_t       *bucket;
    static ngx_uint_t  turn;

    for (i = 0;
         i < NGX_SHOP_KEY_BUCKETS && ngx_shop_key_count >= NGX_SHOP_KEYS;
         i++)
    {
        bucket = &ngx_shop_key_buckets[turn++ % NGX_SHOP_KEY_BUCKETS];

        if (bucket->next && !ngx_queue_empty(bucket)) {
            ngx_shop_key_forget(ngx_queue_data(ngx_queue_last(bucket),
                                               ngx_shop_key_t, queue));
        }
    }
}


static u_char *
ngx_shop_key_text(PGresult *res, const char *name, ngx_str_t *value,
    u_char *p)
{
    int  column;

    column = PQfnumber(res, name);

    value->len = PQgetlength(res, 0, column);
    value->data = p;

    ngx_memcpy(p, PQgetvalue(res, 0, column), value->len + 1);

    return p + value->len + 1;
}
