/*
 * Stores and roles: published as one JSON text in the zone, and taken over by
 * each worker when its version has moved.
 *
 * What a worker made of a version stays until it exits, since requests point
 * into it; a version is made only when the text has changed, which is when
 * somebody edited a store or a role.
 */

#include "ngx_shop_node_zone.h"
#include <jansson.h>
#include "ngx_shop_zone.h"


#define NGX_SHOP_NODE_RETRY  100             /* ms, after a text is no good */


static ngx_shop_node_state_t *ngx_shop_node_state_parse(u_char *text,
    size_t len);
static u_char *ngx_shop_node_state_copy(ngx_shop_node_zone_t *zone,
    ngx_atomic_uint_t version, size_t *len);
static ngx_int_t ngx_shop_node_stores(ngx_shop_node_state_t *state,
    json_t *stores);
static ngx_uint_t ngx_shop_node_number(json_t *value, const char *name,
    ngx_uint_t absent);
static ngx_int_t ngx_shop_node_roles(ngx_shop_node_state_t *state,
    json_t *roles);
static ngx_int_t ngx_shop_node_text(ngx_pool_t *pool, json_t *value,
    ngx_str_t *out);
static ngx_int_t ngx_shop_node_texts(ngx_pool_t *pool, json_t *values,
    ngx_array_t *out);


static ngx_shop_node_state_t  *ngx_shop_node_present;
static ngx_atomic_uint_t       ngx_shop_node_version;
static ngx_msec_t              ngx_shop_node_failed;


ngx_uint_t
ngx_shop_node_ready(void)
{
    return ngx_shop_node_state() != NULL;
}


void
ngx_shop_node_state_publish(ngx_shop_node_zone_t *zone, u_char *text,
    size_t len)
{
    ngx_uint_t  now, next;

    if (len > NGX_SHOP_NODE_STATE) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "node: the state has %uz bytes, %d are the limit", len,
                      NGX_SHOP_NODE_STATE);
        return;
    }

    ngx_shop_zone_lock();

    now = zone->version % 2;
    next = (zone->version + 1) % 2;

    if (zone->version == 0 || zone->len[now] != len
        || ngx_memcmp(zone->state[now], text, len) != 0)
    {
        ngx_memcpy(zone->state[next], text, len);
        zone->len[next] = len;
        ngx_memory_barrier();
        zone->version++;
    }

    ngx_shop_zone_unlock();
}


ngx_shop_node_state_t *
ngx_shop_node_state(void)
{
    size_t                  len;
    u_char                 *text;
    ngx_atomic_uint_t       version;
    ngx_shop_node_zone_t   *zone;
    ngx_shop_node_state_t  *state;

    zone = ngx_shop_node_zone();

    if (zone == NULL || zone->version == ngx_shop_node_version) {
        return ngx_shop_node_present;
    }

    if (ngx_shop_node_failed
        && ngx_current_msec - ngx_shop_node_failed < NGX_SHOP_NODE_RETRY)
    {
        return ngx_shop_node_present;
    }

    version = zone->version;
    ngx_memory_barrier();

    state = NULL;
    text = ngx_shop_node_state_copy(zone, version, &len);

    if (text) {
        state = ngx_shop_node_state_parse(text, len);
        ngx_free(text);
    }

    if (state == NULL) {
        ngx_shop_node_failed = ngx_current_msec;
        return ngx_shop_node_present;
    }

    ngx_shop_node_failed = 0;
    ngx_shop_node_version = version;
    ngx_shop_node_present = state;

    return state;
}


/* The text of a version is written over two versions later at the earliest. */

static u_char *
ngx_shop_node_state_copy(ngx_shop_node_zone_t *zone,
    ngx_atomic_uint_t version, size_t *len)
{
    u_char  *text;

    *len = zone->len[version % 2];

    if (*len > NGX_SHOP_NODE_STATE) {
        return NULL;
    }

    text = ngx_alloc(*len + 1, ngx_cycle->log);
    if (text == NULL) {
        return NULL;
    }

    ngx_memcpy(text, zone->state[version % 2], *len);
    ngx_memory_barrier();

    if (zone->version != version) {
        ngx_free(text);
        return NULL;
    }

    return text;
}


static ngx_shop_node_state_t *
ngx_shop_node_state_parse(u_char *text, size_t len)
{
    json_t                 *root;
    ngx_int_t               rc;
    ngx_pool_t             *pool;
    ngx_shop_node_state_t  *state;

    root = json_loadb((char *) text, len, 0, NULL);

    pool = ngx_create_pool(4096, ngx_cycle->log);
    if (pool == NULL) {
        json_decref(root);
        return NULL;
    }

    rc = NGX_ERROR;
    state = ngx_pcalloc(pool, sizeof(ngx_shop_node_state_t));

    if (root && state) {
        state->pool = pool;

        if (ngx_shop_node_stores(state, json_object_get(root, "stores"))
            == NGX_OK
            && ngx_shop_node_texts(pool, json_object_get(root, "mfa_roles"),
                                   &state->mfa_roles) == NGX_OK)
        {
            rc = ngx_shop_node_roles(state, json_object_get(root, "roles"));
        }
    }

    json_decref(root);

    if (rc != NGX_OK) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "node: store.node_state() is not as expected");
        ngx_destroy_pool(pool);
        return NULL;
    }

    return state;
}


