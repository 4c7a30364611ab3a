/*
 * The claims of an id_token (OpenID Connect Core 1.0, 2 and 3.1.3.6).
 */

#ifndef _NGX_SHOP_TOKEN_ID_H_INCLUDED_
#define _NGX_SHOP_TOKEN_ID_H_INCLUDED_


#include "ngx_shop_token.h"
#include <jansson.h>


/* The caller's to json_decref(); NULL: memory is short. */
json_t *ngx_shop_token_id_payload(const ngx_shop_id_claims_t *claims,
    const ngx_str_t *issuer, const ngx_str_t *access);


#endif /* _NGX_SHOP_TOKEN_ID_H_INCLUDED_ */
