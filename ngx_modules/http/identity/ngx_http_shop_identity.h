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
#include "ngx_http_shop_identity_mfa.h"


#define NGX_HTTP_SHOP_PASSWORD_MIN  10
#define NGX_HTTP_SHOP_PASSWORD_MAX  128

/* how many kinds of hashes a wrong password is hashed in */
#define NGX_HTTP_SHOP_IDENTITY_KINDS  4


typedef struct {
    ngx_shop_hash_conf_t     hash;
    ngx_http_shop_identity_mfa_t  mfa;
    ngx_flag_t               used;       /* "shop_identity" is somewhere */
    ngx_shop_pg_stmt_t      *enrol;
    ngx_shop_pg_stmt_t      *credentials;
    ngx_shop_pg_stmt_t      *sign_in;
    ngx_shop_pg_stmt_t      *refused;
    ngx_shop_pg_stmt_t      *refresh;
    ngx_shop_pg_stmt_t      *logout;
    ngx_shop_pg_stmt_t      *verify_email;
    ngx_shop_pg_stmt_t      *reset_of;
    ngx_shop_pg_stmt_t      *reset;
    ngx_shop_pg_stmt_t      *confirming;
    ngx_shop_pg_stmt_t      *change;
    ngx_shop_pg_stmt_t      *ask_email;
    ngx_shop_pg_stmt_t      *erase;
    ngx_shop_pg_stmt_t      *invited;
    ngx_shop_pg_stmt_t      *accept;
} ngx_http_shop_identity_conf_t;

/* What goes on when a thread has hashed; anything but NGX_DONE is a 503. */
typedef ngx_int_t (*ngx_http_shop_identity_step_pt)(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);

/* A request that hashes a password, or that opens or carries on a session;
   lives in r->pool. */
typedef struct {
    ngx_uint_t               status;     /* of the answer, 200 or 201 */
    ngx_str_t                password;   /* to be checked, or the new one */
    ngx_str_t                email;      /* whose attempts are counted */
    ngx_str_t                name;
    ngx_shop_handler_pt      confirmed;  /* what waits for the password */
    ngx_http_shop_identity_step_pt  step;
    ngx_str_t                user;       /* whose hash is checked */
    ngx_str_t                checked;    /* the hash it was checked with */
    ngx_str_t                hashed;     /* a new one, or "" */
    ngx_shop_refresh_t       given;      /* what the client showed */
    ngx_shop_refresh_t       refresh;    /* what it gets */
    ngx_shop_hash_t         *held;       /* a place in the queue */
    ngx_shop_hash_t         *job;
    ngx_str_t                access;
    ngx_str_t                body;       /* the user as JSON */
    ngx_str_t                redirect;   /* where a browser goes instead */
    ngx_uint_t               hook;       /* the next one */
    ngx_uint_t               nkinds;     /* of hashes, for a wrong password */
    ngx_shop_hash_kind_t     kinds[NGX_HTTP_SHOP_IDENTITY_KINDS];
    unsigned                 cookies:1;  /* it was shown as a cookie */
    unsigned                 waited:1;   /* for a hash */
} ngx_http_shop_identity_ctx_t;


/* hash.c: begin() makes the context, with the password in a field of the body;
   hold() takes a place in the queue before anything else is done (NGX_BUSY);
   verify() checks it against ctx->checked (empty: nobody's), against() with
   another hash, and make() hashes one; they answer 503 when the queue is full,
   else step() follows */
ngx_http_shop_identity_ctx_t *ngx_http_shop_identity_begin(
    ngx_shop_request_t *sr, ngx_uint_t status, const char *field);
