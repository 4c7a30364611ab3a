/*
 * An answer of any length with flat memory: a piece is read from the database
 * when the one before has left for the client.
 */

#include "ngx_http_shop_catalog_transfer.h"


#define NGX_HTTP_SHOP_CATALOG_POOL  1024


typedef struct {
    ngx_shop_request_t      *sr;
    const char             **params;
    ngx_uint_t               n;
    ngx_pool_t              *pool;       /* of the piece; NULL: none */
    ngx_buf_t                buf;
    u_char                   next[NGX_INT64_LEN + 1];
    unsigned                 opened:1;
    unsigned                 last:1;
    unsigned                 waiting:1;  /* for the client */
} ngx_http_shop_catalog_stream_t;


static ngx_int_t ngx_http_shop_catalog_stream_read(
    ngx_http_shop_catalog_stream_t *st);
static ngx_int_t ngx_http_shop_catalog_stream_piece(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_catalog_stream_take(
    ngx_http_shop_catalog_stream_t *st, ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_catalog_stream_open(
    ngx_http_shop_catalog_stream_t *st);
static ngx_int_t ngx_http_shop_catalog_stream_send(
    ngx_http_shop_catalog_stream_t *st);
static ngx_int_t ngx_http_shop_catalog_stream_sent(
    ngx_http_shop_catalog_stream_t *st, ngx_int_t rc);
static void ngx_http_shop_catalog_stream_writer(ngx_http_request_t *r);
static void ngx_http_shop_catalog_stream_free(void *data);


ngx_int_t
ngx_http_shop_catalog_stream(ngx_shop_request_t *sr)
{
    ngx_pool_cleanup_t              *cln;
    ngx_http_shop_catalog_stream_t  *st;

    st = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_catalog_stream_t));
    cln = ngx_pool_cleanup_add(sr->r->pool, 0);

    if (st == NULL || cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln->handler = ngx_http_shop_catalog_stream_free;
    cln->data = st;

    st->sr = sr;
    st->params = ngx_shop_params(sr, sr->ep->bind, &st->n);

    if (st->params == NULL || st->n < 2) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    sr->ctx = st;

    return ngx_http_shop_catalog_stream_read(st);
}


static ngx_int_t
ngx_http_shop_catalog_stream_read(ngx_http_shop_catalog_stream_t *st)
{
    return ngx_shop_run(st->sr, NGX_SHOP_PG_SLOW, st->sr->ep->stmt, st->n,
                        st->params, ngx_http_shop_catalog_stream_piece);
}


/* A failure behind the header cuts the answer off: the client sees that its
   end is missing. */

static ngx_int_t
ngx_http_shop_catalog_stream_piece(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_int_t                        rc;
    ngx_http_shop_catalog_stream_t  *st = sr->ctx;

    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) != 1) {

        if (st->opened) {
            sr->r->connection->error = 1;
            return NGX_ERROR;
        }

        return ngx_shop_answer(sr, q);
    }

    if (ngx_http_shop_catalog_stream_take(st, q) != NGX_OK) {
        return st->opened ? NGX_ERROR : NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (!st->opened) {
        rc = ngx_http_shop_catalog_stream_open(st);

        if (rc != NGX_OK) {
            return rc;
        }
    }

    return ngx_http_shop_catalog_stream_send(st);
}


/* the result goes with a pool of its own, when it was sent */

