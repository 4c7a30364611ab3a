/*
 * Checks of single values that came from outside.
 */

#include "ngx_shop_text.h"


#define NGX_SHOP_KEY_MAX     255


static size_t ngx_shop_utf8_one(const u_char *p, const u_char *last);
static ngx_int_t ngx_shop_hex(u_char c);
static ngx_uint_t ngx_shop_email_domain(const u_char *p, const u_char *last);


ssize_t
ngx_shop_utf8_count(const u_char *p, size_t len)
{
    size_t         n;
    ssize_t        count;
    const u_char  *last;

    last = p + len;

    for (count = 0; p < last; count++) {

        if (*p < 0x80) {
            if (*p == '\0') {
                return -1;
            }

            p++;
            continue;
        }

        n = ngx_shop_utf8_one(p, last);
        if (n == 0) {
            return -1;
        }

        p += n;
    }

    return count;
}


/* the length of one sequence of several bytes, 0 if it is broken */

static size_t
ngx_shop_utf8_one(const u_char *p, const u_char *last)
{
    size_t  i, n;
    u_char  low, high;

    low = 0x80;
    high = 0xbf;

    if (*p >= 0xc2 && *p <= 0xdf) {
        n = 2;

    } else if (*p >= 0xe0 && *p <= 0xef) {
        n = 3;
        low = (*p == 0xe0) ? 0xa0 : 0x80;
        high = (*p == 0xed) ? 0x9f : 0xbf;

    } else if (*p >= 0xf0 && *p <= 0xf4) {
        n = 4;
        low = (*p == 0xf0) ? 0x90 : 0x80;
        high = (*p == 0xf4) ? 0x8f : 0xbf;

    } else {
        return 0;
    }

    if ((size_t) (last - p) < n || p[1] < low || p[1] > high) {
        return 0;
    }

    for (i = 2; i < n; i++) {
        if (p[i] < 0x80 || p[i] > 0xbf) {
            return 0;
        }
    }

    return n;
}


ngx_int_t
ngx_shop_percent_decode(ngx_str_t *text, ngx_uint_t plus)
{
    u_char     *src, *dst, *last;
    ngx_int_t   high, low;

    src = text->data;
    dst = text->data;
    last = src + text->len;

    while (src < last) {

        if (*src == '+' && plus) {
            *dst++ = ' ';
            src++;
            continue;
        }

        if (*src != '%') {
            *dst++ = *src++;
            continue;
        }

        if (last - src < 3) {
            return NGX_ERROR;
        }

        high = ngx_shop_hex(src[1]);
        low = ngx_shop_hex(src[2]);

        if (high < 0 || low < 0) {
            return NGX_ERROR;
        }

        *dst++ = (u_char) (high << 4 | low);
        src += 3;
    }

    text->len = dst - text->data;

    return ngx_shop_utf8_count(text->data, text->len) < 0 ? NGX_ERROR : NGX_OK;
}


static ngx_int_t
ngx_shop_hex(u_char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c |= 0x20;

    return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : -1;
}


ngx_int_t
ngx_shop_text_int(const ngx_str_t *text, int64_t *value)
{
    u_char      *p, *last;
    uint64_t     n, limit;
    ngx_uint_t   minus;

    p = text->data;
    last = p + text->len;

    minus = (p < last && *p == '-');
    p += minus;

    /* without leading zeros, so that one number has one text */

    if (p == last || last - p > 19 || (*p == '0' && (last - p > 1 || minus))) {
        return NGX_ERROR;
    }

    for (n = 0; p < last; p++) {
        if (*p < '0' || *p > '9') {
            return NGX_ERROR;
        }

        n = n * 10 + (*p - '0');
    }

    limit = (uint64_t) INT64_MAX + minus;

    if (n > limit) {
        return NGX_ERROR;
    }

    *value = minus ? (int64_t) (0 - n) : (int64_t) n;

    return NGX_OK;
}


ngx_uint_t
ngx_shop_text_is_uuid(const ngx_str_t *text)
{
    size_t  i;

    if (text->len != 36) {
        return 0;
    }

    for (i = 0; i < 36; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text->data[i] != '-') {
                return 0;
            }

        } else if (ngx_shop_hex(text->data[i]) < 0) {
            return 0;
        }
    }

    return 1;
}


ngx_uint_t
ngx_shop_text_is_id(const ngx_str_t *text)
{
    size_t  i;
    u_char  c;

    if (text->len == 0 || text->len > NGX_SHOP_ID_MAX) {
        return 0;
    }

    for (i = 0; i < text->len; i++) {
        c = text->data[i];

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-')
        {
            continue;
        }

        return 0;
    }

    return 1;
}


/*
 * Looser than RFC 5321, since only a mail that arrives proves an address: one
 * "@", no space, control or quoting character, a domain of labels.
 */

