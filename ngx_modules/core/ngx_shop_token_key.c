/*
 * The keys of access tokens.
 */

#include "ngx_shop_token_key.h"
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>


#define NGX_SHOP_P256_LEN   32
#define NGX_SHOP_P256_TEXT  43

typedef struct {
    u_char                   x[NGX_SHOP_P256_TEXT];
    u_char                   y[NGX_SHOP_P256_TEXT];
} ngx_shop_token_point_t;


static EVP_PKEY *ngx_shop_token_key_parse(ngx_shop_token_key_t *key,
    ngx_str_t *text);
static ngx_uint_t ngx_shop_token_key_is_p256(EVP_PKEY *pkey);
static ngx_int_t ngx_shop_token_key_point(EVP_PKEY *pkey,
    ngx_shop_token_point_t *point);
static ngx_int_t ngx_shop_token_key_coordinate(EVP_PKEY *pkey,
    const char *name, u_char *text);
static void ngx_shop_token_key_name(ngx_shop_token_key_t *key,
    ngx_shop_token_point_t *point);
static ngx_int_t ngx_shop_token_key_jwk(ngx_pool_t *pool,
    ngx_shop_token_key_t *key, ngx_shop_token_point_t *point);
static ngx_int_t ngx_shop_token_key_header(ngx_pool_t *pool,
    ngx_shop_token_key_t *key);
static ngx_int_t ngx_shop_token_key_ready(ngx_shop_token_key_t *key);
static void ngx_shop_token_key_cleanup(void *data);


const char *
ngx_shop_token_key_read(ngx_pool_t *pool, ngx_shop_token_key_t *key)
{
    ngx_str_t                text;
    const char              *error;
    ngx_pool_cleanup_t      *cln;
    ngx_shop_token_point_t   point;

    error = ngx_shop_token_file(pool, &key->file, &text);
    if (error) {
        return error;
    }

    cln = ngx_pool_cleanup_add(pool, 0);
    if (cln == NULL) {
        return "no memory";
    }

    key->pkey = ngx_shop_token_key_parse(key, &text);
    OPENSSL_cleanse(text.data, text.len);

    if (key->pkey == NULL) {
        return "holds no key in PEM";
    }

    cln->handler = ngx_shop_token_key_cleanup;
    cln->data = key;

    if (!ngx_shop_token_key_is_p256(key->pkey)) {
        return "holds a key that is not EC P-256";
    }

    if (ngx_shop_token_key_ready(key) != NGX_OK
        || ngx_shop_token_key_point(key->pkey, &point) != NGX_OK)
    {
        return "cannot be used by OpenSSL";
    }

    ngx_shop_token_key_name(key, &point);

    if (ngx_shop_token_key_jwk(pool, key, &point) != NGX_OK
        || ngx_shop_token_key_header(pool, key) != NGX_OK)
    {
        return "no memory";
    }

    return NULL;
}


const char *
ngx_shop_token_file(ngx_pool_t *pool, ngx_str_t *file, ngx_str_t *text)
{
    ssize_t     n;
    ngx_fd_t    fd;
    const char *error;

    fd = ngx_open_file(file->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);
    if (fd == NGX_INVALID_FILE) {
        return "cannot be opened";
    }

    error = "no memory";
    text->data = ngx_pnalloc(pool, NGX_SHOP_KEY_FILE_MAX + 1);

    if (text->data) {
        n = ngx_read_fd(fd, text->data, NGX_SHOP_KEY_FILE_MAX);

        if (n == -1) {
            error = "cannot be read";

        } else if (n == NGX_SHOP_KEY_FILE_MAX) {
            error = "is too large";

        } else {
            error = NULL;
            text->len = n;
            text->data[n] = '\0';
        }
    }

    (void) ngx_close_file(fd);

    return error;
}


