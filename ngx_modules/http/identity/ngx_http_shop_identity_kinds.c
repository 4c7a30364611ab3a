/*
 * A wrong password takes as long for every account, and for none: it is hashed
 * once in each kind of hash that accounts have.  With those of one kind only,
 * as it is without imported accounts, nothing is hashed here.
 */

#include "ngx_http_shop_identity.h"


static void ngx_http_shop_identity_kind_add(ngx_http_shop_identity_ctx_t *ctx,
    const ngx_shop_hash_kind_t *own, const ngx_shop_hash_kind_t *kind);
static ngx_int_t ngx_http_shop_identity_levelled(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);


void
ngx_http_shop_identity_kinds(ngx_shop_request_t *sr, ngx_str_t *list)
{
    u_char                        *p, *last;
    ngx_str_t                      word;
    ngx_shop_hash_kind_t           own, kind, present;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    ngx_shop_hash_kind_present(&present);

    own = present;

    if (ctx->checked.len) {
        (void) ngx_shop_hash_kind_read(&own, &ctx->checked);
    }

    ngx_http_shop_identity_kind_add(ctx, &own, &present);

    p = list->data;
    last = p + list->len;

    while (p < last) {
        word.data = p;

        while (p < last && *p != ' ') {
            p++;
        }

        word.len = p++ - word.data;

        if (ngx_shop_hash_kind_read(&kind, &word) == NGX_OK
            && ngx_shop_hash_kind_fair(&kind))
        {
            ngx_http_shop_identity_kind_add(ctx, &own, &kind);
        }
    }
}


static void
ngx_http_shop_identity_kind_add(ngx_http_shop_identity_ctx_t *ctx,
    const ngx_shop_hash_kind_t *own, const ngx_shop_hash_kind_t *kind)
{
    ngx_uint_t  i;

    if (ngx_shop_hash_kind_same(kind, own)
        || ctx->nkinds == NGX_HTTP_SHOP_IDENTITY_KINDS)
    {
        return;
    }

    for (i = 0; i < ctx->nkinds; i++) {
        if (ngx_shop_hash_kind_same(kind, &ctx->kinds[i])) {
            return;
        }
    }

    ctx->kinds[ctx->nkinds++] = *kind;
}


ngx_int_t
ngx_http_shop_identity_level(ngx_shop_request_t *sr, ngx_shop_handler_pt refuse)
{
    u_char                         text[NGX_SHOP_HASH_MAX + 1];
    ngx_str_t                      encoded;
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    if (ctx->nkinds == 0) {
        return refuse(sr);
    }

    ngx_shop_hash_kind_example(text, &ctx->kinds[--ctx->nkinds]);

    encoded.data = text;
    encoded.len = ngx_strlen(text);
    ctx->confirmed = refuse;

    return ngx_http_shop_identity_against(sr, &encoded,
                                          ngx_http_shop_identity_levelled);
}


static ngx_int_t
ngx_http_shop_identity_levelled(ngx_shop_request_t *sr, ngx_shop_hash_t *job)
{
    ngx_http_shop_identity_ctx_t  *ctx = sr->ctx;

    (void) job;

    return ngx_http_shop_identity_level(sr, ctx->confirmed);
}
