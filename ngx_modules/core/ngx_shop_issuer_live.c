/*
 * What outside issuers publish: one JSON text each in the zone, and what a
 * worker makes of it.
 */

#include "ngx_shop_issuer.h"
#include "ngx_shop_zone.h"
#include <openssl/sha.h>


#define NGX_SHOP_ISSUER_FRESH  (5 * 60 * 1000)   /* ms, then fetched again */
#define NGX_SHOP_ISSUER_PAUSE  10000     /* ms, between tries for a key */
#define NGX_SHOP_ISSUER_RETRY  2000      /* ms, after a failure */
#define NGX_SHOP_ISSUER_LEASE  25000     /* ms, of the request that fetches */


typedef struct {
    u_char                   of[SHA256_DIGEST_LENGTH];
    ngx_atomic_t             version;    /* 0: nothing yet */
    ngx_msec_t               tried;      /* when the last fetch ended */
    ngx_msec_t               fetched;    /* when the last good one did */
    ngx_msec_t               busy;       /* a request fetches until then */
    size_t                   len;
    u_char                   text[NGX_SHOP_ISSUER_TEXT];
} ngx_shop_issuer_slot_t;

typedef struct {
    ngx_atomic_t             generation; /* the last version of any */
    ngx_shop_issuer_slot_t   slots[NGX_SHOP_ISSUERS_MAX];
} ngx_shop_issuer_zone_t;


static ngx_shop_issuer_slot_t *ngx_shop_issuer_slot(
    const ngx_shop_issuer_t *issuer);
static ngx_uint_t ngx_shop_issuer_past(ngx_msec_t time, ngx_msec_t span);
static ngx_shop_issuer_live_t *ngx_shop_issuer_make(u_char *text, size_t len);
static ngx_int_t ngx_shop_issuer_member(ngx_pool_t *pool, json_t *object,
    const char *name, ngx_str_t *value);
static void ngx_shop_issuer_forget(ngx_uint_t i);


static ngx_shop_zone_part_t     ngx_shop_issuer_part = {
    "issuer", sizeof(ngx_shop_issuer_zone_t)
};

static ngx_shop_issuer_zone_t  *ngx_shop_issuer_zone;
static ngx_shop_issuer_live_t  *ngx_shop_issuer_made[NGX_SHOP_ISSUERS_MAX];


ngx_int_t
ngx_shop_issuer_zone_add(ngx_conf_t *cf)
{
    return ngx_shop_zone_add(cf, &ngx_shop_issuer_part);
}


ngx_int_t
ngx_shop_issuer_zone_open(ngx_cycle_t *cycle)
{
    ngx_shop_issuer_zone = ngx_shop_zone_open(cycle, &ngx_shop_issuer_part);

    return ngx_shop_issuer_zone ? NGX_OK : NGX_ERROR;
}


void
ngx_shop_issuer_zone_close(void)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_SHOP_ISSUERS_MAX; i++) {
        ngx_shop_issuer_forget(i);
    }
}


const ngx_shop_issuer_live_t *
ngx_shop_issuer_live(const ngx_shop_issuer_t *issuer)
{
    size_t                   len;
    ngx_uint_t               version;
    ngx_shop_issuer_slot_t  *slot;
    ngx_shop_issuer_live_t  *live;

    static u_char            text[NGX_SHOP_ISSUER_TEXT];

    live = ngx_shop_issuer_made[issuer->index];

    ngx_shop_zone_lock();

    slot = ngx_shop_issuer_slot(issuer);
    version = slot->version;
    len = 0;

    if (version && (live == NULL || live->version != version)) {
        len = slot->len;
        ngx_memcpy(text, slot->text, len);
    }

    ngx_shop_zone_unlock();

    if (version == 0) {
        return NULL;
    }

    if (len) {
        ngx_shop_issuer_forget(issuer->index);

        live = ngx_shop_issuer_make(text, len);
        if (live == NULL) {
            return NULL;
        }

        live->version = version;
        ngx_shop_issuer_made[issuer->index] = live;
    }

    return live;
}


ngx_uint_t
ngx_shop_issuer_generation(void)
{
    return ngx_shop_issuer_zone ? ngx_shop_issuer_zone->generation : 0;
}


ngx_uint_t
ngx_shop_issuer_claim(const ngx_shop_issuer_t *issuer, ngx_uint_t again)
{
    ngx_uint_t               due;
    ngx_msec_t               now;
    ngx_shop_issuer_slot_t  *slot;

    now = ngx_shop_zone_now();

    ngx_shop_zone_lock();

    slot = ngx_shop_issuer_slot(issuer);

    if (slot->busy && (ngx_msec_int_t) (slot->busy - now) > 0) {
        due = 0;

    } else if (slot->version == 0) {
        due = ngx_shop_issuer_past(slot->tried, NGX_SHOP_ISSUER_RETRY);

    } else {
        due = ngx_shop_issuer_past(slot->tried, NGX_SHOP_ISSUER_PAUSE)
              && (again || ngx_shop_issuer_past(slot->fetched,
                                                NGX_SHOP_ISSUER_FRESH));
    }

    if (due) {
        slot->busy = now + NGX_SHOP_ISSUER_LEASE;
    }

    ngx_shop_zone_unlock();

    return due;
}


