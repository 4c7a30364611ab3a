/*
 * Errors as RFC 9457 problem+json.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"
#include "ngx_shop_json.h"


#define NGX_SHOP_RETRY_AFTER  "1"     /* seconds */


static const char  ngx_shop_problem_type[] = "application/problem+json";


static const char *ngx_shop_problem_uri(ngx_uint_t status);
static size_t ngx_shop_problem_size(ngx_array_t *bad);
static u_char *ngx_shop_problem_text(u_char *p, const char *name,
    const u_char *text, size_t len);
static u_char *ngx_shop_problem_sentence(u_char *p, const u_char *text,
    size_t len);
static u_char *ngx_shop_problem_errors(u_char *p, ngx_array_t *bad);
static ngx_int_t ngx_shop_problem_send(ngx_shop_request_t *sr,
    ngx_uint_t status, const char *code, const char *detail,
    ngx_array_t *bad);
static void ngx_shop_problem_headers(ngx_shop_request_t *sr,
    ngx_uint_t status);
static ngx_int_t ngx_shop_problem_members(json_t *json,
    ngx_shop_request_t *sr, ngx_uint_t status);


ngx_int_t
ngx_shop_problem(ngx_shop_request_t *sr, ngx_uint_t status, const char *code,
    const char *detail)
{
    return ngx_shop_problem_send(sr, status, code, detail, NULL);
}


/* a problem that only its status tells */

ngx_int_t
ngx_shop_problem_status(ngx_shop_request_t *sr, ngx_uint_t status)
{
    return ngx_shop_problem_send(sr, status, ngx_shop_status_code(status),
                                 NULL, NULL);
}


ngx_int_t
ngx_shop_unavailable(ngx_shop_request_t *sr, const char *detail)
{
    return ngx_shop_problem_send(sr, NGX_HTTP_SERVICE_UNAVAILABLE,
                                 "unavailable", detail, NULL);
}


ngx_int_t
ngx_shop_invalid(ngx_shop_request_t *sr, ngx_uint_t in_query,
    const char *where, const char *detail)
{
    size_t           len;
    u_char          *p;
    ngx_pool_t      *pool;
    ngx_shop_bad_t  *bad;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);
    pool = sr->r->pool;

    if (ctx->bad == NULL) {
        ctx->bad = ngx_array_create(pool, 4, sizeof(ngx_shop_bad_t));
        if (ctx->bad == NULL) {
            return NGX_ERROR;
        }
    }

    if (ctx->bad->nelts == NGX_SHOP_ERRORS_MAX) {
        return NGX_OK;
    }

    bad = ngx_array_push(ctx->bad);
    if (bad == NULL) {
        return NGX_ERROR;
    }

    len = ngx_strlen(where);
    p = ngx_pnalloc(pool, len + 1);
    if (p == NULL) {
        ctx->bad->nelts--;
        return NGX_ERROR;
    }

    ngx_memcpy(p, where, len + 1);

    bad->in_query = in_query;
    bad->where.data = p;
    bad->where.len = len;

    len = ngx_strlen(detail);
    p = ngx_pnalloc(pool, len + 1);
    if (p == NULL) {
        ctx->bad->nelts--;
        return NGX_ERROR;
    }

    ngx_memcpy(p, detail, len + 1);

    bad->detail.data = p;
    bad->detail.len = len;

    return NGX_OK;
}


ngx_int_t
ngx_shop_invalid_send(ngx_shop_request_t *sr)
{
    return ngx_shop_problem_send(sr, NGX_SHOP_UNPROCESSABLE, "invalid_input",
                                 "some of the input cannot be accepted",
                                 ngx_shop_ctx(sr)->bad);
}


