/*
 * Sign-in with an outside OpenID provider (shop_oidc), as its relying party:
 * authorization code with PKCE.
 */

#ifndef _NGX_HTTP_SHOP_IDENTITY_OIDC_H_INCLUDED_
#define _NGX_HTTP_SHOP_IDENTITY_OIDC_H_INCLUDED_


#include "ngx_http_shop_identity.h"
#include "ngx_shop_fetch.h"
#include "ngx_shop_issuer.h"


#define NGX_HTTP_SHOP_OIDC_LIFE  600     /* seconds for a sign-in */
#define NGX_HTTP_SHOP_OIDC_TEXT  43      /* base64url of 32 bytes */
#define NGX_HTTP_SHOP_OIDC_HASH  66      /* "\x" and hexadecimal SHA-256 */
#define NGX_HTTP_SHOP_OIDC_NEXT  1000    /* bytes of next */
#define NGX_HTTP_SHOP_OIDC_NAME  13      /* of a cookie: oidc-XXXXXXXX */

typedef u_char  ngx_http_shop_oidc_text_t[NGX_HTTP_SHOP_OIDC_TEXT + 1];

/*
 * A sign-in that was begun.  Nothing is stored of it but its cookie, which
 * holds a random secret, the end of its time, who links and where to go on.
 * state, nonce and the code verifier follow from it by the server's key; state
 * covers all of it, so the cookie can't be changed, and the browser that has
 * none can't finish a sign-in of another.
 */
typedef struct {
    ngx_str_t                  cookie;   /* its value */
    time_t                     expires;
    ngx_str_t                  user;     /* who links, or "" */
    ngx_str_t                  next;
    ngx_http_shop_oidc_text_t  state;
    ngx_http_shop_oidc_text_t  nonce;
    ngx_http_shop_oidc_text_t  verifier;
    ngx_http_shop_oidc_text_t  challenge;
    u_char                     hash[NGX_HTTP_SHOP_OIDC_HASH + 1];
} ngx_http_shop_oidc_state_t;

/* A callback; lives in r->pool. */
typedef struct {
    ngx_http_shop_identity_ctx_t  session;   /* first: grant.c takes it */
    const ngx_shop_issuer_t      *issuer;
    ngx_http_shop_oidc_state_t    state;
    ngx_shop_fetch_t              fetch;
    ngx_str_t                     id_token;
    ngx_str_t                     bearer;    /* for userinfo */
    json_t                       *claims;    /* of the id_token; freed by a
                                                cleanup */
    json_t                       *profile;   /* of userinfo, likewise */
    unsigned                      keyed:1;   /* keys were fetched for it */
} ngx_http_shop_oidc_ctx_t;


/* --- oidc.c: the endpoints of providers and of linked identities ---------- */

extern ngx_shop_endpoint_t  ngx_http_shop_identity_oidc_endpoints[];
ngx_int_t ngx_http_shop_identity_oidc_statements(ngx_conf_t *cf);

/* The address of the callback as the browser sees it. */
ngx_int_t ngx_http_shop_oidc_callback_url(ngx_shop_request_t *sr,
    ngx_uint_t here, ngx_str_t *url);

/* 303 */
ngx_int_t ngx_http_shop_oidc_go(ngx_shop_request_t *sr, ngx_str_t *location);

/* Back to the page that the sign-in came from, with error=CODE. */
ngx_int_t ngx_http_shop_oidc_fail(ngx_shop_request_t *sr,
    const ngx_http_shop_oidc_state_t *state, const char *code);


/* --- oidc_webhook.c ------------------------------------------------------- */

ngx_int_t ngx_http_shop_identity_oidc_webhook(ngx_shop_request_t *sr);


/* --- oidc_state.c --------------------------------------------------------- */

/* Begins a sign-in: its cookie goes into the answer. */
ngx_int_t ngx_http_shop_oidc_begin(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, const ngx_str_t *user,
    const ngx_str_t *next, ngx_http_shop_oidc_state_t *state);

/* The sign-in that this browser began at this provider with this state; its
   cookie is taken away.  NGX_DECLINED: it did not, or its time is over. */
ngx_int_t ngx_http_shop_oidc_find(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, ngx_str_t *given,
    ngx_http_shop_oidc_state_t *state);

/* 1 if a browser may be sent there: a path of this site. */
ngx_uint_t ngx_http_shop_oidc_is_path(const ngx_str_t *next);


/* --- oidc_callback.c ------------------------------------------------------ */

ngx_int_t ngx_http_shop_identity_oidc_callback(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_oidc_callback_statements(ngx_conf_t *cf);

/* Goes on once the code was exchanged: ctx has id_token and bearer. */
ngx_int_t ngx_http_shop_oidc_exchanged(ngx_shop_request_t *sr);


/* --- oidc_enter.c --------------------------------------------------------- */

ngx_int_t ngx_http_shop_oidc_enter_statements(ngx_conf_t *cf);

/* Goes on once ctx has the claims of a good id_token. */
ngx_int_t ngx_http_shop_oidc_enter(ngx_shop_request_t *sr);


/* --- oidc_exchange.c ------------------------------------------------------ */

/* Exchanges the code of the callback for tokens, then exchanged(). */
ngx_int_t ngx_http_shop_oidc_exchange(ngx_shop_request_t *sr);

/* Asks the provider who it is, when the id_token doesn't tell the address. */
ngx_int_t ngx_http_shop_oidc_userinfo(ngx_shop_request_t *sr,
    ngx_shop_fetch_pt done);


#endif /* _NGX_HTTP_SHOP_IDENTITY_OIDC_H_INCLUDED_ */
