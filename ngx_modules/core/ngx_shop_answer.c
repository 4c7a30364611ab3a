/*
 * A row of PostgreSQL becomes the answer: its columns by name are body, status,
 * etag, location, tags, replayed.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_cache.h"
#include "ngx_shop_error.h"


typedef struct {
    ngx_str_t                body;
    ngx_str_t                etag;
    ngx_str_t                location;
    ngx_str_t                tags;
    ngx_uint_t               status;     /* 0: by the endpoint */
    unsigned                 replayed:1;
} ngx_shop_row_t;


static void ngx_shop_answer_columns(PGresult *res, int row,
    ngx_shop_row_t *out);
static ngx_int_t ngx_shop_answer_send(ngx_shop_request_t *sr,
    ngx_shop_row_t *row);
static ngx_int_t ngx_shop_answer_etag(ngx_shop_request_t *sr,
    ngx_str_t *etag);
static ngx_int_t ngx_shop_answer_location(ngx_shop_request_t *sr,
    ngx_str_t *location);
static ngx_int_t ngx_shop_answer_error(ngx_shop_request_t *sr,
    const PGresult *res);
static void ngx_shop_answer_log(ngx_shop_request_t *sr, const PGresult *res,
    const char *state, ngx_uint_t status);


ngx_int_t
ngx_shop_answer(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    PGresult  *res;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    res = ngx_shop_pg_take(q, sr->r->pool);
    if (res == NULL) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    return ngx_shop_answer_row(sr, res, 0);
}


ngx_int_t
ngx_shop_answer_row(ngx_shop_request_t *sr, PGresult *res, int row)
{
    ngx_shop_row_t  columns;

    if (row >= PQntuples(res)) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "this does not exist, or is not yours");
    }

    ngx_shop_answer_columns(res, row, &columns);

    /* what was changed is shown changed from this moment on */

    if (columns.tags.len && !(sr->ep->flags & NGX_SHOP_EP_READ)) {
        ngx_shop_cache_drop(&columns.tags);
    }

    return ngx_shop_answer_send(sr, &columns);
}


static void
ngx_shop_answer_columns(PGresult *res, int row, ngx_shop_row_t *out)
{
    int          i, n;
    ngx_str_t    value;
    const char  *name;

    ngx_memzero(out, sizeof(ngx_shop_row_t));

    n = PQnfields(res);

    for (i = 0; i < n; i++) {

        if (PQgetisnull(res, row, i)) {
            continue;
        }

        name = PQfname(res, i);
        value.data = (u_char *) PQgetvalue(res, row, i);
        value.len = PQgetlength(res, row, i);

        if (ngx_strcmp(name, "body") == 0) {
            out->body = value;

        } else if (ngx_strcmp(name, "etag") == 0) {
            out->etag = value;

        } else if (ngx_strcmp(name, "status") == 0) {
            out->status = ngx_max(ngx_atoi(value.data, value.len), 0);

        } else if (ngx_strcmp(name, "location") == 0) {
            out->location = value;

        } else if (ngx_strcmp(name, "tags") == 0) {
            out->tags = value;

        } else if (ngx_strcmp(name, "replayed") == 0) {
            out->replayed = (value.len && value.data[0] == 't');
        }
    }
}