ngx_uint_t
ngx_shop_token_key_verify(ngx_shop_token_key_t *key, ngx_str_t *data,
    const u_char *sig)
{
    int         len, good;
    BIGNUM     *r, *s;
    u_char     *der, digest[SHA256_DIGEST_LENGTH];
    ECDSA_SIG  *pair;

    pair = ECDSA_SIG_new();
    r = BN_bin2bn(sig, NGX_SHOP_P256_LEN, NULL);
    s = BN_bin2bn(sig + NGX_SHOP_P256_LEN, NGX_SHOP_P256_LEN, NULL);

    if (pair == NULL || r == NULL || s == NULL) {
        ECDSA_SIG_free(pair);
        BN_free(r);
        BN_free(s);
        return 0;
    }

    /* the pair owns both numbers from here */
    (void) ECDSA_SIG_set0(pair, r, s);

    der = NULL;
    len = i2d_ECDSA_SIG(pair, &der);
    ECDSA_SIG_free(pair);

    if (len <= 0) {
        return 0;
    }

    SHA256(data->data, data->len, digest);
    good = EVP_PKEY_verify(key->verify, der, len, digest, sizeof(digest));
    OPENSSL_free(der);

    if (good != 1) {
        ERR_clear_error();
    }

    return good == 1;
}


ngx_int_t
ngx_shop_token_key_sign(ngx_shop_token_key_t *key, ngx_str_t *data,
    u_char *sig)
{
    int            rc;
    size_t         len;
    u_char         der[128], digest[SHA256_DIGEST_LENGTH];
    ECDSA_SIG     *pair;
    const u_char  *p;

    SHA256(data->data, data->len, digest);
    len = sizeof(der);

    if (key->sign == NULL
        || EVP_PKEY_sign(key->sign, der, &len, digest, sizeof(digest)) != 1)
    {
        ERR_clear_error();
        return NGX_ERROR;
    }

    p = der;
    pair = d2i_ECDSA_SIG(NULL, &p, (long) len);
    if (pair == NULL) {
        return NGX_ERROR;
    }

    rc = (BN_bn2binpad(ECDSA_SIG_get0_r(pair), sig, NGX_SHOP_P256_LEN) > 0
          && BN_bn2binpad(ECDSA_SIG_get0_s(pair), sig + NGX_SHOP_P256_LEN,
                          NGX_SHOP_P256_LEN) > 0);

    ECDSA_SIG_free(pair);

    return rc ? NGX_OK : NGX_ERROR;
}


static EVP_PKEY *
ngx_shop_token_key_parse(ngx_shop_token_key_t *key, ngx_str_t *text)
{
    BIO       *bio;
    EVP_PKEY  *pkey;

    bio = BIO_new_mem_buf(text->data, (int) text->len);
    if (bio == NULL) {
        return NULL;
    }

    /* an empty pass phrase: OpenSSL must not ask for one on the terminal */
    pkey = PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *) "");
    key->private = (pkey != NULL);

    if (pkey == NULL) {
        (void) BIO_seek(bio, 0);
        pkey = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
    }

    BIO_free(bio);
    ERR_clear_error();

    return pkey;
}


static ngx_uint_t
ngx_shop_token_key_is_p256(EVP_PKEY *pkey)
{
    char    name[64];
    size_t  len;

    return EVP_PKEY_is_a(pkey, "EC")
           && EVP_PKEY_get_group_name(pkey, name, sizeof(name), &len) == 1
           && ngx_strcmp(name, "prime256v1") == 0;
}


static ngx_int_t
ngx_shop_token_key_point(EVP_PKEY *pkey, ngx_shop_token_point_t *point)
{
    ngx_int_t  rc;

    rc = ngx_shop_token_key_coordinate(pkey, OSSL_PKEY_PARAM_EC_PUB_X,
                                       point->x);
    if (rc != NGX_OK) {
        return rc;
    }

    return ngx_shop_token_key_coordinate(pkey, OSSL_PKEY_PARAM_EC_PUB_Y,
                                         point->y);
}


