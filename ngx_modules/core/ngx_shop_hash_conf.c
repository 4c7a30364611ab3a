/*
 * How passwords are hashed: the directive and the threads.
 */

#include "ngx_shop_hash.h"
#include "ngx_shop_threads.h"


#define NGX_SHOP_HASH_MEMORY  19456
#define NGX_SHOP_HASH_PASSES  2
#define NGX_SHOP_HASH_SHARE   50
#define NGX_SHOP_HASH_QUEUE   8      /* half a second */


static ngx_int_t ngx_shop_hash_number(ngx_conf_t *cf, ngx_str_t *arg,
    const char *name, ngx_uint_t min, ngx_uint_t max, ngx_uint_t *number);
static ngx_thread_pool_t *ngx_shop_hash_threads(ngx_conf_t *cf);


char *
ngx_shop_hash_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char  *p = conf;

    ngx_int_t              rc;
    ngx_str_t             *value;
    ngx_uint_t             i;
    ngx_shop_hash_conf_t  *hcf;

    hcf = (ngx_shop_hash_conf_t *) (p + cmd->offset);

    if (hcf->memory != NGX_CONF_UNSET_UINT
        || hcf->passes != NGX_CONF_UNSET_UINT
        || hcf->share != NGX_CONF_UNSET_UINT)
    {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "argon2id") != 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_hash\" knows \"argon2id\" only, not \"%V\"",
                           &value[1]);
        return NGX_CONF_ERROR;
    }

    for (i = 2; i < cf->args->nelts; i++) {

        rc = ngx_shop_hash_number(cf, &value[i], "memory=", 8192,
                                  1024 * 1024, &hcf->memory);

        if (rc == NGX_DECLINED) {
            rc = ngx_shop_hash_number(cf, &value[i], "passes=", 1, 16,
                                      &hcf->passes);
        }

        if (rc == NGX_DECLINED) {
            rc = ngx_shop_hash_number(cf, &value[i], "share=", 10, 100,
                                      &hcf->share);
        }

        if (rc == NGX_DECLINED) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "unknown parameter \"%V\" of \"shop_hash\"",
                               &value[i]);
        }

        if (rc != NGX_OK) {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


char *
ngx_shop_hash_init(ngx_conf_t *cf, ngx_shop_hash_conf_t *conf)
{
    ngx_conf_init_uint_value(conf->memory, NGX_SHOP_HASH_MEMORY);
    ngx_conf_init_uint_value(conf->passes, NGX_SHOP_HASH_PASSES);
    ngx_conf_init_uint_value(conf->share, NGX_SHOP_HASH_SHARE);
    ngx_conf_init_uint_value(conf->queue, NGX_SHOP_HASH_QUEUE);

    if (conf->queue == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_hash_queue\" must be at least 1");
        return NGX_CONF_ERROR;
    }

    conf->threads = ngx_shop_hash_threads(cf);

    return conf->threads && ngx_shop_hash_turn_add(cf) == NGX_OK
           ? NGX_CONF_OK : NGX_CONF_ERROR;
}


/* NGX_DECLINED: another parameter. */

static ngx_int_t
ngx_shop_hash_number(ngx_conf_t *cf, ngx_str_t *arg, const char *name,
    ngx_uint_t min, ngx_uint_t max, ngx_uint_t *number)
{
    size_t     len;
    ngx_int_t  n;

    len = ngx_strlen(name);

    if (ngx_strncmp(arg->data, name, len) != 0) {
        return NGX_DECLINED;
    }

    n = ngx_atoi(arg->data + len, arg->len - len);

    if (n == NGX_ERROR || (ngx_uint_t) n < min || (ngx_uint_t) n > max) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" of \"shop_hash\" must be between %ui "
                           "and %ui", arg, min, max);
        return NGX_ERROR;
    }

    *number = n;

    return NGX_OK;
}


/* one thread for each core but one, unless the operator says otherwise */

static ngx_thread_pool_t *
ngx_shop_hash_threads(ngx_conf_t *cf)
{
    static ngx_str_t  name = ngx_string("shop_hash");

    return ngx_shop_threads(cf, &name, ngx_max(ngx_ncpu - 1, 1));
}
