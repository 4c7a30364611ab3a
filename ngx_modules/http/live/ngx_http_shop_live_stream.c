/*
 * One stream: subscribe, wait for the confirmation, read what came after the
 * last known event, then follow.
 */

#include "ngx_http_shop_live.h"


#define NGX_HTTP_SHOP_LIVE_PING    15000
#define NGX_HTTP_SHOP_LIVE_LIFE    1800000     /* then access is checked anew */
#define NGX_HTTP_SHOP_LIVE_LEAVE   20000       /* spread of a reload */


static ngx_int_t ngx_http_shop_live_begin(ngx_shop_request_t *sr,
    ngx_http_shop_live_kind_t *kind, const ngx_http_shop_live_way_t *way);
static int64_t ngx_http_shop_live_last(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_live_subscribe(ngx_http_shop_live_t *live);
static void ngx_http_shop_live_hint(ngx_shop_redis_sub_t *sub,
    ngx_uint_t what, ngx_str_t *message);
static void ngx_http_shop_live_message(ngx_http_shop_live_t *live,
    ngx_str_t *message);
static ngx_int_t ngx_http_shop_live_read(ngx_http_shop_live_t *live);
static ngx_int_t ngx_http_shop_live_first(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static void ngx_http_shop_live_listen(ngx_http_request_t *r);
static void ngx_http_shop_live_end(ngx_http_shop_live_t *live,
    ngx_msec_t retry);
static void ngx_http_shop_live_forget(ngx_http_shop_live_t *live);
static void ngx_http_shop_live_cleanup(void *data);


ngx_int_t
ngx_http_shop_live_events(ngx_shop_request_t *sr)
{
    return ngx_http_shop_live_begin(sr, &ngx_http_shop_live_orders,
                                    &ngx_http_shop_live_sse);
}


ngx_int_t
ngx_http_shop_live_connect(ngx_shop_request_t *sr)
{
    return ngx_http_shop_live_begin(sr, &ngx_http_shop_live_orders,
                                    &ngx_http_shop_live_websocket);
}


ngx_int_t
ngx_http_shop_live_watch(ngx_shop_request_t *sr)
{
    return ngx_http_shop_live_begin(sr, &ngx_http_shop_live_stock,
                                    &ngx_http_shop_live_sse);
}


static ngx_int_t
ngx_http_shop_live_begin(ngx_shop_request_t *sr,
    ngx_http_shop_live_kind_t *kind, const ngx_http_shop_live_way_t *way)
{
    ngx_str_t             *id;
    ngx_http_cleanup_t    *cln;
    ngx_http_shop_live_t  *live;

    id = ngx_shop_path(sr, kind->param);

    if (id == NULL || !kind->is_id(id)) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                kind->missing);
    }

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_http_shop_live_t));
    if (cln == NULL) {
        return ngx_shop_unavailable(sr, "Out of memory.");
    }

    live = cln->data;
    ngx_memzero(live, sizeof(ngx_http_shop_live_t));

    live->sr = sr;
    live->way = way;
    live->kind = kind;
    live->id = (char *) id->data;
    live->seq = ngx_http_shop_live_last(sr);
    live->born = ngx_current_msec;
    live->spoke = ngx_current_msec;
    live->until = ngx_current_msec + NGX_HTTP_SHOP_LIVE_LIFE;
    sr->ctx = live;

    ngx_http_shop_live_join(live);
    cln->handler = ngx_http_shop_live_cleanup;

    return ngx_http_shop_live_subscribe(live);
}


/* Where to go on: the header that browsers send when they reconnect, else the
   query's parameter. */

static int64_t
ngx_http_shop_live_last(ngx_shop_request_t *sr)
{
    ngx_int_t   n;
    ngx_str_t  *value;

    value = ngx_shop_header_in(sr->r, "last-event-id");

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

    p = ngx_pnalloc(live->sr->r->pool, ngx_strlen(live->kind->channel)
                                       + NGX_HTTP_SHOP_LIVE_ID);
    if (p == NULL) {
        return ngx_shop_unavailable(live->sr, "Out of memory.");
    }

    live->sub.channel.data = p;
    live->sub.channel.len = ngx_sprintf(p, "%s%s", live->kind->channel,
                                        live->id) - p;
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


/* What the stream says is what the database says: a message only tells that
   there is something to read. */

static void
ngx_http_shop_live_message(ngx_http_shop_live_t *live, ngx_str_t *message)
{
    json_t      *doc;
    ngx_int_t    seq;
    const char  *id;

    doc = json_loadb((char *) message->data, message->len, 0, NULL);
    id = json_string_value(json_object_get(doc, "id"));
    seq = id ? ngx_atoi((u_char *) id, ngx_strlen(id)) : NGX_ERROR;

    if (seq == NGX_ERROR || seq > live->seq) {
        ngx_http_shop_live_want(live);
    }

    json_decref(doc);
}


/* The first read also decides whether it may be seen. */

static ngx_int_t
ngx_http_shop_live_read(ngx_http_shop_live_t *live)
{
    u_char              *after;
    ngx_uint_t           n;
    const char         **params;
    ngx_shop_request_t  *sr = live->sr;

    if (live->reading) {
        return NGX_DONE;
    }

    params = ngx_pcalloc(sr->r->pool,
                         NGX_HTTP_SHOP_LIVE_PARAMS * sizeof(char *));
    after = ngx_pnalloc(sr->r->pool, NGX_INT64_LEN + 1);
    if (params == NULL || after == NULL) {
        return ngx_shop_unavailable(sr, "Out of memory.");
    }

    ngx_sprintf(after, "%L%Z", live->seq);

    n = live->kind->open_params(live, params, (char *) after);
    live->reading = 1;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, live->kind->opening, n, params,
                        ngx_http_shop_live_first);
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
                                live->kind->missing);
    }

    live->open = 1;

    if (live->way->open(live) != NGX_OK) {
        return NGX_DONE;                      /* it answered */
    }

    ngx_http_shop_live_listen(sr->r);

    for (i = 0; i < PQntuples(q->res) && !live->ended; i++) {
        ngx_http_shop_live_row(live, q->res, i, 0);
    }

    if (!live->ended && live->behind) {
        ngx_http_shop_live_want(live);
    }

    return NGX_DONE;
}


/* A client that wrote more, or left, before there was a handler for it causes
   no event again. */

static void
ngx_http_shop_live_listen(ngx_http_request_t *r)
{
    ngx_event_t  *rev = r->connection->read;

    if (rev->ready || r->header_in->pos < r->header_in->last) {
        ngx_post_event(rev, &ngx_posted_events);
    }
}


void
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


void
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
    ngx_http_shop_live_leave(live);
}


static void
ngx_http_shop_live_cleanup(void *data)
{
    ngx_http_shop_live_forget(data);
}
