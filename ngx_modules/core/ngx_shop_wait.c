/*
 * Requests that wait in a line: each goes on once, in their order, and leaves
 * when it dies first.
 *
 * Those that come before the first load: the workers of a new binary take
 * connections at once, while its zone knows no store yet.  They are refused
 * only when the database doesn't answer.
 *
 * Attempts to sign in, which come in bursts: a sale begins, or somebody
 * guesses.  Few of those that have arrived are taken a turn of the event loop,
 * so that no other request waits until all of them were seen to.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_node.h"
#include "ngx_shop_timer.h"


#define NGX_SHOP_START_LOOK     10       /* ms */
#define NGX_SHOP_START_TIMEOUT  2000

#define NGX_SHOP_PACE           4        /* a turn */
#define NGX_SHOP_PACE_HOLD      1000     /* ms */


typedef struct {
    ngx_queue_t          waiting;        /* next is NULL before the first */
    ngx_event_t          event;
} ngx_shop_line_t;

typedef struct {
    ngx_queue_t          queue;
    ngx_shop_request_t  *sr;
    ngx_msec_t           since;
    unsigned             waits:1;
} ngx_shop_wait_t;


static void ngx_shop_wait_open(ngx_shop_line_t *line,
    ngx_event_handler_pt handler);
static ngx_int_t ngx_shop_wait(ngx_shop_line_t *line, ngx_shop_request_t *sr,
    ngx_msec_t timer);
static ngx_shop_wait_t *ngx_shop_wait_first(ngx_shop_line_t *line);
static void ngx_shop_wait_go(ngx_shop_wait_t *wait,
    void (*go)(ngx_shop_request_t *sr));
static void ngx_shop_wait_timer(ngx_shop_line_t *line, ngx_msec_t timer);
static void ngx_shop_wait_leave(void *data);
static void ngx_shop_start_look(ngx_event_t *ev);
static void ngx_shop_start_go(ngx_shop_request_t *sr);
static void ngx_shop_pace_turn(ngx_event_t *ev);


static ngx_shop_line_t  ngx_shop_start_line;
static ngx_shop_line_t  ngx_shop_pace_line;
static ngx_uint_t       ngx_shop_pace_taken;    /* in this turn */


static void
ngx_shop_wait_open(ngx_shop_line_t *line, ngx_event_handler_pt handler)
{
    if (line->waiting.next == NULL) {
        ngx_queue_init(&line->waiting);
        ngx_shop_timer_init(&line->event, handler, ngx_cycle->log);
    }
}


static ngx_int_t
ngx_shop_wait(ngx_shop_line_t *line, ngx_shop_request_t *sr, ngx_msec_t timer)
{
    ngx_shop_wait_t     *wait;
    ngx_http_cleanup_t  *cln;

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_wait_t));
    if (cln == NULL) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    wait = cln->data;
    wait->sr = sr;
    wait->since = ngx_current_msec;
    wait->waits = 1;

    cln->handler = ngx_shop_wait_leave;

    ngx_queue_insert_tail(&line->waiting, &wait->queue);
    ngx_shop_wait_timer(line, timer);

    return NGX_AGAIN;
}


static ngx_shop_wait_t *
ngx_shop_wait_first(ngx_shop_line_t *line)
{
    return ngx_queue_empty(&line->waiting)
           ? NULL : ngx_queue_data(ngx_queue_head(&line->waiting),
                                   ngx_shop_wait_t, queue);
}


static void
ngx_shop_wait_go(ngx_shop_wait_t *wait, void (*go)(ngx_shop_request_t *sr))
{
    ngx_connection_t    *c;
    ngx_shop_request_t  *sr;

    ngx_shop_wait_leave(wait);

    sr = wait->sr;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    go(sr);

    ngx_http_run_posted_requests(c);
}


/* set while somebody waits: a worker that exits stays for its timers */

static void
ngx_shop_wait_timer(ngx_shop_line_t *line, ngx_msec_t timer)
{
    if (ngx_shop_wait_first(line) && !line->event.timer_set) {
        ngx_add_timer(&line->event, timer);
    }
}


static void
ngx_shop_wait_leave(void *data)
{
    ngx_shop_wait_t  *wait = data;

    if (wait->waits) {
        ngx_queue_remove(&wait->queue);
        wait->waits = 0;
    }
}


ngx_int_t
ngx_shop_start_wait(ngx_shop_request_t *sr)
{
    ngx_shop_wait_open(&ngx_shop_start_line, ngx_shop_start_look);

    return ngx_shop_wait(&ngx_shop_start_line, sr, NGX_SHOP_START_LOOK);
}


static void
ngx_shop_start_look(ngx_event_t *ev)
{
    ngx_shop_wait_t  *wait;

    (void) ev;

    while ((wait = ngx_shop_wait_first(&ngx_shop_start_line)) != NULL
           && (ngx_shop_node_ready()
               || ngx_current_msec - wait->since >= NGX_SHOP_START_TIMEOUT))
    {
        ngx_shop_wait_go(wait, ngx_shop_start_go);
    }

    ngx_shop_wait_timer(&ngx_shop_start_line, NGX_SHOP_START_LOOK);
}


static void
ngx_shop_start_go(ngx_shop_request_t *sr)
{
    sr->store = ngx_shop_node_store(&sr->r->headers_in.server);

    if (sr->store) {
        ngx_shop_request_go(sr);

    } else {
        (void) ngx_shop_unavailable(sr, "the shop is starting");
    }
}


ngx_int_t
ngx_shop_pace(ngx_shop_request_t *sr)
{
    ngx_event_t  *ev = &ngx_shop_pace_line.event;

    ngx_shop_wait_open(&ngx_shop_pace_line, ngx_shop_pace_turn);

    if (!ev->posted) {
        ngx_shop_pace_taken = 0;
        ngx_post_event(ev, &ngx_posted_next_events);
    }

    if (ngx_shop_pace_taken < NGX_SHOP_PACE) {
        ngx_shop_pace_taken++;
        return NGX_OK;
    }

    return ngx_shop_wait(&ngx_shop_pace_line, sr, NGX_SHOP_PACE_HOLD);
}


/* the next turn, or the timer that holds a worker */

static void
ngx_shop_pace_turn(ngx_event_t *ev)
{
    ngx_shop_wait_t  *wait;

    ngx_shop_pace_taken = 0;

    if (ngx_shop_wait_first(&ngx_shop_pace_line) == NULL) {

        if (ev->timer_set) {
            ngx_del_timer(ev);
        }

        return;
    }

    if (!ev->posted) {
        ngx_post_event(ev, &ngx_posted_next_events);
    }

    while (ngx_shop_pace_taken < NGX_SHOP_PACE
           && (wait = ngx_shop_wait_first(&ngx_shop_pace_line)) != NULL)
    {
        ngx_shop_pace_taken++;
        ngx_shop_wait_go(wait, ngx_shop_request_go);
    }

    ngx_shop_wait_timer(&ngx_shop_pace_line, NGX_SHOP_PACE_HOLD);
}
