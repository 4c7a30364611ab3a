#ifndef _NGX_HTTP_SHOP_OPS_H_INCLUDED_
#define _NGX_HTTP_SHOP_OPS_H_INCLUDED_


#include "ngx_shop_endpoint.h"


/* /jobs, below the base path */
extern ngx_shop_endpoint_t  ngx_http_shop_ops_job_endpoints[];


#endif /* _NGX_HTTP_SHOP_OPS_H_INCLUDED_ */
