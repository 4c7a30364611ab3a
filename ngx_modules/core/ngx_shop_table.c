/*
 * Tables of endpoints become the routers of locations while the configuration
 * is read.  A wrong row is refused there, not at its first request.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"


static char *ngx_shop_table_all(ngx_conf_t *cf,
    ngx_shop_endpoint_t *const tables[]);
static char *ngx_shop_table_location(ngx_conf_t *cf,
    ngx_http_core_loc_conf_t **location);
static ngx_uint_t ngx_shop_table_rooted(ngx_shop_endpoint_t *table,
    ngx_str_t *prefix);
static char *ngx_shop_table_add(ngx_conf_t *cf, ngx_str_t *prefix,
    ngx_shop_endpoint_t *table, ngx_uint_t rooted);
static char *ngx_shop_table_row(ngx_conf_t *cf, ngx_shop_loc_conf_t *lcf,
    ngx_str_t *prefix, ngx_shop_endpoint_t *ep);
static ngx_int_t ngx_shop_table_name(ngx_conf_t *cf, ngx_str_t *prefix,
    ngx_shop_route_t *route);


/* one for all: nginx asks a module for its place by the module */

ngx_http_module_t  ngx_shop_domain_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */

    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_shop_field_t  ngx_shop_page_input[] = {
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};


