/*
 * Secrets of authenticators: the keys that seal them, and the codes that they
 * are checked with.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_shop_token_key.h"
#include <openssl/crypto.h>


#define NGX_HTTP_SHOP_SECRET_MIN    32   /* bytes of a key file */
#define NGX_HTTP_SHOP_CONTEXT_LEN   64


static ngx_int_t ngx_http_shop_identity_secret_add(
    ngx_http_shop_identity_mfa_t *mfa, const ngx_str_t *material);
static void ngx_http_shop_identity_context(const ngx_str_t *user,
    ngx_str_t *context);
static ngx_int_t ngx_http_shop_identity_open(ngx_shop_request_t *sr,
    const ngx_str_t *user, const char *sealed, ngx_str_t *secret,
    ngx_uint_t *which);
static const char *ngx_http_shop_identity_bytea(ngx_pool_t *pool,
    const ngx_str_t *bytes);


ngx_int_t
ngx_http_shop_identity_secret_create(ngx_conf_t *cf,
    ngx_http_shop_identity_mfa_t *mfa)
{
    return ngx_array_init(&mfa->keys, cf->pool, 2,
                          sizeof(ngx_shop_secret_key_t));
}


char *
ngx_http_shop_identity_secret_key(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_shop_identity_conf_t *icf = conf;

    ngx_str_t    file, text, *value;
    const char  *error;

    value = cf->args->elts;
    file = value[1];

    if (ngx_conf_full_name(cf->cycle, &file, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    error = ngx_shop_token_file(cf->pool, &file, &text);

    if (error == NULL && text.len < NGX_HTTP_SHOP_SECRET_MIN) {
        error = "holds less than 32 bytes";
    }

    if (error) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "the key file \"%V\" %s",
                           &file, error);
        return NGX_CONF_ERROR;
    }

    if (ngx_http_shop_identity_secret_add(&icf->mfa, &text) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    OPENSSL_cleanse(text.data, text.len);

    return NGX_CONF_OK;
}


/* The refresh key goes last: it seals where no other key is given, and opens
   what was sealed before one was. */

ngx_int_t
ngx_http_shop_identity_secret_init(ngx_conf_t *cf,
    ngx_http_shop_identity_mfa_t *mfa)
{
    return ngx_http_shop_identity_secret_add(mfa,
                                     &ngx_shop_token_conf(cf)->refresh_key);
}


const char *
ngx_http_shop_identity_seal(ngx_shop_request_t *sr, const ngx_str_t *user,
    const ngx_str_t *secret)
{
    u_char                         text[NGX_HTTP_SHOP_CONTEXT_LEN];
    u_char                         raw[NGX_SHOP_SECRET_MAX
                                       + NGX_SHOP_SECRET_OVERHEAD];
    ngx_str_t                      context, sealed;
    const ngx_array_t             *keys;

    keys = &ngx_http_shop_identity_conf(sr)->mfa.keys;

    context.data = text;
    sealed.data = raw;
    ngx_http_shop_identity_context(user, &context);

    if (ngx_shop_secret_seal(keys->elts, &context, secret, &sealed)
        != NGX_OK)
    {
        return NULL;
    }

    return ngx_http_shop_identity_bytea(sr->r->pool, &sealed);
}


ngx_int_t
ngx_http_shop_identity_code(ngx_shop_request_t *sr, const ngx_str_t *user,
    const char *sealed, const char *typed,
    ngx_http_shop_identity_code_t *code)
{
    size_t       len;
    u_char      *p, raw[NGX_SHOP_SECRET_MAX];
    int64_t      step;
    ngx_str_t    given, secret;
    ngx_uint_t   which;

    ngx_memzero(code, sizeof(ngx_http_shop_identity_code_t));

    given.data = (u_char *) typed;
    given.len = ngx_strlen(typed);

    len = ngx_strlen(sealed);

    p = ngx_pnalloc(sr->r->pool, len + NGX_SHOP_RECOVERY_HASH + 1
                                 + NGX_INT64_LEN + 4);
    if (p == NULL) {
        return NGX_ERROR;
    }

    code->checked = (char *) p;
    p = ngx_sprintf(p, "\\x%s", sealed);
    *p++ = '\0';

    if (ngx_shop_recovery_read(&given, p) == NGX_OK) {
        code->recovery = (char *) p;
        return NGX_OK;
    }

    secret.data = raw;

    if (ngx_http_shop_identity_open(sr, user, sealed, &secret, &which)
        != NGX_OK)
    {
        return NGX_OK;
    }

    step = ngx_shop_totp_step(&secret, &given, ngx_time());

    if (step >= 0) {
        code->step = (char *) p;
        *ngx_sprintf(p, "%L", step) = '\0';

        if (which) {
            code->resealed = ngx_http_shop_identity_seal(sr, user, &secret);
        }
    }

    OPENSSL_cleanse(raw, sizeof(raw));

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_identity_secret_add(ngx_http_shop_identity_mfa_t *mfa,
    const ngx_str_t *material)
{
    ngx_shop_secret_key_t  *key;

    key = ngx_array_push(&mfa->keys);

    return key ? ngx_shop_secret_derive(material, key) : NGX_ERROR;
}


/* A secret opens only as that of its account. */

static void
ngx_http_shop_identity_context(const ngx_str_t *user, ngx_str_t *context)
{
    context->len = ngx_snprintf(context->data, NGX_HTTP_SHOP_CONTEXT_LEN,
                                "totp:%V", user)
                   - context->data;
}


static ngx_int_t
ngx_http_shop_identity_open(ngx_shop_request_t *sr, const ngx_str_t *user,
    const char *sealed, ngx_str_t *secret, ngx_uint_t *which)
{
    size_t              i;
    u_char              raw[NGX_SHOP_SECRET_MAX + NGX_SHOP_SECRET_OVERHEAD];
    u_char              out[NGX_SHOP_SECRET_MAX + NGX_SHOP_SECRET_OVERHEAD];
    u_char              text[NGX_HTTP_SHOP_CONTEXT_LEN];
    ngx_str_t           context, bytes, plain;
    const ngx_array_t  *keys;

    keys = &ngx_http_shop_identity_conf(sr)->mfa.keys;

    bytes.data = raw;
    bytes.len = ngx_min(ngx_strlen(sealed) / 2, sizeof(raw));

    for (i = 0; i < bytes.len; i++) {
        raw[i] = (u_char) ngx_hextoi((u_char *) sealed + 2 * i, 2);
    }

    context.data = text;
    ngx_http_shop_identity_context(user, &context);

    plain.data = out;

    if (ngx_shop_secret_open(keys->elts, keys->nelts, &context, &bytes,
                             &plain, which)
        != NGX_OK)
    {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "identity: no key opens the secret of an "
                      "authenticator");
        return NGX_DECLINED;
    }

    ngx_memcpy(secret->data, out, plain.len);
    secret->len = plain.len;

    OPENSSL_cleanse(out, sizeof(out));

    return NGX_OK;
}


static const char *
ngx_http_shop_identity_bytea(ngx_pool_t *pool, const ngx_str_t *bytes)
{
    u_char  *p;

    p = ngx_pnalloc(pool, 2 * bytes->len + 3);

    if (p) {
        p[0] = '\\';
        p[1] = 'x';
        *ngx_hex_dump(p + 2, bytes->data, bytes->len) = '\0';
    }

    return (const char *) p;
}
