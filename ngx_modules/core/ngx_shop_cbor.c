/*
 * CBOR as authenticators write it.
 */

#include "ngx_shop_cbor.h"


static ngx_int_t ngx_shop_cbor_value(ngx_shop_cbor_t *in, u_char info,
    uint64_t *value);


ngx_int_t
ngx_shop_cbor_next(ngx_shop_cbor_t *in, ngx_shop_cbor_item_t *item)
{
    u_char    head;
    uint64_t  left;

    if (in->pos == in->last) {
        return NGX_ERROR;
    }

    head = *in->pos++;
    item->type = head >> 5;
    ngx_str_null(&item->text);

    if (ngx_shop_cbor_value(in, head & 31, &item->value) != NGX_OK) {
        return NGX_ERROR;
    }

    left = in->last - in->pos;

    switch (item->type) {

    case NGX_SHOP_CBOR_UINT:
    case NGX_SHOP_CBOR_NINT:
        return NGX_OK;

    case NGX_SHOP_CBOR_BYTES:
    case NGX_SHOP_CBOR_TEXT:
        if (item->value > left) {
            return NGX_ERROR;
        }

        item->text.data = (u_char *) in->pos;
        item->text.len = (size_t) item->value;
        in->pos += item->text.len;

        return NGX_OK;

    case NGX_SHOP_CBOR_ARRAY:
        return item->value <= left ? NGX_OK : NGX_ERROR;

    case NGX_SHOP_CBOR_MAP:
        return item->value <= left / 2 ? NGX_OK : NGX_ERROR;

    case NGX_SHOP_CBOR_OTHER:
        return head >= 0xf4 && head <= 0xf6 ? NGX_OK : NGX_ERROR;

    default:
        return NGX_ERROR;
    }
}


ngx_int_t
ngx_shop_cbor_skip(ngx_shop_cbor_t *in)
{
    uint64_t              left[NGX_SHOP_CBOR_DEPTH + 1];
    ngx_uint_t            depth;
    ngx_shop_cbor_item_t  item;

    depth = 0;
    left[0] = 1;

    for ( ;; ) {

        while (left[depth] == 0) {
            if (depth == 0) {
                return NGX_OK;
            }

            depth--;
        }

        left[depth]--;

        if (ngx_shop_cbor_next(in, &item) != NGX_OK) {
            return NGX_ERROR;
        }

        if (item.type != NGX_SHOP_CBOR_ARRAY
            && item.type != NGX_SHOP_CBOR_MAP)
        {
            continue;
        }

        if (depth == NGX_SHOP_CBOR_DEPTH) {
            return NGX_ERROR;
        }

        left[++depth] = item.type == NGX_SHOP_CBOR_MAP ? 2 * item.value
                                                       : item.value;
    }
}


ngx_uint_t
ngx_shop_cbor_is(const ngx_shop_cbor_item_t *item, const char *text)
{
    return item->type == NGX_SHOP_CBOR_TEXT
           && item->text.len == ngx_strlen(text)
           && ngx_memcmp(item->text.data, text, item->text.len) == 0;
}


/* Of 1, 2, 4 or 8 bytes after the head, or in it. */

static ngx_int_t
ngx_shop_cbor_value(ngx_shop_cbor_t *in, u_char info, uint64_t *value)
{
    size_t  len;

    if (info < 24) {
        *value = info;
        return NGX_OK;
    }

    if (info > 27) {
        return NGX_ERROR;
    }

    len = (size_t) 1 << (info - 24);

    if ((size_t) (in->last - in->pos) < len) {
        return NGX_ERROR;
    }

    for (*value = 0; len; len--) {
        *value = (*value << 8) | *in->pos++;
    }

    return NGX_OK;
}
