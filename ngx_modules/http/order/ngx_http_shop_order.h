/*
 * Orders: placing is one trip to Redis for the cart, one element of a batch of
 * orders, and the emptying of the cart, which may be repeated or missed.
 */

#ifndef _NGX_HTTP_SHOP_ORDER_H_INCLUDED_
#define _NGX_HTTP_SHOP_ORDER_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_cart.h"
#include "../../core/ngx_shop_pg_batch.h"


#define NGX_HTTP_SHOP_ORDER_TIMEOUT  10000   /* ms, waiting and durability */
#define NGX_HTTP_SHOP_ORDER_EMPTY    250     /* ms, for emptying the cart */


/* POST /orders */
ngx_int_t ngx_http_shop_order_place(ngx_shop_request_t *sr);

/* The element of the batch for a request and its cart, in the pool; id is
   that of the order. */
ngx_int_t ngx_http_shop_order_item(ngx_shop_cart_t *cart, ngx_pool_t *pool,
    ngx_str_t *id, ngx_str_t *item);


/* the table of tills */
extern ngx_shop_endpoint_t  ngx_http_shop_order_till_endpoints[];


#endif /* _NGX_HTTP_SHOP_ORDER_H_INCLUDED_ */