static ngx_int_t
ngx_shop_answer_send(ngx_shop_request_t *sr, ngx_shop_row_t *row)
{
    ngx_uint_t  status;

    ngx_shop_ctx(sr)->replayed = row->replayed;

    status = row->status;

    if (status >= NGX_HTTP_BAD_REQUEST) {
        return ngx_shop_problem_merge(sr, status, &row->body);
    }

    if (status == 0) {

        if (sr->ep->flags & NGX_SHOP_EP_NO_BODY) {
            status = NGX_HTTP_NO_CONTENT;

        } else if (row->body.data == NULL) {
            return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                    "this does not exist, or is not yours");

        } else {
            status = (sr->ep->flags & NGX_SHOP_EP_CREATES) ? NGX_HTTP_CREATED
                                                           : NGX_HTTP_OK;
        }
    }

    if (ngx_shop_ctx(sr)->route && ngx_shop_ctx(sr)->route->localized
        && ngx_shop_locale_headers(sr) != NGX_OK)
    {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    if (row->etag.len && ngx_shop_answer_etag(sr, &row->etag) != NGX_OK) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    if (row->location.len
        && ngx_shop_answer_location(sr, &row->location) != NGX_OK)
    {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    if (row->etag.len && status == NGX_HTTP_OK
        && ngx_shop_not_modified(sr, &row->etag))
    {
        return ngx_shop_send(sr, NGX_HTTP_NOT_MODIFIED, NULL, NULL);
    }

    return ngx_shop_reply(sr, status, &row->body);
}


/* answers from the shared cache */

ngx_int_t
ngx_shop_answer_cached(ngx_shop_request_t *sr, ngx_str_t *body,
    ngx_str_t *etag)
{
    ngx_shop_row_t  row;

    ngx_memzero(&row, sizeof(ngx_shop_row_t));

    row.body = *body;
    row.etag = *etag;

    return ngx_shop_answer_send(sr, &row);
}


static ngx_int_t
ngx_shop_answer_etag(ngx_shop_request_t *sr, ngx_str_t *etag)
{
    u_char           *p;
    ngx_str_t         value;
    ngx_table_elt_t  *h;

    p = ngx_pnalloc(sr->r->pool, etag->len + 2);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value.data = p;
    value.len = etag->len + 2;

    *p++ = '"';
    p = ngx_cpymem(p, etag->data, etag->len);
    *p = '"';

    h = ngx_list_push(&sr->r->headers_out.headers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    h->hash = 1;
    ngx_shop_header_init(h);
    ngx_str_set(&h->key, "ETag");
    h->value = value;

    /* compression makes it weak */

    sr->r->headers_out.etag = h;
    ngx_shop_ctx(sr)->etag = *etag;

    return NGX_OK;
}


/* SQL knows the usual base, "/api/v1"; here it is the location's */

static ngx_int_t
ngx_shop_answer_location(ngx_shop_request_t *sr, ngx_str_t *location)
{
    u_char           *p;
    ngx_str_t         value, path;
    const ngx_str_t  *base;

    static ngx_str_t  usual = ngx_string("/api/v1");

    if (location->data[0] != '/') {
        return ngx_shop_header(sr, "Location", location);
    }

    base = &ngx_shop_ctx(sr)->route->base;
    path = *location;

    if (path.len > usual.len && path.data[usual.len] == '/'
        && ngx_memcmp(path.data, usual.data, usual.len) == 0)
    {
        path.data += usual.len;
        path.len -= usual.len;
    }

    p = ngx_pnalloc(sr->r->pool, base->len + path.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value.data = p;
    value.len = base->len + path.len;

    p = ngx_cpymem(p, base->data, base->len);
    ngx_memcpy(p, path.data, path.len);

    return ngx_shop_header(sr, "Location", &value);
}


ngx_int_t
ngx_shop_pg_problem(ngx_shop_request_t *sr, ngx_uint_t rc,
    const PGresult *res)
{
    switch (rc) {

    case NGX_SHOP_PG_ERROR:
        return ngx_shop_answer_error(sr, res);

    case NGX_SHOP_PG_UNKNOWN:
    case NGX_SHOP_PG_TIMEOUT:

        if (sr->ep && !(sr->ep->flags & NGX_SHOP_EP_READ)) {
            return ngx_shop_unavailable(sr, "the outcome is not known; asking "
                                        "again with the same Idempotency-Key "
                                        "is safe");
        }

        /* fall through */

    default:
        return ngx_shop_unavailable(sr, "the database is not in reach");
    }
}


static ngx_int_t
ngx_shop_answer_error(ngx_shop_request_t *sr, const PGresult *res)
{
    const char        *state, *column, *message;
    ngx_shop_ctx_t    *ctx;
    ngx_shop_error_t   error;

    state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    error = ngx_shop_error(state);

    message = error.own ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY)
                        : NULL;

    if (!error.own) {
        ngx_shop_answer_log(sr, res, state, error.status);
    }

    if (error.status == NGX_HTTP_SERVICE_UNAVAILABLE) {
        return ngx_shop_unavailable(sr, message ? message
                                                : "the database is busy");
    }

    /* a text that is no id of its type in the path: there is no such thing */

    ctx = ngx_shop_ctx(sr);

    if (!error.own && error.status == NGX_SHOP_UNPROCESSABLE && ctx->route
        && ctx->route->npath && sr->body == NULL && ctx->nargs == 0)
    {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "this does not exist, or is not yours");
    }

    column = error.own ? PQresultErrorField(res, PG_DIAG_COLUMN_NAME) : NULL;

    if (error.status == NGX_SHOP_UNPROCESSABLE && column && *column) {

        if (ngx_shop_invalid(sr, *column != '/', column,
                             message ? message : "is not accepted")
            == NGX_OK && ngx_strcmp(error.code, "invalid_input") == 0)
        {
            return ngx_shop_invalid_send(sr);
        }
    }

    return ngx_shop_problem(sr, error.status, error.code, message);
}


/* what is not raised by us: our mistake is told in full, anything else may
   quote what a person typed, so only its state is */

static void
ngx_shop_answer_log(ngx_shop_request_t *sr, const PGresult *res,
    const char *state, ngx_uint_t status)
{
    ngx_str_t   *id;
    ngx_uint_t   level;
    const char  *text, *name;

    text = "";
    level = NGX_LOG_WARN;

    if (status == NGX_HTTP_INTERNAL_SERVER_ERROR) {
        text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
        level = NGX_LOG_ERR;

    } else {
        name = PQresultErrorField(res, PG_DIAG_CONSTRAINT_NAME);
        text = name ? name : text;
    }

    id = ngx_shop_request_id(sr->r);

    ngx_log_error(level, sr->r->connection->log, 0,
                  "endpoint: sql error %s %s, request %V",
                  state ? state : "without a state", text ? text : "", id);
}