char *
ngx_shop_domain(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    const ngx_shop_domain_t  *domain = cmd->post;

    (void) conf;

    if (domain->init && domain->init(cf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_shop_table_all(cf, domain->tables);
}


char *
ngx_shop_endpoints_add(ngx_conf_t *cf, ngx_shop_endpoint_t *table)
{
    ngx_shop_endpoint_t  *tables[2];

    tables[0] = table;
    tables[1] = NULL;

    return ngx_shop_table_all(cf, tables);
}


static char *
ngx_shop_table_all(ngx_conf_t *cf, ngx_shop_endpoint_t *const tables[])
{
    char                      *rv;
    ngx_uint_t                 i, rooted;
    ngx_http_core_loc_conf_t  *clcf;

    rv = ngx_shop_table_location(cf, &clcf);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    rooted = 0;

    for (i = 0; tables[i]; i++) {
        rooted |= ngx_shop_table_rooted(tables[i], &clcf->name);
    }

    for (i = 0; tables[i]; i++) {

        rv = ngx_shop_table_add(cf, &clcf->name, tables[i], rooted);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_table_add(ngx_conf_t *cf, ngx_str_t *prefix,
    ngx_shop_endpoint_t *table, ngx_uint_t rooted)
{
    char                  *rv;
    ngx_uint_t             i;
    ngx_shop_endpoint_t   *ep, **seen;
    ngx_shop_loc_conf_t   *lcf;

    lcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_shop_core_module);

    seen = lcf->tables->elts;

    for (i = 0; i < lcf->tables->nelts; i++) {
        if (seen[i] == table) {
            return "is duplicate";
        }
    }

    seen = ngx_array_push(lcf->tables);
    if (seen == NULL) {
        return NGX_CONF_ERROR;
    }

    *seen = table;

    for (ep = table; ep->path.len; ep++) {

        if (((ep->flags & NGX_SHOP_EP_ROOT) != 0) != rooted) {
            continue;
        }

        if (rooted
            && (ep->path.len < prefix->len
                || ngx_memcmp(ep->path.data, prefix->data, prefix->len) != 0))
        {
            continue;
        }

        rv = ngx_shop_table_row(cf, lcf, prefix, ep);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


char *
ngx_shop_endpoints_fallback(ngx_conf_t *cf, ngx_http_handler_pt handler)
{
    char                      *rv;
    ngx_shop_loc_conf_t       *lcf;
    ngx_http_core_loc_conf_t  *clcf;

    rv = ngx_shop_table_location(cf, &clcf);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    lcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_shop_core_module);

    if (lcf->fallback && lcf->fallback != handler) {
        return "conflicts with other pages in this location";
    }

    lcf->fallback = handler;

    return NGX_CONF_OK;
}


/* makes the location ours: its prefix is what paths are relative to */

static char *
ngx_shop_table_location(ngx_conf_t *cf, ngx_http_core_loc_conf_t **location)
{
    ngx_shop_loc_conf_t       *lcf;
    ngx_shop_srv_conf_t       *scf;
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

#if (NGX_PCRE)
    if (clcf->regex) {
        return "needs a location given by a prefix, not by a regular "
               "expression";
    }
#endif

    if (clcf->named || clcf->noname || clcf->name.len == 0) {
        return "needs a location given by a prefix";
    }

    if (clcf->handler && clcf->handler != ngx_shop_request_handler) {
        return "conflicts with another directive that answers in this "
               "location";
    }

    clcf->handler = ngx_shop_request_handler;

    lcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_shop_core_module);
    scf = ngx_http_conf_get_module_srv_conf(cf, ngx_http_shop_core_module);

    scf->endpoints = 1;

    if (lcf->nested == 1) {
        return "conflicts with shop_nested in this location";
    }

    if (lcf->router == NULL) {

        lcf->prefix = clcf->name;

        lcf->router = ngx_shop_router_create(cf->pool);
        lcf->tables = ngx_array_create(cf->pool, 4,
                                       sizeof(ngx_shop_endpoint_t *));

        if (lcf->router == NULL || lcf->tables == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    *location = clcf;

    return NGX_CONF_OK;
}


/*
 * A location that covers rows of the root ("/", "/.well-known/", "= /health")
 * serves those of its tables; any other is a base, whose prefix takes the place
 * of "/api/v1".
 */

static ngx_uint_t
ngx_shop_table_rooted(ngx_shop_endpoint_t *table, ngx_str_t *prefix)
{
    ngx_shop_endpoint_t  *ep;

    for (ep = table; ep->path.len; ep++) {

        if ((ep->flags & NGX_SHOP_EP_ROOT) && ep->path.len >= prefix->len
            && ngx_memcmp(ep->path.data, prefix->data, prefix->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static char *
ngx_shop_table_row(ngx_conf_t *cf, ngx_shop_loc_conf_t *lcf,
    ngx_str_t *prefix, ngx_shop_endpoint_t *ep)
{
    char                  *rv;
    ngx_int_t              rc;
    ngx_str_t              path;
    ngx_shop_route_t      *route, **slot;
    ngx_shop_main_conf_t  *mcf;

    route = ngx_pcalloc(cf->pool, sizeof(ngx_shop_route_t));
    if (route == NULL) {
        return NGX_CONF_ERROR;
    }

    route->ep = *ep;

    if (ngx_shop_table_name(cf, prefix, route) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    rv = ngx_shop_row_check(cf, route);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_core_module);

    slot = ngx_array_push(&mcf->routes);
    if (slot == NULL) {
        return NGX_CONF_ERROR;
    }

    *slot = route;

    path = ep->path;

    if (ep->flags & NGX_SHOP_EP_ROOT) {
        path.data += route->base.len;
        path.len -= route->base.len;
    }

    if (path.len == 0) {
        ngx_str_set(&path, "/");
    }

    rc = ngx_shop_router_add(lcf->router, ep->method, &path, route);

    if (rc == NGX_OK) {
        return NGX_CONF_OK;
    }

    if (rc == NGX_DECLINED || rc == NGX_ABORT) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           rc == NGX_ABORT ? "\"%V\" is not a path for an "
                           "endpoint" : "endpoint \"%V\" is there twice in "
                           "this location", &route->name);
    }

    return NGX_CONF_ERROR;
}


/* the name for logs and metrics, "GET /api/v1/products/{product}", and the
   location's prefix without a slash at its end */

static ngx_int_t
ngx_shop_table_name(ngx_conf_t *cf, ngx_str_t *prefix, ngx_shop_route_t *route)
{
    u_char              *p;
    size_t               len;
    ngx_str_t            method;
    ngx_shop_endpoint_t  *ep;

    ep = &route->ep;

    route->base = *prefix;

    if (prefix->data[prefix->len - 1] == '/') {
        route->base.len--;
    }

    method = *ngx_shop_method_name(ep->method);

    len = method.len + 1 + route->base.len + ep->path.len;

    route->name.data = ngx_pnalloc(cf->pool, len + 1);
    if (route->name.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(route->name.data, method.data, method.len);
    *p++ = ' ';

    if (!(ep->flags & NGX_SHOP_EP_ROOT)) {
        p = ngx_cpymem(p, route->base.data, route->base.len);
    }

    p = ngx_cpymem(p, ep->path.data, ep->path.len);
    *p = '\0';

    route->name.len = p - route->name.data;

    return NGX_OK;
}
