/*
 * The configuration of the limits, shared by the check and its module.
 */

#ifndef _NGX_SHOP_LIMIT_CONF_H_INCLUDED_
#define _NGX_SHOP_LIMIT_CONF_H_INCLUDED_


#include "ngx_shop_bucket.h"
#include "ngx_shop_limit.h"
#include "ngx_shop_redis.h"


typedef struct {
    ngx_flag_t                enabled;
    size_t                    zone_size;
    ngx_shm_zone_t           *zone;
    ngx_shop_rate_t           requests;
    ngx_shop_rate_t           signins;   /* of an address */
    ngx_shop_rate_t           all;       /* sign-ins of everybody */
    ngx_str_t                 policy[2]; /* header values */
    ngx_str_t                 args[3][2];/* interval, burst for the script */
    ngx_shop_redis_script_t  *script;
} ngx_shop_limit_conf_t;


/* The worker starts: the configuration that it checks by. */
void ngx_shop_limit_start(const ngx_shop_limit_conf_t *conf);


#endif /* _NGX_SHOP_LIMIT_CONF_H_INCLUDED_ */
