/*
 * Who asks: the bearer token or the cookies of a request, the renewal of an
 * expired pair of cookies within the request (DATAPATH.md 20, 23), and what
 * joins an account when it signs in.
 */

#ifndef _NGX_SHOP_SESSION_H_INCLUDED_
#define _NGX_SHOP_SESSION_H_INCLUDED_


#include "ngx_shop_endpoint.h"
#include "ngx_shop_token_refresh.h"


/* rc of ngx_shop_session_open() and of its next() */
#define NGX_SHOP_SESSION_OK         0   /* sr->signed_in tells: known or not */
#define NGX_SHOP_SESSION_BAD        1   /* bad credentials: 401, *why */
#define NGX_SHOP_SESSION_FORBIDDEN  2   /* cookie without same origin: 403 */
#define NGX_SHOP_SESSION_DOWN       3   /* cannot be checked now: 503 */
#define NGX_SHOP_SESSION_LATER      4   /* next() follows, once */

typedef void (*ngx_shop_session_pt)(ngx_shop_request_t *sr, ngx_uint_t rc,
    const char *why);

/*
 * Called by the engine before permission checks, for every endpoint without
 * NGX_SHOP_EP_OWN_ACCESS.  Fills sr->claims (copied into r->pool),
 * sr->signed_in and sr->renewed; checks Origin before cookies count, asks
 * the primary when the revocation feed is late, renews expired cookies (at
 * most one statement, not counted as a trip).  Cookies that are no good any
 * more are cleared and the request goes on as nobody's; a bad bearer token is
 * NGX_SHOP_SESSION_BAD.  A renewed answer must be sent with no-store.
 * Before next() the client may go away: it is then never called.
 */
ngx_uint_t ngx_shop_session_open(ngx_shop_request_t *sr,
    ngx_shop_session_pt next, const char **why);

/* Copies claims into r->pool as the request's own: it is signed in. */
ngx_int_t ngx_shop_session_claims(ngx_shop_request_t *sr,
    const ngx_shop_claims_t *claims);

/* A copy in the pool, NUL-terminated. */
ngx_int_t ngx_shop_session_copy(ngx_pool_t *pool, ngx_str_t *dst,
    const ngx_str_t *src);

/* Fills sr->claims from a row of identity.opened (user_id, session_id,
   store_id, roles). */
ngx_int_t ngx_shop_session_row(ngx_shop_request_t *sr, PGresult *res);

/* 1 if an unsafe request comes from this origin (Sec-Fetch-Site, Origin). */
ngx_uint_t ngx_shop_session_same_origin(ngx_http_request_t *r);

/* Signs an access token for sr->claims and sets both cookies; the tokens are
   in r->pool.  An empty refresh text leaves that cookie alone. */
ngx_int_t ngx_shop_session_grant(ngx_shop_request_t *sr, ngx_str_t *refresh,
    ngx_str_t *access);

/* Takes both cookies from the browser. */
ngx_int_t ngx_shop_session_clear(ngx_shop_request_t *sr);

/* Text of lifetimes, as parameters of statements: "3600". */
const char *ngx_shop_session_seconds(ngx_pool_t *pool, time_t seconds);

/* Registers the statements of sessions; called by the token module. */
ngx_int_t ngx_shop_session_init(ngx_conf_t *cf, ngx_shop_token_conf_t *tcf);


/*
 * What joins an account at sign-in (the guest's cart): called before the
 * answer is sent, with sr->claims of the account and sr->cart of the guest.
 * NGX_OK: done; NGX_DONE: next(sr) follows once, unless the client goes
 * away first.  Failing is the hook's to log: signing in goes on.
 */
typedef void (*ngx_shop_sign_in_next_pt)(ngx_shop_request_t *sr);
typedef ngx_int_t (*ngx_shop_sign_in_pt)(ngx_shop_request_t *sr,
    ngx_shop_sign_in_next_pt next);

/* Registers a hook while the configuration is read (preconfiguration). */
ngx_int_t ngx_shop_on_sign_in(ngx_conf_t *cf, ngx_shop_sign_in_pt hook);


#endif /* _NGX_SHOP_SESSION_H_INCLUDED_ */