static ngx_int_t
ngx_shop_token_key_coordinate(EVP_PKEY *pkey, const char *name, u_char *text)
{
    u_char      raw[NGX_SHOP_P256_LEN];
    BIGNUM     *bn;
    ngx_str_t   src, dst;

    bn = NULL;

    if (EVP_PKEY_get_bn_param(pkey, name, &bn) != 1) {
        return NGX_ERROR;
    }

    if (BN_bn2binpad(bn, raw, sizeof(raw)) != (int) sizeof(raw)) {
        BN_free(bn);
        return NGX_ERROR;
    }

    BN_free(bn);

    src.len = sizeof(raw);
    src.data = raw;
    dst.data = text;
    ngx_encode_base64url(&dst, &src);

    return NGX_OK;
}


static void
ngx_shop_token_key_name(ngx_shop_token_key_t *key,
    ngx_shop_token_point_t *point)
{
    u_char     *p, digest[SHA256_DIGEST_LENGTH];
    u_char      text[sizeof("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\","
                            "\"y\":\"\"}") + 2 * NGX_SHOP_P256_TEXT];
    ngx_str_t   src, dst;

    /* RFC 7638, 3.2: members required, in this order, no white space */
    p = ngx_sprintf(text, "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%*s\","
                    "\"y\":\"%*s\"}",
                    (size_t) NGX_SHOP_P256_TEXT, point->x,
                    (size_t) NGX_SHOP_P256_TEXT, point->y);

    SHA256(text, p - text, digest);

    src.len = sizeof(digest);
    src.data = digest;
    dst.data = key->kid;
    ngx_encode_base64url(&dst, &src);
    key->kid[NGX_SHOP_KID_LEN] = '\0';
}


static ngx_int_t
ngx_shop_token_key_jwk(ngx_pool_t *pool, ngx_shop_token_key_t *key,
    ngx_shop_token_point_t *point)
{
    key->jwk.data = ngx_pnalloc(pool, 256);
    if (key->jwk.data == NULL) {
        return NGX_ERROR;
    }

    key->jwk.len = ngx_snprintf(key->jwk.data, 256,
                       "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%*s\","
                       "\"y\":\"%*s\",\"kid\":\"%s\",\"use\":\"sig\","
                       "\"alg\":\"ES256\"}",
                       (size_t) NGX_SHOP_P256_TEXT, point->x,
                       (size_t) NGX_SHOP_P256_TEXT, point->y, key->kid)
                   - key->jwk.data;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_token_key_header(ngx_pool_t *pool, ngx_shop_token_key_t *key)
{
    u_char              text[128];
    ngx_str_t           src, *header;
    ngx_uint_t          i;

    static const char  *types[NGX_SHOP_TOKEN_KINDS] = { "at+jwt", "JWT" };

    for (i = 0; i < NGX_SHOP_TOKEN_KINDS; i++) {

        src.data = text;
        src.len = ngx_sprintf(text, "{\"alg\":\"ES256\",\"kid\":\"%s\","
                              "\"typ\":\"%s\"}", key->kid, types[i])
                  - text;

        header = &key->header[i];

        header->data = ngx_pnalloc(pool, ngx_base64_encoded_length(src.len));
        if (header->data == NULL) {
            return NGX_ERROR;
        }

        ngx_encode_base64url(header, &src);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_shop_token_key_ready(ngx_shop_token_key_t *key)
{
    key->verify = EVP_PKEY_CTX_new(key->pkey, NULL);

    if (key->verify == NULL || EVP_PKEY_verify_init(key->verify) != 1) {
        return NGX_ERROR;
    }

    if (!key->private) {
        return NGX_OK;
    }

    key->sign = EVP_PKEY_CTX_new(key->pkey, NULL);

    if (key->sign == NULL || EVP_PKEY_sign_init(key->sign) != 1) {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_shop_token_key_cleanup(void *data)
{
    ngx_shop_token_key_t  *key = data;

    EVP_PKEY_CTX_free(key->verify);
    EVP_PKEY_CTX_free(key->sign);
    EVP_PKEY_free(key->pkey);
}
