/*
 * The answer: its headers, cheapest first, and its body without a copy.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"


static void ngx_shop_send_status(ngx_http_request_t *r, ngx_uint_t status);
static void ngx_shop_send_type(ngx_http_request_t *r, const char *type);
static ngx_int_t ngx_shop_send_headers(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_send_control(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_send_trips(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_send_body(ngx_http_request_t *r, ngx_str_t *body);


ngx_int_t
ngx_shop_reply(ngx_shop_request_t *sr, ngx_uint_t status, ngx_str_t *body)
{
    return ngx_shop_send(sr, status, "application/json", body);
}


ngx_int_t
ngx_shop_reply_type(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *type, ngx_str_t *body)
{
    return ngx_shop_send(sr, status, type, body);
}


ngx_int_t
ngx_shop_send(ngx_shop_request_t *sr, ngx_uint_t status, const char *type,
    ngx_str_t *body)
{
    ngx_int_t            rc;
    ngx_http_request_t  *r;

    r = sr->r;

    if (sr->done || r->header_sent) {
        ngx_log_error(NGX_LOG_ALERT, r->connection->log, 0,
                      "endpoint: a request was answered twice");
        return NGX_DONE;
    }

    sr->done = 1;

    /* an answer before the body was read: the rest is thrown away */

    if (!ngx_shop_ctx(sr)->body_read) {

        rc = ngx_http_discard_request_body(r);

        if (rc != NGX_OK) {
            sr->done = 0;
            ngx_http_finalize_request(r, rc);
            return NGX_DONE;
        }
    }

    ngx_shop_send_status(r, status);

    if (body == NULL || body->len == 0 || status == NGX_HTTP_NO_CONTENT
        || status == NGX_HTTP_NOT_MODIFIED)
    {
        r->headers_out.content_length_n =
                               (status == NGX_HTTP_NOT_MODIFIED) ? -1 : 0;
        r->header_only = 1;

    } else {
        r->headers_out.content_length_n = body->len;
        ngx_shop_send_type(r, type);
    }

    if (ngx_shop_send_headers(sr) != NGX_OK) {
        ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return NGX_DONE;
    }

    rc = ngx_http_send_header(r);

    /* NGX_AGAIN: a header that TLS holds back until its body comes */

    if ((rc == NGX_OK || rc == NGX_AGAIN) && !r->header_only) {
        rc = ngx_shop_send_body(r, body);
    }

    ngx_http_finalize_request(r, rc);

    return NGX_DONE;
}


/* nginx has no words for 422, and compares If-Match with the ETag of what has
   just been changed */

static void
ngx_shop_send_status(ngx_http_request_t *r, ngx_uint_t status)
{
    r->headers_out.status = status;
    r->disable_not_modified = 1;

    if (status == NGX_SHOP_UNPROCESSABLE) {
        ngx_str_set(&r->headers_out.status_line, "422 Unprocessable Content");
    }
}


static void
ngx_shop_send_type(ngx_http_request_t *r, const char *type)
{
    r->headers_out.content_type.data = (u_char *) type;
    r->headers_out.content_type.len = ngx_strlen(type);
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_type_lowcase = NULL;
}


static ngx_int_t
ngx_shop_send_body(ngx_http_request_t *r, ngx_str_t *body)
{
    ngx_buf_t    *b;
    ngx_chain_t   out;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->pos = body->data;
    b->last = body->data + body->len;
    b->memory = 1;
    b->last_buf = (r == r->main);
    b->last_in_chain = 1;

    out.buf = b;
    out.next = NULL;

    return ngx_http_output_filter(r, &out);
}


