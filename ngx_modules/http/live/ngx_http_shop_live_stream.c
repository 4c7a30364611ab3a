/*
 * The streams of a worker: subscribe, wait for the confirmation, read what
 * came after the last known event, then follow.
 */

#include "ngx_http_shop_live.h"
#include "ngx_shop_text.h"


#define NGX_HTTP_SHOP_LIVE_TICK    1000        /* ms */
#define NGX_HTTP_SHOP_LIVE_PING    15000
#define NGX_HTTP_SHOP_LIVE_LIFE    1800000     /* then access is checked anew */
#define NGX_HTTP_SHOP_LIVE_LEAVE   20000       /* spread of a reload */
#define NGX_HTTP_SHOP_LIVE_SOON    20          /* hints gather for a batch */
#define NGX_HTTP_SHOP_LIVE_BATCH   500
#define NGX_HTTP_SHOP_LIVE_UUID    36


static ngx_int_t ngx_http_shop_live_begin(ngx_shop_request_t *sr,
    const ngx_http_shop_live_way_t *way);
static int64_t ngx_http_shop_live_last(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_live_subscribe(ngx_http_shop_live_t *live);
static void ngx_http_shop_live_hint(ngx_shop_redis_sub_t *sub,
    ngx_uint_t what, ngx_str_t *message);
static void ngx_http_shop_live_message(ngx_http_shop_live_t *live,
    ngx_str_t *message);
static ngx_int_t ngx_http_shop_live_read(ngx_http_shop_live_t *live);
static ngx_int_t ngx_http_shop_live_first(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static void ngx_http_shop_live_row(ngx_http_shop_live_t *live, PGresult *res,
    int row, int column);
static void ngx_http_shop_live_want(ngx_http_shop_live_t *live);
static void ngx_http_shop_live_collect(ngx_event_t *ev);
static ngx_uint_t ngx_http_shop_live_gather(u_char *ids, u_char *seqs);
static void ngx_http_shop_live_collected(ngx_shop_pg_query_t *q);
static void ngx_http_shop_live_tick(ngx_event_t *ev);
static void ngx_http_shop_live_tock(ngx_http_shop_live_t *live);
static void ngx_http_shop_live_end(ngx_http_shop_live_t *live,
    ngx_msec_t retry);
static void ngx_http_shop_live_forget(ngx_http_shop_live_t *live);
static void ngx_http_shop_live_cleanup(void *data);


/* registered while the configuration is read */
static ngx_shop_pg_stmt_t    *ngx_http_shop_live_open_stmt;
static ngx_shop_pg_stmt_t    *ngx_http_shop_live_read_stmt;

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

    ngx_http_shop_live_open_stmt = ngx_shop_pg_stmt_add(cf, &open);
    ngx_http_shop_live_read_stmt = ngx_shop_pg_stmt_add(cf, &read);

    if (ngx_http_shop_live_open_stmt == NULL
        || ngx_http_shop_live_read_stmt == NULL)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_shop_live_events(ngx_shop_request_t *sr)
{
    return ngx_http_shop_live_begin(sr, &ngx_http_shop_live_sse);
}


ngx_int_t
ngx_http_shop_live_connect(ngx_shop_request_t *sr)
{
    return ngx_http_shop_live_begin(sr, &ngx_http_shop_live_websocket);
}


static ngx_int_t
ngx_http_shop_live_begin(ngx_shop_request_t *sr,
    const ngx_http_shop_live_way_t *way)
{
    ngx_str_t             *order;
    ngx_http_cleanup_t    *cln;
    ngx_http_shop_live_t  *live;

    order = ngx_shop_path(sr, "order");

    if (order == NULL || !ngx_shop_text_is_uuid(order)) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "There is no such order.");
    }

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_http_shop_live_t));
    if (cln == NULL) {
        return ngx_shop_unavailable(sr, "Out of memory.");
    }

    live = cln->data;
    ngx_memzero(live, sizeof(ngx_http_shop_live_t));

    live->sr = sr;
    live->way = way;
    live->order = (char *) order->data;
    live->seq = ngx_http_shop_live_last(sr);
    live->born = ngx_current_msec;
    live->spoke = ngx_current_msec;
    live->until = ngx_current_msec + NGX_HTTP_SHOP_LIVE_LIFE;
    sr->ctx = live;

    if (ngx_http_shop_live_streams.next == NULL) {
        ngx_queue_init(&ngx_http_shop_live_streams);

        ngx_http_shop_live_timer.handler = ngx_http_shop_live_tick;
        ngx_http_shop_live_timer.log = ngx_cycle->log;
        ngx_http_shop_live_soon.handler = ngx_http_shop_live_collect;
        ngx_http_shop_live_soon.log = ngx_cycle->log;
        ngx_http_shop_live_soon.cancelable = 1;
    }

    ngx_queue_insert_tail(&ngx_http_shop_live_streams, &live->queue);
    cln->handler = ngx_http_shop_live_cleanup;

    /* not cancelable: an exiting worker stays until its streams have been
       sent away, which the tick does */

    if (!ngx_http_shop_live_timer.timer_set) {
        ngx_add_timer(&ngx_http_shop_live_timer, NGX_HTTP_SHOP_LIVE_TICK);
    }

    return ngx_http_shop_live_subscribe(live);
}


