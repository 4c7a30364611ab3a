/*
 * Clicks: what shoppers looked at, told to Kafka as it happens.  They may be
 * lost, and they name nobody.
 */

#ifndef _NGX_SHOP_CLICK_H_INCLUDED_
#define _NGX_SHOP_CLICK_H_INCLUDED_


#include "ngx_shop_endpoint.h"


/* Sends the click of the request's row.  Called in the log phase of a request
   whose row has one and that was answered well. */
void ngx_shop_click(ngx_shop_request_t *sr);


#endif /* _NGX_SHOP_CLICK_H_INCLUDED_ */
