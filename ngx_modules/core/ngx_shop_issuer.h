/*
 * Outside issuers that are trusted (shop_oidc): OpenID providers that people
 * sign in with, and those whose tokens count as bearer tokens here.
 *
 * What an issuer publishes of itself (discovery, JWK Set) is fetched when a
 * request needs it, once for all workers of a node, and kept in the zone.  A
 * worker parses keys when that has changed.  Keys that got old are fetched
 * again by the request that finds them so; others go on with those there are.
 */

#ifndef _NGX_SHOP_ISSUER_H_INCLUDED_
#define _NGX_SHOP_ISSUER_H_INCLUDED_


#include "ngx_shop_endpoint.h"
#include "ngx_shop_jwt.h"


#define NGX_SHOP_ISSUERS_MAX  16
#define NGX_SHOP_ISSUER_TEXT  (24 * 1024)    /* of one, in the zone */


/* One "shop_oidc", read-only after the configuration was read. */
typedef struct {
    ngx_str_t                name;       /* in paths: [a-z0-9_-]{1,32} */
    ngx_str_t                title;      /* for people */
    ngx_str_t                issuer;
    ngx_str_t                alias;      /* Google writes its name twice */
    ngx_str_t                client;     /* client_id */
    ngx_str_t                secret;     /* "": a public client */
    ngx_str_t                scope;
    ngx_str_t                store;      /* code of the only store, or "" */
    ngx_str_t                domain;     /* hd */
    ngx_str_t                webhook;    /* key of its webhooks, or "" */
    ngx_array_t              audiences;  /* of bearer tokens, of ngx_str_t */
    ngx_array_t              parties;    /* azp of them, of ngx_str_t */
    ngx_uint_t               algs;       /* allowed, a bit each */
    ngx_uint_t               index;      /* of its slot in the zone */
    time_t                   skew;
    unsigned                 sign_in:1;
    unsigned                 bearer:1;
    unsigned                 provision:1;    /* bearers make accounts */
    unsigned                 mfa:1;      /* its word for two factors counts */
    unsigned                 loopback:1; /* http at this machine: tests */
} ngx_shop_issuer_t;

/* What an issuer publishes; lives until the end of the present event. */
typedef struct {
    ngx_pool_t              *pool;
    ngx_uint_t               version;
    ngx_str_t                authorization;
    ngx_str_t                token;
    ngx_str_t                userinfo;   /* "": none */
    unsigned                 post:1;     /* credentials go into the form */
    unsigned                 says_iss:1; /* RFC 9207 */
    ngx_shop_jwks_t          jwks;
} ngx_shop_issuer_live_t;


/* --- ngx_shop_issuer_module.c -------------------------------------------- */

/* All of them: ngx_shop_issuer_t *, in the order of the configuration. */
const ngx_array_t *ngx_shop_issuers(void);

/* Those that answer to a name, or to the iss of a token, in a store. */
const ngx_shop_issuer_t *ngx_shop_issuer_named(ngx_shop_request_t *sr,
    const ngx_str_t *name);
const ngx_shop_issuer_t *ngx_shop_issuer_of(ngx_shop_request_t *sr,
    const ngx_str_t *iss);

/* 1 if it is there for the request's store. */
ngx_uint_t ngx_shop_issuer_serves(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer);

/* 1 if tokens of an outside issuer count as bearer tokens anywhere. */
ngx_uint_t ngx_shop_issuer_bearers(void);


/* --- ngx_shop_issuer_live.c ---------------------------------------------- */

/* While the configuration is read, and in init_process. */
ngx_int_t ngx_shop_issuer_zone_add(ngx_conf_t *cf);
ngx_int_t ngx_shop_issuer_zone_open(ngx_cycle_t *cycle);
void ngx_shop_issuer_zone_close(void);

/* NULL: nothing is known of it yet. */
const ngx_shop_issuer_live_t *ngx_shop_issuer_live(
    const ngx_shop_issuer_t *issuer);

/* Grows whenever what any issuer publishes has changed, for caches. */
ngx_uint_t ngx_shop_issuer_generation(void);

/* 1 if it should be fetched now, by the caller alone: it is not there, old, or
   (again) a key is missing and the last attempt is some seconds past. */
ngx_uint_t ngx_shop_issuer_claim(const ngx_shop_issuer_t *issuer,
    ngx_uint_t again);

/* 1 while another request fetches it. */
ngx_uint_t ngx_shop_issuer_busy(const ngx_shop_issuer_t *issuer);

/* What came of it; text NULL: nothing. */
void ngx_shop_issuer_publish(const ngx_shop_issuer_t *issuer,
    const char *text, size_t len);


/* --- ngx_shop_issuer_load.c ---------------------------------------------- */

typedef ngx_int_t (*ngx_shop_issuer_pt)(ngx_shop_request_t *sr, void *data);

/* Sees to it that what the issuer publishes is there, and with again that it
   is newer than what had a key missing.  NGX_OK: it is as it can be, go on;
   NGX_DONE: next() follows once, unless the client goes away first (its value
   is as in ngx_shop_fetch_t); NGX_ERROR. */
ngx_int_t ngx_shop_issuer_load(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, ngx_uint_t again,
    ngx_shop_issuer_pt next, void *data);


/* --- ngx_shop_issuer_verify.c -------------------------------------------- */

/* The claims of a token of the issuer, the caller's reference: an id_token of
   the sign-in with this nonce, or with nonce NULL a bearer token.  NULL with
   rc NGX_DECLINED and *why, or NGX_AGAIN: its key is not known, load. */
json_t *ngx_shop_issuer_verify(const ngx_shop_issuer_t *issuer,
    const ngx_shop_jwt_t *jwt, const ngx_str_t *nonce, ngx_int_t *rc,
    const char **why);


#endif /* _NGX_SHOP_ISSUER_H_INCLUDED_ */
