/*
 * Pools of threads.
 */

#include "ngx_shop_threads.h"


/* of nginx's core; its header names only the functions */
extern ngx_module_t  ngx_thread_pool_module;


/* made as if nginx had read the directive */

ngx_thread_pool_t *
ngx_shop_threads(ngx_conf_t *cf, ngx_str_t *name, ngx_uint_t n)
{
    char        *rc;
    u_char       text[sizeof("threads=") + NGX_INT_T_LEN];
    ngx_str_t    words[3];
    ngx_array_t  args, *saved;

    if (ngx_thread_pool_get(cf->cycle, name)) {
        return ngx_thread_pool_add(cf, name);
    }

    ngx_str_set(&words[0], "thread_pool");
    words[1] = *name;
    words[2].data = text;
    words[2].len = ngx_sprintf(text, "threads=%ui", n) - text;

    args.elts = words;
    args.nelts = 3;

    saved = cf->args;
    cf->args = &args;
    rc = ngx_thread_pool_module.commands->set(cf,
                                              ngx_thread_pool_module.commands,
                                              NULL);
    cf->args = saved;

    return rc == NGX_CONF_OK ? ngx_thread_pool_get(cf->cycle, name) : NULL;
}
