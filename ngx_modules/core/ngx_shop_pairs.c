/*
 * Pairs of a query string and of a Cookie header.
 */

#include "ngx_shop_text.h"


ngx_int_t
ngx_shop_query_next(u_char **pos, u_char *end, ngx_str_t *name,
    ngx_str_t *value)
{
    u_char  *p, *eq;

    /* "a=1&&b=2" has no empty pair */

    while (*pos < end && **pos == '&') {
        (*pos)++;
    }

    if (*pos >= end) {
        return NGX_DONE;
    }

    eq = NULL;

    for (p = *pos; p < end && *p != '&'; p++) {
        if (*p == '=' && eq == NULL) {
            eq = p;
        }
    }

    name->data = *pos;
    name->len = (eq ? eq : p) - *pos;
    value->data = eq ? eq + 1 : p;
    value->len = p - value->data;

    *pos = p;

    return NGX_OK;
}


ngx_int_t
ngx_shop_cookie_find(const ngx_str_t *header, const ngx_str_t *name,
    ngx_str_t *value)
{
    u_char  *p, *start, *last, *end;

    p = header->data;
    last = p + header->len;

    while (p < last) {

        while (p < last && (*p == ' ' || *p == '\t' || *p == ';')) {
            p++;
        }

        start = p;

        while (p < last && *p != ';') {
            p++;
        }

        if ((size_t) (p - start) <= name->len || start[name->len] != '='
            || memcmp(start, name->data, name->len) != 0)
        {
            continue;
        }

        start += name->len + 1;

        for (end = p; end > start && (end[-1] == ' ' || end[-1] == '\t');
             end--)
        {
            /* void */
        }

        if (end - start >= 2 && *start == '"' && end[-1] == '"') {
            start++;
            end--;
        }

        if (end - start > NGX_SHOP_COOKIE_MAX) {
            return NGX_DECLINED;
        }

        value->data = start;
        value->len = end - start;

        return NGX_OK;
    }

    return NGX_DECLINED;
}
