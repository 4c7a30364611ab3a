/*
 * Access tokens (RFC 7519, RFC 9068): ES256, issued and checked with keys
 * parsed once, and a cache of verified tokens.  Knows no request.
 */

#ifndef _NGX_SHOP_TOKEN_H_INCLUDED_
#define _NGX_SHOP_TOKEN_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_TOKEN_MAX  4096     /* bytes of a token that is looked at */


/* Who a verified token speaks for; strings live in the token cache's entry
   until the end of the present event, so a request copies what it keeps.
   All are NUL-terminated. */
typedef struct {
    ngx_str_t                user;       /* uuid, text */
    ngx_str_t                session;    /* uuid, text */
    ngx_str_t                store;      /* id, text */
    ngx_str_t                roles;      /* separated by one space */
    ngx_str_t                client;     /* uuid of an integration, or "" */
    ngx_str_t                scope;      /* of a limited token */
    time_t                   issued;
    time_t                   expires;
    unsigned                 limited:1;  /* counts only within its scope */
    unsigned                 service:1;  /* the user is the client itself: its
                                            permissions are the scope */
    unsigned                 bound:1;    /* counts only in its store */
    unsigned                 strong:1;   /* a second factor was shown */
} ngx_shop_claims_t;

/* Whom an id_token (OpenID Connect) tells a client about. */
typedef struct {
    const char              *user;       /* uuid, text */
    const char              *client;     /* its audience */
    const char              *nonce;      /* NULL: none was sent */
    time_t                   signed_in;  /* when the user did */
    time_t                   issued;
    time_t                   expires;
} ngx_shop_id_claims_t;


typedef struct ngx_shop_token_conf_s  ngx_shop_token_conf_t;

struct ngx_shop_token_conf_s {
    ngx_array_t              keys;       /* of ngx_shop_token_key_t *; the
                                            first signs if it is private */
    ngx_str_t                issuer;
    time_t                   ttl;
    time_t                   refresh_ttl;
    ngx_uint_t               cache;      /* entries a worker */
    ngx_str_t                jwks;
    ngx_str_t                refresh_file;
    ngx_str_t                refresh_key;/* "" when there is none */
    ngx_array_t              sign_in;    /* of ngx_shop_sign_in_pt */
    void                    *session;    /* statements of ngx_shop_session.c */
    void                    *key;        /* ... and of ngx_shop_key.c */
    unsigned                 signs:1;    /* tokens and successors */
};


/* NGX_OK; NGX_DECLINED: not a good token (reason in *why, static text);
   NGX_ABORT: good but expired (claims are filled). */
ngx_int_t ngx_shop_token_verify(ngx_str_t *token, ngx_shop_claims_t *claims,
    const char **why);

/* Signs claims; the token is in the pool. */
ngx_int_t ngx_shop_token_issue(ngx_pool_t *pool, ngx_shop_claims_t *claims,
    ngx_str_t *token);

/* The same for an id_token that comes with an access token. */
ngx_int_t ngx_shop_token_issue_id(ngx_pool_t *pool,
    const ngx_shop_id_claims_t *claims, const ngx_str_t *access,
    ngx_str_t *token);

/* The JWK set of the public keys (RFC 7517), made when keys are read. */
ngx_str_t *ngx_shop_token_jwks(void);

/* The configuration: while it is read, and in a worker (read only there). */
ngx_shop_token_conf_t *ngx_shop_token_conf(ngx_conf_t *cf);
const ngx_shop_token_conf_t *ngx_shop_token_settings(void);

/* Starts and stops the checking of tokens in this process. */
ngx_int_t ngx_shop_token_start(ngx_shop_token_conf_t *conf, ngx_log_t *log);
void ngx_shop_token_stop(void);


#endif /* _NGX_SHOP_TOKEN_H_INCLUDED_ */