ngx_uint_t
ngx_shop_text_is_email(const ngx_str_t *text)
{
    const u_char  *p, *at, *last;

    if (text->len > NGX_SHOP_EMAIL_MAX
        || ngx_shop_utf8_count(text->data, text->len) < 0)
    {
        return 0;
    }

    at = NULL;
    last = text->data + text->len;

    for (p = text->data; p < last; p++) {

        if (*p <= ' ' || *p == 0x7f || *p == '"' || *p == '\\' || *p == ','
            || *p == ';' || *p == ':' || *p == '<' || *p == '>' || *p == '('
            || *p == ')' || *p == '[' || *p == ']')
        {
            return 0;
        }

        if (*p == '@') {
            if (at) {
                return 0;
            }

            at = p;
        }
    }

    /* a local part of 1 to 64 bytes, RFC 5321, 4.5.3.1.1 */

    if (at == NULL || at == text->data || at - text->data > 64
        || *text->data == '.' || at[-1] == '.')
    {
        return 0;
    }

    return ngx_shop_email_domain(at + 1, last);
}


static ngx_uint_t
ngx_shop_email_domain(const u_char *p, const u_char *last)
{
    u_char         prev;
    ngx_uint_t     dots;
    const u_char  *label;

    if (p == last || *p == '-') {
        return 0;
    }

    dots = 0;
    prev = '.';

    for (label = p; p < last; p++) {

        if (*p == '.') {
            if (prev == '.' || prev == '-') {
                return 0;
            }

            dots++;
            label = p + 1;

        } else if (p - label >= 63
                   || (*p < 0x80 && *p != '-' && !(*p >= '0' && *p <= '9')
                       && !((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')))
        {
            return 0;
        }

        prev = *p;
    }

    return dots > 0 && prev != '.' && prev != '-';
}


/* a language of 2 or 3 small letters, subtags of 2 to 8 letters and digits */

ngx_uint_t
ngx_shop_text_is_locale(const ngx_str_t *text)
{
    u_char      c;
    size_t      i, start;
    ngx_uint_t  small;

    if (text->len == 0 || text->len > NGX_SHOP_LOCALE_MAX) {
        return 0;
    }

    for (i = 0, start = 0; i <= text->len; i++) {

        if (i == text->len || text->data[i] == '-') {

            if (i - start < 2 || i - start > (start ? 8 : 3)) {
                return 0;
            }

            start = i + 1;
            continue;
        }

        c = text->data[i];
        small = (c >= 'a' && c <= 'z');

        if (!small && (start == 0 || !((c >= 'A' && c <= 'Z')
                                       || (c >= '0' && c <= '9'))))
        {
            return 0;
        }
    }

    return 1;
}


/* words of small letters and digits with a hyphen between them; without a
   letter it would be an id */

ngx_uint_t
ngx_shop_text_is_slug(const ngx_str_t *text)
{
    u_char      c, prev;
    size_t      i;
    ngx_uint_t  letters;

    if (text->len > NGX_SHOP_SLUG_MAX) {
        return 0;
    }

    prev = '-';
    letters = 0;

    for (i = 0; i < text->len; i++) {

        c = text->data[i];

        if (c >= 'a' && c <= 'z') {
            letters++;

        } else if ((c < '0' || c > '9') && (c != '-' || prev == '-')) {
            return 0;
        }

        prev = c;
    }

    return letters > 0 && prev != '-';
}


ngx_uint_t
ngx_shop_text_is_upper(const ngx_str_t *text, size_t len)
{
    size_t  i;

    for (i = 0; i < text->len; i++) {
        if (text->data[i] < 'A' || text->data[i] > 'Z') {
            return 0;
        }
    }

    return text->len == len;
}


ngx_uint_t
ngx_shop_text_is_word(const ngx_str_t *text, const char *words)
{
    size_t       len;
    const char  *end;

    if (text->len == 0) {
        return 0;
    }

    for ( ;; ) {
        end = strchr(words, ' ');
        len = end ? (size_t) (end - words) : strlen(words);

        if (len == text->len && memcmp(words, text->data, len) == 0) {
            return 1;
        }

        if (end == NULL) {
            return 0;
        }

        words = end + 1;
    }
}


/* printable and within the limit, the quotes of RFC 9651 taken off */

ngx_int_t
ngx_shop_text_key(ngx_str_t *text)
{
    size_t  i;

    if (text->len >= 2 && text->data[0] == '"'
        && text->data[text->len - 1] == '"')
    {
        text->data++;
        text->len -= 2;
    }

    if (text->len == 0 || text->len > NGX_SHOP_KEY_MAX) {
        return NGX_ERROR;
    }

    for (i = 0; i < text->len; i++) {
        if (text->data[i] < 0x20 || text->data[i] > 0x7e
            || text->data[i] == '"')
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}
