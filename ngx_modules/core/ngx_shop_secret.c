/*
 * Small secrets at rest.
 */

#include "ngx_shop_secret.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>


#define NGX_SHOP_SECRET_FORMAT  1


static ngx_int_t ngx_shop_secret_expand(const ngx_str_t *material,
    const char *info, u_char *out, size_t len);
static ngx_int_t ngx_shop_secret_encrypt(EVP_CIPHER_CTX *ctx,
    const ngx_shop_secret_key_t *key, const ngx_str_t *context,
    const ngx_str_t *plain, u_char *nonce);
static ngx_int_t ngx_shop_secret_decrypt(EVP_CIPHER_CTX *ctx,
    const ngx_shop_secret_key_t *key, const ngx_str_t *context,
    const ngx_str_t *sealed, ngx_str_t *out);


ngx_int_t
ngx_shop_secret_derive(const ngx_str_t *material, ngx_shop_secret_key_t *key)
{
    if (ngx_shop_secret_expand(material, "shop secret id", key->id,
                               sizeof(key->id)) != NGX_OK
        || ngx_shop_secret_expand(material, "shop secret seal", key->seal,
                                  sizeof(key->seal)) != NGX_OK
        || ngx_shop_secret_expand(material, "shop secret sign", key->sign,
                                  sizeof(key->sign)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_int_t
ngx_shop_secret_seal(const ngx_shop_secret_key_t *key,
    const ngx_str_t *context, const ngx_str_t *plain, ngx_str_t *out)
{
    u_char          *p;
    ngx_int_t        rc;
    EVP_CIPHER_CTX  *ctx;

    if (plain->len > NGX_SHOP_SECRET_MAX) {
        return NGX_ERROR;
    }

    p = out->data;
    *p++ = NGX_SHOP_SECRET_FORMAT;
    p = ngx_cpymem(p, key->id, NGX_SHOP_SECRET_ID);

    if (RAND_bytes(p, NGX_SHOP_SECRET_NONCE) != 1) {
        return NGX_ERROR;
    }

    ctx = EVP_CIPHER_CTX_new();
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    rc = ngx_shop_secret_encrypt(ctx, key, context, plain, p);

    EVP_CIPHER_CTX_free(ctx);

    out->len = plain->len + NGX_SHOP_SECRET_OVERHEAD;

    return rc;
}


ngx_int_t
ngx_shop_secret_open(const ngx_shop_secret_key_t *keys, ngx_uint_t nkeys,
    const ngx_str_t *context, const ngx_str_t *sealed, ngx_str_t *out,
    ngx_uint_t *which)
{
    ngx_int_t        rc;
    ngx_uint_t       i;
    EVP_CIPHER_CTX  *ctx;

    if (sealed->len < NGX_SHOP_SECRET_OVERHEAD
        || sealed->len > NGX_SHOP_SECRET_OVERHEAD + NGX_SHOP_SECRET_MAX
        || sealed->data[0] != NGX_SHOP_SECRET_FORMAT)
    {
        return NGX_DECLINED;
    }

    for (i = 0; i < nkeys; i++) {

        if (ngx_memcmp(keys[i].id, sealed->data + 1, NGX_SHOP_SECRET_ID)
            != 0)
        {
            continue;
        }

        ctx = EVP_CIPHER_CTX_new();
        if (ctx == NULL) {
            return NGX_ERROR;
        }

        rc = ngx_shop_secret_decrypt(ctx, &keys[i], context, sealed, out);

        EVP_CIPHER_CTX_free(ctx);

        if (rc == NGX_OK) {
            *which = i;
            return NGX_OK;
        }
    }

    return NGX_DECLINED;
}


static ngx_int_t
ngx_shop_secret_expand(const ngx_str_t *material, const char *info,
    u_char *out, size_t len)
{
    int           rc;
    EVP_KDF      *kdf;
    OSSL_PARAM    params[4];
    EVP_KDF_CTX  *ctx;

    kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    ctx = EVP_KDF_CTX_new(kdf);
    EVP_KDF_free(kdf);

    if (ctx == NULL) {
        return NGX_ERROR;
    }

    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST,
                                                 (char *) "SHA256", 0);
    params[1] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY,
                                                  material->data,
                                                  material->len);
    params[2] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO,
                                                  (char *) info,
                                                  ngx_strlen(info));
    params[3] = OSSL_PARAM_construct_end();

    rc = EVP_KDF_derive(ctx, out, len, params);

    EVP_KDF_CTX_free(ctx);

    return rc == 1 ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_shop_secret_encrypt(EVP_CIPHER_CTX *ctx, const ngx_shop_secret_key_t *key,
    const ngx_str_t *context, const ngx_str_t *plain, u_char *nonce)
{
    int      n;
    u_char  *text;

    text = nonce + NGX_SHOP_SECRET_NONCE;

    if (EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key->seal, nonce) != 1
        || EVP_EncryptUpdate(ctx, NULL, &n, context->data,
                             (int) context->len) != 1
        || EVP_EncryptUpdate(ctx, text, &n, plain->data, (int) plain->len) != 1
        || EVP_EncryptFinal_ex(ctx, text + n, &n) != 1
        || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, NGX_SHOP_SECRET_TAG,
                               text + plain->len) != 1)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_shop_secret_decrypt(EVP_CIPHER_CTX *ctx, const ngx_shop_secret_key_t *key,
    const ngx_str_t *context, const ngx_str_t *sealed, ngx_str_t *out)
{
    int            n;
    size_t         len;
    const u_char  *nonce, *text;

    nonce = sealed->data + 1 + NGX_SHOP_SECRET_ID;
    text = nonce + NGX_SHOP_SECRET_NONCE;
    len = sealed->len - NGX_SHOP_SECRET_OVERHEAD;

    if (EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key->seal, nonce) != 1
        || EVP_DecryptUpdate(ctx, NULL, &n, context->data,
                             (int) context->len) != 1
        || EVP_DecryptUpdate(ctx, out->data, &n, text, (int) len) != 1
        || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, NGX_SHOP_SECRET_TAG,
                               (void *) (text + len)) != 1
        || EVP_DecryptFinal_ex(ctx, out->data + n, &n) != 1)
    {
        OPENSSL_cleanse(out->data, len);
        return NGX_DECLINED;
    }

    out->len = len;

    return NGX_OK;
}