static ngx_int_t
ngx_shop_send_headers(ngx_shop_request_t *sr)
{
    ngx_str_t         name;
    ngx_shop_ctx_t   *ctx;

    static ngx_str_t  replayed = ngx_string("true");
    static ngx_str_t  cached[] = {
        ngx_null_string,
        ngx_string("HIT"),
        ngx_string("MISS"),
        ngx_string("STALE")
    };

    ctx = ngx_shop_ctx(sr);

    if (ctx->cached
        && ngx_shop_header(sr, "X-Cache", &cached[ctx->cached]) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ctx->replayed
        && ngx_shop_header(sr, "Idempotent-Replayed", &replayed) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (sr->traceparent.len) {
        ngx_str_set(&name, "traceparent");

        if (ngx_shop_header_add(sr->r, (char *) name.data, name.len,
                                &sr->traceparent)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (ngx_shop_send_control(sr) != NGX_OK
        || ngx_shop_send_trips(sr) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_cors(sr);
}


/*
 * Anonymous answers may be kept if they are asked for again each time; an
 * answer that depends on who asks only in the browser, and only with an ETag;
 * errors and answers with credentials nowhere.
 */

static ngx_int_t
ngx_shop_send_control(ngx_shop_request_t *sr)
{
    ngx_uint_t           private;
    ngx_str_t           *value;
    ngx_shop_ctx_t      *ctx;
    ngx_http_request_t  *r;

    static ngx_str_t     always =
                         ngx_string("public, max-age=31536000, immutable");
    static ngx_str_t     again = ngx_string("no-cache");
    static ngx_str_t     own = ngx_string("private, no-cache");
    static ngx_str_t     never = ngx_string("no-store");
    static ngx_str_t     vary = ngx_string("X-Publishable-Key");

    r = sr->r;
    ctx = ngx_shop_ctx(sr);

    if (r->headers_out.status == NGX_HTTP_OK && sr->ep && !sr->renewed
        && (sr->ep->flags & NGX_SHOP_EP_IMMUTABLE))
    {
        return ngx_shop_header(sr, "Cache-Control", &always);
    }

    private = sr->signed_in || sr->masked
              || (sr->ep && (sr->ep->flags & NGX_SHOP_EP_CART_COOKIE));

    if (r->headers_out.status >= NGX_HTTP_BAD_REQUEST || sr->renewed
        || sr->ep == NULL || (sr->ep->flags & NGX_SHOP_EP_NO_STORE)
        || ctx->route->ep.method != NGX_HTTP_GET
        || (private && ctx->etag.len == 0))
    {
        value = &never;

    } else {
        value = private ? &own : &again;

        if (ngx_shop_header(sr, "Vary", &vary) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return ngx_shop_header(sr, "Cache-Control", value);
}


static ngx_int_t
ngx_shop_send_trips(ngx_shop_request_t *sr)
{
    ngx_str_t             value;
    ngx_shop_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(sr->r, ngx_http_shop_core_module);

    if (!lcf->debug_trips) {
        return NGX_OK;
    }

    value.data = ngx_pnalloc(sr->r->pool, sizeof("sql= redis=")
                                          + 2 * NGX_INT_T_LEN);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = ngx_sprintf(value.data, "sql=%ui redis=%ui", sr->sql_trips,
                            sr->redis_trips)
                - value.data;

    return ngx_shop_header(sr, "X-Shop-Trips", &value);
}


ngx_int_t
ngx_shop_stream_header(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *type)
{
    ngx_int_t            rc;
    ngx_http_request_t  *r;

    r = sr->r;

    ngx_shop_send_status(r, status);
    r->headers_out.content_length_n = -1;

    if (type) {
        ngx_shop_send_type(r, type);
    }

    if (ngx_shop_send_headers(sr) != NGX_OK) {
        return NGX_ERROR;
    }

    rc = ngx_http_send_header(r);

    sr->done = 1;

    return rc;
}


ngx_int_t
ngx_shop_header(ngx_shop_request_t *sr, const char *key, ngx_str_t *value)
{
    return ngx_shop_header_add(sr->r, key, ngx_strlen(key), value);
}


ngx_int_t
ngx_shop_header_add(ngx_http_request_t *r, const char *key, size_t key_len,
    ngx_str_t *value)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(&r->headers_out.headers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    h->hash = 1;
    ngx_shop_header_init(h);
    h->key.data = (u_char *) key;
    h->key.len = key_len;
    h->value = *value;

    return NGX_OK;
}
