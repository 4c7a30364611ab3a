/*
 * Revocations in the zone: a table with open addressing, written under the
 * zone's mutex and read without.
 */

#include "ngx_shop_node_zone.h"
#include "ngx_shop_zone.h"


#define NGX_SHOP_NODE_PROBES  64
#define NGX_SHOP_NODE_FRESH   500            /* ms */
#define NGX_SHOP_NODE_LIFE    (25 * 3600)    /* s: of any access token */


static ngx_int_t ngx_shop_node_uuid(ngx_str_t *text, u_char *id);
static ngx_shop_node_revoked_t *ngx_shop_node_revoked_find(
    ngx_shop_node_zone_t *zone, ngx_uint_t kind, u_char *id);
static ngx_shop_node_revoked_t *ngx_shop_node_revoked_place(
    ngx_shop_node_zone_t *zone, u_char *id);
static ngx_uint_t ngx_shop_node_revoked_spent(ngx_shop_node_revoked_t *r);


ngx_int_t
ngx_shop_node_session(ngx_shop_claims_t *claims)
{
    u_char                    id[NGX_SHOP_NODE_UUID];
    ngx_shop_node_zone_t     *zone;
    ngx_shop_node_revoked_t  *r;

    zone = ngx_shop_node_zone();

    if (zone == NULL || ngx_shop_node_uuid(&claims->session, id) != NGX_OK) {
        return NGX_AGAIN;
    }

    r = ngx_shop_node_revoked_find(zone, NGX_SHOP_NODE_SESSION, id);
    if (r && r->epoch > ngx_time()) {
        return NGX_DECLINED;
    }

    return ngx_shop_node_user(claims);
}


ngx_int_t
ngx_shop_node_user(const ngx_shop_claims_t *claims)
{
    u_char                    id[NGX_SHOP_NODE_UUID];
    ngx_str_t                 user;
    ngx_shop_node_zone_t     *zone;
    ngx_shop_node_revoked_t  *r;

    zone = ngx_shop_node_zone();

    if (zone == NULL) {
        return NGX_AGAIN;
    }

    user = claims->user;

    if (ngx_shop_node_uuid(&user, id) == NGX_OK) {
        r = ngx_shop_node_revoked_find(zone, NGX_SHOP_NODE_USER, id);

        /* blocked, or of other roles by now */

        if (r && claims->issued < r->epoch) {
            return NGX_AGAIN;
        }
    }

    return zone->full || !ngx_shop_node_fresh() ? NGX_AGAIN : NGX_OK;
}


ngx_uint_t
ngx_shop_node_fresh(void)
{
    return ngx_shop_node_age() <= NGX_SHOP_NODE_FRESH;
}


ngx_atomic_uint_t
ngx_shop_node_keys(void)
{
    ngx_shop_node_zone_t  *zone;

    zone = ngx_shop_node_zone();

    return zone ? zone->keys : 0;
}


void
ngx_shop_node_keys_changed(ngx_shop_node_zone_t *zone)
{
    (void) ngx_atomic_fetch_add(&zone->keys, 1);
}


ngx_msec_t
ngx_shop_node_age(void)
{
    ngx_shop_node_zone_t  *zone;

    zone = ngx_shop_node_zone();

    if (zone == NULL || zone->heard == 0) {
        return NGX_MAX_INT_T_VALUE;
    }

    return ngx_shop_zone_now() - zone->heard;
}


void
ngx_shop_node_revoke(ngx_str_t *session, ngx_str_t *user, time_t before)
{
    ngx_shop_node_zone_t  *zone;

    zone = ngx_shop_node_zone();

    if (zone == NULL) {
        return;
    }

    if (session) {
        ngx_shop_node_revoked_add(zone, NGX_SHOP_NODE_SESSION, session,
                                  before);
    }

    if (user) {
        ngx_shop_node_revoked_add(zone, NGX_SHOP_NODE_USER, user, before);
    }
}


