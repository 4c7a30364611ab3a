/*
 * SQLSTATEs: two letters of a domain's own, the first from I to Z, then the
 * HTTP status.  A domain appends its rows here; nothing else invents statuses.
 */

#include <ngx_http.h>
#include "ngx_shop_error.h"


typedef struct {
    const char              *prefix;
    ngx_uint_t               status;
    const char              *code;
} ngx_shop_error_class_t;

typedef struct {
    ngx_uint_t               status;
    const char              *code;
    const char              *title;
    const char              *detail;
} ngx_shop_status_t;


static const ngx_shop_error_t  ngx_shop_errors[] = {

    /* generic */
    { "ZZ403", 403, "forbidden", 1 },
    { "ZZ404", 404, "not_found", 1 },
    { "ZZ409", 409, "conflict", 1 },
    { "ZZ412", 412, "precondition_failed", 1 },
    { "ZZ422", 422, "invalid_input", 1 },
    { "ZZ503", 503, "unavailable", 1 },

    /* api */
    { "AP412", 412, "precondition_failed", 1 },
    { "ZI409", 409, "idempotency_in_progress", 1 },
    { "ZI422", 422, "idempotency_mismatch", 1 },

    /* identity */
    { "ID401", 401, "unauthenticated", 1 },
    { "ID403", 403, "forbidden", 1 },
    { "ID404", 404, "not_found", 1 },
    { "ID422", 422, "invalid_input", 1 },
    { "IC401", 401, "invalid_credentials", 1 },
    { "IE409", 409, "email_taken", 1 },
    { "IL409", 409, "last_way_to_sign_in", 1 },
    { "IM409", 409, "mfa_needed", 1 },
    { "IN403", 403, "recent_sign_in_required", 1 },
    { "IR401", 401, "refresh_reused", 1 },
    { "IV409", 409, "last_admin", 1 },
    { "IW409", 409, "role_in_use", 1 },
    { "IX409", 409, "role_taken", 1 },

    /* catalog, search, review, wishlist */
    { "PR403", 403, "forbidden", 1 },
    { "PR404", 404, "not_found", 1 },
    { "PR409", 409, "conflict", 1 },
    { "PR422", 422, "invalid_input", 1 },
    { "PC409", 409, "category_not_empty", 1 },
    { "PD409", 409, "type_in_use", 1 },
    { "PS409", 409, "sku_taken", 1 },
    { "PT409", 409, "type_taken", 1 },
    { "PU409", 409, "slug_taken", 1 },

    { "RR409", 409, "already_reported", 1 },
    { "RV403", 403, "not_bought", 1 },
    { "RV404", 404, "not_found", 1 },
    { "RV409", 409, "already_reviewed", 1 },
    { "RV422", 422, "invalid_input", 1 },
    { "WL404", 404, "not_found", 1 },
    { "WL409", 409, "conflict", 1 },
    { "WL422", 422, "invalid_input", 1 },
    { "WS409", 409, "in_stock", 1 },

    /* media */
    { "MI409", 409, "too_many_pictures", 1 },
    { "MU409", 409, "picture_in_use", 1 },

    /* inventory */
    { "ST403", 403, "forbidden", 1 },
    { "ST404", 404, "not_found", 1 },
    { "ST409", 409, "insufficient_stock", 1 },
    { "ST422", 422, "invalid_input", 1 },
    { "SU409", 409, "code_taken", 1 },
    { "SW409", 409, "warehouse_in_use", 1 },
    { "SX409", 409, "stock_changed", 1 },

    /* cart */
    { "KT404", 404, "not_found", 1 },
    { "KT409", 409, "cart_empty", 1 },
    { "KT422", 422, "invalid_input", 1 },
    { "PV422", 422, "variant_required", 1 },

    /* pricing */
    { "PG404", 404, "not_found", 1 },
    { "PG409", 409, "conflict", 1 },
    { "PG422", 422, "invalid_input", 1 },
    { "PI409", 409, "in_use", 1 },
    { "PK409", 409, "code_taken", 1 },

    /* order, shipping, payment */
    { "OR403", 403, "forbidden", 1 },
    { "OR404", 404, "not_found", 1 },
    { "OR409", 409, "conflict", 1 },
    { "OR422", 422, "invalid_input", 1 },
    { "OP409", 409, "price_changed", 1 },
    { "OT409", 409, "invalid_transition", 1 },
    { "SH404", 404, "not_found", 1 },
    { "SH422", 422, "invalid_input", 1 },
    { "PY403", 403, "forbidden", 1 },
    { "PY404", 404, "not_found", 1 },
    { "PY409", 409, "invalid_transition", 1 },
    { "PY422", 422, "invalid_input", 1 },

    /* store */
    { "SO403", 403, "forbidden", 1 },
    { "SO404", 404, "not_found", 1 },
    { "SO409", 409, "conflict", 1 },
    { "SO422", 422, "invalid_input", 1 },

    /* jobs */
    { "JB404", 404, "not_found", 1 },
    { "JB409", 409, "conflict", 1 },
};


