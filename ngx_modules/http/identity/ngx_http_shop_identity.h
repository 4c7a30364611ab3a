/*
 * Accounts and sessions: what the endpoint table alone can't do, because
 * passwords are hashed in threads and tokens are made here.
 */

#ifndef _NGX_HTTP_SHOP_IDENTITY_H_INCLUDED_
#define _NGX_HTTP_SHOP_IDENTITY_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "ngx_shop_endpoint.h"
#include "ngx_shop_hash.h"
#include "ngx_shop_session.h"


typedef struct {
    ngx_shop_hash_conf_t     hash;
    ngx_flag_t               used;       /* "shop_identity" is somewhere */
    ngx_shop_pg_stmt_t      *enrol;
    ngx_shop_pg_stmt_t      *credentials;
    ngx_shop_pg_stmt_t      *sign_in;
    ngx_shop_pg_stmt_t      *refused;
    ngx_shop_pg_stmt_t      *refresh;
    ngx_shop_pg_stmt_t      *logout;
} ngx_http_shop_identity_conf_t;

/* A request that opens or carries on a session; lives in r->pool. */
typedef struct {
    ngx_uint_t               status;     /* of the answer, 200 or 201 */
    ngx_str_t                password;
    ngx_str_t                user;       /* whose hash is checked */
    ngx_str_t                checked;    /* the hash it was checked with */
    ngx_str_t                hashed;     /* a new one, or "" */
    ngx_shop_refresh_t       given;      /* what the client showed */
    ngx_shop_refresh_t       refresh;    /* what it gets */
    ngx_shop_hash_t         *job;
    ngx_str_t                access;
    ngx_str_t                body;       /* the user as JSON */
    ngx_uint_t               hook;       /* the next one */
    unsigned                 cookies:1;  /* it was shown as a cookie */
} ngx_http_shop_identity_ctx_t;


/* sign_in.c */
ngx_int_t ngx_http_shop_identity_register(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_login(ngx_shop_request_t *sr);

/* session.c */
ngx_int_t ngx_http_shop_identity_refresh(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_logout(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_validate(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_jwks(ngx_shop_request_t *sr);

/* grant.c: answers with the session that a statement opened (a row of
   identity.opened); with join, after what joins the account at sign-in */
ngx_int_t ngx_http_shop_identity_grant(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q, ngx_uint_t join);

/* The parameters of a bind list, then the extra ones, then the lifetimes of
   access and refresh tokens; NULL when memory is short. */
const char **ngx_http_shop_identity_params(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, const char *const *extra, ngx_uint_t nextra,
    ngx_uint_t *n);

const ngx_http_shop_identity_conf_t *ngx_http_shop_identity_conf(
    ngx_shop_request_t *sr);


#endif /* _NGX_HTTP_SHOP_IDENTITY_H_INCLUDED_ */