/* Where to go on: the header that browsers send when they reconnect, else the
   query's parameter. */

static int64_t
ngx_http_shop_live_last(ngx_shop_request_t *sr)
{
    ngx_int_t   n;
    ngx_str_t  *value;

    value = ngx_shop_header_in(sr->r, "Last-Event-ID");

    if (value == NULL) {
        value = ngx_shop_query_arg(sr, "last_event_id");
    }

    n = value ? ngx_atoi(value->data, value->len) : 0;

    return (n == NGX_ERROR) ? 0 : n;
}


static ngx_int_t
ngx_http_shop_live_subscribe(ngx_http_shop_live_t *live)
{
    u_char     *p;
    ngx_int_t   rc;

    p = ngx_pnalloc(live->sr->r->pool, sizeof("live:order:")
                                       + NGX_HTTP_SHOP_LIVE_UUID);
    if (p == NULL) {
        return ngx_shop_unavailable(live->sr, "Out of memory.");
    }

    live->sub.channel.data = p;
    live->sub.channel.len = ngx_sprintf(p, "live:order:%s", live->order) - p;
    ngx_strlow(p, p, live->sub.channel.len);
    live->sub.data = live;
    live->sub.handler = ngx_http_shop_live_hint;

    rc = ngx_shop_redis_subscribe(&live->sub);
    live->confirmed = (rc == NGX_OK);

    if (rc == NGX_AGAIN && ngx_shop_redis_sub_up()) {
        return NGX_DONE;                      /* the confirmation reads */
    }

    return ngx_http_shop_live_read(live);
}


static void
ngx_http_shop_live_hint(ngx_shop_redis_sub_t *sub, ngx_uint_t what,
    ngx_str_t *message)
{
    ngx_connection_t      *c;
    ngx_http_shop_live_t  *live = sub->data;

    c = live->sr->r->connection;

    switch (what) {

    case NGX_SHOP_SUB_READY:
        live->confirmed = 1;

        if (live->open) {
            ngx_http_shop_live_want(live);    /* what was missed meanwhile */

        } else {
            (void) ngx_http_shop_live_read(live);
        }

        break;

    case NGX_SHOP_SUB_LOST:
        live->confirmed = 0;                  /* the tick polls */
        break;

    default:
        if (live->open) {
            ngx_http_shop_live_message(live, message);

        } else {
            live->behind = 1;
        }
    }

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_shop_live_message(ngx_http_shop_live_t *live, ngx_str_t *message)
{
    char         *text;
    json_t       *doc, *data;
    int64_t       seq;
    ngx_str_t     type, value;
    const char   *id, *event;

    doc = json_loadb((char *) message->data, message->len, 0, NULL);
    id = json_string_value(json_object_get(doc, "id"));
    event = json_string_value(json_object_get(doc, "event"));
    data = json_object_get(doc, "data");

    if (id == NULL || event == NULL || data == NULL) {
        json_decref(doc);
        return;
    }

    seq = ngx_atoi((u_char *) id, ngx_strlen(id));

    if (seq != live->seq + 1) {
        if (seq > live->seq) {
            ngx_http_shop_live_want(live);
        }

        json_decref(doc);
        return;
    }

    text = json_dumps(data, JSON_COMPACT|JSON_ENCODE_ANY);

    if (text) {
        type.data = (u_char *) event;
        type.len = ngx_strlen(event);
        value.data = (u_char *) text;
        value.len = ngx_strlen(text);

        live->seq = seq;
        live->spoke = ngx_current_msec;

        if (live->way->event(live, seq, &type, &value) != NGX_OK) {
            ngx_http_shop_live_gone(live);
        }

        free(text);
    }

    json_decref(doc);
}


/* The first read also decides whether the order may be seen. */

static ngx_int_t
ngx_http_shop_live_read(ngx_http_shop_live_t *live)
{
    u_char              *after;
    ngx_str_t            staff = ngx_string("orders:read");
    const char         **params;
    ngx_shop_request_t  *sr = live->sr;

    if (live->reading) {
        return NGX_DONE;
    }

    params = ngx_pcalloc(sr->r->pool, 5 * sizeof(char *));
    after = ngx_pnalloc(sr->r->pool, NGX_INT64_LEN + 1);
    if (params == NULL || after == NULL) {
        return ngx_shop_unavailable(sr, "Out of memory.");
    }

    ngx_sprintf(after, "%L%Z", live->seq);

    params[0] = live->order;
    params[1] = sr->signed_in ? (char *) sr->claims.user.data : NULL;
    params[2] = sr->cart.len ? (char *) sr->cart.data : NULL;
    params[3] = sr->signed_in
                && ngx_shop_node_permits(&sr->claims.roles, &staff)
                ? "t" : "f";
    params[4] = (char *) after;

    live->reading = 1;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, ngx_http_shop_live_open_stmt,
                        5, params, ngx_http_shop_live_first);
}


