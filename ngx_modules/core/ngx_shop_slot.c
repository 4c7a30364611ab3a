/*
 * Tickets in the zone, under its mutex.
 */

#include "ngx_shop_slot.h"
#include "ngx_shop_zone.h"


#define NGX_SHOP_SLOT_ABSENT  200    /* ms: a waiter that no longer asks */


static ngx_shop_slot_entry_t *ngx_shop_slot_own(ngx_shop_slot_set_t *set);
static ngx_uint_t ngx_shop_slot_ahead(ngx_shop_slot_set_t *set,
    ngx_shop_slot_entry_t *own, ngx_msec_t now, ngx_msec_t lease);
static ngx_uint_t ngx_shop_slot_gone(ngx_shop_slot_entry_t *entry,
    ngx_msec_t now, ngx_msec_t lease);


static ngx_uint_t  ngx_shop_slot_crew;
static ngx_uint_t  ngx_shop_slot_worker;


void
ngx_shop_slot_identity(ngx_uint_t crew, ngx_uint_t worker)
{
    ngx_shop_slot_crew = crew;
    ngx_shop_slot_worker = worker;
}


ngx_int_t
ngx_shop_slot_take(ngx_shop_slot_set_t *set, ngx_uint_t limit,
    ngx_msec_t lease)
{
    ngx_msec_t              now;
    ngx_shop_slot_entry_t  *own;

    now = ngx_shop_zone_now();

    ngx_shop_zone_lock();

    own = ngx_shop_slot_own(set);

    if (own == NULL) {
        ngx_shop_zone_unlock();
        return NGX_AGAIN;
    }

    own->seen = now;

    if (!own->held && ngx_shop_slot_ahead(set, own, now, lease) < limit) {
        own->held = 1;
    }

    ngx_shop_zone_unlock();

    return own->held ? NGX_OK : NGX_AGAIN;
}


ngx_int_t
ngx_shop_slot_leave(ngx_shop_slot_set_t *set)
{
    ngx_int_t               next;
    ngx_uint_t              i, held;
    ngx_shop_slot_entry_t  *entry, *first;

    held = 0;
    first = NULL;
    next = NGX_DECLINED;

    ngx_shop_zone_lock();

    for (i = 0; i < NGX_SHOP_SLOT_WORKERS; i++) {
        entry = &set->entries[i];

        if (entry->pid == ngx_pid) {
            held = entry->held;
            ngx_memzero(entry, sizeof(ngx_shop_slot_entry_t));

        } else if (entry->pid && !entry->held
                   && (first == NULL || entry->ticket < first->ticket))
        {
            first = entry;
        }
    }

    if (held && first && first->crew == ngx_shop_slot_crew) {
        next = first->worker;
    }

    ngx_shop_zone_unlock();

    return next;
}


/* The entry of this worker; a new one is last in the queue. */

static ngx_shop_slot_entry_t *
ngx_shop_slot_own(ngx_shop_slot_set_t *set)
{
    ngx_uint_t              i;
    ngx_shop_slot_entry_t  *entry, *spare;

    spare = NULL;

    for (i = 0; i < NGX_SHOP_SLOT_WORKERS; i++) {
        entry = &set->entries[i];

        if (entry->pid == ngx_pid) {
            return entry;
        }

        if (entry->pid == 0 && spare == NULL) {
            spare = entry;
        }
    }

    if (spare) {
        spare->held = 0;
        spare->crew = ngx_shop_slot_crew;
        spare->worker = ngx_shop_slot_worker;
        spare->ticket = ++set->tickets;
        spare->pid = ngx_pid;
    }

    return spare;
}


/* Counts who holds a slot or asked before, and drops who is gone. */

static ngx_uint_t
ngx_shop_slot_ahead(ngx_shop_slot_set_t *set, ngx_shop_slot_entry_t *own,
    ngx_msec_t now, ngx_msec_t lease)
{
    ngx_uint_t              i, n;
    ngx_shop_slot_entry_t  *entry;

    n = 0;

    for (i = 0; i < NGX_SHOP_SLOT_WORKERS; i++) {
        entry = &set->entries[i];

        if (entry->pid == 0 || entry == own
            || (!entry->held && entry->ticket > own->ticket))
        {
            continue;
        }

        if (ngx_shop_slot_gone(entry, now, lease)) {
            entry->pid = 0;
            continue;
        }

        n++;
    }

    return n;
}


static ngx_uint_t
ngx_shop_slot_gone(ngx_shop_slot_entry_t *entry, ngx_msec_t now,
    ngx_msec_t lease)
{
    ngx_msec_int_t  age;

    age = now - entry->seen;

    if (age > (ngx_msec_int_t) (entry->held ? lease : NGX_SHOP_SLOT_ABSENT)) {
        return 1;
    }

    return kill(entry->pid, 0) == -1 && ngx_errno == NGX_ESRCH;
}
