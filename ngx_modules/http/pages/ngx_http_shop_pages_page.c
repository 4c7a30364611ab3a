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
static ngx_int_t ngx_http_shop_pages_data(ngx_shop_request_t *sr,
    const PGresult *res, ngx_str_t *data);
static ngx_int_t ngx_http_shop_pages_failed(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static void ngx_http_shop_pages_scheme(ngx_http_request_t *r,
    ngx_str_t *scheme);


static const char  ngx_http_shop_pages_html[] = "text/html; charset=utf-8";


ngx_int_t
ngx_http_shop_pages_page(ngx_shop_request_t *sr)
{
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
    if (q->rc != NGX_SHOP_PG_OK || PQntuples(q->res) == 0) {
        return ngx_http_shop_pages_failed(sr, q);
    }

    /* everything is copied into the page: the result may go after this */

    return ngx_http_shop_pages_row(sr, q->res);
}


static ngx_int_t
ngx_http_shop_pages_row(ngx_shop_request_t *sr, const PGresult *res)
{
    ngx_int_t                        status;
    ngx_str_t                        base, html, value;
    ngx_str_t                        holes[NGX_HTTP_SHOP_PAGES_HOLES];
    ngx_http_shop_pages_conf_t      *conf;
    ngx_http_shop_pages_template_t  *template;

    ngx_http_shop_pages_column(res, "status", &value);
    status = ngx_atoi(value.data, value.len);

    ngx_http_shop_pages_column(res, "location", &value);

    if (value.len) {
        return ngx_http_shop_pages_moved(sr, status, &value);
    }

    conf = ngx_http_get_module_loc_conf(sr->r, ngx_http_shop_pages_module);

    ngx_http_shop_pages_column(res, "page", &value);
    template = value.len ? ngx_http_shop_pages_template(conf,
                                                  (const char *) value.data)
                         : NULL;

    if (template == NULL || status < NGX_HTTP_OK) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "pages: there is no page \"%V\"", &value);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memzero(holes, sizeof(holes));
    ngx_http_shop_pages_scheme(sr->r, &holes[NGX_HTTP_SHOP_PAGES_SCHEME]);

    if (ngx_http_shop_pages_base(sr->r, &base) != NGX_OK
        || ngx_http_shop_pages_head(sr->r->pool, res, &base,
                                    &holes[NGX_HTTP_SHOP_PAGES_HEAD])
           != NGX_OK
        || ngx_http_shop_pages_data(sr, res,
                                    &holes[NGX_HTTP_SHOP_PAGES_DATA])
           != NGX_OK
        || ngx_http_shop_pages_fill(sr->r->pool, template, holes, &html)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply_type(sr, status, ngx_http_shop_pages_html, &html);
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


/* {"cart": true, and the rest of the object; scripts can't see the cookie */

static ngx_int_t
ngx_http_shop_pages_data(ngx_shop_request_t *sr, const PGresult *res,
    ngx_str_t *data)
{
    u_char     *p;
    ngx_str_t   json, safe, cart;

    ngx_http_shop_pages_column(res, "data", &json);

    if (json.len == 0) {
        return NGX_OK;
    }

    if (ngx_http_shop_pages_json(sr->r->pool, &json, &safe) != NGX_OK) {
        return NGX_ERROR;
    }

    if (sr->cart.len || sr->signed_in) {
        ngx_str_set(&cart, "{\"cart\": true, ");

    } else {
        ngx_str_set(&cart, "{\"cart\": false, ");
    }

    p = ngx_pnalloc(sr->r->pool, cart.len + safe.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    data->data = p;

    p = ngx_cpymem(p, cart.data, cart.len);
    p = ngx_cpymem(p, safe.data + 1, safe.len - 1);

    data->len = p - data->data;

    return NGX_OK;
}


/* a page without data, which its script can show all the same */

static ngx_int_t
ngx_http_shop_pages_failed(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_str_t                        html, wait;
    ngx_str_t                        holes[NGX_HTTP_SHOP_PAGES_HOLES];
    ngx_uint_t                       status;
    ngx_shop_error_t                 error;
    ngx_http_shop_pages_conf_t      *conf;
    ngx_http_shop_pages_template_t  *template;

    status = NGX_HTTP_SERVICE_UNAVAILABLE;

    if (q->rc == NGX_SHOP_PG_OK) {
        status = NGX_HTTP_NOT_FOUND;

    } else if (q->rc == NGX_SHOP_PG_ERROR) {
        error = ngx_shop_error(PQresultErrorField(q->res, PG_DIAG_SQLSTATE));
        status = error.status < NGX_HTTP_INTERNAL_SERVER_ERROR
                 ? NGX_HTTP_NOT_FOUND : error.status;

        if (status != NGX_HTTP_NOT_FOUND) {
            ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                          "pages: %s", PQresultErrorMessage(q->res));
        }
    }

    conf = ngx_http_get_module_loc_conf(sr->r, ngx_http_shop_pages_module);
    template = ngx_http_shop_pages_template(conf,
                           status == NGX_HTTP_NOT_FOUND ? "not-found" : "error");

    ngx_memzero(holes, sizeof(holes));
    ngx_http_shop_pages_scheme(sr->r, &holes[NGX_HTTP_SHOP_PAGES_SCHEME]);

    if (status == NGX_HTTP_NOT_FOUND) {
        ngx_str_set(&holes[NGX_HTTP_SHOP_PAGES_HEAD],
                    "<title>Not found</title>");

    } else {
        ngx_str_set(&holes[NGX_HTTP_SHOP_PAGES_HEAD],
                    "<title>Out of order</title>");
        ngx_str_set(&wait, "5");

        if (ngx_shop_header(sr, "Retry-After", &wait) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    if (ngx_http_shop_pages_fill(sr->r->pool, template, holes, &html)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply_type(sr, status, ngx_http_shop_pages_html, &html);
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