static ngx_int_t
ngx_shop_problem_send(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *code, const char *detail, ngx_array_t *bad)
{
    ngx_str_t  body;

    if (ngx_shop_problem_body(sr->r, status, code, detail, bad, &body)
        != NGX_OK)
    {
        ngx_shop_finish(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return NGX_DONE;
    }

    ngx_shop_problem_headers(sr, status);

    return ngx_shop_send(sr, status, ngx_shop_problem_type, &body);
}


/* RFC 6750: a request without credentials gets no error code */

static void
ngx_shop_problem_headers(ngx_shop_request_t *sr, ngx_uint_t status)
{
    static ngx_str_t  plain = ngx_string("Bearer realm=\"shop\"");
    static ngx_str_t  bad = ngx_string("Bearer realm=\"shop\", "
                                       "error=\"invalid_token\"");
    static ngx_str_t  later = ngx_string(NGX_SHOP_RETRY_AFTER);

    if (status == NGX_HTTP_UNAUTHORIZED) {
        (void) ngx_shop_header(sr, "WWW-Authenticate",
                               ngx_shop_ctx(sr)->bad_token ? &bad : &plain);

    } else if (status == NGX_HTTP_SERVICE_UNAVAILABLE) {
        (void) ngx_shop_header(sr, "Retry-After", &later);
    }
}


ngx_int_t
ngx_shop_problem_body(ngx_http_request_t *r, ngx_uint_t status,
    const char *code, const char *detail, ngx_array_t *bad, ngx_str_t *out)
{
    u_char      *p;
    size_t       len, title_len, detail_len;
    ngx_str_t   *id;
    const char  *title, *type;

    title = ngx_shop_status_title(status);
    type = ngx_shop_problem_uri(status);
    title_len = ngx_strlen(title);

    if (detail == NULL || *detail == '\0') {
        detail = ngx_shop_status_detail(status);
    }

    detail_len = ngx_strlen(detail);

    id = ngx_shop_request_id(r);

    if (id == NULL) {
        return NGX_ERROR;
    }

    len = sizeof("{\"type\":\"\",\"title\":\"\",\"status\":,\"detail\":\"\","
                 "\"code\":\"\",\"request_id\":\"\"}")
          + ngx_strlen(type) + title_len + NGX_INT_T_LEN
          + ngx_shop_json_escape(NULL, (u_char *) detail, detail_len) + 1
          + ngx_strlen(code) + id->len + ngx_shop_problem_size(bad);

    p = ngx_pnalloc(r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    out->data = p;

    p = ngx_sprintf(p, "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%ui",
                    type, title, status);

    p = ngx_shop_problem_sentence(p, (u_char *) detail, detail_len);
    p = ngx_sprintf(p, ",\"code\":\"%s\",\"request_id\":\"%V\"", code, id);
    p = ngx_shop_problem_errors(p, bad);
    *p++ = '}';

    out->len = p - out->data;

    return NGX_OK;
}


/* what is said to people begins with a capital and ends with a period */

static u_char *
ngx_shop_problem_sentence(u_char *p, const u_char *text, size_t len)
{
    u_char  *first;

    p = ngx_cpymem(p, ",\"detail\":\"", sizeof(",\"detail\":\"") - 1);

    first = p;
    p += ngx_shop_json_escape(p, text, len);

    *first = ngx_toupper(*first);

    if (ngx_strchr(".!?", text[len - 1]) == NULL) {
        *p++ = '.';
    }

    *p++ = '"';

    return p;
}


static const char *
ngx_shop_problem_uri(ngx_uint_t status)
{
    if (status == NGX_HTTP_TOO_MANY_REQUESTS) {
        return "https://iana.org/assignments/http-problem-types"
               "#quota-exceeded";
    }

    return "about:blank";
}


static size_t
ngx_shop_problem_size(ngx_array_t *bad)
{
    size_t           len;
    ngx_uint_t       i;
    ngx_shop_bad_t  *one;

    if (bad == NULL) {
        return 0;
    }

    one = bad->elts;
    len = sizeof(",\"errors\":[]");

    for (i = 0; i < bad->nelts; i++) {
        len += sizeof("{\"parameter\":\"\",\"detail\":\"\"},")
               + ngx_shop_json_escape(NULL, one[i].where.data,
                                      one[i].where.len)
               + ngx_shop_json_escape(NULL, one[i].detail.data,
                                      one[i].detail.len);
    }

    return len;
}


static u_char *
ngx_shop_problem_errors(u_char *p, ngx_array_t *bad)
{
    ngx_uint_t       i;
    ngx_shop_bad_t  *one;

    if (bad == NULL) {
        return p;
    }

    one = bad->elts;
    p = ngx_cpymem(p, ",\"errors\":[", sizeof(",\"errors\":[") - 1);

    for (i = 0; i < bad->nelts; i++) {

        if (i) {
            *p++ = ',';
        }

        p = ngx_shop_problem_text(p, one[i].in_query ? "{\"parameter\":\""
                                                     : "{\"pointer\":\"",
                                  one[i].where.data, one[i].where.len);
        p = ngx_shop_problem_text(p, ",\"detail\":\"", one[i].detail.data,
                                  one[i].detail.len);
        *p++ = '}';
    }

    *p++ = ']';

    return p;
}


static u_char *
ngx_shop_problem_text(u_char *p, const char *name, const u_char *text,
    size_t len)
{
    p = ngx_cpymem(p, name, ngx_strlen(name));
    p += ngx_shop_json_escape(p, text, len);
    *p++ = '"';

    return p;
}


/*
 * A refusal that came as data: its code, title, detail and further members are
 * PostgreSQL's, the rest is added here.
 */

ngx_int_t
ngx_shop_problem_merge(ngx_shop_request_t *sr, ngx_uint_t status,
    ngx_str_t *body)
{
    size_t      len;
    json_t     *json;
    ngx_str_t   out;

    json = json_loadb((char *) body->data, body->len, 0, NULL);

    if (!json_is_object(json)) {
        json_decref(json);
        return ngx_shop_problem_status(sr, status);
    }

    out.data = NULL;
    out.len = 0;

    if (ngx_shop_problem_members(json, sr, status) == NGX_OK) {

        len = json_dumpb(json, NULL, 0, JSON_COMPACT);
        out.data = ngx_pnalloc(sr->r->pool, len + 1);

        if (out.data) {
            out.len = json_dumpb(json, (char *) out.data, len, JSON_COMPACT);
        }
    }

    json_decref(json);

    if (out.len == 0) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    ngx_shop_problem_headers(sr, status);

    return ngx_shop_send(sr, status, ngx_shop_problem_type, &out);
}


static ngx_int_t
ngx_shop_problem_members(json_t *json, ngx_shop_request_t *sr,
    ngx_uint_t status)
{
    int         rc;
    ngx_str_t  *id;

    id = ngx_shop_request_id(sr->r);
    if (id == NULL) {
        return NGX_ERROR;
    }

    rc = json_object_set_new(json, "status", json_integer(status));
    rc |= json_object_set_new(json, "request_id",
                              json_stringn((char *) id->data, id->len));

    if (json_object_get(json, "type") == NULL) {
        rc |= json_object_set_new(json, "type",
                                  json_string(ngx_shop_problem_uri(status)));
    }

    if (json_object_get(json, "title") == NULL) {
        rc |= json_object_set_new(json, "title",
                                  json_string(ngx_shop_status_title(status)));
    }

    if (json_object_get(json, "code") == NULL) {
        rc |= json_object_set_new(json, "code",
                                  json_string(ngx_shop_status_code(status)));
    }

    return rc ? NGX_ERROR : NGX_OK;
}
