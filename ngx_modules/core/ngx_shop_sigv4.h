/*
 * Signatures of requests to S3-compatible stores (AWS Signature Version 4).
 * Knows no request and no pool.
 */

#ifndef _NGX_SHOP_SIGV4_H_INCLUDED_
#define _NGX_SHOP_SIGV4_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_SIGV4_HEX   64          /* of a SHA-256 */
#define NGX_SHOP_SIGV4_DATE  16          /* 20260101T120000Z */


/* The text of x-amz-date; date holds one byte more, for a NUL. */
void ngx_shop_sigv4_date(u_char *date, time_t now);

/* The signature in hex of a canonical request; hex holds one byte more, for a
   NUL. */
ngx_int_t ngx_shop_sigv4_sign(const ngx_str_t *secret,
    const ngx_str_t *region, const u_char *date, const ngx_str_t *canonical,
    u_char *hex);


#endif /* _NGX_SHOP_SIGV4_H_INCLUDED_ */
