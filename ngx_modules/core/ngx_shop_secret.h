/*
 * Small secrets at rest: AES-256-GCM under keys that are derived (HKDF) from
 * the bytes of a key file.  Knows no request and no configuration.
 *
 * A sealed secret is: 1 (the format), the key's id, a nonce, what was sealed,
 * a tag.  Its context (whose it is, what for) is authenticated, so that it
 * opens nowhere else.
 */

#ifndef _NGX_SHOP_SECRET_H_INCLUDED_
#define _NGX_SHOP_SECRET_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_SECRET_ID        4
#define NGX_SHOP_SECRET_KEY       32
#define NGX_SHOP_SECRET_NONCE     12
#define NGX_SHOP_SECRET_TAG       16
#define NGX_SHOP_SECRET_MAX       128    /* bytes that are sealed */
#define NGX_SHOP_SECRET_OVERHEAD  (1 + NGX_SHOP_SECRET_ID                    \
                                   + NGX_SHOP_SECRET_NONCE                   \
                                   + NGX_SHOP_SECRET_TAG)


typedef struct {
    u_char                   id[NGX_SHOP_SECRET_ID];
    u_char                   seal[NGX_SHOP_SECRET_KEY];
    u_char                   sign[NGX_SHOP_SECRET_KEY];  /* of challenges */
} ngx_shop_secret_key_t;


/* All of a key from the bytes of its file. */
ngx_int_t ngx_shop_secret_derive(const ngx_str_t *material,
    ngx_shop_secret_key_t *key);

/* Seals at most NGX_SHOP_SECRET_MAX bytes; out->data holds them and the
   overhead. */
ngx_int_t ngx_shop_secret_seal(const ngx_shop_secret_key_t *key,
    const ngx_str_t *context, const ngx_str_t *plain, ngx_str_t *out);

/* Opens by whichever key sealed it; out->data holds sealed->len bytes.
   NGX_DECLINED: none of the keys did, or it was changed.  *which: the key. */
ngx_int_t ngx_shop_secret_open(const ngx_shop_secret_key_t *keys,
    ngx_uint_t nkeys, const ngx_str_t *context, const ngx_str_t *sealed,
    ngx_str_t *out, ngx_uint_t *which);


#endif /* _NGX_SHOP_SECRET_H_INCLUDED_ */
