/*
 * The public keys of an outside issuer.
 */

#include "ngx_shop_jwk.h"
#include "ngx_shop_token_jose.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>


#define NGX_SHOP_RSA_MIN      256    /* bytes of a modulus: 2048 bits */
#define NGX_SHOP_RSA_MAX      1024
#define NGX_SHOP_RSA_E_MAX    8
#define NGX_SHOP_P256_LEN     32
#define NGX_SHOP_ED25519_LEN  32
#define NGX_SHOP_ED25519_SIG  64


static ngx_int_t ngx_shop_jwk_read(json_t *value, ngx_shop_jwk_t *key);
static ngx_uint_t ngx_shop_jwk_signs(json_t *value, const char *alg);
static EVP_PKEY *ngx_shop_jwk_rsa(json_t *value);
static EVP_PKEY *ngx_shop_jwk_ec(json_t *value);
static EVP_PKEY *ngx_shop_jwk_ed(json_t *value);
static EVP_PKEY *ngx_shop_jwk_make(const char *type, OSSL_PARAM_BLD *bld);
static ngx_int_t ngx_shop_jwk_bytes(json_t *value, const char *name,
    u_char *buf, size_t max, size_t *len);
static ngx_uint_t ngx_shop_jwk_is(json_t *value, const char *name,
    const char *text);
static ngx_int_t ngx_shop_jwk_der(const ngx_str_t *sig, u_char **der,
    size_t *len);


/* members of a key that are read; the last is NULL */
static const char  *ngx_shop_jwk_members[] = {
    "kty", "kid", "use", "key_ops", "alg", "n", "e", "crv", "x", "y", NULL
};


ngx_uint_t
ngx_shop_jwk_alg(const char *name)
{
    if (ngx_strcmp(name, "RS256") == 0) {
        return NGX_SHOP_RS256;
    }

    if (ngx_strcmp(name, "ES256") == 0) {
        return NGX_SHOP_ES256;
    }

    if (ngx_strcmp(name, "EdDSA") == 0) {
        return NGX_SHOP_EDDSA;
    }

    return 0;
}


ngx_int_t
ngx_shop_jwks_read(json_t *set, ngx_shop_jwks_t *jwks)
{
    size_t   i;
    json_t  *keys, *value;

    ngx_memzero(jwks, sizeof(ngx_shop_jwks_t));

    keys = json_object_get(set, "keys");

    if (!json_is_array(keys)) {
        return NGX_DECLINED;
    }

    json_array_foreach(keys, i, value) {

        if (i == NGX_SHOP_JWKS_MAX) {
            break;
        }

        if (ngx_shop_jwk_read(value, &jwks->keys[jwks->n]) == NGX_OK) {
            jwks->n++;
        }
    }

    return NGX_OK;
}


void
ngx_shop_jwks_free(ngx_shop_jwks_t *jwks)
{
    while (jwks->n) {
        EVP_PKEY_free(jwks->keys[--jwks->n].pkey);
    }
}


json_t *
ngx_shop_jwks_slim(json_t *set)
{
    size_t        i;
    json_t       *keys, *value, *slim, *one, *out;
    const char  **name;

    keys = json_object_get(set, "keys");

    if (!json_is_array(keys)) {
        return NULL;
    }

    out = json_array();

    json_array_foreach(keys, i, value) {

        if (i == NGX_SHOP_JWKS_MAX) {
            break;
        }

        slim = json_object();

        for (name = ngx_shop_jwk_members; *name; name++) {
            one = json_object_get(value, *name);

            if (one) {
                (void) json_object_set(slim, *name, one);
            }
        }

        (void) json_array_append_new(out, slim);
    }

    return json_pack("{s:o}", "keys", out);
}


const ngx_shop_jwk_t *
ngx_shop_jwks_find(const ngx_shop_jwks_t *jwks, ngx_uint_t alg,
    const ngx_str_t *kid)
{
    ngx_uint_t             i;
    const ngx_shop_jwk_t  *key, *only;

    only = NULL;

    for (i = 0; i < jwks->n; i++) {
        key = &jwks->keys[i];

        if (key->alg != alg) {
            continue;
        }

        if (kid->len) {

            if (key->len == kid->len
                && ngx_memcmp(key->kid, kid->data, kid->len) == 0)
            {
                return key;
            }

        } else if (only) {
            return NULL;

        } else {
            only = key;
        }
    }

    return only;
}


