/*
 * Slots of a node: so many of its workers at a time, in the order in which
 * they asked.  A slot belongs to a process id in the zone, and is free again
 * when that process is dead, or when it did not renew its lease.
 */

#ifndef _NGX_SHOP_SLOT_H_INCLUDED_
#define _NGX_SHOP_SLOT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_SLOT_WORKERS  128


typedef struct {
    ngx_pid_t                pid;        /* 0: the entry is free */
    ngx_uint_t               ticket;
    ngx_msec_t               seen;       /* when it last asked */
    ngx_uint_t               held;
    ngx_uint_t               crew;       /* whom it can be woken by */
    ngx_uint_t               worker;     /* its index there */
} ngx_shop_slot_entry_t;


/* In a part of the zone, which is zeroed. */
typedef struct {
    ngx_uint_t               tickets;
    ngx_shop_slot_entry_t    entries[NGX_SHOP_SLOT_WORKERS];
} ngx_shop_slot_set_t;


/* Who this worker is, so that others of its crew can wake it: a crew are the
   workers of one configuration, above 0. */
void ngx_shop_slot_identity(ngx_uint_t crew, ngx_uint_t worker);

/* NGX_OK: this worker holds one of `limit` slots, for `lease` milliseconds
   from now; NGX_AGAIN: ask again soon, its place in the queue is kept. */
ngx_int_t ngx_shop_slot_take(ngx_shop_slot_set_t *set, ngx_uint_t limit,
    ngx_msec_t lease);

/* Gives the slot back, or the place in the queue.  Returns the index of the
   worker of this crew whose turn it is now, or NGX_DECLINED. */
ngx_int_t ngx_shop_slot_leave(ngx_shop_slot_set_t *set);


#endif /* _NGX_SHOP_SLOT_H_INCLUDED_ */
