/*
 * Attempts to sign in come in bursts: a sale begins, or somebody guesses.  Few
 * of those that have arrived are taken a turn of the event loop, in their
 * order, so that no other request waits until all of them were seen to.
 */

#include "ngx_shop_engine.h"
#include <ngx_event.h>


#define NGX_SHOP_PACE  4             /* a turn */


typedef struct {
    ngx_queue_t          queue;
    ngx_shop_request_t  *sr;
    unsigned             waits:1;
} ngx_shop_pace_t;


static void ngx_shop_pace_turn(ngx_event_t *ev);
static void ngx_shop_pace_cleanup(void *data);


static ngx_queue_t  ngx_shop_pace_waiting;
static ngx_event_t  ngx_shop_pace_event;
static ngx_uint_t   ngx_shop_pace_taken;     /* in this turn */


ngx_int_t
ngx_shop_pace(ngx_shop_request_t *sr)
{
    ngx_event_t         *ev = &ngx_shop_pace_event;
    ngx_shop_pace_t     *pace;
    ngx_http_cleanup_t  *cln;

    if (ngx_shop_pace_waiting.next == NULL) {
        ngx_queue_init(&ngx_shop_pace_waiting);
        ev->handler = ngx_shop_pace_turn;
        ev->log = ngx_cycle->log;
    }

    if (!ev->posted) {
        ngx_shop_pace_taken = 0;
        ngx_post_event(ev, &ngx_posted_next_events);
    }

    if (ngx_shop_pace_taken < NGX_SHOP_PACE) {
        ngx_shop_pace_taken++;
        return NGX_OK;
    }

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_pace_t));
    if (cln == NULL) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    pace = cln->data;
    pace->sr = sr;
    pace->waits = 1;

    cln->handler = ngx_shop_pace_cleanup;

    ngx_queue_insert_tail(&ngx_shop_pace_waiting, &pace->queue);

    return NGX_AGAIN;
}


static void
ngx_shop_pace_turn(ngx_event_t *ev)
{
    ngx_queue_t         *q;
    ngx_connection_t    *c;
    ngx_shop_pace_t     *pace;
    ngx_shop_request_t  *sr;

    if (ngx_queue_empty(&ngx_shop_pace_waiting)) {
        return;
    }

    ngx_shop_pace_taken = 0;
    ngx_post_event(ev, &ngx_posted_next_events);

    while (!ngx_queue_empty(&ngx_shop_pace_waiting)
           && ngx_shop_pace_taken < NGX_SHOP_PACE)
    {
        q = ngx_queue_head(&ngx_shop_pace_waiting);
        pace = ngx_queue_data(q, ngx_shop_pace_t, queue);

        ngx_queue_remove(q);
        pace->waits = 0;
        ngx_shop_pace_taken++;

        sr = pace->sr;
        c = sr->r->connection;

        ngx_http_set_log_request(c->log, sr->r);

        ngx_shop_request_go(sr);
        ngx_http_run_posted_requests(c);
    }
}


static void
ngx_shop_pace_cleanup(void *data)
{
    ngx_shop_pace_t  *pace = data;

    if (pace->waits) {
        ngx_queue_remove(&pace->queue);
        pace->waits = 0;
    }
}
