/*
 * Forms with files.
 */

#include "ngx_shop_multipart.h"
#include "ngx_shop_text.h"


static ngx_int_t ngx_shop_multipart_param(const ngx_str_t *text,
    const char *name, ngx_str_t *value);
static u_char *ngx_shop_multipart_value(u_char *p, u_char *last,
    ngx_str_t *value);
static ngx_int_t ngx_shop_multipart_delimiter(ngx_shop_multipart_t *m);
static ngx_int_t ngx_shop_multipart_headers(ngx_shop_multipart_t *m,
    ngx_shop_part_t *part);
static ngx_int_t ngx_shop_multipart_header(ngx_str_t *line,
    ngx_shop_part_t *part);
static ngx_uint_t ngx_shop_multipart_is(const ngx_str_t *line,
    const char *name, ngx_str_t *value);


ngx_int_t
ngx_shop_multipart_type(ngx_shop_multipart_t *m, const ngx_str_t *type)
{
    size_t            i;
    ngx_str_t         boundary;

    static ngx_str_t  form = ngx_string("multipart/form-data");

    if (type->len < form.len
        || ngx_strncasecmp(type->data, form.data, form.len) != 0
        || (type->len > form.len && type->data[form.len] != ';'
            && type->data[form.len] != ' '))
    {
        return NGX_DECLINED;
    }

    if (ngx_shop_multipart_param(type, "boundary", &boundary) != NGX_OK
        || boundary.len == 0 || boundary.len > NGX_SHOP_BOUNDARY_MAX)
    {
        return NGX_ERROR;
    }

    for (i = 0; i < boundary.len; i++) {
        if (boundary.data[i] <= ' ' || boundary.data[i] >= 0x7f) {
            return NGX_ERROR;
        }
    }

    ngx_memcpy(m->mark, "\r\n--", 4);
    ngx_memcpy(m->mark + 4, boundary.data, boundary.len);
    m->len = boundary.len + 4;

    return NGX_OK;
}


/* the body begins with the delimiter, without the line break before it */

ngx_int_t
ngx_shop_multipart_open(ngx_shop_multipart_t *m, u_char *body, size_t len)
{
    m->pos = body;
    m->last = body + len;

    if (len >= 2 && body[0] == CR && body[1] == LF) {
        m->pos += 2;
    }

    if ((size_t) (m->last - m->pos) < m->len - 2
        || ngx_memcmp(m->pos, m->mark + 2, m->len - 2) != 0)
    {
        return NGX_ERROR;
    }

    m->pos += m->len - 2;

    return NGX_OK;
}


ngx_int_t
ngx_shop_multipart_next(ngx_shop_multipart_t *m, ngx_shop_part_t *part)
{
    u_char     *end;
    ngx_int_t   rc;

    rc = ngx_shop_multipart_delimiter(m);
    if (rc != NGX_OK) {
        return rc;
    }

    ngx_memzero(part, sizeof(ngx_shop_part_t));

    if (ngx_shop_multipart_headers(m, part) != NGX_OK) {
        return NGX_ERROR;
    }

    /* an empty value: the break that ends the headers is the delimiter's */

    end = memmem(m->pos - 2, m->last - m->pos + 2, m->mark, m->len);
    if (end == NULL) {
        return NGX_ERROR;
    }

    part->value.data = m->pos;
    part->value.len = (end < m->pos) ? 0 : end - m->pos;

    m->pos = end + m->len;

    return NGX_OK;
}


/* what follows a boundary: "--" at the end, else white space and a break */

