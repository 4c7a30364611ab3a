/*
 * Server-sent events (WHATWG HTML, "Server-sent events").
 */

#include "ngx_http_shop_live.h"


#define NGX_HTTP_SHOP_SSE_BUF    512
#define NGX_HTTP_SHOP_SSE_QUEUE  64          /* buffers of a slow client */


static ngx_int_t ngx_http_shop_sse_open(ngx_http_shop_live_t *live);
static ngx_int_t ngx_http_shop_sse_event(ngx_http_shop_live_t *live,
    int64_t seq, ngx_str_t *type, ngx_str_t *data);
static ngx_int_t ngx_http_shop_sse_ping(ngx_http_shop_live_t *live);
static void ngx_http_shop_sse_end(ngx_http_shop_live_t *live,
    ngx_msec_t retry);
static ngx_buf_t *ngx_http_shop_sse_buf(ngx_http_shop_live_t *live,
    size_t size, ngx_chain_t **out);
static ngx_int_t ngx_http_shop_sse_send(ngx_http_shop_live_t *live,
    ngx_chain_t *out);
static void ngx_http_shop_sse_writer(ngx_http_request_t *r);


const ngx_http_shop_live_way_t  ngx_http_shop_live_sse = {
    ngx_http_shop_sse_open,
    ngx_http_shop_sse_event,
    ngx_http_shop_sse_ping,
    ngx_http_shop_sse_end
};


static ngx_int_t
ngx_http_shop_sse_open(ngx_http_shop_live_t *live)
{
    ngx_int_t            rc;
    ngx_str_t            no = ngx_string("no");
    ngx_http_request_t  *r = live->sr->r;

    (void) ngx_shop_header(live->sr, "X-Accel-Buffering", &no);

    rc = ngx_shop_stream_header(live->sr, NGX_HTTP_OK, "text/event-stream");

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        ngx_shop_finish(live->sr, rc);
        return NGX_ERROR;
    }

    r->read_event_handler = ngx_http_test_reading;
    r->write_event_handler = ngx_http_shop_sse_writer;

    /* a first line, so that proxies and browsers see the stream is open */

    if (ngx_http_shop_sse_ping(live) != NGX_OK) {
        ngx_http_shop_live_gone(live);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_sse_event(ngx_http_shop_live_t *live, int64_t seq,
    ngx_str_t *type, ngx_str_t *data)
{
    u_char       ch;
    size_t       i;
    ngx_buf_t   *b;
    ngx_chain_t *out;

    b = ngx_http_shop_sse_buf(live, sizeof("id: \nevent: \ndata: \n\n")
                                    + NGX_INT64_LEN + type->len + data->len,
                              &out);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->last = ngx_sprintf(b->last, "id: %L\nevent: %V\ndata: ", seq, type);

    for (i = 0; i < data->len; i++) {        /* a line break ends the field */
        ch = data->data[i];
        *b->last++ = (ch == CR || ch == LF) ? ' ' : ch;
    }

    *b->last++ = LF;
    *b->last++ = LF;

    return ngx_http_shop_sse_send(live, out);
}


static ngx_int_t
ngx_http_shop_sse_ping(ngx_http_shop_live_t *live)
{
    ngx_buf_t    *b;
    ngx_chain_t  *out;

    b = ngx_http_shop_sse_buf(live, 8, &out);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->last = ngx_cpymem(b->last, ":\n\n", 3);

    return ngx_http_shop_sse_send(live, out);
}


static void
ngx_http_shop_sse_end(ngx_http_shop_live_t *live, ngx_msec_t retry)
{
    ngx_int_t     rc;
    ngx_buf_t    *b;
    ngx_chain_t  *out;

    b = ngx_http_shop_sse_buf(live, sizeof("retry: \n\n") + NGX_INT64_LEN,
                              &out);
    if (b == NULL) {
        ngx_shop_finish(live->sr, NGX_ERROR);
        return;
    }

    b->last = ngx_sprintf(b->last, "retry: %M\n\n", retry);
    b->last_buf = 1;

    live->sr->r->keepalive = 0;

    rc = ngx_http_output_filter(live->sr->r, out);
    ngx_shop_finish(live->sr, rc);
}


/* Buffers are used again once they were sent: a stream lives for long. */

static ngx_buf_t *
ngx_http_shop_sse_buf(ngx_http_shop_live_t *live, size_t size,
    ngx_chain_t **out)
{
    ngx_buf_t    *b;
    ngx_pool_t   *pool = live->sr->r->pool;
    ngx_chain_t  *cl;

    cl = ngx_chain_get_free_buf(pool, &live->free);
    if (cl == NULL) {
        return NULL;
    }

    b = cl->buf;

    if (b->start == NULL || (size_t) (b->end - b->start) < size) {
        size = ngx_max(size, NGX_HTTP_SHOP_SSE_BUF);

        b->start = ngx_palloc(pool, size);
        if (b->start == NULL) {
            return NULL;
        }

        b->end = b->start + size;
    }

    b->pos = b->start;
    b->last = b->start;
    b->temporary = 1;
    b->flush = 1;
    b->last_buf = 0;
    b->tag = (ngx_buf_tag_t) &ngx_http_shop_live_sse;

    cl->next = NULL;
    *out = cl;

    return b;
}


static ngx_int_t
ngx_http_shop_sse_send(ngx_http_shop_live_t *live, ngx_chain_t *out)
{
    ngx_int_t            rc;
    ngx_uint_t           n;
    ngx_chain_t         *cl;
    ngx_http_request_t  *r = live->sr->r;

    rc = ngx_http_output_filter(r, out);

    ngx_chain_update_chains(r->pool, &live->free, &live->busy, &out,
                            (ngx_buf_tag_t) &ngx_http_shop_live_sse);

    if (rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    /* a client that does not read loses its stream; it resumes */

    for (n = 0, cl = live->busy; cl; cl = cl->next) {
        if (++n > NGX_HTTP_SHOP_SSE_QUEUE) {
            return NGX_ERROR;
        }
    }

    if (rc == NGX_AGAIN
        && ngx_handle_write_event(r->connection->write, 0) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_http_shop_sse_writer(ngx_http_request_t *r)
{
    ngx_http_shop_live_t  *live;
    ngx_shop_request_t    *sr;

    sr = ngx_shop_request(r);
    live = sr->ctx;

    if (live->ended) {
        return;
    }

    if (ngx_http_shop_sse_send(live, NULL) != NGX_OK) {
        ngx_http_shop_live_gone(live);
    }
}
