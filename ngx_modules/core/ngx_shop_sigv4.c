/*
 * AWS Signature Version 4, for the service "s3".
 */

#include "ngx_shop_sigv4.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <time.h>


#define NGX_SHOP_SIGV4_DAY     8         /* bytes of the date */
#define NGX_SHOP_SIGV4_SECRET  256
#define NGX_SHOP_SIGV4_REGION  64
#define NGX_SHOP_SIGV4_DIGEST  32


static ngx_int_t ngx_shop_sigv4_step(u_char *key, size_t len,
    const void *text, size_t size);
static void ngx_shop_sigv4_hex(u_char *hex, const u_char *digest);


void
ngx_shop_sigv4_date(u_char *date, time_t now)
{
    struct tm  tm;

    (void) gmtime_r(&now, &tm);
    (void) strftime((char *) date, NGX_SHOP_SIGV4_DATE + 1, "%Y%m%dT%H%M%SZ",
                    &tm);
}


ngx_int_t
ngx_shop_sigv4_sign(const ngx_str_t *secret, const ngx_str_t *region,
    const u_char *date, const ngx_str_t *canonical, u_char *hex)
{
    int        n;
    char       text[NGX_SHOP_SIGV4_REGION + 256];
    u_char     key[NGX_SHOP_SIGV4_SECRET + 4], digest[EVP_MAX_MD_SIZE];
    ngx_int_t  rc;

    if (secret->len > NGX_SHOP_SIGV4_SECRET
        || region->len > NGX_SHOP_SIGV4_REGION
        || !EVP_Digest(canonical->data, canonical->len, digest, NULL,
                       EVP_sha256(), NULL))
    {
        return NGX_ERROR;
    }

    ngx_shop_sigv4_hex(hex, digest);

    n = snprintf(text, sizeof(text),
                 "AWS4-HMAC-SHA256\n%s\n%.*s/%.*s/s3/aws4_request\n%s",
                 (const char *) date, NGX_SHOP_SIGV4_DAY, (const char *) date,
                 (int) region->len, (const char *) region->data,
                 (const char *) hex);

    ngx_memcpy(key, "AWS4", 4);
    ngx_memcpy(key + 4, secret->data, secret->len);

    /* each step's digest is the key of the next */

    rc = ngx_shop_sigv4_step(key, secret->len + 4, date, NGX_SHOP_SIGV4_DAY);

    if (rc == NGX_OK) {
        rc = ngx_shop_sigv4_step(key, NGX_SHOP_SIGV4_DIGEST, region->data,
                                 region->len);
    }

    if (rc == NGX_OK) {
        rc = ngx_shop_sigv4_step(key, NGX_SHOP_SIGV4_DIGEST, "s3", 2);
    }

    if (rc == NGX_OK) {
        rc = ngx_shop_sigv4_step(key, NGX_SHOP_SIGV4_DIGEST, "aws4_request",
                                 12);
    }

    if (rc == NGX_OK) {
        rc = ngx_shop_sigv4_step(key, NGX_SHOP_SIGV4_DIGEST, text, n);
    }

    ngx_shop_sigv4_hex(hex, key);
    OPENSSL_cleanse(key, sizeof(key));

    return rc;
}


static ngx_int_t
ngx_shop_sigv4_step(u_char *key, size_t len, const void *text, size_t size)
{
    u_char    digest[EVP_MAX_MD_SIZE];
    unsigned  n;

    if (HMAC(EVP_sha256(), key, len, text, size, digest, &n) == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(key, digest, NGX_SHOP_SIGV4_DIGEST);

    return NGX_OK;
}


static void
ngx_shop_sigv4_hex(u_char *hex, const u_char *digest)
{
    ngx_uint_t           i;

    static const u_char  digits[] = "0123456789abcdef";

    for (i = 0; i < NGX_SHOP_SIGV4_DIGEST; i++) {
        *hex++ = digits[digest[i] >> 4];
        *hex++ = digits[digest[i] & 0xf];
    }

    *hex = '\0';
}
