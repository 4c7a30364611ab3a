/*
 * WebSocket (RFC 6455): the handshake is here, the frames are wslay's.
 * What a client sends is read and dropped: the stream goes one way.
 */

#include <ngx_sha1.h>
#include <wslay/wslay.h>
#include "ngx_http_shop_live.h"
#include "ngx_shop_session.h"


#define NGX_HTTP_SHOP_WS_MESSAGE  4096       /* bytes of a client's message */
#define NGX_HTTP_SHOP_WS_QUEUE    65536      /* bytes a slow client may owe */
#define NGX_HTTP_SHOP_WS_GUID     "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


static ngx_int_t ngx_http_shop_ws_open(ngx_http_shop_live_t *live);
static ngx_int_t ngx_http_shop_ws_event(ngx_http_shop_live_t *live,
    int64_t seq, ngx_str_t *type, ngx_str_t *data);
static ngx_int_t ngx_http_shop_ws_ping(ngx_http_shop_live_t *live);
static void ngx_http_shop_ws_end(ngx_http_shop_live_t *live,
    ngx_msec_t retry);
static ngx_int_t ngx_http_shop_ws_refuse(ngx_http_shop_live_t *live,
    ngx_uint_t status, const char *code, const char *detail);
static ngx_int_t ngx_http_shop_ws_accept(ngx_http_shop_live_t *live,
    ngx_str_t *key);
static ngx_int_t ngx_http_shop_ws_start(ngx_http_shop_live_t *live);
static void ngx_http_shop_ws_free(void *data);
static ngx_int_t ngx_http_shop_ws_flush(ngx_http_shop_live_t *live);
static void ngx_http_shop_ws_read(ngx_http_request_t *r);
static void ngx_http_shop_ws_write(ngx_http_request_t *r);
static ssize_t ngx_http_shop_ws_recv(wslay_event_context_ptr ctx,
    uint8_t *buf, size_t len, int flags, void *data);
static ssize_t ngx_http_shop_ws_send(wslay_event_context_ptr ctx,
    const uint8_t *buf, size_t len, int flags, void *data);


const ngx_http_shop_live_way_t  ngx_http_shop_live_websocket = {
    ngx_http_shop_ws_open,
    ngx_http_shop_ws_event,
    ngx_http_shop_ws_ping,
    ngx_http_shop_ws_end
};


