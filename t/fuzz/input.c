/*
 * Query strings, cookies and single values.
 *
 * with: ngx_shop_text ngx_shop_text_time ngx_shop_pairs ngx_shop_trace
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_text.h"
#include "ngx_shop_trace.h"


ngx_pid_t  ngx_pid;


static void ngx_shop_fuzz_query(u_char *text, size_t len);
static void ngx_shop_fuzz_inside(ngx_str_t *part, u_char *text, size_t len);
static void ngx_shop_fuzz_value(ngx_str_t *text);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char     *own;
    ngx_str_t   text, value;

    static ngx_str_t  cart = ngx_string("cart");

    /* decoding works in place; a block of its own shows what reads beyond */

    own = malloc(size ? size : 1);
    memcpy(own, data, size);

    text.data = own;
    text.len = size;

    ngx_shop_fuzz_value(&text);

    if (ngx_shop_cookie_find(&text, &cart, &value) == NGX_OK) {
        ngx_shop_fuzz_inside(&value, own, size);
    }

    ngx_shop_fuzz_query(own, size);

    free(own);

    return 0;
}


static void
ngx_shop_fuzz_query(u_char *text, size_t len)
{
    u_char     *p;
    ngx_str_t   name, value;

    p = text;

    while (ngx_shop_query_next(&p, text + len, &name, &value) == NGX_OK) {

        ngx_shop_fuzz_inside(&name, text, len);
        ngx_shop_fuzz_inside(&value, text, len);

        if (ngx_shop_percent_decode(&name, 1) == NGX_OK
            && ngx_shop_utf8_count(name.data, name.len) < 0)
        {
            abort();
        }

        if (ngx_shop_percent_decode(&value, 1) == NGX_OK) {
            ngx_shop_fuzz_value(&value);
        }
    }
}


static void
ngx_shop_fuzz_inside(ngx_str_t *part, u_char *text, size_t len)
{
    if (part->data < text || part->data + part->len > text + len) {
        abort();
    }
}


static void
ngx_shop_fuzz_value(ngx_str_t *text)
{
    u_char     out[NGX_SHOP_TRACEPARENT_LEN];
    int64_t    n;
    ngx_str_t  key;

    (void) ngx_shop_utf8_count(text->data, text->len);
    (void) ngx_shop_text_int(text, &n);
    (void) ngx_shop_text_is_uuid(text);
    (void) ngx_shop_text_is_id(text);
    (void) ngx_shop_text_is_email(text);
    (void) ngx_shop_text_is_upper(text, 3);
    (void) ngx_shop_text_is_time(text);
    (void) ngx_shop_text_is_word(text, "one two three");
    (void) ngx_shop_trace_sane_id(text);

    key = *text;
    (void) ngx_shop_text_key(&key);

    if (ngx_shop_trace_parse(text)
        && ngx_shop_trace_continue(out, text) != out + sizeof(out))
    {
        abort();
    }
}
