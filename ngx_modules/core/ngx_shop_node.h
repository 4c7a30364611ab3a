/*
 * What every worker of a node knows without asking: stores by host, roles and
 * their permissions, revocations.  Kept in one shared-memory zone by the one
 * elected listener (LISTEN on the primary, a heartbeat each second).
 */

#ifndef _NGX_SHOP_NODE_H_INCLUDED_
#define _NGX_SHOP_NODE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_token.h"


typedef struct {
    ngx_str_t                id;         /* bigint, text, NUL-terminated */
    ngx_str_t                code;       /* slug of the store */
    ngx_str_t                name;       /* of the brand */
    ngx_str_t                currency;   /* its default */
    ngx_array_t              hosts;      /* of ngx_str_t, lower case */
    ngx_array_t              origins;    /* of ngx_str_t allowed for CORS */
    ngx_array_t              locales;    /* of ngx_str_t, its own first */
    ngx_uint_t               cart_lines; /* of a cart, at most */
    ngx_uint_t               cart_days;  /* an account's cart lives */
    ngx_uint_t               guest_days;
    unsigned                 is_default:1;
} ngx_shop_store_t;

/* The store of a Host (lower case, no port), else the default store; NULL
   until the first load: answer 503. */
const ngx_shop_store_t *ngx_shop_node_store(ngx_str_t *host);

/* The store of an id, or NULL. */
const ngx_shop_store_t *ngx_shop_node_store_by_id(ngx_str_t *id);

/* 1 if any store lists the origin for CORS. */
ngx_uint_t ngx_shop_node_origin(ngx_str_t *origin);

/* 1 if any of the roles (separated by a space) holds the permission. */
ngx_uint_t ngx_shop_node_permits(ngx_str_t *roles, ngx_str_t *permission);

/* 1 if any of the roles asks for a second factor. */
ngx_uint_t ngx_shop_node_asks_mfa(ngx_str_t *roles);

/* NGX_OK: the session stands; NGX_DECLINED: revoked; NGX_AGAIN: ask the
   primary (identity.session_roles), because the feed is older than 0.5 s, or
   the account's roles have changed since the token was made. */
ngx_int_t ngx_shop_node_session(ngx_shop_claims_t *claims);

/* The same for claims without a session: only the account may be revoked. */
ngx_int_t ngx_shop_node_user(const ngx_shop_claims_t *claims);

/* A revocation made by this worker counts here at once. */
void ngx_shop_node_revoke(ngx_str_t *session, ngx_str_t *user, time_t before);

/* Moves whenever what was known of API keys may have changed. */
ngx_atomic_uint_t ngx_shop_node_keys(void);

/* 1 if what the feed announces is known to be whole (0.5 s). */
ngx_uint_t ngx_shop_node_fresh(void);

/* Milliseconds since the feed was last known to be whole. */
ngx_msec_t ngx_shop_node_age(void);

/* 1 once loaded; used by /ready. */
ngx_uint_t ngx_shop_node_ready(void);


#endif /* _NGX_SHOP_NODE_H_INCLUDED_ */