void
ngx_shop_node_revoked_add(ngx_shop_node_zone_t *zone, ngx_uint_t kind,
    ngx_str_t *id, int64_t epoch)
{
    u_char                    bytes[NGX_SHOP_NODE_UUID];
    ngx_shop_node_revoked_t  *r;

    if (ngx_shop_node_uuid(id, bytes) != NGX_OK) {
        return;
    }

    ngx_shop_zone_lock();

    r = ngx_shop_node_revoked_find(zone, kind, bytes);

    if (r) {
        r->epoch = ngx_max(r->epoch, epoch);
        ngx_shop_zone_unlock();
        return;
    }

    r = ngx_shop_node_revoked_place(zone, bytes);

    if (r == NULL) {
        /* from now on sessions are asked of the primary, until a reload of
           the whole feed finds room */
        zone->full = 1;
        ngx_shop_zone_unlock();
        return;
    }

    r->kind = NGX_SHOP_NODE_FREED;
    ngx_memory_barrier();
    ngx_memcpy(r->id, bytes, NGX_SHOP_NODE_UUID);
    r->epoch = epoch;
    ngx_memory_barrier();
    r->kind = kind;

    ngx_shop_zone_unlock();
}


static ngx_shop_node_revoked_t *
ngx_shop_node_revoked_find(ngx_shop_node_zone_t *zone, ngx_uint_t kind,
    u_char *id)
{
    ngx_uint_t                i, hash;
    ngx_shop_node_revoked_t  *r;

    hash = ngx_murmur_hash2(id, NGX_SHOP_NODE_UUID);

    for (i = 0; i < NGX_SHOP_NODE_PROBES; i++) {
        r = &zone->revoked[(hash + i) % NGX_SHOP_NODE_REVOKED];

        if (r->kind == NGX_SHOP_NODE_EMPTY) {
            return NULL;
        }

        if (r->kind == kind
            && ngx_memcmp(r->id, id, NGX_SHOP_NODE_UUID) == 0)
        {
            return r;
        }
    }

    return NULL;
}


/* The first place on the way that is empty, or that time has freed. */

static ngx_shop_node_revoked_t *
ngx_shop_node_revoked_place(ngx_shop_node_zone_t *zone, u_char *id)
{
    ngx_uint_t                i, hash;
    ngx_shop_node_revoked_t  *r;

    hash = ngx_murmur_hash2(id, NGX_SHOP_NODE_UUID);

    for (i = 0; i < NGX_SHOP_NODE_PROBES; i++) {
        r = &zone->revoked[(hash + i) % NGX_SHOP_NODE_REVOKED];

        if (r->kind == NGX_SHOP_NODE_EMPTY || ngx_shop_node_revoked_spent(r)) {
            return r;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_shop_node_revoked_spent(ngx_shop_node_revoked_t *r)
{
    switch (r->kind) {

    case NGX_SHOP_NODE_SESSION:
        return r->epoch <= ngx_time();

    case NGX_SHOP_NODE_USER:
        return r->epoch + NGX_SHOP_NODE_LIFE <= ngx_time();

    default:
        return 1;
    }
}


static ngx_int_t
ngx_shop_node_uuid(ngx_str_t *text, u_char *id)
{
    u_char      c;
    size_t      i;
    ngx_uint_t  n, digit;

    n = 0;

    for (i = 0; i < text->len && n < 2 * NGX_SHOP_NODE_UUID; i++) {
        c = text->data[i];

        if (c == '-') {
            continue;
        }

        c |= 0x20;

        if (c >= '0' && c <= '9') {
            digit = c - '0';

        } else if (c >= 'a' && c <= 'f') {
            digit = c - 'a' + 10;

        } else {
            return NGX_ERROR;
        }

        id[n / 2] = n % 2 ? id[n / 2] | digit : digit << 4;
        n++;
    }

    return n == 2 * NGX_SHOP_NODE_UUID && i == text->len ? NGX_OK : NGX_ERROR;
}
