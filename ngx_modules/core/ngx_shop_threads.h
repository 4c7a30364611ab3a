/*
 * Pools of threads, for what a worker must not wait for itself.
 */

#ifndef _NGX_SHOP_THREADS_H_INCLUDED_
#define _NGX_SHOP_THREADS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_thread_pool.h>


/* While the configuration is read: the operator's "thread_pool" of that name,
   or one with n threads.  NULL: it could not be made. */
ngx_thread_pool_t *ngx_shop_threads(ngx_conf_t *cf, ngx_str_t *name,
    ngx_uint_t n);


#endif /* _NGX_SHOP_THREADS_H_INCLUDED_ */
