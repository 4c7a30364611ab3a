/*
 * Static pointers of modules that are set while the configuration is read.
 *
 * They live in the master, and a configuration that is refused half-way has
 * set some of them by then, to what its pool takes away.  A worker started
 * after that would inherit them; so each worker sets them anew, to what its
 * own configuration holds.
 */

#include "ngx_shop_engine.h"


ngx_int_t
ngx_shop_keep(ngx_conf_t *cf, void *slot, void *value)
{
    ngx_shop_kept_t       *kept;
    ngx_shop_main_conf_t  *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_core_module);

    kept = ngx_array_push(&mcf->kept);
    if (kept == NULL || value == NULL) {
        return NGX_ERROR;
    }

    kept->slot = slot;
    kept->value = value;
    ngx_memcpy(slot, &value, sizeof(void *));

    return NGX_OK;
}


void
ngx_shop_keep_restore(const ngx_shop_main_conf_t *mcf)
{
    ngx_uint_t        i;
    ngx_shop_kept_t  *kept;

    kept = mcf->kept.elts;

    for (i = 0; i < mcf->kept.nelts; i++) {
        ngx_memcpy(kept[i].slot, &kept[i].value, sizeof(void *));
    }
}
