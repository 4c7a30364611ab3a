/*
 * Paths of a location, a segment a level; built while the configuration is
 * read, read-only afterwards.  Knows no request.
 */

#ifndef _NGX_SHOP_ROUTER_H_INCLUDED_
#define _NGX_SHOP_ROUTER_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_PATH_MAX    4       /* parameters of a path */
#define NGX_SHOP_DEPTH_MAX   12      /* segments of a path */


typedef struct ngx_shop_router_s  ngx_shop_router_t;

typedef struct {
    void                    *route;
    ngx_uint_t               nparams;
    ngx_str_t                params[NGX_SHOP_PATH_MAX];
    ngx_uint_t               allowed;    /* methods of the path, as bits */
} ngx_shop_match_t;


ngx_shop_router_t *ngx_shop_router_create(ngx_pool_t *pool);

/* Adds "/products/{product}"; NGX_DECLINED: the method and path are there
   already; NGX_ABORT: not a good path; NGX_ERROR. */
ngx_int_t ngx_shop_router_add(ngx_shop_router_t *router, ngx_uint_t method,
    ngx_str_t *path, void *route);

/*
 * Finds the row of a path that begins with "/"; fixed segments come before
 * parameters, whose values point into the path.  NGX_OK; NGX_DECLINED: no
 * such path; NGX_ABORT: the path is there, match->allowed has its methods.
 */
ngx_int_t ngx_shop_router_match(const ngx_shop_router_t *router,
    ngx_uint_t method, ngx_str_t *path, ngx_shop_match_t *match);


#endif /* _NGX_SHOP_ROUTER_H_INCLUDED_ */