/* PostgreSQL's own, by prefix, the longer ones first; 42501 (a missing right)
   and everything else is our mistake: 500 */

static const ngx_shop_error_class_t  ngx_shop_error_classes[] = {
    { "23505", 409, "conflict" },
    { "23P01", 409, "conflict" },
    { "23", 422, "invalid_input" },
    { "22", 422, "invalid_input" },
    { "40", 503, "unavailable" },
    { "55P03", 503, "unavailable" },
    { "57", 503, "unavailable" },
    { "53", 503, "unavailable" },
    { "08", 503, "unavailable" },
    { "25006", 503, "unavailable" },    /* the primary became a standby */
};


static const ngx_shop_status_t  ngx_shop_statuses[] = {
    { 400, "bad_request", "Bad Request",
      "the request cannot be understood" },
    { 401, "unauthenticated", "Unauthorized",
      "this needs a signed-in account" },
    { 402, "payment_required", "Payment Required",
      "this has to be paid for" },
    { 403, "forbidden", "Forbidden",
      "this is not allowed" },
    { 404, "not_found", "Not Found",
      "there is nothing at this address" },
    { 405, "method_not_allowed", "Method Not Allowed",
      "this address does not answer to that method" },
    { 406, "not_acceptable", "Not Acceptable",
      "there is no form of this that you accept" },
    { 408, "request_timeout", "Request Timeout",
      "the request took too long to come" },
    { 409, "conflict", "Conflict",
      "this conflicts with the present state" },
    { 410, "gone", "Gone",
      "this is no longer here" },
    { 411, "length_required", "Length Required",
      "the request has to tell its length" },
    { 412, "precondition_failed", "Precondition Failed",
      "this has changed meanwhile" },
    { 413, "too_large", "Content Too Large",
      "the request is too large" },
    { 414, "uri_too_long", "URI Too Long",
      "the address is too long" },
    { 415, "unsupported_media_type", "Unsupported Media Type",
      "the body is of a type that is not taken here" },
    { 416, "range_not_satisfiable", "Range Not Satisfiable",
      "this has no such range" },
    { 421, "misdirected", "Misdirected Request",
      "this host is not served here" },
    { 422, "invalid_input", "Unprocessable Content",
      "some of the input cannot be accepted" },
    { 426, "upgrade_required", "Upgrade Required",
      "this needs another protocol" },
    { 428, "precondition_required", "Precondition Required",
      "this needs a condition such as If-Match" },
    { 429, "rate_limited", "Too Many Requests",
      "too many requests" },
    { 431, "headers_too_large", "Request Header Fields Too Large",
      "the request's headers are too large" },
    { 500, "internal", "Internal Server Error",
      "something went wrong here" },
    { 501, "not_implemented", "Not Implemented",
      "this is not supported" },
    { 502, "bad_gateway", "Bad Gateway",
      "what is behind the gateway gave no good answer" },
    { 503, "unavailable", "Service Unavailable",
      "this is not available at the moment" },
    { 504, "timeout", "Gateway Timeout",
      "what is behind the gateway took too long" },
    { 505, "version_not_supported", "HTTP Version Not Supported",
      "this version of HTTP is not supported" },
    { 507, "unavailable", "Insufficient Storage",
      "there is no room left" },
};


static ngx_uint_t ngx_shop_error_form(const char *sqlstate,
    ngx_uint_t *status);
