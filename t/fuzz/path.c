/*
 * Paths through a router.
 *
 * with: ngx_shop_router
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_router.h"


static ngx_shop_router_t *ngx_shop_fuzz_router(void);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ngx_str_t         path;
    ngx_uint_t        i;
    ngx_shop_match_t  match;

    static ngx_shop_router_t  *router;

    if (router == NULL) {
        router = ngx_shop_fuzz_router();
    }

    path.data = (u_char *) data;
    path.len = size;

    if (ngx_shop_router_match(router, 2, &path, &match) != NGX_OK) {
        return 0;
    }

    for (i = 0; i < match.nparams; i++) {

        if (match.params[i].len == 0 || match.params[i].data < data
            || match.params[i].data + match.params[i].len > data + size)
        {
            abort();
        }
    }

    return 0;
}


static ngx_shop_router_t *
ngx_shop_fuzz_router(void)
{
    ngx_uint_t          i;
    ngx_shop_router_t  *router;

    static ngx_str_t  paths[] = {
        ngx_string("/"), ngx_string("/a"), ngx_string("/a/b"),
        ngx_string("/a/{x}"), ngx_string("/a/{x}/c"),
        ngx_string("/{w}/{x}/{y}/{z}"), ngx_string("/a/b/{y}/d"),
        ngx_string("/{w}/b/{y}/d/e"),
    };

    router = ngx_shop_router_create(NULL);

    for (i = 0; i < sizeof(paths) / sizeof(ngx_str_t); i++) {
        (void) ngx_shop_router_add(router, 2, &paths[i], &paths[i]);
    }

    return router;
}
