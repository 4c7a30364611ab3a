/*
 * The tables of the search's domain.
 */

#ifndef _NGX_HTTP_SHOP_SEARCH_H_INCLUDED_
#define _NGX_HTTP_SHOP_SEARCH_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


extern ngx_shop_endpoint_t  ngx_http_shop_search_admin_endpoints[];


#endif /* _NGX_HTTP_SHOP_SEARCH_H_INCLUDED_ */
