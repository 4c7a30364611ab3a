/*
 * A picture in one of its widths: a file that never changes, or the bucket
 * that holds it.  While the worker is at it a grey square stands for it.
 */

#include "ngx_http_shop_media.h"
#include "ngx_shop_text.h"


static ngx_int_t ngx_http_shop_media_width(ngx_http_request_t *r,
    ngx_str_t *width);
static ngx_int_t ngx_http_shop_media_open(ngx_http_request_t *r,
    ngx_str_t *path, ngx_open_file_info_t *of);
static ngx_int_t ngx_http_shop_media_send(ngx_shop_request_t *sr,
    ngx_str_t *path, ngx_open_file_info_t *of);
static ngx_int_t ngx_http_shop_media_remote(ngx_shop_request_t *sr,
    ngx_str_t *remote);


static ngx_str_t  ngx_http_shop_media_square = ngx_string(
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\">"
    "<path fill=\"#8884\" d=\"M0 0h4v4H0z\"/></svg>");


ngx_int_t
ngx_http_shop_media_serve(ngx_shop_request_t *sr)
{
    ngx_str_t                         path, object;
    ngx_open_file_info_t              of;
    ngx_http_shop_media_loc_conf_t   *lcf;
    ngx_http_shop_media_main_conf_t  *mcf;

    mcf = ngx_http_get_module_main_conf(sr->r, ngx_http_shop_media_module);
    lcf = ngx_http_get_module_loc_conf(sr->r, ngx_http_shop_media_module);

    if (mcf->store.len == 0
        || ngx_http_shop_media_object(sr->r, &object) != NGX_OK)
    {
        return NGX_HTTP_NOT_FOUND;
    }

    path.data = ngx_pnalloc(sr->r->pool, mcf->store.len + object.len
                                         + sizeof("/incoming//ab/"));
    if (path.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    path.len = ngx_sprintf(path.data, "%V/files/%*s/%V%Z", &mcf->store,
                           (size_t) 2, object.data, &object)
               - path.data - 1;

    if (ngx_http_shop_media_open(sr->r, &path, &of) == NGX_OK) {
        return ngx_http_shop_media_send(sr, &path, &of);
    }

    path.len = ngx_sprintf(path.data, "%V/incoming/%*s%Z", &mcf->store,
                           (size_t) NGX_HTTP_SHOP_MEDIA_KEY, object.data)
               - path.data - 1;

    if (ngx_http_shop_media_open(sr->r, &path, &of) == NGX_OK) {
        return ngx_shop_reply_type(sr, NGX_HTTP_OK, "image/svg+xml",
                                   &ngx_http_shop_media_square);
    }

    return lcf->remote.len ? ngx_http_shop_media_remote(sr, &lcf->remote)
                           : NGX_HTTP_NOT_FOUND;
}


/* "KEY/320.webp" of ".../KEY.webp?w=320"; the widest when none is asked for */

ngx_int_t
ngx_http_shop_media_object(ngx_http_request_t *r, ngx_str_t *object)
{
    size_t      i, len;
    u_char     *p, *last;
    ngx_str_t   width;

    len = NGX_HTTP_SHOP_MEDIA_KEY + sizeof(".webp") - 1;

    if (r->uri.len <= len) {
        return NGX_DECLINED;
    }

    last = r->uri.data + r->uri.len;
    p = last - len;

    if (p[-1] != '/'
        || ngx_memcmp(last - 5, ".webp", 5) != 0)
    {
        return NGX_DECLINED;
    }

    for (i = 0; i < NGX_HTTP_SHOP_MEDIA_KEY; i++) {
        if (!(p[i] >= '0' && p[i] <= '9') && !(p[i] >= 'a' && p[i] <= 'f')) {
            return NGX_DECLINED;
        }
    }

    if (ngx_http_shop_media_width(r, &width) != NGX_OK) {
        return NGX_ERROR;
    }

    object->data = ngx_pnalloc(r->pool, len + 1 + width.len + 1);
    if (object->data == NULL) {
        return NGX_ERROR;
    }

    object->len = ngx_sprintf(object->data, "%*s/%V.webp%Z",
                              (size_t) NGX_HTTP_SHOP_MEDIA_KEY, p, &width)
                  - object->data - 1;

    return NGX_OK;
}


/* as it was checked: without its escapes */

static ngx_int_t
ngx_http_shop_media_width(ngx_http_request_t *r, ngx_str_t *width)
{
    if (ngx_http_arg(r, (u_char *) "w", 1, width) != NGX_OK) {
        width->len = 0;

    } else if (width->len > 4) {
        width->data = ngx_pstrdup(r->pool, width);
        if (width->data == NULL) {
            return NGX_ERROR;
        }

        if (ngx_shop_percent_decode(width, 1) != NGX_OK) {
            width->len = 0;
        }
    }

    if (width->len == 0 || width->len > 4) {
        ngx_str_set(width, "1920");
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_open(ngx_http_request_t *r, ngx_str_t *path,
    ngx_open_file_info_t *of)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    ngx_memzero(of, sizeof(ngx_open_file_info_t));

    of->read_ahead = clcf->read_ahead;
    of->directio = clcf->directio;
    of->valid = clcf->open_file_cache_valid;
    of->min_uses = clcf->open_file_cache_min_uses;
    of->errors = clcf->open_file_cache_errors;
    of->events = clcf->open_file_cache_events;

    if (ngx_http_set_disable_symlinks(r, clcf, path, of) != NGX_OK
        || ngx_open_cached_file(clcf->open_file_cache, path, of, r->pool)
           != NGX_OK)
    {
        return NGX_DECLINED;
    }

    return of->is_file ? NGX_OK : NGX_DECLINED;
}


/* as nginx sends a file: ETag, ranges, 304 */

static ngx_int_t
ngx_http_shop_media_send(ngx_shop_request_t *sr, ngx_str_t *path,
    ngx_open_file_info_t *of)
{
    ngx_int_t            rc;
    ngx_buf_t           *b;
    ngx_chain_t          out;
    ngx_http_request_t  *r;

    static ngx_str_t     always =
                         ngx_string("public, max-age=31536000, immutable");

    r = sr->r;

    rc = ngx_http_discard_request_body(r);
    if (rc != NGX_OK) {
        return NGX_HTTP_BAD_REQUEST;
    }

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    b->file = ngx_pcalloc(r->pool, sizeof(ngx_file_t));
    if (b->file == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->headers_out.status = NGX_HTTP_OK;
    r->headers_out.content_length_n = of->size;
    r->headers_out.last_modified_time = of->mtime;
    ngx_str_set(&r->headers_out.content_type, "image/webp");
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->allow_ranges = 1;

    if (ngx_http_set_etag(r) != NGX_OK
        || ngx_shop_header(sr, "Cache-Control", &always) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        ngx_shop_finish(sr, rc);
        return NGX_DONE;
    }

    b->file_pos = 0;
    b->file_last = of->size;
    b->in_file = b->file_last ? 1 : 0;
    b->last_buf = (r == r->main);
    b->last_in_chain = 1;

    b->file->fd = of->fd;
    b->file->name = *path;
    b->file->log = r->connection->log;
    b->file->directio = of->is_directio;

    out.buf = b;
    out.next = NULL;

    ngx_shop_finish(sr, ngx_http_output_filter(r, &out));

    return NGX_DONE;
}


/* the location takes a count of its own; the engine's is given back */

static ngx_int_t
ngx_http_shop_media_remote(ngx_shop_request_t *sr, ngx_str_t *remote)
{
    (void) ngx_http_named_location(sr->r, remote);

    ngx_shop_finish(sr, NGX_DONE);

    return NGX_DONE;
}
