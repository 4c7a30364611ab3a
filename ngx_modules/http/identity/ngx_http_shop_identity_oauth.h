/*
 * OAuth 2.0 for integrators (RFC 6749, 7009, 7636, 7662, 8414, 9207) and the
 * part of OpenID Connect that tells an app who signed in.  Its rules are SQL;
 * here are forms, redirects, and the tokens themselves.
 */

#ifndef _NGX_HTTP_SHOP_IDENTITY_OAUTH_H_INCLUDED_
#define _NGX_HTTP_SHOP_IDENTITY_OAUTH_H_INCLUDED_


#include "ngx_http_shop_identity.h"
#include "ngx_shop_form.h"


/* Who calls the token endpoint and its like, and with which form. */
typedef struct {
    ngx_shop_form_t          form;
    ngx_str_t                client;     /* client_id, "" when not given */
    ngx_shop_refresh_t       secret;     /* hash "" when not given */
    ngx_shop_refresh_t       next;       /* what it gets */
    ngx_shop_claims_t        claims;     /* of the token that it shows */
    ngx_str_t                body;
    const char              *error;      /* set when it is refused at once */
    const char              *detail;
    unsigned                 basic:1;    /* by an Authorization header */
    unsigned                 access:1;   /* claims are good */
} ngx_http_shop_oauth_t;


/* The rows; added by the "shop_identity" directive. */
extern ngx_shop_endpoint_t  ngx_http_shop_identity_oauth_endpoints[];
extern ngx_shop_endpoint_t  ngx_http_shop_identity_client_endpoints[];


/* oauth.c */

/* Reads the form and the client's credentials of a POST into sr->ctx.  NULL:
   the answer, in *rc. */
ngx_http_shop_oauth_t *ngx_http_shop_oauth_begin(ngx_shop_request_t *sr,
    ngx_int_t *rc);

/* {"error", "error_description"}: 401 for invalid_client, else 400. */
ngx_int_t ngx_http_shop_oauth_error(ngx_shop_request_t *sr, const char *error,
    const char *detail);

/* A refusal of SQL (columns error, detail); NGX_DECLINED: there is none. */
ngx_int_t ngx_http_shop_oauth_refused(ngx_shop_request_t *sr, PGresult *res);

/* Answers with JSON, and takes the reference. */
ngx_int_t ngx_http_shop_oauth_json(ngx_shop_request_t *sr, json_t *json);

/* A column of the first row: NULL when it is null. */
const char *ngx_http_shop_oauth_column(PGresult *res, const char *name);

/* The session that a statement ended (revoked, epoch) counts no more on this
   node; and a script of the client may read the answer (cors). */
void ngx_http_shop_oauth_after(ngx_shop_request_t *sr, PGresult *res);

/* The Origin that a script's request names, or NULL. */
const char *ngx_http_shop_oauth_origin(ngx_shop_request_t *sr);

/* Parameters of the form that are named, as an object of strings. */
json_t *ngx_http_shop_oauth_named(ngx_shop_form_t *form,
    const char *const *names);

/* JSON as a parameter of a statement, in r->pool; takes the reference. */
const char *ngx_http_shop_oauth_text(ngx_shop_request_t *sr, json_t *json);

/* 1 if our issuer is an address, without which there is no OAuth. */
ngx_uint_t ngx_http_shop_oauth_issuer(ngx_str_t *issuer);
ngx_int_t ngx_http_shop_oauth_off(ngx_shop_request_t *sr);


/* The handlers: authorize.c */
ngx_int_t ngx_http_shop_oauth_authorize(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_oauth_decide(ngx_shop_request_t *sr);

/* token.c */
ngx_int_t ngx_http_shop_oauth_token(ngx_shop_request_t *sr);

/* revoke.c */
ngx_int_t ngx_http_shop_oauth_revoke(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_oauth_introspect(ngx_shop_request_t *sr);

/* discovery.c */
ngx_int_t ngx_http_shop_oauth_metadata(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_oauth_userinfo(ngx_shop_request_t *sr);


#endif /* _NGX_HTTP_SHOP_IDENTITY_OAUTH_H_INCLUDED_ */
