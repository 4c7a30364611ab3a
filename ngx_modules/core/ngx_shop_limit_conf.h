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
    ngx_shop_rate_t           keys;      /* of an API key */
    ngx_str_t                 key_policy;
    ngx_str_t                 key_args[2];
} ngx_shop_limit_conf_t;


/* The worker starts: the configuration that it checks by. */
void ngx_shop_limit_start(const ngx_shop_limit_conf_t *conf);
const ngx_shop_limit_conf_t *ngx_shop_limit_settings(void);

/* key.c: what follows from the rate of keys */
ngx_int_t ngx_shop_limit_key_init(ngx_conf_t *cf, ngx_shop_limit_conf_t *conf);

/* 429 with Retry-After */
ngx_int_t ngx_shop_limit_later(ngx_shop_request_t *sr, ngx_msec_t wait,
    const char *detail);


#endif /* _NGX_SHOP_LIMIT_CONF_H_INCLUDED_ */
