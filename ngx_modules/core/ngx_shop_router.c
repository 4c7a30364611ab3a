/*
 * Paths of a location, a segment a level.
 */

#include "ngx_shop_router.h"


typedef struct ngx_shop_node_path_s   ngx_shop_node_path_t;
typedef struct ngx_shop_node_route_s  ngx_shop_node_route_t;

struct ngx_shop_node_route_s {
    ngx_uint_t               method;
    void                    *route;
    ngx_shop_node_route_t   *next;
};

struct ngx_shop_node_path_s {
    ngx_str_t                segment;    /* "" of a parameter */
    ngx_shop_node_path_t    *sibling;
    ngx_shop_node_path_t    *fixed;      /* the first child by name */
    ngx_shop_node_path_t    *any;        /* the child that is a parameter */
    ngx_shop_node_route_t   *routes;
    ngx_uint_t               methods;
};

struct ngx_shop_router_s {
    ngx_pool_t              *pool;
    ngx_shop_node_path_t     root;
};


static ngx_int_t ngx_shop_router_split(ngx_str_t *path, ngx_str_t *segments,
    ngx_uint_t *n);
static ngx_shop_node_path_t *ngx_shop_router_child(ngx_shop_router_t *router,
    ngx_shop_node_path_t *node, ngx_str_t *segment);
static ngx_int_t ngx_shop_router_walk(const ngx_shop_node_path_t *node,
    ngx_uint_t method, ngx_str_t *segments, ngx_uint_t n,
    ngx_shop_match_t *match);
static ngx_int_t ngx_shop_router_leaf(const ngx_shop_node_path_t *node,
    ngx_uint_t method, ngx_shop_match_t *match);


ngx_shop_router_t *
ngx_shop_router_create(ngx_pool_t *pool)
{
    ngx_shop_router_t  *router;

    router = ngx_pcalloc(pool, sizeof(ngx_shop_router_t));
    if (router) {
        router->pool = pool;
    }

    return router;
}


ngx_int_t
ngx_shop_router_add(ngx_shop_router_t *router, ngx_uint_t method,
    ngx_str_t *path, void *route)
{
    ngx_str_t               segments[NGX_SHOP_DEPTH_MAX];
    ngx_uint_t              i, n, nparams;
    ngx_shop_node_path_t   *node;
    ngx_shop_node_route_t  *leaf;

    if (ngx_shop_router_split(path, segments, &n) != NGX_OK) {
        return NGX_ABORT;
    }

    nparams = 0;
    node = &router->root;

    for (i = 0; i < n; i++) {

        nparams += (segments[i].data[0] == '{');

        if (nparams > NGX_SHOP_PATH_MAX) {
            return NGX_ABORT;
        }

        node = ngx_shop_router_child(router, node, &segments[i]);
        if (node == NULL) {
            return NGX_ERROR;
        }
    }

    if (node->methods & method) {
        return NGX_DECLINED;
    }

    leaf = ngx_palloc(router->pool, sizeof(ngx_shop_node_route_t));
    if (leaf == NULL) {
        return NGX_ERROR;
    }

    leaf->method = method;
    leaf->route = route;
    leaf->next = node->routes;

    node->routes = leaf;
    node->methods |= method;

    return NGX_OK;
}


/* "/a/b" is two segments, "/" none; an empty segment is no path */

static ngx_int_t
ngx_shop_router_split(ngx_str_t *path, ngx_str_t *segments, ngx_uint_t *n)
{
    u_char  *p, *last;

    p = path->data;
    last = p + path->len;
    *n = 0;

    if (p == last || *p != '/') {
        return NGX_DECLINED;
    }

    if (last - p == 1) {
        return NGX_OK;
    }

    while (p < last) {

        if (*n == NGX_SHOP_DEPTH_MAX) {
            return NGX_DECLINED;
        }

        segments[*n].data = ++p;

        while (p < last && *p != '/') {
            p++;
        }

        segments[*n].len = p - segments[*n].data;

        if (segments[*n].len == 0) {
            return NGX_DECLINED;
        }

        (*n)++;
    }

    return NGX_OK;
}


static ngx_shop_node_path_t *
ngx_shop_router_child(ngx_shop_router_t *router, ngx_shop_node_path_t *node,
    ngx_str_t *segment)
{
    ngx_uint_t             any;
    ngx_shop_node_path_t  *child;

    any = (segment->data[0] == '{');

    for (child = any ? node->any : node->fixed; child;
         child = child->sibling)
    {
        if (any || (child->segment.len == segment->len
                    && ngx_memcmp(child->segment.data, segment->data,
                                  segment->len) == 0))
        {
            return child;
        }
    }

    child = ngx_pcalloc(router->pool, sizeof(ngx_shop_node_path_t));
    if (child == NULL) {
        return NULL;
    }

    if (any) {
        node->any = child;
        return child;
    }

    child->segment = *segment;
    child->sibling = node->fixed;
    node->fixed = child;

    return child;
}


ngx_int_t
ngx_shop_router_match(const ngx_shop_router_t *router, ngx_uint_t method,
    ngx_str_t *path, ngx_shop_match_t *match)
{
    ngx_str_t   segments[NGX_SHOP_DEPTH_MAX];
    ngx_uint_t  n;

    match->route = NULL;
    match->nparams = 0;
    match->allowed = 0;

    if (ngx_shop_router_split(path, segments, &n) != NGX_OK) {
        return NGX_DECLINED;
    }

    if (ngx_shop_router_walk(&router->root, method, segments, n, match)
        == NGX_OK)
    {
        return NGX_OK;
    }

    return match->allowed ? NGX_ABORT : NGX_DECLINED;
}


/* goes back where a fixed segment leads nowhere: at most NGX_SHOP_PATH_MAX
   parameters make at most 2^NGX_SHOP_PATH_MAX ways */

static ngx_int_t
ngx_shop_router_walk(const ngx_shop_node_path_t *node, ngx_uint_t method,
    ngx_str_t *segments, ngx_uint_t n, ngx_shop_match_t *match)
{
    ngx_uint_t                   nparams;
    const ngx_shop_node_path_t  *child;

    if (n == 0) {
        return ngx_shop_router_leaf(node, method, match);
    }

    nparams = match->nparams;

    for (child = node->fixed; child; child = child->sibling) {

        if (child->segment.len != segments->len
            || ngx_memcmp(child->segment.data, segments->data, segments->len)
               != 0)
        {
            continue;
        }

        if (ngx_shop_router_walk(child, method, segments + 1, n - 1, match)
            == NGX_OK)
        {
            return NGX_OK;
        }

        match->nparams = nparams;
        break;
    }

    if (node->any == NULL || nparams == NGX_SHOP_PATH_MAX) {
        return NGX_DECLINED;
    }

    match->params[match->nparams++] = *segments;

    return ngx_shop_router_walk(node->any, method, segments + 1, n - 1, match);
}


static ngx_int_t
ngx_shop_router_leaf(const ngx_shop_node_path_t *node, ngx_uint_t method,
    ngx_shop_match_t *match)
{
    ngx_shop_node_route_t  *leaf;

    if (node->methods & method) {

        for (leaf = node->routes; leaf; leaf = leaf->next) {
            if (leaf->method == method) {
                match->route = leaf->route;
                match->allowed = node->methods;
                return NGX_OK;
            }
        }
    }

    match->allowed |= node->methods;

    return NGX_DECLINED;
}
