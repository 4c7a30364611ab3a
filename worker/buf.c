#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"


#define SHOP_BUF_MIN    256


static int
shop_buf_room(shop_buf_t *b, size_t len)
{
    char    *data;
    size_t   size;

    if (b->failed) {
        return 0;
    }

    if (b->len + len + 1 <= b->size) {
        return 1;
    }

    size = b->size ? b->size : SHOP_BUF_MIN;

    while (size < b->len + len + 1) {
        size *= 2;
    }

    data = realloc(b->data, size);
    if (data == NULL) {
        b->failed = 1;
        return 0;
    }

    b->data = data;
    b->size = size;

    return 1;
}


void
shop_buf_add(shop_buf_t *b, const char *data, size_t len)
{
    if (!shop_buf_room(b, len)) {
        return;
    }

    memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}


void
shop_buf_str(shop_buf_t *b, const char *s)
{
    shop_buf_add(b, s, strlen(s));
}


void
shop_buf_printf(shop_buf_t *b, const char *fmt, ...)
{
    int      n;
    va_list  args;

    va_start(args, fmt);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);

    if (n < 0 || !shop_buf_room(b, (size_t) n)) {
        b->failed = 1;
        return;
    }

    va_start(args, fmt);
    (void) vsnprintf(b->data + b->len, (size_t) n + 1, fmt, args);
    va_end(args);

    b->len += (size_t) n;
}


void
shop_buf_json(shop_buf_t *b, const char *s)
{
    const char     *from;
    unsigned char   c;

    if (s == NULL) {
        shop_buf_str(b, "null");
        return;
    }

    shop_buf_add(b, "\"", 1);

    for (from = s; *s; s++) {
        c = (unsigned char) *s;

        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }

        shop_buf_add(b, from, (size_t) (s - from));
        from = s + 1;

        if (c < 0x20) {
            shop_buf_printf(b, "\\u%04x", c);
        } else {
            shop_buf_printf(b, "\\%c", c);
        }
    }

    shop_buf_add(b, from, (size_t) (s - from));
    shop_buf_add(b, "\"", 1);
}


void
shop_buf_reset(shop_buf_t *b)
{
    b->len = 0;
    b->failed = 0;

    if (b->data) {
        b->data[0] = '\0';
    }
}


void
shop_buf_free(shop_buf_t *b)
{
    free(b->data);
    memset(b, 0, sizeof(*b));
}
