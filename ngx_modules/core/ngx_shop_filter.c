/*
 * On every answer of a server with endpoints: X-Request-Id.  Errors that nginx
 * itself makes there (413, 400, limit_conn, ...) become problem+json too.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"


#define NGX_SHOP_HEADERS_TOO_LARGE  431


static ngx_int_t ngx_shop_filter_header(ngx_http_request_t *r);
static ngx_uint_t ngx_shop_filter_wanted(ngx_http_request_t *r,
    ngx_shop_ctx_t *ctx);
static ngx_uint_t ngx_shop_filter_status(ngx_http_request_t *r);
static ngx_int_t ngx_shop_filter_problem(ngx_http_request_t *r,
    ngx_shop_ctx_t *ctx);
static ngx_int_t ngx_shop_filter_hint(ngx_http_request_t *r, ngx_uint_t status);
static ngx_int_t ngx_shop_filter_body(ngx_http_request_t *r, ngx_chain_t *in);


static ngx_http_output_header_filter_pt  ngx_shop_filter_next_header;
static ngx_http_output_body_filter_pt    ngx_shop_filter_next_body;


/* a dynamic module comes last, so these run before nginx's own filters */

ngx_int_t
ngx_shop_filter_init(ngx_conf_t *cf)
{
    (void) cf;

    ngx_shop_filter_next_header = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_shop_filter_header;

    ngx_shop_filter_next_body = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_shop_filter_body;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_filter_header(ngx_http_request_t *r)
{
    ngx_shop_ctx_t       *ctx;
    ngx_shop_srv_conf_t  *scf;

    scf = ngx_http_get_module_srv_conf(r, ngx_http_shop_core_module);

    if (!scf->endpoints || r != r->main) {
        return ngx_shop_filter_next_header(r);
    }

    ctx = ngx_shop_ctx_get(r);

    if (ctx == NULL
        || ngx_shop_header_add(r, "X-Request-Id", sizeof("X-Request-Id") - 1,
                               &ctx->sr.request_id)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_shop_filter_wanted(r, ctx)
        && ngx_shop_filter_problem(r, ctx) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_filter_next_header(r);
}


static ngx_uint_t
ngx_shop_filter_wanted(ngx_http_request_t *r, ngx_shop_ctx_t *ctx)
{
    ngx_str_t                 *type;
    ngx_flag_t                 problems;
    ngx_shop_loc_conf_t       *lcf;
    ngx_http_core_loc_conf_t  *clcf;

    if (r->headers_out.status < NGX_HTTP_BAD_REQUEST || ctx->sr.done) {
        return 0;
    }

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_shop_core_module);
    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    /* where the pages answer, people read the errors; without a location the
       request could not even be read */

    problems = lcf->problems;

    if (problems == NGX_CONF_UNSET) {
        problems = (lcf->router && lcf->fallback == NULL)
                   || clcf->name.len == 0;
    }

    if (!problems) {
        return 0;
    }

    type = &r->headers_out.content_type;

    return ngx_strlcasestrn(type->data, type->data + type->len,
                            (u_char *) "json", 4 - 1)
           == NULL;
}


/* nginx answers 400 to headers that fit into none of its buffers (its own 494),
   and alone in that case before a location is found reads on afterwards */

static ngx_uint_t
ngx_shop_filter_status(ngx_http_request_t *r)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    if (r->headers_out.status == NGX_HTTP_BAD_REQUEST && r->lingering_close
        && clcf->name.len == 0)
    {
        r->err_status = NGX_SHOP_HEADERS_TOO_LARGE;
        r->headers_out.status = NGX_SHOP_HEADERS_TOO_LARGE;
        ngx_str_set(&r->headers_out.status_line,
                    "431 Request Header Fields Too Large");
    }

    return r->headers_out.status;
}


static ngx_int_t
ngx_shop_filter_problem(ngx_http_request_t *r, ngx_shop_ctx_t *ctx)
{
    ngx_uint_t        status;

    static ngx_str_t  never = ngx_string("no-store");

    status = ngx_shop_filter_status(r);

    if (ngx_shop_problem_body(r, status, ngx_shop_status_code(status), NULL,
                              NULL, &ctx->raw)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ctx->replaced = 1;

    ngx_http_clear_content_length(r);
    ngx_http_clear_accept_ranges(r);
    ngx_http_clear_last_modified(r);
    ngx_http_clear_etag(r);

    r->headers_out.content_length_n = ctx->raw.len;
    ngx_str_set(&r->headers_out.content_type, "application/problem+json");
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_type_lowcase = NULL;
    ngx_str_null(&r->headers_out.charset);

    if (ngx_shop_header_add(r, "Cache-Control", sizeof("Cache-Control") - 1,
                            &never)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_shop_filter_hint(r, status) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ctx->sr.store == NULL) {
        ctx->sr.store = ngx_shop_node_store(&r->headers_in.server);
    }

    return ngx_shop_cors(&ctx->sr);
}


/* What may be done instead.  nginx refuses methods of files, and TRACE and
   CONNECT before it looks what the address is. */

static ngx_int_t
ngx_shop_filter_hint(ngx_http_request_t *r, ngx_uint_t status)
{
    ngx_str_t                 *methods;
    ngx_http_core_loc_conf_t  *clcf;

    static ngx_str_t  later = ngx_string("1");
    static ngx_str_t  file = ngx_string("GET, HEAD");
    static ngx_str_t  any = ngx_string("GET, HEAD, POST, PATCH, DELETE, "
                                       "OPTIONS");

    switch (status) {

    case NGX_HTTP_NOT_ALLOWED:
        clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);
        methods = clcf->name.len ? &file : &any;

        return ngx_shop_header_add(r, "Allow", sizeof("Allow") - 1, methods);

    case NGX_HTTP_SERVICE_UNAVAILABLE:
    case NGX_HTTP_TOO_MANY_REQUESTS:
        return ngx_shop_header_add(r, "Retry-After", sizeof("Retry-After") - 1,
                                   &later);

    default:
        return NGX_OK;
    }
}


/* the body in place of nginx's page, whose end is still waited for */

static ngx_int_t
ngx_shop_filter_body(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_buf_t       *b;
    ngx_chain_t     *cl, out;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_shop_core_module);

    if (ctx == NULL || !ctx->replaced || in == NULL) {
        return ngx_shop_filter_next_body(r, in);
    }

    for (cl = in; cl; cl = cl->next) {

        if (cl->buf->last_buf || cl->buf->last_in_chain) {
            break;
        }

        cl->buf->pos = cl->buf->last;
    }

    if (cl == NULL) {
        return NGX_OK;
    }

    cl->buf->pos = cl->buf->last;
    ctx->replaced = 0;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->pos = ctx->raw.data;
    b->last = ctx->raw.data + ctx->raw.len;
    b->memory = 1;
    b->last_buf = 1;
    b->last_in_chain = 1;

    out.buf = b;
    out.next = NULL;

    return ngx_shop_filter_next_body(r, &out);
}
