/*
 * Ids that the gateway makes: random ones (version 4) for secrets, ordered
 * ones (version 7) for rows, so that their index grows at one end (RFC 9562).
 */

#ifndef _NGX_SHOP_UUID_H_INCLUDED_
#define _NGX_SHOP_UUID_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_UUID_LEN  36

/* Write 36 characters and a NUL; NGX_ERROR when there is no randomness. */
ngx_int_t ngx_shop_uuid_random(u_char *dst);
ngx_int_t ngx_shop_uuid_ordered(u_char *dst);


#endif /* _NGX_SHOP_UUID_H_INCLUDED_ */
