/*
 * Challenges that carry their own proof.
 */

#include "ngx_shop_challenge.h"
#include "ngx_shop_token_jose.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>


/* where its parts begin */
#define NGX_SHOP_CHALLENGE_TIME    1
#define NGX_SHOP_CHALLENGE_RANDOM  9
#define NGX_SHOP_CHALLENGE_MAC     25

#define NGX_SHOP_CHALLENGE_TEXT    600   /* of what the MAC is of */


static ngx_int_t ngx_shop_challenge_mac(const ngx_shop_secret_key_t *key,
    const ngx_shop_challenge_t *of, const u_char *raw, u_char *mac);


ngx_int_t
ngx_shop_challenge_make(const ngx_shop_secret_key_t *key,
    const ngx_shop_challenge_t *of, time_t now, u_char *text)
{
    u_char      raw[NGX_SHOP_CHALLENGE_RAW];
    uint64_t    expires;
    ngx_str_t   src, dst;
    ngx_uint_t  i;

    expires = now + NGX_SHOP_CHALLENGE_TTL;
    raw[0] = (u_char) of->purpose;

    for (i = 0; i < 8; i++) {
        raw[NGX_SHOP_CHALLENGE_TIME + i] = (u_char) (expires >> (56 - 8 * i));
    }

    if (RAND_bytes(raw + NGX_SHOP_CHALLENGE_RANDOM,
                   NGX_SHOP_CHALLENGE_MAC - NGX_SHOP_CHALLENGE_RANDOM) != 1
        || ngx_shop_challenge_mac(key, of, raw, raw + NGX_SHOP_CHALLENGE_MAC)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    src.data = raw;
    src.len = sizeof(raw);
    dst.data = text;
    ngx_encode_base64url(&dst, &src);
    text[NGX_SHOP_CHALLENGE_LEN] = '\0';

    return NGX_OK;
}


ngx_int_t
ngx_shop_challenge_check(const ngx_shop_secret_key_t *keys, ngx_uint_t nkeys,
    const ngx_shop_challenge_t *of, time_t now, const ngx_str_t *text,
    u_char *hash, time_t *expires)
{
    size_t      len;
    u_char      raw[NGX_SHOP_CHALLENGE_RAW];
    u_char      digest[SHA256_DIGEST_LENGTH];
    uint64_t    until;
    ngx_uint_t  i, good;

    if (text->len != NGX_SHOP_CHALLENGE_LEN
        || ngx_shop_jose_decode(raw, &len, (ngx_str_t *) text) != NGX_OK
        || raw[0] != of->purpose)
    {
        return NGX_DECLINED;
    }

    good = 0;

    for (i = 0; i < nkeys; i++) {

        if (ngx_shop_challenge_mac(&keys[i], of, raw, digest) != NGX_OK) {
            return NGX_ERROR;
        }

        good |= CRYPTO_memcmp(digest, raw + NGX_SHOP_CHALLENGE_MAC,
                              sizeof(digest)) == 0;
    }

    until = 0;

    for (i = 0; i < 8; i++) {
        until = (until << 8) | raw[NGX_SHOP_CHALLENGE_TIME + i];
    }

    if (!good || until <= (uint64_t) now) {
        return NGX_DECLINED;
    }

    *expires = (time_t) until;

    SHA256(raw, sizeof(raw), digest);

    hash[0] = '\\';
    hash[1] = 'x';
    ngx_hex_dump(hash + 2, digest, sizeof(digest));
    hash[NGX_SHOP_CHALLENGE_HASH] = '\0';

    return NGX_OK;
}


static ngx_int_t
ngx_shop_challenge_mac(const ngx_shop_secret_key_t *key,
    const ngx_shop_challenge_t *of, const u_char *raw, u_char *mac)
{
    u_char        *p, text[NGX_SHOP_CHALLENGE_TEXT];
    unsigned int   len;

    if (of->host.len + of->account.len + NGX_SHOP_CHALLENGE_MAC + 2
        > sizeof(text))
    {
        return NGX_ERROR;
    }

    /* a NUL is in neither of the two */

    p = ngx_cpymem(text, raw, NGX_SHOP_CHALLENGE_MAC);
    p = ngx_cpymem(p, of->host.data, of->host.len);
    *p++ = '\0';
    p = ngx_cpymem(p, of->account.data, of->account.len);
    *p++ = '\0';

    return HMAC(EVP_sha256(), key->sign, sizeof(key->sign), text, p - text,
                mac, &len)
           ? NGX_OK : NGX_ERROR;
}
