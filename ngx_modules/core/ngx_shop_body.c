/*
 * The request's body: in memory or spilled to a file, of a length or chunked.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_json.h"
#include "ngx_shop_text.h"


static void ngx_shop_body_ready(ngx_http_request_t *r);
static ngx_int_t ngx_shop_body_collect(ngx_shop_request_t *sr);
static u_char *ngx_shop_body_file(ngx_http_request_t *r, u_char *p,
    ngx_buf_t *b);
static ssize_t ngx_shop_body_piece(ngx_shop_request_t *sr, ngx_buf_t *b,
    u_char *dst, size_t size);
static ngx_uint_t ngx_shop_body_is_json(ngx_http_request_t *r);
static void ngx_shop_body_free(void *data);


ngx_int_t
ngx_shop_body_read(ngx_shop_request_t *sr)
{
    ngx_int_t            rc;
    ngx_shop_ctx_t      *ctx;
    ngx_http_request_t  *r;

    r = sr->r;
    ctx = ngx_shop_ctx(sr);

    if (r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD)) {
        return NGX_OK;
    }

    if (r->headers_in.content_length_n <= 0 && !r->headers_in.chunked) {
        return NGX_OK;
    }

    ctx->body_read = 1;
    r->request_body_in_single_buf = !(sr->ep->flags & NGX_SHOP_EP_SPOOLED);

    rc = ngx_http_read_client_request_body(r, ngx_shop_body_ready);

    if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
        ngx_http_finalize_request(r, rc);
        return NGX_DONE;
    }

    /* reading took a count of its own; if the body was there, the request has
       gone on from within */

    ngx_http_finalize_request(r, NGX_DONE);

    return NGX_AGAIN;
}


static void
ngx_shop_body_ready(ngx_http_request_t *r)
{
    ngx_shop_request_t  *sr;

    sr = ngx_shop_request(r);

    if (ngx_shop_body_collect(sr) != NGX_OK) {
        (void) ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return;
    }

    ngx_shop_request_go(sr);
}


/* one piece of memory stays where it is */

static ngx_int_t
ngx_shop_body_collect(ngx_shop_request_t *sr)
{
    u_char              *p;
    size_t               len;
    ngx_buf_t           *b;
    ngx_chain_t         *cl;
    ngx_shop_ctx_t      *ctx;
    ngx_http_request_t  *r;

    r = sr->r;
    ctx = ngx_shop_ctx(sr);

    if (r->request_body == NULL || r->request_body->bufs == NULL) {
        return NGX_OK;
    }

    if (sr->ep->flags & NGX_SHOP_EP_SPOOLED) {
        ctx->spooled = r->request_body->bufs;
        return NGX_OK;
    }

    len = 0;

    for (cl = r->request_body->bufs; cl; cl = cl->next) {
        len += ngx_buf_size(cl->buf);
    }

    cl = r->request_body->bufs;

    if (cl->next == NULL && ngx_buf_in_memory(cl->buf)) {
        ctx->raw.data = cl->buf->pos;
        ctx->raw.len = len;
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ctx->raw.data = p;
    ctx->raw.len = len;

    for ( /* void */ ; cl; cl = cl->next) {

        b = cl->buf;

        if (ngx_buf_in_memory(b)) {
            p = ngx_cpymem(p, b->pos, b->last - b->pos);
            continue;
        }

        p = ngx_shop_body_file(r, p, b);
        if (p == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static u_char *
ngx_shop_body_file(ngx_http_request_t *r, u_char *p, ngx_buf_t *b)
{
    off_t    offset;
    ssize_t  n;

    for (offset = b->file_pos; offset < b->file_last; offset += n) {

        n = ngx_read_file(b->file, p, (size_t) (b->file_last - offset),
                          offset);

        if (n <= 0) {
            ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                          "body: the temporary file ended too early");
            return NULL;
        }

        p += n;
    }

    return p;
}


ssize_t
ngx_shop_body_next(ngx_shop_request_t *sr, u_char *dst, size_t size)
{
    size_t           len;
    ssize_t          n;
    ngx_buf_t       *b;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);
    len = 0;

    while (ctx->spooled && len < size) {

        b = ctx->spooled->buf;

        if (ctx->spooled_at == ngx_buf_size(b)) {
            ctx->spooled = ctx->spooled->next;
            ctx->spooled_at = 0;
            continue;
        }

        n = ngx_shop_body_piece(sr, b, dst + len, size - len);
        if (n <= 0) {
            return NGX_ERROR;
        }

        len += n;
        ctx->spooled_at += n;
    }

    return len;
}


ngx_int_t
ngx_shop_body_spool(ngx_shop_request_t *sr, ngx_fd_t *fd, off_t *size)
{
    ngx_http_request_body_t  *rb;

    rb = sr->r->request_body;

    if (rb == NULL || rb->temp_file == NULL
        || rb->temp_file->file.fd == NGX_INVALID_FILE)
    {
        return NGX_DECLINED;
    }

    *fd = rb->temp_file->file.fd;
    *size = rb->temp_file->file.offset;

    return NGX_OK;
}


static ssize_t
ngx_shop_body_piece(ngx_shop_request_t *sr, ngx_buf_t *b, u_char *dst,
    size_t size)
{
    off_t    at;
    ssize_t  n;

    at = ngx_shop_ctx(sr)->spooled_at;
    size = (size_t) ngx_min((off_t) size, ngx_buf_size(b) - at);

    if (ngx_buf_in_memory(b)) {
        ngx_memcpy(dst, b->pos + at, size);
        return size;
    }

    n = ngx_read_file(b->file, dst, size, b->file_pos + at);

    if (n <= 0) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "body: the temporary file ended too early");
    }

    return n;
}


