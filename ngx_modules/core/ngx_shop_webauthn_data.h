/*
 * Private to webauthn: the form of authenticator data.
 */

#ifndef _NGX_SHOP_WEBAUTHN_DATA_H_INCLUDED_
#define _NGX_SHOP_WEBAUTHN_DATA_H_INCLUDED_


#include "ngx_shop_webauthn.h"


/* Reads authenticator data (WebAuthn, 6.1) to its last byte; with: there must
   be a passkey in it, else there must be none. */
ngx_int_t ngx_shop_webauthn_data(const ngx_str_t *data, ngx_uint_t with,
    ngx_shop_webauthn_state_t *state);


#endif /* _NGX_SHOP_WEBAUTHN_DATA_H_INCLUDED_ */
