/*
 * JSON from outside.
 */

#include "ngx_shop_json.h"
#include "ngx_shop_text.h"


static ngx_int_t ngx_shop_json_depth(const u_char *text, size_t len);
static const char *ngx_shop_json_reason(json_error_t *error);
static size_t ngx_shop_json_escape_one(u_char *dst, u_char c);


json_t *
ngx_shop_json_parse(const u_char *text, size_t len, const char **why)
{
    json_t        *value;
    json_error_t   error;

    /* jansson allows 2048 levels, each a frame on the worker's stack */

    if (ngx_shop_json_depth(text, len) > NGX_SHOP_JSON_DEPTH) {
        *why = "the document is nested too deeply";
        return NULL;
    }

    value = json_loadb((const char *) text, len,
                       JSON_REJECT_DUPLICATES|JSON_DECODE_ANY, &error);

    if (value == NULL) {
        *why = ngx_shop_json_reason(&error);
        return NULL;
    }

    if (!json_is_object(value)) {
        json_decref(value);
        *why = "the document must be an object";
        return NULL;
    }

    return value;
}


static ngx_int_t
ngx_shop_json_depth(const u_char *text, size_t len)
{
    ngx_int_t      depth, deepest;
    ngx_uint_t     quoted;
    const u_char  *last;

    depth = 0;
    deepest = 0;
    quoted = 0;

    for (last = text + len; text < last; text++) {

        switch (*text) {

        case '\\':
            if (quoted) {
                text++;
            }
            break;

        case '"':
            quoted = !quoted;
            break;

        case '{':
        case '[':
            if (!quoted && ++depth > deepest) {
                deepest = depth;
            }
            break;

        case '}':
        case ']':
            depth -= !quoted;
            break;
        }
    }

    return deepest;
}


static const char *
ngx_shop_json_reason(json_error_t *error)
{
    switch (json_error_code(error)) {

    case json_error_duplicate_key:
        return "an object has the same key twice";

    case json_error_premature_end_of_input:
        return "the document ends too early";

    case json_error_invalid_utf8:
        return "the document is not valid UTF-8";

    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "the document holds a NUL character";

    case json_error_numeric_overflow:
        return "a number is too large";

    case json_error_end_of_input_expected:
        return "there is something after the end of the document";

    default:
        return "the document is not valid JSON";
    }
}


size_t
ngx_shop_json_escape(u_char *dst, const u_char *text, size_t len)
{
    size_t         n, total;
    const u_char  *last;

    total = 0;
    last = text + len;

    while (text < last) {

        if (*text < 0x80) {
            n = ngx_shop_json_escape_one(dst, *text++);

        } else {
            for (n = 2; n <= 4; n++) {
                if ((size_t) (last - text) >= n
                    && ngx_shop_utf8_count(text, n) == 1)
                {
                    break;
                }
            }

            if (n <= 4) {
                if (dst) {
                    memcpy(dst, text, n);
                }

                text += n;

            } else {
                if (dst) {
                    memcpy(dst, "\xef\xbf\xbd", 3);
                }

                n = 3;
                text++;
            }
        }

        total += n;

        if (dst) {
            dst += n;
        }
    }

    return total;
}


static size_t
ngx_shop_json_escape_one(u_char *dst, u_char c)
{
    static const u_char  hex[] = "0123456789abcdef";

    if (c == '"' || c == '\\') {
        if (dst) {
            dst[0] = '\\';
            dst[1] = c;
        }

        return 2;
    }

    if (c >= 0x20 && c != 0x7f) {
        if (dst) {
            dst[0] = c;
        }

        return 1;
    }

    if (dst) {
        memcpy(dst, "\\u00", 4);
        dst[4] = hex[c >> 4];
        dst[5] = hex[c & 0xf];
    }

    return 6;
}
