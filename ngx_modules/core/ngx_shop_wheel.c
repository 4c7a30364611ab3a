/*
 * A timer wheel of one level.  A deadline beyond one turn stays in its slot
 * and is passed over until its time has come.
 */

#include <ngx_event.h>
#include "ngx_shop_wheel.h"


#define NGX_SHOP_WHEEL_SLOTS  256


static void ngx_shop_wheel_init(void);
static void ngx_shop_wheel_tick(ngx_event_t *ev);
static void ngx_shop_wheel_slot(ngx_queue_t *slot);


static ngx_queue_t  ngx_shop_wheel_slots[NGX_SHOP_WHEEL_SLOTS];
static ngx_event_t  ngx_shop_wheel_timer;
static ngx_uint_t   ngx_shop_wheel_nodes;
static ngx_uint_t   ngx_shop_wheel_ready;
static ngx_msec_t   ngx_shop_wheel_seen;     /* in steps: served up to here */


void
ngx_shop_wheel_add(ngx_shop_wheel_node_t *node, ngx_msec_t at,
    ngx_shop_wheel_pt expired)
{
    ngx_msec_t  step;

    if (!ngx_shop_wheel_ready) {
        ngx_shop_wheel_init();
    }

    if (ngx_shop_wheel_nodes++ == 0) {
        ngx_shop_wheel_seen = ngx_current_msec / NGX_SHOP_WHEEL_STEP;
        ngx_add_timer(&ngx_shop_wheel_timer, NGX_SHOP_WHEEL_STEP);
    }

    /* rounded up, and never into a slot that was already served */

    step = (at + NGX_SHOP_WHEEL_STEP - 1) / NGX_SHOP_WHEEL_STEP;

    if ((ngx_msec_int_t) (step - ngx_shop_wheel_seen) <= 0) {
        step = ngx_shop_wheel_seen + 1;
    }

    node->at = at;
    node->expired = expired;
    node->on = 1;
    ngx_queue_insert_tail(&ngx_shop_wheel_slots[step % NGX_SHOP_WHEEL_SLOTS],
                          &node->queue);
}


void
ngx_shop_wheel_del(ngx_shop_wheel_node_t *node)
{
    if (!node->on) {
        return;
    }

    node->on = 0;
    ngx_queue_remove(&node->queue);

    if (--ngx_shop_wheel_nodes == 0 && ngx_shop_wheel_timer.timer_set) {
        ngx_del_timer(&ngx_shop_wheel_timer);
    }
}


static void
ngx_shop_wheel_init(void)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_SHOP_WHEEL_SLOTS; i++) {
        ngx_queue_init(&ngx_shop_wheel_slots[i]);
    }

    ngx_shop_wheel_timer.handler = ngx_shop_wheel_tick;
    ngx_shop_wheel_timer.data = &ngx_shop_wheel_timer;
    ngx_shop_wheel_timer.log = ngx_cycle->log;
    ngx_shop_wheel_ready = 1;
}


static void
ngx_shop_wheel_tick(ngx_event_t *ev)
{
    ngx_msec_t  now, n;

    now = ngx_current_msec / NGX_SHOP_WHEEL_STEP;

    /* a worker that was stopped for long serves each slot once */

    n = ngx_min(now - ngx_shop_wheel_seen, NGX_SHOP_WHEEL_SLOTS);

    while (n--) {
        ngx_shop_wheel_seen = now - n;
        ngx_shop_wheel_slot(&ngx_shop_wheel_slots[ngx_shop_wheel_seen
                                                  % NGX_SHOP_WHEEL_SLOTS]);
    }

    if (ngx_shop_wheel_nodes && !ev->timer_set) {
        ngx_add_timer(ev, NGX_SHOP_WHEEL_STEP);
    }
}


/* A node that expires may add and remove others, so that the slot is taken
   over first and taken from one by one. */

static void
ngx_shop_wheel_slot(ngx_queue_t *slot)
{
    ngx_queue_t             due, *q;
    ngx_shop_wheel_node_t  *node;

    if (ngx_queue_empty(slot)) {
        return;
    }

    ngx_queue_init(&due);
    ngx_queue_add(&due, slot);
    ngx_queue_init(slot);

    while (!ngx_queue_empty(&due)) {
        q = ngx_queue_head(&due);
        node = ngx_queue_data(q, ngx_shop_wheel_node_t, queue);

        if ((ngx_msec_int_t) (node->at - ngx_current_msec) > 0) {
            ngx_queue_remove(q);
            ngx_queue_insert_tail(slot, q);
            continue;
        }

        ngx_shop_wheel_del(node);
        node->expired(node);
    }
}