static ngx_int_t
ngx_http_shop_live_first(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    int                    i;
    ngx_http_shop_live_t  *live = sr->ctx;

    live->reading = 0;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_answer(sr, q);
    }

    if (PQntuples(q->res) == 0) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "There is no such order.");
    }

    live->open = 1;

    if (live->way->open(live) != NGX_OK) {
        return NGX_DONE;                      /* it answered */
    }

    for (i = 0; i < PQntuples(q->res) && !live->ended; i++) {
        ngx_http_shop_live_row(live, q->res, i, 0);
    }

    if (!live->ended && live->behind) {
        ngx_http_shop_live_want(live);
    }

    return NGX_DONE;
}


static void
ngx_http_shop_live_row(ngx_http_shop_live_t *live, PGresult *res, int row,
    int column)
{
    int64_t    seq;
    ngx_str_t  type, data;

    if (PQgetisnull(res, row, column)) {
        return;                               /* seen, but nothing new */
    }

    seq = ngx_atoi((u_char *) PQgetvalue(res, row, column),
                   PQgetlength(res, row, column));

    if (seq <= live->seq) {
        return;
    }

    type.data = (u_char *) PQgetvalue(res, row, column + 1);
    type.len = PQgetlength(res, row, column + 1);
    data.data = (u_char *) PQgetvalue(res, row, column + 2);
    data.len = PQgetlength(res, row, column + 2);

    live->seq = seq;
    live->spoke = ngx_current_msec;

    if (live->way->event(live, seq, &type, &data) != NGX_OK) {
        ngx_http_shop_live_gone(live);
    }
}


static void
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

    q->stmt = ngx_http_shop_live_read_stmt;
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


static void
ngx_http_shop_live_tock(ngx_http_shop_live_t *live)
{
    ngx_msec_t  now, leave;

    now = ngx_current_msec;

    if (!live->open) {
        if (!live->confirmed && now - live->born >= NGX_HTTP_SHOP_LIVE_TICK) {
            (void) ngx_http_shop_live_read(live);   /* redis is silent */
        }

        return;
    }

    if (ngx_exiting) {
        leave = now + ngx_random() % NGX_HTTP_SHOP_LIVE_LEAVE;

        if (live->until - now > NGX_HTTP_SHOP_LIVE_LEAVE
            && (ngx_msec_int_t) (live->until - now) > 0)
        {
            live->until = leave;
        }
    }

    if ((ngx_msec_int_t) (now - live->until) >= 0) {
        ngx_http_shop_live_end(live, 100 + ngx_random() % 1000);
        return;
    }

    if (!live->confirmed) {
        live->behind = 1;                           /* polls */
    }

    if (now - live->spoke >= NGX_HTTP_SHOP_LIVE_PING) {
        live->spoke = now;

        if (live->way->ping(live) != NGX_OK) {
            ngx_http_shop_live_gone(live);
        }
    }
}


static void
ngx_http_shop_live_end(ngx_http_shop_live_t *live, ngx_msec_t retry)
{
    ngx_http_shop_live_forget(live);
    live->way->end(live, retry);
}


void
ngx_http_shop_live_gone(ngx_http_shop_live_t *live)
{
    if (live->ended) {
        return;
    }

    ngx_http_shop_live_forget(live);
    live->sr->r->connection->error = 1;
    ngx_shop_finish(live->sr, NGX_HTTP_CLIENT_CLOSED_REQUEST);
}


static void
ngx_http_shop_live_forget(ngx_http_shop_live_t *live)
{
    if (live->ended) {
        return;
    }

    live->ended = 1;
    ngx_shop_redis_unsubscribe(&live->sub);
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


static void
ngx_http_shop_live_cleanup(void *data)
{
    ngx_http_shop_live_forget(data);
}
