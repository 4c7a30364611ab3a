/*
 * Private to the batcher: ngx_shop_pg_item.c, ngx_shop_pg_unit.c (items that
 * go together), ngx_shop_pg_batch.c (when the next one begins),
 * ngx_shop_pg_place.c (placing and looking up) and ngx_shop_pg_barrier.c (what
 * makes an answer durable).
 *
 * A unit is on one list at a time:
 *
 *   todo ──▶ placing ──▶ held ──▶ covered ──▶ released
 *    ▲          │          │         │
 *    └──────────┴──────────┴─────────┘  halves, repeats; look-ups after a loss
 */

#ifndef _NGX_SHOP_PG_ORDER_H_INCLUDED_
#define _NGX_SHOP_PG_ORDER_H_INCLUDED_


#include "ngx_shop_pg_conn.h"
#include "ngx_shop_pg_batch.h"
#include "ngx_shop_slot.h"


#define NGX_SHOP_PG_BATCH_OPTIONS  256


/* A result used by many items. */
typedef struct {
    PGresult                *res;
    ngx_uint_t               refs;
} ngx_shop_pg_shared_t;


/* Items that are placed, or looked up, and held together. */
typedef struct {
    ngx_queue_t              queue;
    ngx_queue_t              items;
    ngx_uint_t               n;
    ngx_uint_t               tries;
    ngx_shop_pg_shared_t    *shared;     /* its answers */
    ngx_uint_t               order;      /* generations of the connections */
    ngx_uint_t               barrier;    /* when it was sent */
    unsigned                 lookup:1;   /* one item, to be found by its id */
} ngx_shop_pg_unit_t;


/* states of an item */
typedef enum {
    NGX_SHOP_PG_ITEM_NEW = 0,
    NGX_SHOP_PG_ITEM_WAITING,
    NGX_SHOP_PG_ITEM_UNIT,
    NGX_SHOP_PG_ITEM_DONE
} ngx_shop_pg_item_state_e;


/* In the zone. */
typedef struct {
    ngx_shop_slot_set_t      slots;
    ngx_uint_t               mode;       /* as measured, 0: not yet */
    ngx_uint_t               flush;      /* microseconds */
} ngx_shop_pg_orders_t;


typedef struct {
    const ngx_shop_pg_conf_t *conf;
    ngx_shop_pg_orders_t     *shared;
    ngx_uint_t                mode;      /* 0: to be measured */
    ngx_shop_pg_role_t        order_role;
    ngx_shop_pg_role_t        barrier_role;
    ngx_shop_pg_conn_t        order;
    ngx_shop_pg_conn_t        barrier;

    ngx_queue_t               waiting;   /* items */
    ngx_queue_t               todo;      /* units, before new items */
    ngx_shop_pg_unit_t       *placing;
    ngx_queue_t               held;      /* placed, by no barrier covered */
    ngx_queue_t               covered;   /* by the barrier in flight */
    ngx_event_t               run;       /* posted */
    ngx_event_t               poll;      /* while it waits for a slot */
    ngx_shop_pg_item_t      **index;     /* scratch: by ord */
    u_char                    options[NGX_SHOP_PG_BATCH_OPTIONS];
    ngx_uint_t                round;     /* of measuring the flush */
    ngx_uint_t                fastest[2];
    uint64_t                  began;
    ngx_shop_pg_batch_stats_t stats;
    unsigned                  slot:1;
    unsigned                  flushing:1;
} ngx_shop_pg_batcher_t;


/* --- ngx_shop_pg_batch.c -------------------------------------------------- */

/* The worker's batcher, NULL without one. */
ngx_shop_pg_batcher_t *ngx_shop_pg_batcher(void);

/* Runs the batcher at the end of this turn. */
void ngx_shop_pg_batch_run(ngx_shop_pg_batcher_t *b);

/* Opens the connection for orders in the mode chosen. */
void ngx_shop_pg_batch_open(ngx_shop_pg_batcher_t *b);

/* Gives back the slot, or the place in its queue. */
void ngx_shop_pg_batch_unslot(ngx_shop_pg_batcher_t *b);

/* 1 if both connections stand, or will soon as far as is known. */
ngx_uint_t ngx_shop_pg_batch_hopeful(ngx_shop_pg_batcher_t *b);


/* --- ngx_shop_pg_item.c --------------------------------------------------- */

/* Completes an item, which is on no list. */
void ngx_shop_pg_item_finish(ngx_shop_pg_item_t *item, ngx_uint_t rc,
    ngx_shop_pg_shared_t *shared, int row);


/* --- ngx_shop_pg_unit.c --------------------------------------------------- */

/* A unit of up to n waiting items, or NULL. */
ngx_shop_pg_unit_t *ngx_shop_pg_unit_form(ngx_shop_pg_batcher_t *b,
    ngx_uint_t n);

/* Drops items that nobody waits for, and the unit if none is left; returns
   how many are. */
ngx_uint_t ngx_shop_pg_unit_prune(ngx_shop_pg_unit_t *unit);

/* Completes all items with this rc, and with the result or NULL, which is
   owned; frees the unit. */
void ngx_shop_pg_unit_fail(ngx_shop_pg_unit_t *unit, ngx_uint_t rc,
    PGresult *res);

/* Completes all items with their rows; frees the unit. */
void ngx_shop_pg_unit_release(ngx_shop_pg_unit_t *unit);

/* Puts the unit, whole, or in two halves, or each item as a look-up, before
   all new items.  The unit is off all lists. */
void ngx_shop_pg_unit_repeat(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit);
void ngx_shop_pg_unit_halve(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit);
void ngx_shop_pg_unit_look_up(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit);

/* Gives the unit its result, which is owned, and each item its row.
   Sets *replayed if a row is a replay. */
ngx_int_t ngx_shop_pg_unit_answer(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit, PGresult *res, ngx_uint_t *replayed);

/* The items as the text of a jsonb[], to be freed; NULL: no memory. */
char *ngx_shop_pg_unit_array(ngx_shop_pg_unit_t *unit);

void ngx_shop_pg_shared_release(ngx_shop_pg_shared_t *shared);


/* --- ngx_shop_pg_place.c -------------------------------------------------- */

/* Sends the unit, which is off all lists; NGX_DECLINED: it is in todo again. */
ngx_int_t ngx_shop_pg_place(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit);


/* --- ngx_shop_pg_barrier.c ------------------------------------------------ */

ngx_int_t ngx_shop_pg_barrier_stmts(ngx_conf_t *cf);

/* Holds a placed unit until it is durable. */
void ngx_shop_pg_barrier_hold(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit);

/* One of the two connections was lost: rule 3 for all that is held. */
void ngx_shop_pg_barrier_void(ngx_shop_pg_batcher_t *b);

/* Measures the flush, then chooses the mode and opens for orders. */
void ngx_shop_pg_barrier_measure(ngx_shop_pg_batcher_t *b);


#endif /* _NGX_SHOP_PG_ORDER_H_INCLUDED_ */
