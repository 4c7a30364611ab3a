/*
 * Requests that come before the first load: the workers of a new binary take
 * connections at once, while its zone knows no store yet.  They wait for it,
 * and are refused only when the database doesn't answer.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_node.h"
#include <ngx_event.h>


#define NGX_SHOP_START_LOOK     10       /* ms */
#define NGX_SHOP_START_TIMEOUT  2000


typedef struct {
    ngx_queue_t          queue;
    ngx_shop_request_t  *sr;
    ngx_msec_t           until;
    unsigned             waits:1;
} ngx_shop_start_t;


static void ngx_shop_start_look(ngx_event_t *ev);
static void ngx_shop_start_go(ngx_shop_start_t *start);
static void ngx_shop_start_cleanup(void *data);


static ngx_queue_t  ngx_shop_start_waiting;
static ngx_event_t  ngx_shop_start_event;


ngx_int_t
ngx_shop_start_wait(ngx_shop_request_t *sr)
{
    ngx_event_t         *ev = &ngx_shop_start_event;
    ngx_shop_start_t    *start;
    ngx_http_cleanup_t  *cln;

    if (ngx_shop_start_waiting.next == NULL) {
        ngx_queue_init(&ngx_shop_start_waiting);
        ev->handler = ngx_shop_start_look;
        ev->log = ngx_cycle->log;
    }

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_start_t));
    if (cln == NULL) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    start = cln->data;
    start->sr = sr;
    start->until = ngx_current_msec + NGX_SHOP_START_TIMEOUT;
    start->waits = 1;

    cln->handler = ngx_shop_start_cleanup;

    ngx_queue_insert_tail(&ngx_shop_start_waiting, &start->queue);

    if (!ev->timer_set) {
        ngx_add_timer(ev, NGX_SHOP_START_LOOK);
    }

    return NGX_AGAIN;
}


static void
ngx_shop_start_look(ngx_event_t *ev)
{
    ngx_queue_t       *q;
    ngx_shop_start_t  *start;

    while (!ngx_queue_empty(&ngx_shop_start_waiting)) {

        q = ngx_queue_head(&ngx_shop_start_waiting);
        start = ngx_queue_data(q, ngx_shop_start_t, queue);

        if (!ngx_shop_node_ready()
            && (ngx_msec_int_t) (start->until - ngx_current_msec) > 0)
        {
            if (!ev->timer_set) {
                ngx_add_timer(ev, NGX_SHOP_START_LOOK);
            }

            return;
        }

        ngx_queue_remove(q);
        start->waits = 0;

        ngx_shop_start_go(start);
    }
}


static void
ngx_shop_start_go(ngx_shop_start_t *start)
{
    ngx_connection_t    *c;
    ngx_shop_request_t  *sr;

    sr = start->sr;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    sr->store = ngx_shop_node_store(&sr->r->headers_in.server);

    if (sr->store) {
        ngx_shop_request_go(sr);

    } else {
        (void) ngx_shop_unavailable(sr, "the shop is starting");
    }

    ngx_http_run_posted_requests(c);
}


static void
ngx_shop_start_cleanup(void *data)
{
    ngx_shop_start_t  *start = data;

    if (start->waits) {
        ngx_queue_remove(&start->queue);
        start->waits = 0;
    }
}
