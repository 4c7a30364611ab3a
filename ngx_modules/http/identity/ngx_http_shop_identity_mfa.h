/*
 * Second factors and passkeys; for ngx_http_shop_identity.h.
 */

#ifndef _NGX_HTTP_SHOP_IDENTITY_MFA_H_INCLUDED_
#define _NGX_HTTP_SHOP_IDENTITY_MFA_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "ngx_shop_challenge.h"
#include "ngx_shop_code.h"
#include "ngx_shop_endpoint.h"
#include "ngx_shop_secret.h"
#include "ngx_shop_webauthn.h"


/* Part of the identity module's configuration. */
typedef struct {
    ngx_array_t              keys;       /* of ngx_shop_secret_key_t; the
                                            first one seals */
    ngx_shop_pg_stmt_t      *look;
    ngx_shop_pg_stmt_t      *sign_in;
    ngx_shop_pg_stmt_t      *totp;
    ngx_shop_pg_stmt_t      *begin;
    ngx_shop_pg_stmt_t      *confirm;
    ngx_shop_pg_stmt_t      *remove;
    ngx_shop_pg_stmt_t      *renew;
    ngx_shop_pg_stmt_t      *passkey_begin;
    ngx_shop_pg_stmt_t      *passkey_add;
    ngx_shop_pg_stmt_t      *passkey_find;
    ngx_shop_pg_stmt_t      *passkey_sign_in;
    ngx_shop_pg_stmt_t      *passkey_refused;
} ngx_http_shop_identity_mfa_t;

/* What a typed code was found to be: parameters of statements, or NULL. */
typedef struct {
    const char              *checked;    /* the sealed secret, a bytea */
    const char              *resealed;   /* it under the newest key */
    const char              *step;       /* of an authenticator's code */
    const char              *recovery;   /* hash of a recovery code */
} ngx_http_shop_identity_code_t;

/* What a browser and its authenticator answer. */
typedef struct {
    ngx_shop_webauthn_site_t    site;    /* set by the caller */
    ngx_shop_webauthn_client_t  client;
    u_char                   hash[NGX_SHOP_CHALLENGE_HASH + 1];
    time_t                   expires;    /* of the challenge */
} ngx_http_shop_identity_ceremony_t;


/* mfa.c, passkey.c: endpoints */
extern ngx_shop_endpoint_t  ngx_http_shop_identity_mfa_endpoints[];
extern ngx_shop_endpoint_t  ngx_http_shop_identity_passkey_endpoints[];

/* mfa.c: statements */
ngx_int_t ngx_http_shop_identity_mfa_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_mfa_t *mfa);

/* mfa.c: POST /auth/mfa, and what goes with a refused code */
ngx_int_t ngx_http_shop_identity_mfa(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_later(ngx_shop_request_t *sr,
    PGresult *res);

/* totp.c: the authenticator of a signed-in account */
ngx_int_t ngx_http_shop_identity_totp_begin(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_totp_confirm(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_totp_remove(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_recovery_renew(ngx_shop_request_t *sr);

/* secret.c: the keys ("shop_secret_key FILE", after them the refresh key), a
   secret of an account as a bytea, and what a typed code is */
ngx_int_t ngx_http_shop_identity_secret_create(ngx_conf_t *cf,
    ngx_http_shop_identity_mfa_t *mfa);
char *ngx_http_shop_identity_secret_key(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_shop_identity_secret_init(ngx_conf_t *cf,
    ngx_http_shop_identity_mfa_t *mfa);
const char *ngx_http_shop_identity_seal(ngx_shop_request_t *sr,
    const ngx_str_t *user, const ngx_str_t *secret);
ngx_int_t ngx_http_shop_identity_code(ngx_shop_request_t *sr,
    const ngx_str_t *user, const char *sealed, const char *typed,
    ngx_http_shop_identity_code_t *code);

/* passkey.c: making passkeys; where a request happens (NGX_DECLINED: at no
   host that can have passkeys; it was answered); reads clientDataJSON, which
   has to be of this site and answer a challenge for NGX_SHOP_CHALLENGE_MAKE or
   SIGN: NULL, or what the credential has or does instead */
ngx_int_t ngx_http_shop_identity_passkey_options(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_passkey_add(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_site(ngx_shop_request_t *sr,
    ngx_shop_webauthn_site_t *site);
const char *ngx_http_shop_identity_ceremony(ngx_shop_request_t *sr,
    json_t *response, ngx_uint_t purpose,
    ngx_http_shop_identity_ceremony_t *ceremony);

/* passkey_sign_in.c */
ngx_int_t ngx_http_shop_identity_passkey_ask(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_passkey_sign_in(ngx_shop_request_t *sr);


#endif /* _NGX_HTTP_SHOP_IDENTITY_MFA_H_INCLUDED_ */
