/*
 * Bearer tokens of outside issuers (shop_oidc trust=bearer): whom they speak
 * for here.  One SQL trip a token, then it is remembered like our own; the
 * account's revocations count within a second.
 */

#ifndef _NGX_SHOP_OUTSIDE_H_INCLUDED_
#define _NGX_SHOP_OUTSIDE_H_INCLUDED_


#include "ngx_shop_session.h"


/* Registers the statement; called with the statements of sessions. */
ngx_int_t ngx_shop_outside_init(ngx_conf_t *cf);

/* 1 if the token was seen before and still counts: the request is signed in. */
ngx_uint_t ngx_shop_outside_seen(ngx_shop_request_t *sr, ngx_str_t *token);

/* As ngx_shop_session_open(), for a token that is not one of ours; *why is left
   alone when it is of no issuer that is trusted. */
ngx_uint_t ngx_shop_outside_open(ngx_shop_request_t *sr, ngx_str_t *token,
    ngx_shop_session_pt next, const char **why);


#endif /* _NGX_SHOP_OUTSIDE_H_INCLUDED_ */
