/*
 * Looking up in the state of a node: stores, and what roles may do.
 */

#include "ngx_shop_node_zone.h"
#include "ngx_shop_text.h"


static ngx_uint_t ngx_shop_node_role_permits(ngx_shop_node_role_t *role,
    ngx_str_t *permission);


const ngx_shop_store_t *
ngx_shop_node_store(ngx_str_t *host)
{
    ngx_shop_node_host_t    key, *found;
    ngx_shop_node_state_t  *state;

    state = ngx_shop_node_state();

    if (state == NULL) {
        return NULL;
    }

    key.host = *host;
    key.store = NULL;

    found = bsearch(&key, state->hosts.elts, state->hosts.nelts,
                    sizeof(ngx_shop_node_host_t), ngx_shop_node_host_order);

    return found ? found->store : state->fallback;
}


const ngx_shop_store_t *
ngx_shop_node_store_by_id(ngx_str_t *id)
{
    ngx_uint_t              i;
    ngx_shop_store_t      **store;
    ngx_shop_node_state_t  *state;

    state = ngx_shop_node_state();

    if (state == NULL) {
        return NULL;
    }

    store = state->stores.elts;

    for (i = 0; i < state->stores.nelts; i++) {
        if (store[i]->id.len == id->len
            && ngx_memcmp(store[i]->id.data, id->data, id->len) == 0)
        {
            return store[i];
        }
    }

    return NULL;
}


ngx_uint_t
ngx_shop_node_origin(ngx_str_t *origin)
{
    ngx_str_t              *allowed;
    ngx_uint_t              i, k;
    ngx_shop_store_t      **store;
    ngx_shop_node_state_t  *state;

    state = ngx_shop_node_state();

    if (state == NULL) {
        return 0;
    }

    store = state->stores.elts;

    for (i = 0; i < state->stores.nelts; i++) {

        allowed = store[i]->origins.elts;

        for (k = 0; k < store[i]->origins.nelts; k++) {
            if (allowed[k].len == origin->len
                && ngx_strncasecmp(allowed[k].data, origin->data, origin->len)
                   == 0)
            {
                return 1;
            }
        }
    }

    return 0;
}


ngx_uint_t
ngx_shop_node_permits(ngx_str_t *roles, ngx_str_t *permission)
{
    size_t                  len;
    u_char                 *p, *last, *space;
    ngx_uint_t              i;
    ngx_shop_node_role_t   *role;
    ngx_shop_node_state_t  *state;

    state = ngx_shop_node_state();

    if (state == NULL) {
        return 0;
    }

    role = state->roles.elts;
    p = roles->data;
    last = p + roles->len;

    while (p < last) {
        space = ngx_strlchr(p, last, ' ');
        len = (space ? space : last) - p;

        for (i = 0; i < state->roles.nelts; i++) {
            if (role[i].name.len == len
                && ngx_memcmp(role[i].name.data, p, len) == 0
                && ngx_shop_node_role_permits(&role[i], permission))
            {
                return 1;
            }
        }

        p += len + 1;
    }

    return 0;
}


ngx_uint_t
ngx_shop_node_asks_mfa(ngx_str_t *roles)
{
    ngx_str_t              *role;
    ngx_uint_t              i;
    ngx_shop_node_state_t  *state;

    state = ngx_shop_node_state();

    if (state == NULL) {
        return 0;
    }

    role = state->mfa_roles.elts;

    for (i = 0; i < state->mfa_roles.nelts; i++) {
        if (ngx_shop_text_is_word(&role[i], (char *) roles->data)) {
            return 1;
        }
    }

    return 0;
}


int ngx_libc_cdecl
ngx_shop_node_host_order(const void *one, const void *two)
{
    const ngx_shop_node_host_t  *a = one, *b = two;

    return ngx_memn2cmp(a->host.data, b->host.data, a->host.len, b->host.len);
}


/* "*", "catalog:*" or the permission itself. */

static ngx_uint_t
ngx_shop_node_role_permits(ngx_shop_node_role_t *role, ngx_str_t *permission)
{
    size_t       len;
    ngx_str_t   *held;
    ngx_uint_t   i;

    held = role->permissions.elts;

    for (i = 0; i < role->permissions.nelts; i++) {
        len = held[i].len;

        if (len && held[i].data[len - 1] == '*') {
            len--;

            if (permission->len >= len
                && ngx_memcmp(held[i].data, permission->data, len) == 0)
            {
                return 1;
            }

        } else if (permission->len == len
                   && ngx_memcmp(held[i].data, permission->data, len) == 0)
        {
            return 1;
        }
    }

    return 0;
}