static ngx_int_t
ngx_http_shop_ws_open(ngx_http_shop_live_t *live)
{
    ngx_str_t           *key, *version, *upgrade, bytes;
    u_char               buf[24];
    ngx_http_request_t  *r = live->sr->r;

    key = ngx_shop_header_in(r, "sec-websocket-key");
    version = ngx_shop_header_in(r, "sec-websocket-version");
    upgrade = ngx_shop_header_in(r, "upgrade");
    bytes.data = buf;

    if (r->http_version != NGX_HTTP_VERSION_11 || upgrade == NULL
        || ngx_strcasecmp(upgrade->data, (u_char *) "websocket") != 0)
    {
        return ngx_http_shop_ws_refuse(live, 426, "upgrade_required",
                                       "This address speaks WebSocket.");
    }

    if (version == NULL || ngx_strcmp(version->data, "13") != 0
        || key == NULL || key->len != 24
        || ngx_decode_base64(&bytes, key) != NGX_OK || bytes.len != 16)
    {
        return ngx_http_shop_ws_refuse(live, NGX_HTTP_BAD_REQUEST,
                                       "invalid_handshake",
                                       "The WebSocket handshake is not one "
                                       "of version 13.");
    }

    /* browsers let any page open a socket, with cookies: the origin decides */

    if (ngx_shop_header_in(r, "origin")
        && !ngx_shop_session_same_origin(r))
    {
        return ngx_http_shop_ws_refuse(live, NGX_HTTP_FORBIDDEN, "forbidden",
                                       "This origin may not connect.");
    }

    if (ngx_http_shop_ws_accept(live, key) != NGX_OK) {
        ngx_shop_finish(live->sr, NGX_ERROR);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_ws_refuse(ngx_http_shop_live_t *live, ngx_uint_t status,
    const char *code, const char *detail)
{
    ngx_str_t  version = ngx_string("13");
    ngx_str_t  upgrade = ngx_string("websocket");

    (void) ngx_shop_header(live->sr, "Sec-WebSocket-Version", &version);
    (void) ngx_shop_header(live->sr, "Upgrade", &upgrade);
    (void) ngx_shop_problem(live->sr, status, code, detail);

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_ws_accept(ngx_http_shop_live_t *live, ngx_str_t *key)
{
    u_char               digest[20];
    ngx_str_t            sum, accept;
    ngx_str_t            upgrade = ngx_string("websocket");
    ngx_int_t            rc;
    ngx_sha1_t           sha;
    ngx_http_request_t  *r = live->sr->r;

    ngx_sha1_init(&sha);
    ngx_sha1_update(&sha, key->data, key->len);
    ngx_sha1_update(&sha, NGX_HTTP_SHOP_WS_GUID,
                    sizeof(NGX_HTTP_SHOP_WS_GUID) - 1);
    ngx_sha1_final(digest, &sha);

    sum.data = digest;
    sum.len = sizeof(digest);
    accept.data = ngx_pnalloc(r->pool, ngx_base64_encoded_length(sum.len));
    if (accept.data == NULL) {
        return NGX_ERROR;
    }

    ngx_encode_base64(&accept, &sum);

    if (ngx_shop_header(live->sr, "Upgrade", &upgrade) != NGX_OK
        || ngx_shop_header(live->sr, "Sec-WebSocket-Accept", &accept)
           != NGX_OK
        || ngx_http_shop_ws_start(live) != NGX_OK)
    {
        return NGX_ERROR;
    }

    r->keepalive = 0;

    rc = ngx_shop_stream_header(live->sr, NGX_HTTP_SWITCHING_PROTOCOLS, NULL);
    if (rc == NGX_ERROR || rc > NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_send_special(r, NGX_HTTP_FLUSH) == NGX_ERROR) {
        return NGX_ERROR;
    }

    r->read_event_handler = ngx_http_shop_ws_read;
    r->write_event_handler = ngx_http_shop_ws_write;

    return ngx_http_shop_ws_flush(live);
}


static ngx_int_t
ngx_http_shop_ws_start(ngx_http_shop_live_t *live)
{
    ngx_pool_cleanup_t            *cln;
    wslay_event_context_ptr        ctx;
    struct wslay_event_callbacks   calls;

    ngx_memzero(&calls, sizeof(struct wslay_event_callbacks));
    calls.recv_callback = ngx_http_shop_ws_recv;
    calls.send_callback = ngx_http_shop_ws_send;

    cln = ngx_pool_cleanup_add(live->sr->r->pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    if (wslay_event_context_server_init(&ctx, &calls, live) != 0) {
        return NGX_ERROR;
    }

    cln->handler = ngx_http_shop_ws_free;
    cln->data = ctx;

    wslay_event_config_set_max_recv_msg_length(ctx, NGX_HTTP_SHOP_WS_MESSAGE);
    live->socket = ctx;

    return NGX_OK;
}


static void
ngx_http_shop_ws_free(void *data)
{
    wslay_event_context_free(data);
}


static ngx_int_t
ngx_http_shop_ws_event(ngx_http_shop_live_t *live, int64_t seq,
    ngx_str_t *type, ngx_str_t *data)
{
    size_t                    len;
    u_char                   *text, *p;
    struct wslay_event_msg    message;

    len = sizeof("{\"id\":\"\",\"event\":\"\",\"data\":}") + NGX_INT64_LEN
          + type->len + data->len;

    text = ngx_alloc(len, ngx_cycle->log);
    if (text == NULL) {
        return NGX_ERROR;
    }

    p = ngx_sprintf(text, "{\"id\":\"%L\",\"event\":\"%V\",\"data\":%V}",
                    seq, type, data);

    message.opcode = WSLAY_TEXT_FRAME;
    message.msg = text;
    message.msg_length = p - text;

    if (wslay_event_queue_msg(live->socket, &message) != 0) {   /* copies */
        ngx_free(text);
        return NGX_ERROR;
    }

    ngx_free(text);

    return ngx_http_shop_ws_flush(live);
}


static ngx_int_t
ngx_http_shop_ws_ping(ngx_http_shop_live_t *live)
{
    struct wslay_event_msg  message;

    ngx_memzero(&message, sizeof(struct wslay_event_msg));
    message.opcode = WSLAY_PING;

    if (wslay_event_queue_msg(live->socket, &message) != 0) {
        return NGX_ERROR;
    }

    return ngx_http_shop_ws_flush(live);
}


static void
ngx_http_shop_ws_end(ngx_http_shop_live_t *live, ngx_msec_t retry)
{
    (void) retry;                   /* clients come back as they see fit */

    (void) wslay_event_queue_close(live->socket,
                                   WSLAY_CODE_GOING_AWAY, NULL, 0);
    (void) ngx_http_shop_ws_flush(live);
    ngx_shop_finish(live->sr, NGX_OK);
}


static ngx_int_t
ngx_http_shop_ws_flush(ngx_http_shop_live_t *live)
{
    ngx_http_request_t       *r = live->sr->r;
    wslay_event_context_ptr   ctx = live->socket;

    if (r->connection->buffered || r->out) {         /* the header first */
        if (ngx_http_output_filter(r, NULL) == NGX_ERROR) {
            return NGX_ERROR;
        }
    }

    if (r->out == NULL && wslay_event_want_write(ctx)
        && wslay_event_send(ctx) != 0)
    {
        return NGX_ERROR;
    }

    if (wslay_event_get_queued_msg_length(ctx) > NGX_HTTP_SHOP_WS_QUEUE) {
        return NGX_ERROR;
    }

    return ngx_handle_write_event(r->connection->write, 0);
}


static void
ngx_http_shop_ws_read(ngx_http_request_t *r)
{
    ngx_http_shop_live_t     *live = ngx_shop_request(r)->ctx;
    wslay_event_context_ptr   ctx = live->socket;

    if (live->ended) {
        return;
    }

    /* after a close frame or one that breaks the protocol nothing is read */

    if (wslay_event_recv(ctx) != 0
        || ngx_http_shop_ws_flush(live) != NGX_OK
        || !wslay_event_want_read(ctx)
        || ngx_handle_read_event(r->connection->read, 0) != NGX_OK)
    {
        ngx_http_shop_live_gone(live);
    }
}


static void
ngx_http_shop_ws_write(ngx_http_request_t *r)
{
    ngx_http_shop_live_t  *live = ngx_shop_request(r)->ctx;

    if (!live->ended && ngx_http_shop_ws_flush(live) != NGX_OK) {
        ngx_http_shop_live_gone(live);
    }
}


static ssize_t
ngx_http_shop_ws_recv(wslay_event_context_ptr ctx, uint8_t *buf, size_t len,
    int flags, void *data)
{
    size_t                 rest;
    ssize_t                n;
    ngx_buf_t             *head;
    ngx_connection_t      *c;
    ngx_http_shop_live_t  *live = data;

    (void) flags;

    /* frames may have come in one piece with the handshake */

    head = live->sr->r->header_in;
    rest = head->last - head->pos;

    if (rest) {
        rest = ngx_min(rest, len);
        ngx_memcpy(buf, head->pos, rest);
        head->pos += rest;
        return rest;
    }

    c = live->sr->r->connection;
    n = c->recv(c, buf, len);

    if (n == NGX_AGAIN) {
        wslay_event_set_error(ctx, WSLAY_ERR_WOULDBLOCK);
        return -1;
    }

    if (n == 0 || n == NGX_ERROR) {
        wslay_event_set_error(ctx, WSLAY_ERR_CALLBACK_FAILURE);
        return -1;
    }

    return n;
}


static ssize_t
ngx_http_shop_ws_send(wslay_event_context_ptr ctx, const uint8_t *buf,
    size_t len, int flags, void *data)
{
    ssize_t                n;
    ngx_connection_t      *c;
    ngx_http_shop_live_t  *live = data;

    (void) flags;

    c = live->sr->r->connection;
    n = c->send(c, (u_char *) buf, len);

    if (n == NGX_AGAIN) {
        wslay_event_set_error(ctx, WSLAY_ERR_WOULDBLOCK);
        return -1;
    }

    if (n == NGX_ERROR) {
        wslay_event_set_error(ctx, WSLAY_ERR_CALLBACK_FAILURE);
        return -1;
    }

    return n;
}