ngx_uint_t
ngx_shop_jwk_verify(const ngx_shop_jwk_t *key, const ngx_str_t *data,
    const ngx_str_t *sig)
{
    int          good;
    size_t       len;
    u_char      *der, *bytes;
    EVP_MD_CTX  *ctx;

    der = NULL;
    bytes = sig->data;
    len = sig->len;

    if (key->alg == NGX_SHOP_ES256) {

        if (ngx_shop_jwk_der(sig, &der, &len) != NGX_OK) {
            return 0;
        }

        bytes = der;

    } else if (key->alg == NGX_SHOP_EDDSA && len != NGX_SHOP_ED25519_SIG) {
        return 0;
    }

    good = 0;
    ctx = EVP_MD_CTX_new();

    if (ctx
        && EVP_DigestVerifyInit(ctx, NULL,
                                key->alg == NGX_SHOP_EDDSA ? NULL
                                                           : EVP_sha256(),
                                NULL, key->pkey)
           == 1)
    {
        good = EVP_DigestVerify(ctx, bytes, len, data->data, data->len);
    }

    EVP_MD_CTX_free(ctx);
    OPENSSL_free(der);

    if (good != 1) {
        ERR_clear_error();
    }

    return good == 1;
}


static ngx_int_t
ngx_shop_jwk_read(json_t *value, ngx_shop_jwk_t *key)
{
    size_t       len;
    json_t      *kid;
    EVP_PKEY    *pkey;
    ngx_uint_t   alg;

    kid = json_object_get(value, "kid");
    len = json_string_length(kid);

    if (!json_is_object(value) || len > NGX_SHOP_JWK_KID_MAX) {
        return NGX_DECLINED;
    }

    if (ngx_shop_jwk_is(value, "kty", "RSA")) {
        alg = NGX_SHOP_RS256;
        pkey = ngx_shop_jwk_signs(value, "RS256") ? ngx_shop_jwk_rsa(value)
                                                  : NULL;

    } else if (ngx_shop_jwk_is(value, "kty", "EC")) {
        alg = NGX_SHOP_ES256;
        pkey = ngx_shop_jwk_signs(value, "ES256") ? ngx_shop_jwk_ec(value)
                                                  : NULL;

    } else {
        alg = NGX_SHOP_EDDSA;
        pkey = ngx_shop_jwk_signs(value, "EdDSA") ? ngx_shop_jwk_ed(value)
                                                  : NULL;
    }

    ERR_clear_error();

    if (pkey == NULL) {
        return NGX_DECLINED;
    }

    key->alg = alg;
    key->pkey = pkey;
    key->len = len;

    if (len) {
        ngx_memcpy(key->kid, json_string_value(kid), len);
    }

    key->kid[len] = '\0';

    return NGX_OK;
}


/* What the key says of its use must not exclude this one. */

static ngx_uint_t
ngx_shop_jwk_signs(json_t *value, const char *alg)
{
    size_t   i;
    json_t  *ops, *op;

    if (json_object_get(value, "use")
        && !ngx_shop_jwk_is(value, "use", "sig"))
    {
        return 0;
    }

    if (json_object_get(value, "alg") && !ngx_shop_jwk_is(value, "alg", alg)) {
        return 0;
    }

    ops = json_object_get(value, "key_ops");

    if (ops == NULL) {
        return 1;
    }

    json_array_foreach(ops, i, op) {
        if (json_is_string(op)
            && ngx_strcmp(json_string_value(op), "verify") == 0)
        {
            return 1;
        }
    }

    return 0;
}


static EVP_PKEY *
ngx_shop_jwk_rsa(json_t *value)
{
    size_t           n_len, e_len;
    u_char           n[NGX_SHOP_RSA_MAX], e[NGX_SHOP_RSA_E_MAX];
    BIGNUM          *n_bn, *e_bn;
    EVP_PKEY        *pkey;
    OSSL_PARAM_BLD  *bld;

    if (ngx_shop_jwk_bytes(value, "n", n, sizeof(n), &n_len) != NGX_OK
        || ngx_shop_jwk_bytes(value, "e", e, sizeof(e), &e_len) != NGX_OK
        || n_len < NGX_SHOP_RSA_MIN || !(n[0] & 0x80)
        || !(e[e_len - 1] & 1) || (e_len == 1 && e[0] < 3))
    {
        return NULL;
    }

    pkey = NULL;
    bld = OSSL_PARAM_BLD_new();
    n_bn = BN_bin2bn(n, (int) n_len, NULL);
    e_bn = BN_bin2bn(e, (int) e_len, NULL);

    if (bld && n_bn && e_bn
        && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n_bn) == 1
        && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, e_bn) == 1)
    {
        pkey = ngx_shop_jwk_make("RSA", bld);
    }

    OSSL_PARAM_BLD_free(bld);
    BN_free(n_bn);
    BN_free(e_bn);

    return pkey;
}


