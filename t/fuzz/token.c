/*
 * Access tokens as they come from outside: their form, their header, and the
 * claims as if the signature had been good.
 *
 * with: ngx_shop_token_jose ngx_shop_token_claims
 * libs: -ljansson
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_token_jose.h"


#define NGX_SHOP_FUZZ_NOW  1700000000


static void ngx_shop_fuzz_claims(ngx_str_t *payload);
static void ngx_shop_fuzz_text(ngx_str_t *text, u_char *buf);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char       *why;
    ngx_str_t         token;
    ngx_shop_jose_t   jose;

    token.data = (u_char *) data;
    token.len = size;

    if (ngx_shop_jose_split(&token, &jose, &why) == NGX_OK) {
        ngx_shop_fuzz_claims(&jose.payload);
    }

    /* a payload is never larger than a token */
    if (size <= NGX_SHOP_TOKEN_MAX) {
        ngx_shop_fuzz_claims(&token);
    }

    return 0;
}


static void
ngx_shop_fuzz_claims(ngx_str_t *payload)
{
    u_char              buf[NGX_SHOP_TOKEN_MAX];
    const char         *why;
    ngx_str_t           issuer;
    ngx_shop_claims_t   claims;

    ngx_str_set(&issuer, "i");
    why = NULL;

    if (ngx_shop_jose_claims(payload, &issuer, NGX_SHOP_FUZZ_NOW, &claims,
                             buf, &why)
        != NGX_OK)
    {
        if (why == NULL) {
            abort();
        }

        return;
    }

    ngx_shop_fuzz_text(&claims.user, buf);
    ngx_shop_fuzz_text(&claims.session, buf);
    ngx_shop_fuzz_text(&claims.store, buf);
    ngx_shop_fuzz_text(&claims.roles, buf);
    ngx_shop_fuzz_text(&claims.scope, buf);
}


/* inside the buffer, and NUL-terminated where its length says */

static void
ngx_shop_fuzz_text(ngx_str_t *text, u_char *buf)
{
    if (text->data < buf || text->data + text->len >= buf + NGX_SHOP_TOKEN_MAX
        || ngx_strlen(text->data) != text->len)
    {
        abort();
    }
}
