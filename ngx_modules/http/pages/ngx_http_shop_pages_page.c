/*
 * A page: its row, its template, and what is shown when there is no row.
 */

#include "ngx_http_shop_pages.h"
#include "../../core/ngx_shop_error.h"


static ngx_int_t ngx_http_shop_pages_answer(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_pages_row(ngx_shop_request_t *sr,
    const PGresult *res);
static ngx_int_t ngx_http_shop_pages_moved(ngx_shop_request_t *sr,
    ngx_uint_t status, ngx_str_t *location);
static ngx_int_t ngx_http_shop_pages_failed(ngx_shop_request_t *sr,
    ngx_uint_t rc, const PGresult *res);
static ngx_int_t ngx_http_shop_pages_from_cache(ngx_shop_request_t *sr,
    ngx_http_shop_pages_page_t *page, const char *state);
static ngx_int_t ngx_http_shop_pages_show(ngx_shop_request_t *sr,
    ngx_http_shop_pages_page_t *page);
static ngx_int_t ngx_http_shop_pages_data(ngx_shop_request_t *sr,
    ngx_str_t *json, ngx_str_t *data);
static void ngx_http_shop_pages_scheme(ngx_http_request_t *r,
    ngx_str_t *scheme);


ngx_int_t
ngx_http_shop_pages_page(ngx_shop_request_t *sr)
{
    ngx_http_shop_pages_page_t  page;

    if (ngx_http_shop_pages_cached(sr, 0, &page) == NGX_OK) {
        return ngx_http_shop_pages_from_cache(sr, &page, "HIT");
    }

    if (!ngx_shop_pg_up(NGX_SHOP_PG_READ)) {
        return ngx_http_shop_pages_failed(sr, NGX_SHOP_PG_DOWN, NULL);
    }

    return ngx_http_shop_pages_run(sr, NGX_SHOP_PG_READ,
                                   ngx_http_shop_pages_answer);
}


/* the row's statement with the base as its last parameter */

ngx_int_t
ngx_http_shop_pages_run(ngx_shop_request_t *sr, ngx_uint_t cls,
    ngx_shop_next_pt next)
{
    ngx_str_t     base;
    ngx_uint_t    n;
    const char  **given, **params;

    given = ngx_shop_params(sr, sr->ep->bind, &n);
    if (given == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    params = ngx_palloc(sr->r->pool, (n + 1) * sizeof(char *));

    if (params == NULL || ngx_http_shop_pages_base(sr->r, &base) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memcpy(params, given, n * sizeof(char *));
    params[n] = (const char *) base.data;

    return ngx_shop_run(sr, cls, sr->ep->stmt, n + 1, params, next);
}


static ngx_int_t
ngx_http_shop_pages_answer(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    if (q->rc == NGX_SHOP_PG_OK && PQntuples(q->res)) {

        /* everything is copied into the page: the result may go after this */

        return ngx_http_shop_pages_row(sr, q->res);
    }

    return ngx_http_shop_pages_failed(sr, q->rc, q->res);
}


static ngx_int_t
ngx_http_shop_pages_row(ngx_shop_request_t *sr, const PGresult *res)
{
    ngx_str_t                    base, value;
    ngx_http_shop_pages_page_t   page;

    ngx_http_shop_pages_column(res, "status", &value);
    page.status = ngx_atoi(value.data, value.len);

    ngx_http_shop_pages_column(res, "location", &value);

    if (value.len) {
        return ngx_http_shop_pages_moved(sr, page.status, &value);
    }

    ngx_http_shop_pages_column(res, "page", &page.name);
    ngx_http_shop_pages_column(res, "data", &value);

    if (ngx_http_shop_pages_base(sr->r, &base) != NGX_OK
        || ngx_http_shop_pages_head(sr->r->pool, res, &base, &page.head)
           != NGX_OK
        || ngx_http_shop_pages_json(sr->r->pool, &value, &page.data)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_shop_pages_column(res, "tags", &value);
    ngx_http_shop_pages_keep(sr, &value, &page);

    return ngx_http_shop_pages_show(sr, &page);
}


static ngx_int_t
ngx_http_shop_pages_moved(ngx_shop_request_t *sr, ngx_uint_t status,
    ngx_str_t *location)
{
    ngx_str_t  value;

    value.len = location->len;

    value.data = ngx_pstrdup(sr->r->pool, location);
    if (value.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_shop_header(sr, "Location", &value) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, status, NULL);
}


/* the page as it was, or one without data, which its script can show */

static ngx_int_t
ngx_http_shop_pages_failed(ngx_shop_request_t *sr, ngx_uint_t rc,
    const PGresult *res)
{
    ngx_str_t                   wait;
    ngx_shop_error_t            error;
    ngx_http_shop_pages_page_t  page;

    if (rc != NGX_SHOP_PG_OK && rc != NGX_SHOP_PG_ERROR && sr->ctx
        && ngx_http_shop_pages_cached(sr, 1, &page) == NGX_OK)
    {
        return ngx_http_shop_pages_from_cache(sr, &page, "STALE");
    }

    ngx_memzero(&page, sizeof(ngx_http_shop_pages_page_t));

    page.status = NGX_HTTP_SERVICE_UNAVAILABLE;

    if (rc == NGX_SHOP_PG_OK) {
        page.status = NGX_HTTP_NOT_FOUND;

    } else if (rc == NGX_SHOP_PG_ERROR) {
        error = ngx_shop_error(PQresultErrorField(res, PG_DIAG_SQLSTATE));
        page.status = ngx_max(error.status, NGX_HTTP_INTERNAL_SERVER_ERROR);

        if (error.own && error.status < NGX_HTTP_INTERNAL_SERVER_ERROR) {
            page.status = NGX_HTTP_NOT_FOUND;

        } else {
            ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                          "pages: %s", PQresultErrorMessage(res));
        }
    }

    if (page.status == NGX_HTTP_NOT_FOUND) {
        ngx_str_set(&page.name, "not-found");
        ngx_str_set(&page.head, "<title>Not found</title>");

        return ngx_http_shop_pages_show(sr, &page);
    }

    ngx_str_set(&page.name, "error");
    ngx_str_set(&page.head, "<title>Out of order</title>");
    ngx_str_set(&wait, "5");

    if (ngx_shop_header(sr, "Retry-After", &wait) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_pages_show(sr, &page);
}


static ngx_int_t
ngx_http_shop_pages_from_cache(ngx_shop_request_t *sr,
    ngx_http_shop_pages_page_t *page, const char *state)
{
    ngx_str_t  value;

    value.data = (u_char *) state;
    value.len = ngx_strlen(state);

    if (ngx_shop_header(sr, "X-Cache", &value) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_pages_show(sr, page);
}


static ngx_int_t
ngx_http_shop_pages_show(ngx_shop_request_t *sr,
    ngx_http_shop_pages_page_t *page)
{
    ngx_str_t                        html;
    ngx_str_t                        holes[NGX_HTTP_SHOP_PAGES_HOLES];
    ngx_http_shop_pages_conf_t      *conf;
    ngx_http_shop_pages_template_t  *template;

    conf = ngx_http_get_module_loc_conf(sr->r, ngx_http_shop_pages_module);
    template = ngx_http_shop_pages_template(conf, &page->name);

    if (template == NULL || page->status < NGX_HTTP_OK
        || page->status > NGX_HTTP_INSUFFICIENT_STORAGE)
    {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "pages: there is no page \"%V\"", &page->name);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memzero(holes, sizeof(holes));

    holes[NGX_HTTP_SHOP_PAGES_HEAD] = page->head;
    ngx_http_shop_pages_scheme(sr->r, &holes[NGX_HTTP_SHOP_PAGES_SCHEME]);

    if (ngx_http_shop_pages_data(sr, &page->data,
                                 &holes[NGX_HTTP_SHOP_PAGES_DATA])
        != NGX_OK
        || ngx_http_shop_pages_fill(sr->r->pool, template, holes, &html)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply_type(sr, page->status, "text/html; charset=utf-8",
                               &html);
}


/* {"cart": true, and the rest of the object; scripts can't see the cookie */

static ngx_int_t
ngx_http_shop_pages_data(ngx_shop_request_t *sr, ngx_str_t *json,
    ngx_str_t *data)
{
    u_char     *p;
    ngx_str_t   cart;

    if (json->len == 0) {
        return NGX_OK;
    }

    if (sr->cart.len || sr->signed_in) {
        ngx_str_set(&cart, "{\"cart\": true, ");

    } else {
        ngx_str_set(&cart, "{\"cart\": false, ");
    }

    p = ngx_pnalloc(sr->r->pool, cart.len + json->len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    data->data = p;

    p = ngx_cpymem(p, cart.data, cart.len);
    p = ngx_cpymem(p, json->data + 1, json->len - 1);

    data->len = p - data->data;

    return NGX_OK;
}


/* the choice of the person; without one the browser's setting counts */

static void
ngx_http_shop_pages_scheme(ngx_http_request_t *r, ngx_str_t *scheme)
{
    ngx_str_t  cookie;

    if (ngx_shop_cookie(r, "scheme", &cookie) != NGX_OK) {
        ngx_str_null(&cookie);
    }

    if (cookie.len == 4 && ngx_strncmp(cookie.data, "dark", 4) == 0) {
        ngx_str_set(scheme, "dark");

    } else if (cookie.len == 5 && ngx_strncmp(cookie.data, "light", 5) == 0) {
        ngx_str_set(scheme, "light");

    } else {
        ngx_str_set(scheme, "auto");
    }
}