ngx_int_t
ngx_shop_body_parse(ngx_shop_request_t *sr)
{
    const char          *why;
    ngx_shop_ctx_t      *ctx;
    ngx_pool_cleanup_t  *cln;

    ctx = ngx_shop_ctx(sr);

    if (ctx->raw.len == 0) {
        return NGX_OK;
    }

    if (!ngx_shop_body_is_json(sr->r)) {
        return ngx_shop_problem(sr, NGX_HTTP_UNSUPPORTED_MEDIA_TYPE,
                                "unsupported_media_type",
                                "the body must be application/json");
    }

    sr->body = ngx_shop_json_parse(ctx->raw.data, ctx->raw.len, &why);

    if (sr->body == NULL) {
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST, "invalid_json", why);
    }

    cln = ngx_pool_cleanup_add(sr->r->pool, 0);

    if (cln == NULL) {
        json_decref(sr->body);
        sr->body = NULL;
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    cln->handler = ngx_shop_body_free;
    cln->data = sr->body;

    return NGX_OK;
}


static void
ngx_shop_body_free(void *data)
{
    json_decref(data);
}


/* application/json, or a merge patch (RFC 7396), in UTF-8 if it says so */

static ngx_uint_t
ngx_shop_body_is_json(ngx_http_request_t *r)
{
    u_char     *p, *last;
    ngx_str_t  *type;

    static ngx_str_t  json = ngx_string("application/json");
    static ngx_str_t  merge = ngx_string("application/merge-patch+json");

    if (r->headers_in.content_type == NULL) {
        return 0;
    }

    type = &r->headers_in.content_type->value;
    last = type->data + type->len;

    if (type->len >= json.len
        && ngx_strncasecmp(type->data, json.data, json.len) == 0)
    {
        p = type->data + json.len;

    } else if (type->len >= merge.len && r->method == NGX_HTTP_PATCH
               && ngx_strncasecmp(type->data, merge.data, merge.len) == 0)
    {
        p = type->data + merge.len;

    } else {
        return 0;
    }

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    if (p == last) {
        return 1;
    }

    if (*p != ';') {
        return 0;
    }

    p = ngx_strlcasestrn(p, last, (u_char *) "charset=", 8 - 1);
    if (p == NULL) {
        return 1;
    }

    p += 8;
    p += (p < last && *p == '"');

    return last - p >= 5
           && ngx_strncasecmp(p, (u_char *) "utf-8", 5) == 0;
}


ngx_int_t
ngx_shop_raw_body(ngx_shop_request_t *sr, ngx_str_t *body)
{
    *body = ngx_shop_ctx(sr)->raw;

    return NGX_OK;
}
