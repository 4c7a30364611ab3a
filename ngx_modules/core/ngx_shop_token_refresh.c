/*
 * Refresh tokens.
 */

#include "ngx_shop_token_refresh.h"
#include "ngx_shop_token_jose.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>


#define NGX_SHOP_REFRESH_LABEL  "shop refresh successor"


static void ngx_shop_refresh_fill(const u_char *raw,
    ngx_shop_refresh_t *refresh);


ngx_int_t
ngx_shop_refresh_make(ngx_shop_refresh_t *refresh)
{
    u_char  raw[NGX_SHOP_REFRESH_RAW];

    if (RAND_priv_bytes(raw, sizeof(raw)) != 1) {
        return NGX_ERROR;
    }

    ngx_shop_refresh_fill(raw, refresh);

    return NGX_OK;
}


ngx_int_t
ngx_shop_refresh_read(ngx_str_t *text, ngx_shop_refresh_t *refresh)
{
    size_t  len;
    u_char  raw[NGX_SHOP_REFRESH_RAW];

    if (text->len != NGX_SHOP_REFRESH_LEN
        || ngx_shop_jose_decode(raw, &len, text) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    ngx_shop_refresh_fill(raw, refresh);

    return NGX_OK;
}


ngx_int_t
ngx_shop_refresh_next(const ngx_shop_refresh_t *refresh,
    ngx_shop_refresh_t *next)
{
    u_char                        raw[EVP_MAX_MD_SIZE];
    u_char                        text[sizeof(NGX_SHOP_REFRESH_LABEL)
                                       + NGX_SHOP_REFRESH_LEN];
    unsigned int                  len;
    const ngx_shop_token_conf_t  *conf;

    conf = ngx_shop_token_settings();

    if (conf == NULL || conf->refresh_key.len == 0) {
        return NGX_ERROR;
    }

    ngx_memcpy(text, NGX_SHOP_REFRESH_LABEL, sizeof(NGX_SHOP_REFRESH_LABEL));
    ngx_memcpy(text + sizeof(NGX_SHOP_REFRESH_LABEL), refresh->text,
               NGX_SHOP_REFRESH_LEN);

    if (HMAC(EVP_sha256(), conf->refresh_key.data,
             (int) conf->refresh_key.len, text, sizeof(text), raw, &len)
        == NULL)
    {
        return NGX_ERROR;
    }

    ngx_shop_refresh_fill(raw, next);

    return NGX_OK;
}


static void
ngx_shop_refresh_fill(const u_char *raw, ngx_shop_refresh_t *refresh)
{
    u_char     digest[SHA256_DIGEST_LENGTH];
    ngx_str_t  src, dst;

    src.len = NGX_SHOP_REFRESH_RAW;
    src.data = (u_char *) raw;
    dst.data = refresh->text;
    ngx_encode_base64url(&dst, &src);
    refresh->text[NGX_SHOP_REFRESH_LEN] = '\0';

    SHA256(raw, NGX_SHOP_REFRESH_RAW, digest);

    refresh->hash[0] = '\\';
    refresh->hash[1] = 'x';
    ngx_hex_dump(refresh->hash + 2, digest, sizeof(digest));
    refresh->hash[NGX_SHOP_REFRESH_HASH] = '\0';
}
