/*
 * Passkeys (WebAuthn Level 3): what a browser sends when one is made and when
 * it signs in.  Signatures and keys are libfido2's; what the browser says
 * (clientDataJSON) and the form of all bytes are checked here before.  Knows
 * no request; it reads whatever was sent, so it is fuzzed (t/fuzz).
 *
 * Functions that check return NULL, or what is wrong in words for people.
 */

#ifndef _NGX_SHOP_WEBAUTHN_H_INCLUDED_
#define _NGX_SHOP_WEBAUTHN_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <jansson.h>


#define NGX_SHOP_WEBAUTHN_CLIENT  4096   /* bytes of clientDataJSON */
#define NGX_SHOP_WEBAUTHN_OBJECT  8192   /* of an attestation object */
#define NGX_SHOP_WEBAUTHN_DATA    4096   /* of authenticator data */
#define NGX_SHOP_WEBAUTHN_SIG     1024   /* of a signature */
#define NGX_SHOP_WEBAUTHN_ID      1023   /* of a credential's id */
#define NGX_SHOP_WEBAUTHN_KEY     512    /* of a public key */
#define NGX_SHOP_WEBAUTHN_USER    64     /* of a user handle */
#define NGX_SHOP_WEBAUTHN_TEXT    256    /* of a challenge */


/* Where it happens: the passkey is the host's, the page is the origin's. */
typedef struct {
    ngx_str_t                rp;         /* host, NUL-terminated */
    ngx_str_t                host;       /* with its port, as in Host */
} ngx_shop_webauthn_site_t;

/* What the browser signed for. */
typedef struct {
    u_char                   hash[32];   /* of clientDataJSON */
    size_t                   len;
    u_char                   challenge[NGX_SHOP_WEBAUTHN_TEXT];
} ngx_shop_webauthn_client_t;

/* What the authenticator says of itself and its user. */
typedef struct {
    uint32_t                 count;      /* of signatures */
    unsigned                 verified:1; /* the user, not only its presence */
    unsigned                 backup_eligible:1;
    unsigned                 backed_up:1;
} ngx_shop_webauthn_state_t;

/* A passkey that was made. */
typedef struct {
    ngx_shop_webauthn_state_t  state;
    int                      algorithm;  /* COSE */
    u_char                   aaguid[16];
    size_t                   id_len;
    u_char                   id[NGX_SHOP_WEBAUTHN_ID];
    size_t                   key_len;
    u_char                   key[NGX_SHOP_WEBAUTHN_KEY];
} ngx_shop_webauthn_made_t;


/* Once a process, before the others. */
void ngx_shop_webauthn_init(void);

/* Bytes that a member of a JSON object holds as base64url; out has room for
   max.  NGX_DECLINED: not there, not that, or too long. */
ngx_int_t ngx_shop_webauthn_bytes(const json_t *object, const char *name,
    u_char *out, size_t max, size_t *len);

/* clientDataJSON: its type ("webauthn.create", "webauthn.get") and origin. */
const char *ngx_shop_webauthn_client(const ngx_str_t *json, const char *type,
    const ngx_shop_webauthn_site_t *site, ngx_shop_webauthn_client_t *client);

/* An attestation object: "none", or "packed" signed by the passkey itself. */
const char *ngx_shop_webauthn_make(const ngx_str_t *object,
    const ngx_shop_webauthn_site_t *site,
    const ngx_shop_webauthn_client_t *client, ngx_shop_webauthn_made_t *made);

/* Authenticator data of a sign-in: its form, before a key is looked for. */
const char *ngx_shop_webauthn_state(const ngx_str_t *data,
    ngx_shop_webauthn_state_t *state);

/* The signature of a sign-in. */
const char *ngx_shop_webauthn_check(const ngx_str_t *data,
    const ngx_str_t *signature, const ngx_shop_webauthn_site_t *site,
    const ngx_shop_webauthn_client_t *client, int algorithm,
    const ngx_str_t *key);


#endif /* _NGX_SHOP_WEBAUTHN_H_INCLUDED_ */
