/*
 * API keys: a publishable one (X-Publishable-Key: npk_...) chooses the store,
 * a secret one (Authorization: Bearer nsk_...) acts for who made it, within
 * its permissions.  A worker remembers keys by their SHA-256 until something
 * about keys is announced; what the feed may have missed is asked again.
 */

#ifndef _NGX_SHOP_KEY_H_INCLUDED_
#define _NGX_SHOP_KEY_H_INCLUDED_


#include "ngx_shop_session.h"


#define NGX_SHOP_KEY_HASH       32
#define NGX_SHOP_KEY_ADDRESSES  16       /* whose last use is remembered */
#define NGX_SHOP_KEYS           1024     /* remembered by a worker */


/* Strings are NUL-terminated and live until the next announcement, so a
   request copies what it keeps. */
typedef struct {
    ngx_str_t                id;         /* uuid, text */
    ngx_str_t                store;      /* "" for the installation */
    ngx_str_t                user;       /* whom it acts for */
    ngx_str_t                roles;
    ngx_str_t                permissions;
    time_t                   expires;    /* 0: never */
    unsigned                 secret:1;

    /* private */
    ngx_queue_t              queue;
    u_char                   hash[NGX_SHOP_KEY_HASH];
    ngx_atomic_uint_t        known;      /* ngx_shop_node_keys() of then */
    uint32_t                 address[NGX_SHOP_KEY_ADDRESSES];
    time_t                   noted[NGX_SHOP_KEY_ADDRESSES];
    ngx_uint_t               next;       /* place for a new address */
} ngx_shop_key_t;


/* --- ngx_shop_key.c: the keys of a request -------------------------------- */

/*
 * Called by the engine before sessions are looked at, with the meaning of
 * ngx_shop_session_open(): sets sr->store, and for a secret key sr->claims,
 * sr->signed_in and sr->key.
 */
ngx_uint_t ngx_shop_key_open(ngx_shop_request_t *sr, ngx_shop_session_pt next,
    const char **why);

/* 1 if the value of Authorization is a secret key. */
ngx_uint_t ngx_shop_key_is_secret(ngx_str_t *header);

/* Registers the statements of keys; called by the token module. */
ngx_int_t ngx_shop_key_init(ngx_conf_t *cf, ngx_shop_token_conf_t *tcf);


/* --- ngx_shop_key_cache.c: what the worker remembers ---------------------- */

/* NULL: not known, or not surely so any more. */
ngx_shop_key_t *ngx_shop_key_find(const u_char *hash);

/* Remembers a row of identity.api_key_of() that was asked for when
   ngx_shop_node_keys() was `known`; NULL: memory is short. */
ngx_shop_key_t *ngx_shop_key_put(const u_char *hash, PGresult *res,
    ngx_atomic_uint_t known);


/* --- ngx_shop_key_note.c: its last use ------------------------------------ */

/* Writes the use down, beside the request: once a minute, that of a secret key
   once a minute and address. */
void ngx_shop_key_note(ngx_shop_request_t *sr, ngx_shop_key_t *key,
    ngx_shop_pg_stmt_t *stmt);


#endif /* _NGX_SHOP_KEY_H_INCLUDED_ */
