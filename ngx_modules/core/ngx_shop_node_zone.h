/*
 * Private to node: what the zone holds, the feed that fills it, and what a
 * worker makes of it.
 */

#ifndef _NGX_SHOP_NODE_ZONE_H_INCLUDED_
#define _NGX_SHOP_NODE_ZONE_H_INCLUDED_


#include "ngx_shop_node.h"
#include "ngx_shop_slot.h"


#define NGX_SHOP_NODE_STATE    (512 * 1024)  /* bytes of the state at most */
#define NGX_SHOP_NODE_REVOKED  65536         /* places; a power of two */
#define NGX_SHOP_NODE_UUID     16            /* bytes */


/* kinds of a revocation; the place is given last, so that a reader without a
   lock sees all of it or nothing */
#define NGX_SHOP_NODE_EMPTY    0
#define NGX_SHOP_NODE_SESSION  1             /* until `epoch` */
#define NGX_SHOP_NODE_USER     2             /* tokens from before `epoch` */
#define NGX_SHOP_NODE_FREED    3

typedef struct {
    u_char                   id[NGX_SHOP_NODE_UUID];
    int64_t                  epoch;
    ngx_atomic_t             kind;
} ngx_shop_node_revoked_t;


typedef struct {
    ngx_shop_slot_set_t      listener;
    ngx_atomic_t             heard;      /* the feed was whole at this time */
    ngx_atomic_t             version;    /* of the state; 0: none yet */
    ngx_atomic_t             full;       /* a revocation found no place */
    ngx_atomic_t             keys;       /* times that API keys changed */
    size_t                   len[2];     /* of the state, by version % 2 */
    u_char                   state[2][NGX_SHOP_NODE_STATE];
    ngx_shop_node_revoked_t  revoked[NGX_SHOP_NODE_REVOKED];
} ngx_shop_node_zone_t;


/* NULL where PostgreSQL is not configured. */
ngx_shop_node_zone_t *ngx_shop_node_zone(void);


/* --- ngx_shop_node_state.c ------------------------------------------------ */

typedef struct {
    ngx_str_t                host;
    ngx_shop_store_t        *store;
} ngx_shop_node_host_t;

typedef struct {
    ngx_str_t                name;
    ngx_array_t              permissions;    /* of ngx_str_t */
} ngx_shop_node_role_t;

typedef struct {
    ngx_pool_t              *pool;
    ngx_array_t              hosts;          /* sorted */
    ngx_array_t              stores;         /* of ngx_shop_store_t * */
    ngx_array_t              roles;
    ngx_array_t              mfa_roles;      /* of ngx_str_t */
    ngx_shop_store_t        *fallback;
} ngx_shop_node_state_t;

/* What this worker made of the newest state; NULL until there is one. */
ngx_shop_node_state_t *ngx_shop_node_state(void);

/* Publishes a new state, if it differs from the present one. */
void ngx_shop_node_state_publish(ngx_shop_node_zone_t *zone, u_char *text,
    size_t len);


/* --- ngx_shop_node_lookup.c ----------------------------------------------- */

int ngx_libc_cdecl ngx_shop_node_host_order(const void *one, const void *two);


/* --- ngx_shop_node_revoked.c ---------------------------------------------- */

void ngx_shop_node_revoked_add(ngx_shop_node_zone_t *zone, ngx_uint_t kind,
    ngx_str_t *id, int64_t epoch);


/* What workers know of API keys is old. */
void ngx_shop_node_keys_changed(ngx_shop_node_zone_t *zone);


/* --- ngx_shop_node_heard.c ------------------------------------------------ */

/* Follows an announcement; 1: the state has to be read again. */
ngx_uint_t ngx_shop_node_heard(const char *payload);


/* --- ngx_shop_node_feed.c ------------------------------------------------- */

ngx_int_t ngx_shop_node_feed_stmts(ngx_conf_t *cf);
ngx_int_t ngx_shop_node_feed_start(ngx_cycle_t *cycle);
void ngx_shop_node_feed_stop(void);


#endif /* _NGX_SHOP_NODE_ZONE_H_INCLUDED_ */
