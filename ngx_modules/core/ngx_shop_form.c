/*
 * Forms as OAuth reads them.
 */

#include "ngx_shop_form.h"
#include "ngx_shop_text.h"


static ngx_uint_t ngx_shop_form_is(const ngx_str_t *one, const u_char *name,
    size_t len);


ngx_int_t
ngx_shop_form_parse(ngx_shop_form_t *form, u_char *text, size_t len)
{
    u_char                *p, *last, *end;
    ngx_shop_form_pair_t   pair;

    form->n = 0;
    p = text;
    last = text + len;

    while (ngx_shop_query_next(&p, last, &pair.name, &pair.value) == NGX_OK) {

        if (form->n == NGX_SHOP_FORM_MAX) {
            return NGX_DECLINED;
        }

        /* what follows is read before its "&" becomes the end of the value */

        end = p;

        if (p < last) {
            p++;
        }

        if (ngx_shop_percent_decode(&pair.name, 1) != NGX_OK
            || ngx_shop_percent_decode(&pair.value, 1) != NGX_OK)
        {
            return NGX_DECLINED;
        }

        *end = '\0';
        pair.name.data[pair.name.len] = '\0';
        pair.value.data[pair.value.len] = '\0';

        form->pairs[form->n++] = pair;
    }

    return NGX_OK;
}


ngx_str_t *
ngx_shop_form_get(ngx_shop_form_t *form, const char *name)
{
    size_t      len;
    ngx_uint_t  i;

    len = ngx_strlen(name);

    for (i = 0; i < form->n; i++) {

        if (ngx_shop_form_is(&form->pairs[i].name, (u_char *) name, len)) {
            return form->pairs[i].value.len ? &form->pairs[i].value : NULL;
        }
    }

    return NULL;
}


ngx_uint_t
ngx_shop_form_repeated(ngx_shop_form_t *form, const char *name)
{
    ngx_str_t   *one;
    ngx_uint_t   i, k;

    for (i = 0; i < form->n; i++) {

        one = &form->pairs[i].name;

        if (name && !ngx_shop_form_is(one, (u_char *) name, ngx_strlen(name)))
        {
            continue;
        }

        for (k = 0; k < i; k++) {

            if (ngx_shop_form_is(&form->pairs[k].name, one->data, one->len)) {
                return 1;
            }
        }
    }

    return 0;
}


ngx_uint_t
ngx_shop_form_is_type(const ngx_str_t *type)
{
    u_char            *p, *last;

    static ngx_str_t   form = ngx_string("application/x-www-form-urlencoded");

    if (type->len < form.len
        || ngx_strncasecmp(type->data, form.data, form.len) != 0)
    {
        return 0;
    }

    p = type->data + form.len;
    last = type->data + type->len;

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    return p == last || *p == ';';
}


u_char *
ngx_shop_form_escape(u_char *dst, const ngx_str_t *text)
{
    u_char                c;
    size_t                i;

    static const u_char   hex[] = "0123456789ABCDEF";

    for (i = 0; i < text->len; i++) {

        c = text->data[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_')
        {
            *dst++ = c;
            continue;
        }

        *dst++ = '%';
        *dst++ = hex[c >> 4];
        *dst++ = hex[c & 0xf];
    }

    return dst;
}


static ngx_uint_t
ngx_shop_form_is(const ngx_str_t *one, const u_char *name, size_t len)
{
    return one->len == len && ngx_memcmp(one->data, name, len) == 0;
}
