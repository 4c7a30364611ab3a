/*
 * Private to the shared answers: what is asked of the database for all
 * requests that miss the same key.
 *
 * A fill belongs to no request.  It has a pool of its own, which holds its
 * parameters and later the result; whoever sends from it holds a reference.
 */

#ifndef _NGX_SHOP_FILL_H_INCLUDED_
#define _NGX_SHOP_FILL_H_INCLUDED_


#include "ngx_shop_engine.h"


struct ngx_shop_fill_s {
    ngx_queue_t              queue;      /* of its bucket */
    ngx_queue_t              waiting;    /* of ngx_shop_ctx_t */
    const ngx_shop_route_t  *route;
    const char             **params;
    ngx_str_t                key;
    uint32_t                 hash;
    uint64_t                 since;
    ngx_msec_t               ttl;
    ngx_pool_t              *pool;
    ngx_uint_t               refs;
};


/* Asks for it by itself; it ends later.  NGX_ERROR: it could not be sent. */
ngx_int_t ngx_shop_fill_send(ngx_shop_fill_t *fill);

/* Answers who waits.  rc is that of a query; NGX_SHOP_PG_OK: res lives as long
   as the fill and has its row; NGX_SHOP_PG_ERROR: res is the error. */
void ngx_shop_fill_end(ngx_shop_fill_t *fill, ngx_uint_t rc, PGresult *res,
    int row);

/* A reference that goes with a pool, and giving one back. */
ngx_int_t ngx_shop_fill_hold(ngx_shop_fill_t *fill, ngx_pool_t *pool);
void ngx_shop_fill_release(void *data);


/* gather.c: sends it at the end of the turn, with those that are alike. */
ngx_int_t ngx_shop_gather(ngx_shop_fill_t *fill);


#endif /* _NGX_SHOP_FILL_H_INCLUDED_ */
