/*
 * Tables of the domain, a file each; its directive serves them together.
 */

#ifndef _NGX_HTTP_SHOP_INVENTORY_H_INCLUDED_
#define _NGX_HTTP_SHOP_INVENTORY_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_INVENTORY_MAX    999999999
#define NGX_HTTP_SHOP_INVENTORY_LINES  1000       /* of one request */


extern ngx_shop_endpoint_t  ngx_http_shop_inventory_warehouses[];
extern ngx_shop_endpoint_t  ngx_http_shop_inventory_transfers[];
extern ngx_shop_endpoint_t  ngx_http_shop_inventory_counts[];


#endif /* _NGX_HTTP_SHOP_INVENTORY_H_INCLUDED_ */