static ngx_int_t
ngx_http_shop_catalog_stream_take(ngx_http_shop_catalog_stream_t *st,
    ngx_shop_pg_query_t *q)
{
    int        body, next;
    PGresult  *res;

    ngx_http_shop_catalog_stream_free(st);

    st->pool = ngx_create_pool(NGX_HTTP_SHOP_CATALOG_POOL,
                               st->sr->r->connection->log);
    if (st->pool == NULL) {
        return NGX_ERROR;
    }

    res = ngx_shop_pg_take(q, st->pool);
    if (res == NULL) {
        return NGX_ERROR;
    }

    body = PQfnumber(res, "body");
    next = PQfnumber(res, "next");

    if (body == -1 || next == -1
        || PQgetlength(res, 0, next) > (int) NGX_INT64_LEN)
    {
        return NGX_ERROR;
    }

    st->last = PQgetisnull(res, 0, next);

    (void) ngx_cpystrn(st->next, (u_char *) PQgetvalue(res, 0, next),
                       sizeof(st->next));
    st->params[st->n - 2] = (const char *) st->next;

    ngx_memzero(&st->buf, sizeof(ngx_buf_t));

    st->buf.pos = (u_char *) PQgetvalue(res, 0, body);
    st->buf.last = st->buf.pos + PQgetlength(res, 0, body);
    st->buf.memory = (st->buf.pos < st->buf.last);
    st->buf.flush = !st->last;
    st->buf.last_buf = st->last;
    st->buf.last_in_chain = st->last;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_catalog_stream_open(ngx_http_shop_catalog_stream_t *st)
{
    ngx_int_t            rc;
    ngx_http_request_t  *r;

    static ngx_str_t     attachment = ngx_string("attachment");

    r = st->sr->r;

    if (ngx_shop_header(st->sr, "Content-Disposition", &attachment)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_shop_stream_header(st->sr, NGX_HTTP_OK,
                                "text/csv; charset=utf-8");

    st->opened = 1;

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        ngx_shop_finish(st->sr, rc);
        return NGX_DONE;
    }

    r->read_event_handler = ngx_http_test_reading;
    r->write_event_handler = ngx_http_shop_catalog_stream_writer;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_catalog_stream_send(ngx_http_shop_catalog_stream_t *st)
{
    ngx_int_t    rc;
    ngx_chain_t  out;

    out.buf = &st->buf;
    out.next = NULL;

    rc = ngx_http_output_filter(st->sr->r, &out);

    if (st->last) {
        ngx_shop_finish(st->sr, rc);
        return NGX_DONE;
    }

    return ngx_http_shop_catalog_stream_sent(st, rc);
}


/* goes on when the piece is gone, from here or from a filter's memory */

static ngx_int_t
ngx_http_shop_catalog_stream_sent(ngx_http_shop_catalog_stream_t *st,
    ngx_int_t rc)
{
    ngx_event_t               *wev;
    ngx_http_request_t        *r;
    ngx_http_core_loc_conf_t  *clcf;

    r = st->sr->r;
    wev = r->connection->write;

    if (rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    if (st->buf.pos == st->buf.last && rc != NGX_AGAIN) {
        st->waiting = 0;

        if (wev->timer_set) {
            ngx_del_timer(wev);
        }

        return ngx_http_shop_catalog_stream_read(st);
    }

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    st->waiting = 1;
    ngx_add_timer(wev, clcf->send_timeout);

    return ngx_handle_write_event(wev, clcf->send_lowat) == NGX_OK ? NGX_DONE
                                                                   : NGX_ERROR;
}


static void
ngx_http_shop_catalog_stream_writer(ngx_http_request_t *r)
{
    ngx_int_t                        rc;
    ngx_shop_request_t              *sr;
    ngx_http_shop_catalog_stream_t  *st;

    sr = ngx_shop_request(r);
    st = sr->ctx;

    if (!st->waiting) {
        return;
    }

    if (r->connection->write->timedout) {
        r->connection->timedout = 1;
        ngx_shop_finish(sr, NGX_HTTP_REQUEST_TIME_OUT);
        return;
    }

    rc = ngx_http_shop_catalog_stream_sent(st, ngx_http_output_filter(r,
                                                                      NULL));
    if (rc != NGX_DONE) {
        r->connection->error = 1;
        ngx_shop_finish(sr, NGX_ERROR);
    }
}


static void
ngx_http_shop_catalog_stream_free(void *data)
{
    ngx_http_shop_catalog_stream_t  *st = data;

    if (st->pool) {
        ngx_destroy_pool(st->pool);
        st->pool = NULL;
    }
}
