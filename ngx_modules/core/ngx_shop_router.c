/*
 * Paths of a location, a segment a level; the names of a level are hashed.
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
    uint32_t                 hash;       /* of the segment */
    ngx_shop_node_path_t    *sibling;    /* of the same bucket */
    ngx_shop_node_path_t   **fixed;      /* buckets of children by name */
    ngx_uint_t               nbuckets;   /* a power of two, or 0 */
    ngx_uint_t               nfixed;
    ngx_shop_node_path_t    *any;        /* the child that is a parameter */
    ngx_shop_node_route_t   *routes;
    ngx_uint_t               methods;
};

struct ngx_shop_router_s {
    ngx_pool_t              *pool;
    ngx_shop_node_path_t     root;
};

typedef struct {
    ngx_str_t                text;
    uint32_t                 hash;
} ngx_shop_segment_t;


static ngx_int_t ngx_shop_router_split(ngx_str_t *path,
    ngx_shop_segment_t *segments, ngx_uint_t *n);
static ngx_shop_node_path_t *ngx_shop_router_fixed(
    const ngx_shop_node_path_t *node, const ngx_shop_segment_t *segment);
static ngx_shop_node_path_t *ngx_shop_router_child(ngx_shop_router_t *router,
    ngx_shop_node_path_t *node, ngx_shop_segment_t *segment);
static ngx_int_t ngx_shop_router_grow(ngx_shop_router_t *router,
    ngx_shop_node_path_t *node);
static ngx_int_t ngx_shop_router_walk(const ngx_shop_node_path_t *node,
    ngx_uint_t method, ngx_shop_segment_t *segments, ngx_uint_t n,
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
    ngx_uint_t              i, n, nparams;
    ngx_shop_segment_t      segments[NGX_SHOP_DEPTH_MAX];
    ngx_shop_node_path_t   *node;
    ngx_shop_node_route_t  *leaf;

    if (ngx_shop_router_split(path, segments, &n) != NGX_OK) {
        return NGX_ABORT;
    }

    nparams = 0;
    node = &router->root;

    for (i = 0; i < n; i++) {

        nparams += (segments[i].text.data[0] == '{');

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
ngx_shop_router_split(ngx_str_t *path, ngx_shop_segment_t *segments,
    ngx_uint_t *n)
{
    u_char              *p, *last;
    ngx_shop_segment_t  *segment;

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

        segment = &segments[*n];
        segment->text.data = ++p;
        segment->hash = 0;

        while (p < last && *p != '/') {
            segment->hash = ngx_hash(segment->hash, *p);
            p++;
        }

        segment->text.len = p - segment->text.data;

        if (segment->text.len == 0) {
            return NGX_DECLINED;
        }

        (*n)++;
    }

    return NGX_OK;
}


static ngx_shop_node_path_t *
ngx_shop_router_fixed(const ngx_shop_node_path_t *node,
    const ngx_shop_segment_t *segment)
{
    ngx_shop_node_path_t  *child;

    if (node->nbuckets == 0) {
        return NULL;
    }

    for (child = node->fixed[segment->hash & (node->nbuckets - 1)]; child;
         child = child->sibling)
    {
        if (child->hash == segment->hash
            && child->segment.len == segment->text.len
            && ngx_memcmp(child->segment.data, segment->text.data,
                          segment->text.len)
               == 0)
        {
            return child;
        }
    }

    return NULL;
}


static ngx_shop_node_path_t *
ngx_shop_router_child(ngx_shop_router_t *router, ngx_shop_node_path_t *node,
    ngx_shop_segment_t *segment)
{
    ngx_uint_t             any;
    ngx_shop_node_path_t  *child, **bucket;

    any = (segment->text.data[0] == '{');

    child = any ? node->any : ngx_shop_router_fixed(node, segment);

    if (child) {
        return child;
    }

    child = ngx_pcalloc(router->pool, sizeof(ngx_shop_node_path_t));
    if (child == NULL) {
        return NULL;
    }

    if (any) {
        node->any = child;
        return child;
    }

    if (node->nfixed == node->nbuckets
        && ngx_shop_router_grow(router, node) != NGX_OK)
    {
        return NULL;
    }

    bucket = &node->fixed[segment->hash & (node->nbuckets - 1)];

    child->segment = segment->text;
    child->hash = segment->hash;
    child->sibling = *bucket;

    *bucket = child;
    node->nfixed++;

    return child;
}


/* twice as many buckets; those before stay in the configuration's pool */

static ngx_int_t
ngx_shop_router_grow(ngx_shop_router_t *router, ngx_shop_node_path_t *node)
{
    ngx_uint_t             i, n;
    ngx_shop_node_path_t  *child, *next, **buckets;

    n = node->nbuckets ? 2 * node->nbuckets : 2;

    buckets = ngx_pcalloc(router->pool, n * sizeof(ngx_shop_node_path_t *));
    if (buckets == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < node->nbuckets; i++) {

        for (child = node->fixed[i]; child; child = next) {
            next = child->sibling;
            child->sibling = buckets[child->hash & (n - 1)];
            buckets[child->hash & (n - 1)] = child;
        }
    }

    node->fixed = buckets;
    node->nbuckets = n;

    return NGX_OK;
}


ngx_int_t
ngx_shop_router_match(const ngx_shop_router_t *router, ngx_uint_t method,
    ngx_str_t *path, ngx_shop_match_t *match)
{
    ngx_uint_t          n;
    ngx_shop_segment_t  segments[NGX_SHOP_DEPTH_MAX];

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
    ngx_shop_segment_t *segments, ngx_uint_t n, ngx_shop_match_t *match)
{
    ngx_uint_t                   nparams;
    const ngx_shop_node_path_t  *child;

    if (n == 0) {
        return ngx_shop_router_leaf(node, method, match);
    }

    nparams = match->nparams;
    child = ngx_shop_router_fixed(node, segments);

    if (child) {

        if (ngx_shop_router_walk(child, method, segments + 1, n - 1, match)
            == NGX_OK)
        {
            return NGX_OK;
        }

        match->nparams = nparams;
    }

    if (node->any == NULL || nparams == NGX_SHOP_PATH_MAX) {
        return NGX_DECLINED;
    }

    match->params[match->nparams++] = segments->text;

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