ngx_int_t ngx_http_shop_identity_hold(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_verify(ngx_shop_request_t *sr,
    ngx_http_shop_identity_step_pt step);
ngx_int_t ngx_http_shop_identity_against(ngx_shop_request_t *sr,
    ngx_str_t *encoded, ngx_http_shop_identity_step_pt step);
ngx_int_t ngx_http_shop_identity_make(ngx_shop_request_t *sr,
    ngx_str_t *password, ngx_http_shop_identity_step_pt step);

/* the new hash goes to ctx->hashed; a text of the body; one of a row */
ngx_int_t ngx_http_shop_identity_keep(ngx_shop_request_t *sr,
    ngx_shop_hash_t *job);
void ngx_http_shop_identity_text(ngx_shop_request_t *sr, const char *field,
    ngx_str_t *text);
ngx_int_t ngx_http_shop_identity_column(ngx_shop_request_t *sr,
    PGresult *res, int column, ngx_str_t *value);

/* kinds.c: remembers the kinds of hashes that accounts have, a list by spaces,
   but that of ctx->checked; hashes a wrong password in each of them, so that
   time doesn't tell whose it was or whether there is such an account */
void ngx_http_shop_identity_kinds(ngx_shop_request_t *sr, ngx_str_t *list);
ngx_int_t ngx_http_shop_identity_level(ngx_shop_request_t *sr,
    ngx_shop_handler_pt refuse);

/* common.c: NULL, or why this is not to be a password: it is one of the most
   common, or the e-mail address, the name or the shop itself */
const char *ngx_http_shop_identity_weak(ngx_shop_request_t *sr,
    ngx_str_t *password, ngx_str_t *email, ngx_str_t *name);

/* confirm.c: proves again who is signed in, by "current_password" or, for an
   account without one, by a sign-in of a moment ago; then confirmed() */
ngx_int_t ngx_http_shop_identity_confirm(ngx_shop_request_t *sr,
    ngx_shop_handler_pt confirmed);

/* account.c: the endpoints of passwords, mails and personal data */
extern ngx_shop_endpoint_t  ngx_http_shop_identity_account_endpoints[];
ngx_int_t ngx_http_shop_identity_account_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_conf_t *icf);

/* password.c, account.c: the token of a mail in the body (NGX_DECLINED: it
   can't be one), 422 for a bad one or any bad field */
ngx_int_t ngx_http_shop_identity_mail_token(ngx_shop_request_t *sr,
    ngx_shop_refresh_t *token);
ngx_int_t ngx_http_shop_identity_bad_token(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_invalid(ngx_shop_request_t *sr,
    const char *field, const char *why);
ngx_int_t ngx_http_shop_identity_change(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_reset(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_verify_email(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_ask_email(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_erase(ngx_shop_request_t *sr);

/* staff.c: roles, accounts, invitations, API keys, the audit */
extern ngx_shop_endpoint_t  ngx_http_shop_identity_staff_endpoints[];

/* invitation.c: accepting one */
extern ngx_shop_endpoint_t  ngx_http_shop_identity_invitation_endpoints[];
ngx_int_t ngx_http_shop_identity_invitation_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_conf_t *icf);

/* sign_in.c */
ngx_int_t ngx_http_shop_identity_register(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_login(ngx_shop_request_t *sr);

/* session.c */
ngx_int_t ngx_http_shop_identity_refresh(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_logout(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_validate(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_identity_jwks(ngx_shop_request_t *sr);

/* the sessions of a result (session_id, epoch) are refused here at once */
void ngx_http_shop_identity_revoke(PGresult *res);

/* grant.c: answers with the session that a statement opened (a row of
   identity.opened), or with why there is none; with join, after what joins the
   account at sign-in */
ngx_int_t ngx_http_shop_identity_grant(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q, ngx_uint_t join);

/* For a sign-in whose answer is not JSON: NULL, or the mfa_token (43 characters
   and a NUL) by which POST /auth/mfa completes it, when the row is the demand
   of a second factor.  The statement had the hash of ctx->refresh. */
const char *ngx_http_shop_identity_mfa_token(ngx_shop_request_t *sr,
    PGresult *res);

/* The parameters of a bind list, then the extra ones, then (params() only) the
   lifetimes of access and refresh tokens; NULL when memory is short. */
const char **ngx_http_shop_identity_with(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, const char *const *extra, ngx_uint_t nextra,
    ngx_uint_t *n);
const char **ngx_http_shop_identity_params(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, const char *const *extra, ngx_uint_t nextra,
    ngx_uint_t *n);

const ngx_http_shop_identity_conf_t *ngx_http_shop_identity_conf(
    ngx_shop_request_t *sr);


#endif /* _NGX_HTTP_SHOP_IDENTITY_H_INCLUDED_ */
