/*
 * All streams of a worker: one clock, and one statement that reads for all
 * that are behind.
 */

#include "ngx_http_shop_live.h"


#define NGX_HTTP_SHOP_LIVE_SOON    20          /* ms: hints gather */
#define NGX_HTTP_SHOP_LIVE_BATCH   500


static void ngx_http_shop_live_collect(ngx_event_t *ev);
static ngx_uint_t ngx_http_shop_live_gather(u_char *ids, u_char *seqs);
static void ngx_http_shop_live_collected(ngx_shop_pg_query_t *q);
static void ngx_http_shop_live_tick(ngx_event_t *ev);


/* registered while the configuration is read */
ngx_shop_pg_stmt_t           *ngx_http_shop_live_opening;
static ngx_shop_pg_stmt_t    *ngx_http_shop_live_reading;

/* of this worker */
static ngx_queue_t            ngx_http_shop_live_streams;
static ngx_event_t            ngx_http_shop_live_timer;
static ngx_event_t            ngx_http_shop_live_soon;
static ngx_http_shop_live_t  *ngx_http_shop_live_batch[
                                                  NGX_HTTP_SHOP_LIVE_BATCH];
static ngx_shop_pg_query_t   *ngx_http_shop_live_query;


ngx_int_t
ngx_http_shop_live_statements(ngx_conf_t *cf)
{
    ngx_str_t  open = ngx_string(
        "select seq, type, data from \"order\".live_open($1::uuid, $2::uuid, "
        "$3::uuid, $4::boolean, $5::bigint)");
    ngx_str_t  read = ngx_string(
        "select ord, seq, type, data from \"order\".live_read($1::uuid[], "
        "$2::bigint[])");

    if (ngx_shop_keep(cf, &ngx_http_shop_live_opening,
                      ngx_shop_pg_stmt_add(cf, &open))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_keep(cf, &ngx_http_shop_live_reading,
                         ngx_shop_pg_stmt_add(cf, &read));
}


void
ngx_http_shop_live_join(ngx_http_shop_live_t *live)
{
    if (ngx_http_shop_live_streams.next == NULL) {
        ngx_queue_init(&ngx_http_shop_live_streams);

        ngx_http_shop_live_timer.handler = ngx_http_shop_live_tick;
        ngx_http_shop_live_timer.log = ngx_cycle->log;
        ngx_http_shop_live_soon.handler = ngx_http_shop_live_collect;
        ngx_http_shop_live_soon.log = ngx_cycle->log;
        ngx_http_shop_live_soon.cancelable = 1;
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

    if (live->slot && ngx_http_shop_live_batch[live->slot - 1] == live) {
        ngx_http_shop_live_batch[live->slot - 1] = NULL;
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
    live->behind = 1;

    if (!ngx_http_shop_live_soon.timer_set
        && ngx_http_shop_live_query == NULL)
    {
        ngx_add_timer(&ngx_http_shop_live_soon, NGX_HTTP_SHOP_LIVE_SOON);
    }
}


/* One statement for all streams that are behind. */

static void
ngx_http_shop_live_collect(ngx_event_t *ev)
{
    static u_char         ids[NGX_HTTP_SHOP_LIVE_BATCH
                              * (NGX_HTTP_SHOP_LIVE_UUID + 1) + 3];
    static u_char         seqs[NGX_HTTP_SHOP_LIVE_BATCH
                               * (NGX_INT64_LEN + 1) + 3];
    static const char    *params[2];

    ngx_shop_pg_query_t  *q;

    (void) ev;

    if (ngx_http_shop_live_query || ngx_http_shop_live_gather(ids, seqs) == 0)
    {
        return;
    }

    params[0] = (char *) ids;
    params[1] = (char *) seqs;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return;                               /* the tick tries again */
    }

    q->stmt = ngx_http_shop_live_reading;
    q->nparams = 2;
    q->params = params;
    q->done = ngx_http_shop_live_collected;
    q->log = ngx_cycle->log;

    if (ngx_shop_pg_query(q, NGX_SHOP_PG_WRITE) == NGX_OK) {
        ngx_http_shop_live_query = q;
    }
}


static ngx_uint_t
ngx_http_shop_live_gather(u_char *ids, u_char *seqs)
{
    u_char                *sep = (u_char *) "{";
    ngx_uint_t             n;
    ngx_queue_t           *q;
    ngx_http_shop_live_t  *live;

    n = 0;

    for (q = ngx_queue_head(&ngx_http_shop_live_streams);
         q != ngx_queue_sentinel(&ngx_http_shop_live_streams)
         && n < NGX_HTTP_SHOP_LIVE_BATCH;
         q = ngx_queue_next(q))
    {
        live = ngx_queue_data(q, ngx_http_shop_live_t, queue);

        live->slot = 0;

        if (!live->open || !live->behind) {
            continue;
        }

        ids = ngx_sprintf(ids, "%s%s", sep, live->order);
        seqs = ngx_sprintf(seqs, "%s%L", sep, live->seq);
        sep = (u_char *) ",";

        ngx_http_shop_live_batch[n++] = live;
        live->slot = n;
    }

    ngx_sprintf(ids, "}%Z");
    ngx_sprintf(seqs, "}%Z");

    return n;
}


static void
ngx_http_shop_live_collected(ngx_shop_pg_query_t *q)
{
    int                    i, n;
    ngx_uint_t             ord;
    ngx_connection_t      *c;
    ngx_http_shop_live_t  *live;

    ngx_http_shop_live_query = NULL;

    if (q->rc != NGX_SHOP_PG_OK) {
        return;                               /* the tick tries again */
    }

    for (ord = 0; ord < NGX_HTTP_SHOP_LIVE_BATCH; ord++) {
        live = ngx_http_shop_live_batch[ord];

        if (live && live->slot == ord + 1) {
            live->behind = 0;
        }
    }

    n = PQntuples(q->res);

    for (i = 0; i < n; i++) {
        ord = ngx_atoi((u_char *) PQgetvalue(q->res, i, 0),
                       PQgetlength(q->res, i, 0));

        live = ngx_http_shop_live_batch[ord - 1];

        if (live) {
            c = live->sr->r->connection;
            ngx_http_shop_live_row(live, q->res, i, 1);
            ngx_http_run_posted_requests(c);
        }
    }

    ngx_memzero(ngx_http_shop_live_batch, sizeof(ngx_http_shop_live_batch));
}


static void
ngx_http_shop_live_tick(ngx_event_t *ev)
{
    ngx_queue_t           *q, *next;
    ngx_connection_t      *c;
    ngx_http_shop_live_t  *live;

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

    ngx_http_shop_live_collect(NULL);

    if (!ngx_queue_empty(&ngx_http_shop_live_streams)) {
        ngx_add_timer(ev, NGX_HTTP_SHOP_LIVE_TICK);
    }
}