ngx_uint_t
ngx_shop_issuer_busy(const ngx_shop_issuer_t *issuer)
{
    ngx_msec_t               busy;
    ngx_shop_issuer_slot_t  *slot;

    ngx_shop_zone_lock();

    slot = ngx_shop_issuer_slot(issuer);
    busy = slot->busy;

    ngx_shop_zone_unlock();

    return busy && (ngx_msec_int_t) (busy - ngx_shop_zone_now()) > 0;
}


void
ngx_shop_issuer_publish(const ngx_shop_issuer_t *issuer, const char *text,
    size_t len)
{
    ngx_shop_issuer_slot_t  *slot;

    ngx_shop_zone_lock();

    slot = ngx_shop_issuer_slot(issuer);
    slot->busy = 0;
    slot->tried = ngx_shop_zone_now();

    if (text && len <= NGX_SHOP_ISSUER_TEXT) {
        slot->fetched = slot->tried;

        if (slot->version == 0 || slot->len != len
            || ngx_memcmp(slot->text, text, len) != 0)
        {
            ngx_memcpy(slot->text, text, len);
            slot->len = len;
            slot->version = ++ngx_shop_issuer_zone->generation;
        }
    }

    ngx_shop_zone_unlock();
}


/* Under the mutex.  The zone outlives a reload: a slot whose issuer is another
   one now begins anew. */

static ngx_shop_issuer_slot_t *
ngx_shop_issuer_slot(const ngx_shop_issuer_t *issuer)
{
    u_char                   of[SHA256_DIGEST_LENGTH];
    ngx_shop_issuer_slot_t  *slot;

    slot = &ngx_shop_issuer_zone->slots[issuer->index];

    SHA256(issuer->issuer.data, issuer->issuer.len, of);

    if (ngx_memcmp(slot->of, of, sizeof(of)) != 0) {
        ngx_memcpy(slot->of, of, sizeof(of));
        slot->version = 0;
        slot->tried = 0;
        slot->fetched = 0;
        slot->busy = 0;
        ngx_shop_issuer_zone->generation++;
    }

    return slot;
}


/* a time that is 0 was never */

static ngx_uint_t
ngx_shop_issuer_past(ngx_msec_t time, ngx_msec_t span)
{
    return time == 0 || ngx_shop_zone_now() - time >= span;
}


static ngx_shop_issuer_live_t *
ngx_shop_issuer_make(u_char *text, size_t len)
{
    json_t                  *root;
    ngx_pool_t              *pool;
    ngx_shop_issuer_live_t  *live;

    pool = ngx_create_pool(8192, ngx_cycle->log);
    root = json_loadb((char *) text, len, 0, NULL);
    live = pool ? ngx_pcalloc(pool, sizeof(ngx_shop_issuer_live_t)) : NULL;

    if (live == NULL || root == NULL
        || ngx_shop_issuer_member(pool, root, "authorization",
                                  &live->authorization) != NGX_OK
        || ngx_shop_issuer_member(pool, root, "token", &live->token) != NGX_OK
        || ngx_shop_issuer_member(pool, root, "userinfo", &live->userinfo)
           != NGX_OK
        || ngx_shop_jwks_read(json_object_get(root, "jwks"), &live->jwks)
           != NGX_OK)
    {
        json_decref(root);

        if (pool) {
            ngx_destroy_pool(pool);
        }

        return NULL;
    }

    live->pool = pool;
    live->post = json_is_true(json_object_get(root, "post"));
    live->says_iss = json_is_true(json_object_get(root, "says_iss"));

    json_decref(root);

    return live;
}


static ngx_int_t
ngx_shop_issuer_member(ngx_pool_t *pool, json_t *object, const char *name,
    ngx_str_t *value)
{
    json_t     *member;
    ngx_str_t   text;

    member = json_object_get(object, name);

    text.data = (u_char *) json_string_value(member);
    text.len = json_string_length(member);

    value->len = text.len;

    if (text.len == 0) {
        value->data = (u_char *) "";
        return NGX_OK;
    }

    value->data = ngx_pstrdup(pool, &text);

    return value->data ? NGX_OK : NGX_ERROR;
}


static void
ngx_shop_issuer_forget(ngx_uint_t i)
{
    if (ngx_shop_issuer_made[i]) {
        ngx_shop_jwks_free(&ngx_shop_issuer_made[i]->jwks);
        ngx_destroy_pool(ngx_shop_issuer_made[i]->pool);
        ngx_shop_issuer_made[i] = NULL;
    }
}
