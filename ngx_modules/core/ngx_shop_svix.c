/*
 * Webhooks signed as Svix does.
 */

#include "ngx_shop_svix.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>


#define NGX_SHOP_SVIX_MAC  32
#define NGX_SHOP_SVIX_KEY  16            /* bytes that a key has at least */


static ngx_uint_t ngx_shop_svix_matches(const ngx_str_t *all,
    const u_char *mac);


ngx_int_t
ngx_shop_svix_key(ngx_pool_t *pool, ngx_str_t *secret)
{
    ngx_str_t         text, key;

    static ngx_str_t  prefix = ngx_string("whsec_");

    if (secret->len <= prefix.len
        || ngx_memcmp(secret->data, prefix.data, prefix.len) != 0)
    {
        return NGX_DECLINED;
    }

    text.data = secret->data + prefix.len;
    text.len = secret->len - prefix.len;

    key.data = ngx_pnalloc(pool, ngx_base64_decoded_length(text.len));
    if (key.data == NULL) {
        return NGX_ERROR;
    }

    if (ngx_decode_base64(&key, &text) != NGX_OK
        || key.len < NGX_SHOP_SVIX_KEY)
    {
        return NGX_DECLINED;
    }

    *secret = key;

    return NGX_OK;
}


ngx_int_t
ngx_shop_svix_verify(ngx_pool_t *pool, const ngx_str_t *key,
    const ngx_shop_svix_t *said, const ngx_str_t *body, time_t now)
{
    time_t     at;
    u_char    *p, *text, mac[NGX_SHOP_SVIX_MAC];
    unsigned   n;

    /* what is signed has no other way to be cut in three */

    if (said->id.len == 0 || said->id.len > NGX_SHOP_SVIX_ID
        || ngx_strlchr(said->id.data, said->id.data + said->id.len, '.'))
    {
        return NGX_DECLINED;
    }

    at = ngx_atotm(said->timestamp.data, said->timestamp.len);

    if (at == (time_t) NGX_ERROR || at > now + NGX_SHOP_SVIX_SKEW
        || at < now - NGX_SHOP_SVIX_SKEW)
    {
        return NGX_DECLINED;
    }

    text = ngx_pnalloc(pool, said->id.len + said->timestamp.len + body->len
                             + 2);
    if (text == NULL) {
        return NGX_ERROR;
    }

    p = ngx_sprintf(text, "%V.%V.%V", &said->id, &said->timestamp, body);

    if (HMAC(EVP_sha256(), key->data, (int) key->len, text, p - text, mac, &n)
        == NULL)
    {
        return NGX_ERROR;
    }

    return ngx_shop_svix_matches(&said->signature, mac) ? NGX_OK
                                                        : NGX_DECLINED;
}


/* "v1,BASE64" several times, separated by spaces: while a secret is changed
   there is one of each; other versions say nothing */

static ngx_uint_t
ngx_shop_svix_matches(const ngx_str_t *all, const u_char *mac)
{
    u_char     *p, *last, *end;
    u_char      bytes[NGX_SHOP_SVIX_MAC + 3];
    ngx_str_t   text, sig;

    p = all->data;
    last = p + all->len;

    while (p < last) {
        end = ngx_strlchr(p, last, ' ');
        if (end == NULL) {
            end = last;
        }

        if (end - p == 3 + ngx_base64_encoded_length(NGX_SHOP_SVIX_MAC)
            && ngx_memcmp(p, "v1,", 3) == 0)
        {
            text.data = p + 3;
            text.len = end - text.data;
            sig.data = bytes;

            if (ngx_decode_base64(&sig, &text) == NGX_OK
                && sig.len == NGX_SHOP_SVIX_MAC
                && CRYPTO_memcmp(sig.data, mac, NGX_SHOP_SVIX_MAC) == 0)
            {
                return 1;
            }
        }

        p = end + 1;
    }

    return 0;
}
