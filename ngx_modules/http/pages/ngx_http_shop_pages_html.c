/*
 * HTML of the head, and escaping by context: nothing of a row is markup.
 */

#include "ngx_http_shop_pages.h"


/* a line of the head; it is left out when its value is null */
typedef struct {
    ngx_str_t                before;
    const char              *column;
    ngx_str_t                after;
    unsigned                 absolute:1; /* a path gets scheme and host */
    unsigned                 json:1;
    const char              *unless;     /* a column that goes before it */
} ngx_http_shop_pages_line_t;


static void ngx_http_shop_pages_value(const PGresult *res,
    ngx_http_shop_pages_line_t *line, ngx_str_t *value);
static size_t ngx_http_shop_pages_size(ngx_http_shop_pages_line_t *line,
    ngx_str_t *value, ngx_str_t *base);
static u_char *ngx_http_shop_pages_line(u_char *p,
    ngx_http_shop_pages_line_t *line, ngx_str_t *value, ngx_str_t *base);
static size_t ngx_http_shop_pages_angles(ngx_str_t *json);
static u_char *ngx_http_shop_pages_unangle(u_char *dst, ngx_str_t *json);


static ngx_http_shop_pages_line_t  ngx_http_shop_pages_lines[] = {

    { ngx_string("<title>"), "title", ngx_string("</title>"), 0, 0, NULL },

    { ngx_string("<meta name=\"description\" content=\""), "description",
      ngx_string("\">"), 0, 0, NULL },

    { ngx_string("<meta name=\"robots\" content=\""), "robots",
      ngx_string("\">"), 0, 0, NULL },

    { ngx_string("<link rel=\"canonical\" href=\""), "path",
      ngx_string("\">"), 1, 0, NULL },

    { ngx_string("<link rel=\"stylesheet\" href=\"/theme."), "theme",
      ngx_string(".css\">"), 0, 0, NULL },

    { ngx_string("<link rel=\"preload\" as=\"image\" fetchpriority=\"high\" "
                 "href=\""), "image",
      ngx_string("\">"), 0, 0, "srcset" },

    /* as large as html/src/features/catalog/gallery.tsx shows it */
    { ngx_string("<link rel=\"preload\" as=\"image\" fetchpriority=\"high\" "
                 "imagesrcset=\""), "srcset",
      ngx_string("\" imagesizes=\"(min-width: 48rem) 29vw, 58vw\">"), 0, 0,
      NULL },

    { ngx_string("<meta property=\"og:title\" content=\""), "title",
      ngx_string("\">"), 0, 0, NULL },

    { ngx_string("<meta property=\"og:description\" content=\""),
      "description", ngx_string("\">"), 0, 0, NULL },

    { ngx_string("<meta property=\"og:url\" content=\""), "path",
      ngx_string("\">"), 1, 0, NULL },

    { ngx_string("<meta property=\"og:image\" content=\""), "image",
      ngx_string("\">"), 1, 0, NULL },

    { ngx_string("<script type=\"application/ld+json\">"), "ld",
      ngx_string("</script>"), 0, 1, NULL },

    { ngx_null_string, NULL, ngx_null_string, 0, 0, NULL }
};


ngx_int_t
ngx_http_shop_pages_head(ngx_pool_t *pool, const PGresult *res,
    ngx_str_t *base, ngx_str_t *head)
{
    size_t                       len;
    u_char                      *p;
    ngx_str_t                    value;
    ngx_http_shop_pages_line_t  *line;

    len = 0;

    for (line = ngx_http_shop_pages_lines; line->column; line++) {
        ngx_http_shop_pages_value(res, line, &value);
        len += ngx_http_shop_pages_size(line, &value, base);
    }

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    head->data = p;

    for (line = ngx_http_shop_pages_lines; line->column; line++) {
        ngx_http_shop_pages_value(res, line, &value);
        p = ngx_http_shop_pages_line(p, line, &value, base);
    }

    head->len = p - head->data;

    return NGX_OK;
}


static void
ngx_http_shop_pages_value(const PGresult *res,
    ngx_http_shop_pages_line_t *line, ngx_str_t *value)
{
    if (line->unless) {

        ngx_http_shop_pages_column(res, line->unless, value);

        if (value->len) {
            ngx_str_null(value);
            return;
        }
    }

    ngx_http_shop_pages_column(res, line->column, value);
}