static const ngx_shop_status_t *ngx_shop_status(ngx_uint_t status);


ngx_shop_error_t
ngx_shop_error(const char *sqlstate)
{
    ngx_uint_t                     i;
    ngx_shop_error_t               error;
    const ngx_shop_error_class_t  *class;

    ngx_memzero(&error, sizeof(ngx_shop_error_t));

    error.status = NGX_HTTP_INTERNAL_SERVER_ERROR;
    error.code = "internal";

    if (sqlstate == NULL || ngx_strlen(sqlstate) != 5) {
        return error;
    }

    for (i = 0; i < sizeof(ngx_shop_errors) / sizeof(ngx_shop_error_t); i++) {
        if (ngx_memcmp(ngx_shop_errors[i].sqlstate, sqlstate, 5) == 0) {
            return ngx_shop_errors[i];
        }
    }

    ngx_memcpy(error.sqlstate, sqlstate, 5);

    if (ngx_shop_error_form(sqlstate, &error.status)) {
        error.code = ngx_shop_status_code(error.status);
        error.own = 1;
        return error;
    }

    class = ngx_shop_error_classes;

    for (i = 0; i < sizeof(ngx_shop_error_classes)
                    / sizeof(ngx_shop_error_class_t); i++)
    {
        if (ngx_strncmp(class[i].prefix, sqlstate, ngx_strlen(class[i].prefix))
            == 0)
        {
            error.status = class[i].status;
            error.code = class[i].code;
            break;
        }
    }

    return error;
}


/* two letters and a status, as our own have it, but without a code of its
   own: the general one of the status */

static ngx_uint_t
ngx_shop_error_form(const char *sqlstate, ngx_uint_t *status)
{
    ngx_int_t  n;

    if (sqlstate[0] < 'I' || sqlstate[0] > 'Z' || sqlstate[1] < 'A'
        || sqlstate[1] > 'Z')
    {
        return 0;
    }

    n = ngx_atoi((u_char *) sqlstate + 2, 3);

    if (n < NGX_HTTP_BAD_REQUEST || n > NGX_HTTP_SERVICE_UNAVAILABLE
        || n == NGX_HTTP_INTERNAL_SERVER_ERROR)
    {
        return 0;
    }

    *status = n;

    return 1;
}


ngx_uint_t
ngx_shop_error_retry(const char *sqlstate)
{
    return sqlstate && (ngx_strcmp(sqlstate, "40001") == 0
                        || ngx_strcmp(sqlstate, "40P01") == 0);
}


const char *
ngx_shop_status_code(ngx_uint_t status)
{
    return ngx_shop_status(status)->code;
}


const char *
ngx_shop_status_title(ngx_uint_t status)
{
    return ngx_shop_status(status)->title;
}


const char *
ngx_shop_status_detail(ngx_uint_t status)
{
    return ngx_shop_status(status)->detail;
}


static const ngx_shop_status_t *
ngx_shop_status(ngx_uint_t status)
{
    ngx_uint_t                       i;
    static const ngx_shop_status_t   other = {
        0, "error", "Error", "this failed"
    };

    for (i = 0; i < sizeof(ngx_shop_statuses) / sizeof(ngx_shop_status_t); i++)
    {
        if (ngx_shop_statuses[i].status == status) {
            return &ngx_shop_statuses[i];
        }
    }

    return &other;
}


ngx_str_t *
ngx_shop_method_name(ngx_uint_t method)
{
    ngx_uint_t  i;

    static struct {
        ngx_uint_t  method;
        ngx_str_t   name;
    } methods[] = {
        { NGX_HTTP_GET, ngx_string("GET") },
        { NGX_HTTP_HEAD, ngx_string("HEAD") },
        { NGX_HTTP_POST, ngx_string("POST") },
        { NGX_HTTP_PUT, ngx_string("PUT") },
        { NGX_HTTP_PATCH, ngx_string("PATCH") },
        { NGX_HTTP_DELETE, ngx_string("DELETE") },
        { NGX_HTTP_OPTIONS, ngx_string("OPTIONS") },
        { 0, ngx_string("OTHER") }
    };

    for (i = 0; methods[i].method; i++) {
        if (methods[i].method == method) {
            break;
        }
    }

    return &methods[i].name;
}