static EVP_PKEY *
ngx_shop_jwk_ec(json_t *value)
{
    size_t           x_len, y_len;
    u_char           point[1 + 2 * NGX_SHOP_P256_LEN];
    EVP_PKEY        *pkey;
    OSSL_PARAM_BLD  *bld;

    point[0] = POINT_CONVERSION_UNCOMPRESSED;

    if (!ngx_shop_jwk_is(value, "crv", "P-256")
        || ngx_shop_jwk_bytes(value, "x", point + 1, NGX_SHOP_P256_LEN,
                              &x_len) != NGX_OK
        || ngx_shop_jwk_bytes(value, "y", point + 1 + NGX_SHOP_P256_LEN,
                              NGX_SHOP_P256_LEN, &y_len) != NGX_OK
        || x_len != NGX_SHOP_P256_LEN || y_len != NGX_SHOP_P256_LEN)
    {
        return NULL;
    }

    pkey = NULL;
    bld = OSSL_PARAM_BLD_new();

    /* a point that is not on the curve is refused by OpenSSL */

    if (bld
        && OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME,
                                           "prime256v1", 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY,
                                            point, sizeof(point)) == 1)
    {
        pkey = ngx_shop_jwk_make("EC", bld);
    }

    OSSL_PARAM_BLD_free(bld);

    return pkey;
}


static EVP_PKEY *
ngx_shop_jwk_ed(json_t *value)
{
    size_t  len;
    u_char  x[NGX_SHOP_ED25519_LEN];

    if (!ngx_shop_jwk_is(value, "kty", "OKP")
        || !ngx_shop_jwk_is(value, "crv", "Ed25519")
        || ngx_shop_jwk_bytes(value, "x", x, sizeof(x), &len) != NGX_OK
        || len != sizeof(x))
    {
        return NULL;
    }

    return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, x, len);
}


static EVP_PKEY *
ngx_shop_jwk_make(const char *type, OSSL_PARAM_BLD *bld)
{
    EVP_PKEY      *pkey;
    OSSL_PARAM    *params;
    EVP_PKEY_CTX  *ctx;

    pkey = NULL;
    params = OSSL_PARAM_BLD_to_param(bld);
    ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);

    if (params && ctx && EVP_PKEY_fromdata_init(ctx) == 1
        && EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
    {
        pkey = NULL;
    }

    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);

    return pkey;
}


/* A member in base64url, at least one byte; leading zeros of numbers are not
   taken off, since RFC 7518 allows none. */

static ngx_int_t
ngx_shop_jwk_bytes(json_t *value, const char *name, u_char *buf, size_t max,
    size_t *len)
{
    json_t     *member;
    ngx_str_t   text;

    member = json_object_get(value, name);

    text.data = (u_char *) json_string_value(member);
    text.len = json_string_length(member);

    if (text.len < 2 || text.len * 3 / 4 > max) {
        return NGX_DECLINED;
    }

    return ngx_shop_jose_decode(buf, len, &text);
}


static ngx_uint_t
ngx_shop_jwk_is(json_t *value, const char *name, const char *text)
{
    json_t  *member;

    member = json_object_get(value, name);

    return json_is_string(member)
           && ngx_strcmp(json_string_value(member), text) == 0;
}


/* ES256 in JWS is r and s; OpenSSL wants a DER sequence of them. */

static ngx_int_t
ngx_shop_jwk_der(const ngx_str_t *sig, u_char **der, size_t *len)
{
    int         n;
    BIGNUM     *r, *s;
    ECDSA_SIG  *pair;

    if (sig->len != 2 * NGX_SHOP_P256_LEN) {
        return NGX_DECLINED;
    }

    pair = ECDSA_SIG_new();
    r = BN_bin2bn(sig->data, NGX_SHOP_P256_LEN, NULL);
    s = BN_bin2bn(sig->data + NGX_SHOP_P256_LEN, NGX_SHOP_P256_LEN, NULL);

    if (pair == NULL || r == NULL || s == NULL) {
        ECDSA_SIG_free(pair);
        BN_free(r);
        BN_free(s);
        return NGX_ERROR;
    }

    /* the pair owns both numbers from here */
    (void) ECDSA_SIG_set0(pair, r, s);

    n = i2d_ECDSA_SIG(pair, der);
    ECDSA_SIG_free(pair);

    if (n <= 0) {
        return NGX_ERROR;
    }

    *len = n;

    return NGX_OK;
}
