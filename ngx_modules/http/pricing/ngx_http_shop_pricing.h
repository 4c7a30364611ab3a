/*
 * Customer groups, price lists, promotions with coupons, gift cards: what staff
 * does with them.  What they make of a cart is pricing.deal() and its like.
 */

#ifndef _NGX_HTTP_SHOP_PRICING_H_INCLUDED_
#define _NGX_HTTP_SHOP_PRICING_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_PRICING_AMOUNT_MAX    99999999999
#define NGX_HTTP_SHOP_PRICING_PRIORITY_MAX  1000000
#define NGX_HTTP_SHOP_PRICING_USES_MAX      1000000000
#define NGX_HTTP_SHOP_PRICING_IDS_MAX       1000
#define NGX_HTTP_SHOP_PRICING_JSON_MAX      20000


/* one table a file */
extern ngx_shop_endpoint_t  ngx_http_shop_pricing_groups[];
extern ngx_shop_endpoint_t  ngx_http_shop_pricing_lists[];
extern ngx_shop_endpoint_t  ngx_http_shop_pricing_promotions[];
extern ngx_shop_endpoint_t  ngx_http_shop_pricing_gifts[];

/* fields that several of them have */
extern ngx_shop_field_t  ngx_http_shop_pricing_id;


#endif /* _NGX_HTTP_SHOP_PRICING_H_INCLUDED_ */
