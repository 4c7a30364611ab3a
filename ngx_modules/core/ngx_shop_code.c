/*
 * Codes that people type.
 */

#include "ngx_shop_code.h"
#include <liboath/oath.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>


/* none that is read for another one */
#define NGX_SHOP_RECOVERY_ALPHABET  "abcdefghijkmnpqrstuvwxyz23456789"


static size_t ngx_shop_code_digits(const ngx_str_t *typed, char *code);
static void ngx_shop_recovery_hash(const u_char *chars, u_char *hash);


ngx_int_t
ngx_shop_code_init(void)
{
    return oath_init() == OATH_OK ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_shop_totp_make(u_char *secret, u_char *text)
{
    int      rc;
    char    *base32;
    size_t   len;

    if (RAND_priv_bytes(secret, NGX_SHOP_TOTP_SECRET) != 1) {
        return NGX_ERROR;
    }

    base32 = NULL;
    rc = oath_base32_encode((char *) secret, NGX_SHOP_TOTP_SECRET, &base32,
                            &len);

    if (rc != OATH_OK || len != NGX_SHOP_TOTP_TEXT) {
        free(base32);
        return NGX_ERROR;
    }

    ngx_memcpy(text, base32, len);
    text[len] = '\0';

    OPENSSL_cleanse(base32, len);
    free(base32);

    return NGX_OK;
}


/* All steps are always looked at: the time tells nothing. */

int64_t
ngx_shop_totp_step(const ngx_str_t *secret, const ngx_str_t *typed,
    time_t now)
{
    char      code[NGX_SHOP_TOTP_DIGITS + 1], good[NGX_SHOP_TOTP_DIGITS + 1];
    int64_t   step, found;

    if (ngx_shop_code_digits(typed, code) != NGX_SHOP_TOTP_DIGITS) {
        return -1;
    }

    found = -1;
    step = now / NGX_SHOP_TOTP_STEP - NGX_SHOP_TOTP_DRIFT;

    for ( /* void */ ; step <= now / NGX_SHOP_TOTP_STEP + NGX_SHOP_TOTP_DRIFT;
          step++)
    {
        if (oath_totp_generate((const char *) secret->data, secret->len,
                               (time_t) (step * NGX_SHOP_TOTP_STEP),
                               NGX_SHOP_TOTP_STEP,
                               OATH_TOTP_DEFAULT_START_TIME,
                               NGX_SHOP_TOTP_DIGITS, good)
            != OATH_OK)
        {
            return -1;
        }

        if (CRYPTO_memcmp(code, good, NGX_SHOP_TOTP_DIGITS) == 0) {
            found = step;
        }
    }

    OPENSSL_cleanse(good, sizeof(good));

    return found;
}


ngx_int_t
ngx_shop_recovery_make(ngx_shop_recovery_t *code)
{
    u_char      *p, raw[NGX_SHOP_RECOVERY_CHARS];
    ngx_uint_t   i;

    if (RAND_priv_bytes(raw, sizeof(raw)) != 1) {
        return NGX_ERROR;
    }

    p = code->text;

    for (i = 0; i < NGX_SHOP_RECOVERY_CHARS; i++) {

        raw[i] = NGX_SHOP_RECOVERY_ALPHABET[raw[i] & 31];

        if (i && i % 4 == 0) {
            *p++ = '-';
        }

        *p++ = raw[i];
    }

    *p = '\0';

    ngx_shop_recovery_hash(raw, code->hash);

    return NGX_OK;
}


ngx_int_t
ngx_shop_recovery_read(const ngx_str_t *typed, u_char *hash)
{
    u_char  c, chars[NGX_SHOP_RECOVERY_CHARS];
    size_t  i, n;

    n = 0;

    for (i = 0; i < typed->len; i++) {

        c = ngx_tolower(typed->data[i]);

        if (c == '-' || c == ' ') {
            continue;
        }

        if (n == NGX_SHOP_RECOVERY_CHARS
            || c == '\0' || ngx_strchr(NGX_SHOP_RECOVERY_ALPHABET, c) == NULL)
        {
            return NGX_DECLINED;
        }

        chars[n++] = c;
    }

    if (n != NGX_SHOP_RECOVERY_CHARS) {
        return NGX_DECLINED;
    }

    ngx_shop_recovery_hash(chars, hash);

    return NGX_OK;
}


/* How many there are; anything else counts as too many. */

static size_t
ngx_shop_code_digits(const ngx_str_t *typed, char *code)
{
    size_t  i, n;

    n = 0;

    for (i = 0; i < typed->len; i++) {

        if (typed->data[i] == ' ') {
            continue;
        }

        if (n == NGX_SHOP_TOTP_DIGITS
            || typed->data[i] < '0' || typed->data[i] > '9')
        {
            return NGX_SHOP_TOTP_DIGITS + 1;
        }

        code[n++] = typed->data[i];
    }

    return n;
}


static void
ngx_shop_recovery_hash(const u_char *chars, u_char *hash)
{
    u_char  digest[SHA256_DIGEST_LENGTH];

    SHA256(chars, NGX_SHOP_RECOVERY_CHARS, digest);

    hash[0] = '\\';
    hash[1] = 'x';
    ngx_hex_dump(hash + 2, digest, sizeof(digest));
    hash[NGX_SHOP_RECOVERY_HASH] = '\0';
}