static ngx_int_t
ngx_shop_multipart_delimiter(ngx_shop_multipart_t *m)
{
    u_char  *p = m->pos;

    if (m->last - p >= 2 && p[0] == '-' && p[1] == '-') {
        return NGX_DONE;
    }

    while (p < m->last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    if (m->last - p < 2 || p[0] != CR || p[1] != LF) {
        return NGX_ERROR;
    }

    m->pos = p + 2;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_multipart_headers(ngx_shop_multipart_t *m, ngx_shop_part_t *part)
{
    u_char     *end, *limit;
    ngx_str_t   line;

    limit = m->pos + ngx_min(m->last - m->pos, NGX_SHOP_PART_HEADERS);

    for ( ;; ) {

        end = memmem(m->pos, limit - m->pos, "\r\n", 2);
        if (end == NULL) {
            return NGX_ERROR;
        }

        line.data = m->pos;
        line.len = end - m->pos;
        m->pos = end + 2;

        if (line.len == 0) {
            return part->name.len ? NGX_OK : NGX_ERROR;
        }

        if (ngx_shop_multipart_header(&line, part) != NGX_OK) {
            return NGX_ERROR;
        }
    }
}


static ngx_int_t
ngx_shop_multipart_header(ngx_str_t *line, ngx_shop_part_t *part)
{
    ngx_str_t  value, ignored;

    if (ngx_shop_multipart_is(line, "content-type:", &value)) {
        part->type = value;
        return NGX_OK;
    }

    if (!ngx_shop_multipart_is(line, "content-disposition:", &value)) {
        return NGX_OK;
    }

    if (part->name.len || value.len < 9
        || ngx_strncasecmp(value.data, (u_char *) "form-data", 9) != 0
        || ngx_shop_multipart_param(&value, "name", &part->name) != NGX_OK
        || part->name.len == 0)
    {
        return NGX_ERROR;
    }

    part->file = ngx_shop_multipart_param(&value, "filename", &ignored)
                 == NGX_OK
                 || ngx_shop_multipart_param(&value, "filename*", &ignored)
                    == NGX_OK;

    return NGX_OK;
}


static ngx_uint_t
ngx_shop_multipart_is(const ngx_str_t *line, const char *name,
    ngx_str_t *value)
{
    size_t  len;

    len = ngx_strlen(name);

    if (line->len < len
        || ngx_strncasecmp(line->data, (u_char *) name, len) != 0)
    {
        return 0;
    }

    value->data = line->data + len;
    value->len = line->len - len;

    while (value->len && (*value->data == ' ' || *value->data == '\t')) {
        value->data++;
        value->len--;
    }

    while (value->len && value->data[value->len - 1] == ' ') {
        value->len--;
    }

    return 1;
}


/* a parameter behind a ";": NAME=token or NAME="quoted" */

static ngx_int_t
ngx_shop_multipart_param(const ngx_str_t *text, const char *name,
    ngx_str_t *value)
{
    u_char     *p, *last;
    ngx_str_t   key;

    p = text->data;
    last = p + text->len;

    p = ngx_strlchr(p, last, ';');

    while (p && p < last) {

        p++;

        while (p < last && (*p == ' ' || *p == '\t')) {
            p++;
        }

        key.data = p;

        while (p < last && *p != '=' && *p != ';') {
            p++;
        }

        key.len = p - key.data;
        ngx_str_null(value);

        if (p < last && *p == '=') {
            p = ngx_shop_multipart_value(p + 1, last, value);
        }

        if (p == NULL) {
            return NGX_ERROR;
        }

        if (key.len == ngx_strlen(name)
            && ngx_strncasecmp(key.data, (u_char *) name, key.len) == 0)
        {
            return NGX_OK;
        }

        p = ngx_strlchr(p, last, ';');
    }

    return NGX_DECLINED;
}


/* the end of a value, NULL when its quote does not end; browsers write a quote
   inside as %22, so what is escaped stays as it is */

static u_char *
ngx_shop_multipart_value(u_char *p, u_char *last, ngx_str_t *value)
{
    if (p == last || *p != '"') {

        value->data = p;

        while (p < last && *p != ';' && *p != ' ' && *p != '\t') {
            p++;
        }

        value->len = p - value->data;

        return p;
    }

    value->data = ++p;

    while (p < last && *p != '"') {
        p += (*p == '\\' && last - p > 1) ? 2 : 1;
    }

    if (p >= last) {
        return NULL;
    }

    value->len = p - value->data;

    return p + 1;
}