/* at most this many bytes */

static size_t
ngx_http_shop_pages_size(ngx_http_shop_pages_line_t *line, ngx_str_t *value,
    ngx_str_t *base)
{
    size_t  len;

    len = line->before.len + line->after.len + base->len + value->len;

    len += ngx_escape_html(NULL, base->data, base->len);

    if (line->json) {
        return len + ngx_http_shop_pages_angles(value);
    }

    return len + ngx_escape_html(NULL, value->data, value->len);
}


static u_char *
ngx_http_shop_pages_line(u_char *p, ngx_http_shop_pages_line_t *line,
    ngx_str_t *value, ngx_str_t *base)
{
    if (value->len == 0) {
        return p;
    }

    p = ngx_cpymem(p, line->before.data, line->before.len);

    if (line->absolute && value->data[0] == '/') {
        p = (u_char *) ngx_escape_html(p, base->data, base->len);
    }

    if (line->json) {
        p = ngx_http_shop_pages_unangle(p, value);

    } else {
        p = (u_char *) ngx_escape_html(p, value->data, value->len);
    }

    return ngx_cpymem(p, line->after.data, line->after.len);
}


ngx_int_t
ngx_http_shop_pages_json(ngx_pool_t *pool, ngx_str_t *json, ngx_str_t *out)
{
    size_t  extra;

    extra = ngx_http_shop_pages_angles(json);

    if (extra == 0) {
        *out = *json;
        return NGX_OK;
    }

    out->len = json->len + extra;

    out->data = ngx_pnalloc(pool, out->len);
    if (out->data == NULL) {
        return NGX_ERROR;
    }

    ngx_http_shop_pages_unangle(out->data, json);

    return NGX_OK;
}


/* how many bytes are added where "<" becomes \u003c */

static size_t
ngx_http_shop_pages_angles(ngx_str_t *json)
{
    size_t   n;
    u_char  *p, *last;

    n = 0;
    last = json->data + json->len;

    for (p = json->data; p < last; p++) {

        p = ngx_strlchr(p, last, '<');
        if (p == NULL) {
            break;
        }

        n += sizeof("\\u003c") - 2;
    }

    return n;
}


static u_char *
ngx_http_shop_pages_unangle(u_char *dst, ngx_str_t *json)
{
    u_char  *p, *last, *angle;

    p = json->data;
    last = p + json->len;

    while (p < last) {

        angle = ngx_strlchr(p, last, '<');

        if (angle == NULL) {
            return ngx_cpymem(dst, p, last - p);
        }

        dst = ngx_cpymem(dst, p, angle - p);
        dst = ngx_cpymem(dst, "\\u003c", sizeof("\\u003c") - 1);
        p = angle + 1;
    }

    return dst;
}


void
ngx_http_shop_pages_column(const PGresult *res, const char *name,
    ngx_str_t *value)
{
    int  column;

    ngx_str_null(value);

    column = PQfnumber(res, name);

    if (column >= 0 && PQntuples(res) > 0 && !PQgetisnull(res, 0, column)) {
        value->data = (u_char *) PQgetvalue(res, 0, column);
        value->len = PQgetlength(res, 0, column);
    }
}


/* nginx has checked the Host; behind a balancer TLS ends there */

ngx_int_t
ngx_http_shop_pages_base(ngx_http_request_t *r, ngx_str_t *base)
{
    ngx_str_t  *host, *proto;
    ngx_uint_t  tls;

    tls = 0;

#if (NGX_HTTP_SSL)
    tls = (r->connection->ssl != NULL);
#endif

    proto = ngx_shop_header_in(r, "x-forwarded-proto");

    if (proto && proto->len == 5
        && ngx_strncasecmp(proto->data, (u_char *) "https", 5) == 0)
    {
        tls = 1;
    }

    host = r->headers_in.host ? &r->headers_in.host->value
                              : &r->headers_in.server;

    base->data = ngx_pnalloc(r->pool, sizeof("https://") + host->len);
    if (base->data == NULL) {
        return NGX_ERROR;
    }

    base->len = ngx_sprintf(base->data, "http%s://%V%Z", tls ? "s" : "", host)
                - base->data - 1;

    return NGX_OK;
}
