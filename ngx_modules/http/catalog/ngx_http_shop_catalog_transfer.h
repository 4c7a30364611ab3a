/*
 * Files of products, in and out.
 */

#ifndef _NGX_HTTP_SHOP_CATALOG_TRANSFER_H_INCLUDED_
#define _NGX_HTTP_SHOP_CATALOG_TRANSFER_H_INCLUDED_


#include "../../core/ngx_shop_endpoint.h"


/* /imports and /exports */
extern ngx_shop_endpoint_t  ngx_http_shop_catalog_transfer_endpoints[];

/* Sends the row's statement a piece after the other as CSV.  It gives "body"
   and "next", null with the last piece; its last two parameters are where a
   piece begins, which "next" takes the place of, and how large it is.  Only
   one piece is in memory. */
ngx_int_t ngx_http_shop_catalog_stream(ngx_shop_request_t *sr);

/* POST /imports/products, and its statement, while the configuration is read */
ngx_int_t ngx_http_shop_catalog_upload_init(ngx_conf_t *cf);
ngx_int_t ngx_http_shop_catalog_upload(ngx_shop_request_t *sr);


#endif /* _NGX_HTTP_SHOP_CATALOG_TRANSFER_H_INCLUDED_ */
