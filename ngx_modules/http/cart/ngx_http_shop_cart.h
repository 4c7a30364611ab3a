/*
 * Carts: each request is one trip to Redis, which changes the cart and gives
 * all of it, and one statement, which prices it and judges the change.  A
 * change that is refused is taken back by a second trip.
 */

#ifndef _NGX_HTTP_SHOP_CART_H_INCLUDED_
#define _NGX_HTTP_SHOP_CART_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_cart.h"


#define NGX_HTTP_SHOP_CART_QUANTITY_MAX  1000000
#define NGX_HTTP_SHOP_CART_ID_LEN        18     /* digits of a bigint */
#define NGX_HTTP_SHOP_CART_GIFT_LEN      256    /* bytes of 64 characters */


/* Registers the statement of all answers. */
ngx_int_t ngx_http_shop_cart_statement(ngx_conf_t *cf);

/* Prices the cart after a trip and answers; text of NULL is null in SQL.
   change: what is judged, see cart.answers(). */
ngx_int_t ngx_http_shop_cart_answer(ngx_shop_cart_t *cart,
    const char *variant, const char *product, const char *change);

/* The cart that a request is about: the caller's, or the till's of the path.
   NULL when memory is short. */
ngx_shop_cart_t *ngx_http_shop_cart_open(ngx_shop_request_t *sr);

/* Puts a variant or product into the cart, as the body says how many of. */
ngx_int_t ngx_http_shop_cart_put(ngx_shop_request_t *sr,
    const char *variant, const char *product);

/* Sets what the body has of the cart's settings; create: a cart that is not
   there yet is made. */
ngx_int_t ngx_http_shop_cart_set(ngx_shop_request_t *sr, ngx_uint_t create);

/* The table of tills. */
extern ngx_shop_endpoint_t  ngx_http_shop_cart_till_endpoints[];
ngx_int_t ngx_http_shop_cart_till_statement(ngx_conf_t *cf);

/* handlers */
ngx_int_t ngx_http_shop_cart_show(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_settings(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_clear(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_add(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_quantity(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_remove(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_coupon(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_coupon_remove(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_gift(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_cart_gift_remove(ngx_shop_request_t *sr);


#endif /* _NGX_HTTP_SHOP_CART_H_INCLUDED_ */
