/*
 * All streams of a worker: one clock, and one statement a kind that reads for
 * all that are behind.
 */

#include "ngx_http_shop_live.h"
#include "ngx_shop_timer.h"


#define NGX_HTTP_SHOP_LIVE_SOON    20          /* ms: hints gather */


static void ngx_http_shop_live_soon(ngx_event_t *ev);
static void ngx_http_shop_live_collect(ngx_http_shop_live_kind_t *kind);
static ngx_uint_t ngx_http_shop_live_gather(ngx_http_shop_live_kind_t *kind);
static void ngx_http_shop_live_collected(ngx_shop_pg_query_t *q);
static void ngx_http_shop_live_tick(ngx_event_t *ev);


/* of this worker */
static ngx_queue_t  ngx_http_shop_live_streams;
static ngx_event_t  ngx_http_shop_live_timer;


void
ngx_http_shop_live_join(ngx_http_shop_live_t *live)
{
    ngx_event_t  *soon = &live->kind->soon;

    if (ngx_http_shop_live_streams.next == NULL) {
        ngx_queue_init(&ngx_http_shop_live_streams);
        ngx_shop_timer_init(&ngx_http_shop_live_timer,
                            ngx_http_shop_live_tick, ngx_cycle->log);
    }

    if (soon->handler == NULL) {
        soon->handler = ngx_http_shop_live_soon;
        soon->data = live->kind;
        soon->log = ngx_cycle->log;
        soon->cancelable = 1;
    }

    ngx_queue_insert_tail(&ngx_http_shop_live_streams, &live->queue);

    /* not cancelable: an exiting worker stays until its streams have been
       sent away, which the clock does */

    if (!ngx_http_shop_live_timer.timer_set) {
        ngx_add_timer(&ngx_http_shop_live_timer, NGX_HTTP_SHOP_LIVE_TICK);
    }
}


void
ngx_http_shop_live_leave(ngx_http_shop_live_t *live)
{
    ngx_queue_remove(&live->queue);

    if (live->slot && live->kind->batch[live->slot - 1] == live) {
        live->kind->batch[live->slot - 1] = NULL;
    }

    if (ngx_queue_empty(&ngx_http_shop_live_streams)
        && ngx_http_shop_live_timer.timer_set)
    {
        ngx_del_timer(&ngx_http_shop_live_timer);
    }
}


void
ngx_http_shop_live_want(ngx_http_shop_live_t *live)
{
    ngx_http_shop_live_kind_t  *kind = live->kind;

    live->behind = 1;

    if (!kind->soon.timer_set && kind->query == NULL) {
        ngx_add_timer(&kind->soon, NGX_HTTP_SHOP_LIVE_SOON);
    }
}


static void
ngx_http_shop_live_soon(ngx_event_t *ev)
{
    ngx_http_shop_live_collect(ev->data);
}


/* One statement for all streams of a kind that are behind. */

static void
ngx_http_shop_live_collect(ngx_http_shop_live_kind_t *kind)
{
    ngx_shop_pg_query_t  *q;

    if (kind->query || ngx_http_shop_live_gather(kind) == 0) {
        return;
    }

    kind->params[0] = (char *) kind->ids;
    kind->params[1] = (char *) kind->seqs;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return;                               /* the tick tries again */
    }

    q->stmt = kind->reading;
    q->nparams = 2;
    q->params = kind->params;
    q->data = kind;
    q->done = ngx_http_shop_live_collected;
    q->log = ngx_cycle->log;

    if (ngx_shop_pg_query(q, NGX_SHOP_PG_WRITE) == NGX_OK) {
        kind->query = q;
    }
}


static ngx_uint_t
ngx_http_shop_live_gather(ngx_http_shop_live_kind_t *kind)
{
    u_char                *ids, *seqs, *sep;
    ngx_uint_t             n;
    ngx_queue_t           *q;
    ngx_http_shop_live_t  *live;

    n = 0;
    ids = kind->ids;
    seqs = kind->seqs;
    sep = (u_char *) "{";

    for (q = ngx_queue_head(&ngx_http_shop_live_streams);
         q != ngx_queue_sentinel(&ngx_http_shop_live_streams)
         && n < NGX_HTTP_SHOP_LIVE_BATCH;
         q = ngx_queue_next(q))
    {
        live = ngx_queue_data(q, ngx_http_shop_live_t, queue);

        if (live->kind != kind) {
            continue;
        }

        live->slot = 0;

        if (!live->open || !live->behind) {
            continue;
        }

        ids = ngx_sprintf(ids, "%s%s", sep, live->id);
        seqs = ngx_sprintf(seqs, "%s%L", sep, live->seq);
        sep = (u_char *) ",";

        kind->batch[n++] = live;
        live->slot = n;
    }

    ngx_sprintf(ids, "}%Z");
    ngx_sprintf(seqs, "}%Z");

    return n;
}


static void
ngx_http_shop_live_collected(ngx_shop_pg_query_t *q)
{
    int                         i, n;
    ngx_uint_t                  ord;
    ngx_connection_t           *c;
    ngx_http_shop_live_t       *live;
    ngx_http_shop_live_kind_t  *kind = q->data;

    kind->query = NULL;

    if (q->rc != NGX_SHOP_PG_OK) {
        return;                               /* the tick tries again */
    }

    for (ord = 0; ord < NGX_HTTP_SHOP_LIVE_BATCH; ord++) {
        live = kind->batch[ord];

        if (live && live->slot == ord + 1) {
            live->behind = 0;
        }
    }

    n = PQntuples(q->res);

    for (i = 0; i < n; i++) {
        ord = ngx_atoi((u_char *) PQgetvalue(q->res, i, 0),
                       PQgetlength(q->res, i, 0));

        live = kind->batch[ord - 1];

        if (live) {
            c = live->sr->r->connection;
            ngx_http_shop_live_row(live, q->res, i, 1);
            ngx_http_run_posted_requests(c);
        }
    }

    ngx_memzero(kind->batch, sizeof(kind->batch));
}


static void
ngx_http_shop_live_tick(ngx_event_t *ev)
{
    ngx_queue_t                 *q, *next;
    ngx_connection_t            *c;
    ngx_http_shop_live_t        *live;
    ngx_http_shop_live_kind_t  **kind;

    for (q = ngx_queue_head(&ngx_http_shop_live_streams);
         q != ngx_queue_sentinel(&ngx_http_shop_live_streams);
         q = next)
    {
        next = ngx_queue_next(q);
        live = ngx_queue_data(q, ngx_http_shop_live_t, queue);
        c = live->sr->r->connection;

        ngx_http_shop_live_tock(live);
        ngx_http_run_posted_requests(c);
    }

    for (kind = ngx_http_shop_live_kinds; *kind; kind++) {
        ngx_http_shop_live_collect(*kind);
    }

    if (!ngx_queue_empty(&ngx_http_shop_live_streams)) {
        ngx_add_timer(ev, NGX_HTTP_SHOP_LIVE_TICK);
    }
}