static ngx_int_t
ngx_shop_node_stores(ngx_shop_node_state_t *state, json_t *stores)
{
    size_t                 i, k;
    json_t                *value;
    ngx_str_t             *host;
    ngx_shop_store_t      *store, **listed;
    ngx_shop_node_host_t  *entry;

    if (!json_is_array(stores)
        || ngx_array_init(&state->hosts, state->pool, 16,
                          sizeof(ngx_shop_node_host_t)) != NGX_OK
        || ngx_array_init(&state->stores, state->pool, 4,
                          sizeof(ngx_shop_store_t *)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    json_array_foreach(stores, i, value) {
        store = ngx_pcalloc(state->pool, sizeof(ngx_shop_store_t));
        listed = ngx_array_push(&state->stores);

        if (store == NULL || listed == NULL
            || ngx_shop_node_text(state->pool, json_object_get(value, "id"),
                                  &store->id) != NGX_OK
            || ngx_shop_node_text(state->pool, json_object_get(value, "code"),
                                  &store->code) != NGX_OK
            || ngx_shop_node_text(state->pool, json_object_get(value, "name"),
                                  &store->name) != NGX_OK
            || ngx_shop_node_text(state->pool,
                                  json_object_get(value, "currency"),
                                  &store->currency) != NGX_OK
            || ngx_shop_node_texts(state->pool, json_object_get(value, "hosts"),
                                   &store->hosts) != NGX_OK
            || ngx_shop_node_texts(state->pool,
                                   json_object_get(value, "origins"),
                                   &store->origins) != NGX_OK
            || ngx_shop_node_texts(state->pool,
                                   json_object_get(value, "locales"),
                                   &store->locales) != NGX_OK)
        {
            return NGX_ERROR;
        }

        *listed = store;
        store->cart_lines = ngx_shop_node_number(value, "cart_lines", 1000);
        store->cart_days = ngx_shop_node_number(value, "cart_days", 30);
        store->guest_days = ngx_shop_node_number(value, "guest_cart_days",
                                                 30);
        store->is_default = json_is_true(json_object_get(value, "default"));

        if (store->is_default) {
            state->fallback = store;
        }

        host = store->hosts.elts;

        for (k = 0; k < store->hosts.nelts; k++) {
            entry = ngx_array_push(&state->hosts);
            if (entry == NULL) {
                return NGX_ERROR;
            }

            ngx_strlow(host[k].data, host[k].data, host[k].len);
            entry->host = host[k];
            entry->store = store;
        }
    }

    ngx_qsort(state->hosts.elts, state->hosts.nelts,
              sizeof(ngx_shop_node_host_t), ngx_shop_node_host_order);

    return NGX_OK;
}


static ngx_uint_t
ngx_shop_node_number(json_t *value, const char *name, ngx_uint_t absent)
{
    json_int_t  n;

    n = json_integer_value(json_object_get(value, name));

    return n > 0 ? (ngx_uint_t) n : absent;
}


static ngx_int_t
ngx_shop_node_roles(ngx_shop_node_state_t *state, json_t *roles)
{
    json_t                *permissions;
    const char            *name;
    ngx_shop_node_role_t  *role;

    if (!json_is_object(roles)
        || ngx_array_init(&state->roles, state->pool, 8,
                          sizeof(ngx_shop_node_role_t)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    json_object_foreach(roles, name, permissions) {
        role = ngx_array_push(&state->roles);
        if (role == NULL) {
            return NGX_ERROR;
        }

        role->name.len = ngx_strlen(name);
        role->name.data = ngx_pnalloc(state->pool, role->name.len + 1);
        if (role->name.data == NULL) {
            return NGX_ERROR;
        }

        ngx_memcpy(role->name.data, name, role->name.len + 1);

        if (ngx_shop_node_texts(state->pool, permissions, &role->permissions)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* A string; null is "". */

static ngx_int_t
ngx_shop_node_text(ngx_pool_t *pool, json_t *value, ngx_str_t *out)
{
    if (!json_is_string(value) && !json_is_null(value)) {
        return NGX_ERROR;
    }

    out->len = json_is_string(value) ? json_string_length(value) : 0;
    out->data = ngx_pnalloc(pool, out->len + 1);
    if (out->data == NULL) {
        return NGX_ERROR;
    }

    if (out->len) {
        ngx_memcpy(out->data, json_string_value(value), out->len);
    }

    out->data[out->len] = '\0';

    return NGX_OK;
}


static ngx_int_t
ngx_shop_node_texts(ngx_pool_t *pool, json_t *values, ngx_array_t *out)
{
    size_t      i;
    json_t     *value;
    ngx_str_t  *text;

    if (!json_is_array(values)
        || ngx_array_init(out, pool, ngx_max(json_array_size(values), 1),
                          sizeof(ngx_str_t)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    json_array_foreach(values, i, value) {
        text = ngx_array_push(out);

        if (text == NULL || ngx_shop_node_text(pool, value, text) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}
