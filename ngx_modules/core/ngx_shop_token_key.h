/*
 * The keys of access tokens: P-256 in PEM, parsed once.  A key is named by
 * its RFC 7638 thumbprint, so that rotation needs no names of its own.
 */

#ifndef _NGX_SHOP_TOKEN_KEY_H_INCLUDED_
#define _NGX_SHOP_TOKEN_KEY_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <openssl/evp.h>


#define NGX_SHOP_KID_LEN        43   /* base64url of a SHA-256 */
#define NGX_SHOP_ES256_LEN      64   /* r and s, 32 bytes each */
#define NGX_SHOP_KEY_FILE_MAX   16384


/* what a key signs */
#define NGX_SHOP_TOKEN_ACCESS   0    /* typ "at+jwt" */
#define NGX_SHOP_TOKEN_ID       1    /* typ "JWT" */
#define NGX_SHOP_TOKEN_KINDS    2


typedef struct {
    ngx_str_t                file;
    ngx_str_t                header[NGX_SHOP_TOKEN_KINDS];  /* base64url */
    ngx_str_t                jwk;        /* the public half as JSON */
    EVP_PKEY                *pkey;       /* freed with the pool */
    EVP_PKEY_CTX            *verify;     /* ready to; likewise */
    EVP_PKEY_CTX            *sign;       /* NULL without the private half */
    u_char                   kid[NGX_SHOP_KID_LEN + 1];
    unsigned                 private:1;
} ngx_shop_token_key_t;


/* Reads key->file; all memory is the pool's.  NULL, or what is wrong with
   the file, for the log. */
const char *ngx_shop_token_key_read(ngx_pool_t *pool,
    ngx_shop_token_key_t *key);

/* Reads a small file into the pool with a NUL after it; NULL or why not. */
const char *ngx_shop_token_file(ngx_pool_t *pool, ngx_str_t *file,
    ngx_str_t *text);

/* 1 if sig (NGX_SHOP_ES256_LEN bytes, raw) is the key's over data. */
ngx_uint_t ngx_shop_token_key_verify(ngx_shop_token_key_t *key,
    ngx_str_t *data, const u_char *sig);

/* Signs data; sig is raw, as above. */
ngx_int_t ngx_shop_token_key_sign(ngx_shop_token_key_t *key, ngx_str_t *data,
    u_char *sig);


#endif /* _NGX_SHOP_TOKEN_KEY_H_INCLUDED_ */
