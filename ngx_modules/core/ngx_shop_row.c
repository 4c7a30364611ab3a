/*
 * What a row of a table means, worked out while the configuration is read.
 */

#include "ngx_shop_engine.h"


static ngx_int_t ngx_shop_row_path(ngx_conf_t *cf, ngx_shop_route_t *route);
static ngx_uint_t ngx_shop_row_cast(ngx_shop_route_t *route,
    ngx_str_t *name);
static char *ngx_shop_row_binds(ngx_shop_route_t *route);
static char *ngx_shop_row_bind(ngx_shop_route_t *route,
    ngx_shop_bind_t *bind);
static ngx_uint_t ngx_shop_row_field(ngx_shop_field_t *input,
    ngx_str_t *name, ngx_uint_t in_query);
static char *ngx_shop_row_many(ngx_shop_route_t *route);
static char *ngx_shop_row_sql(ngx_conf_t *cf, ngx_shop_route_t *route);
static char *ngx_shop_row_sql_many(ngx_conf_t *cf, ngx_shop_route_t *route);


static ngx_str_t  ngx_shop_row_idempotent = ngx_string(
    "select * from api.idempotent($1::bigint, $2::text, $3::text, $4::text, "
    "$5::text, $6::text, $7::text[])");


char *
ngx_shop_row_check(ngx_conf_t *cf, ngx_shop_route_t *route)
{
    char                 *wrong;
    ngx_shop_field_t     *field;
    ngx_shop_endpoint_t  *ep;

    ep = &route->ep;

    if (ngx_shop_row_path(cf, route) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    for (field = ep->input; field && field->name.len; field++) {
        if (!(field->flags & (NGX_SHOP_IN_QUERY|NGX_SHOP_IN_PATH))) {
            route->has_body = 1;
        }
    }

    if (ep->sql.len == 0 && ep->handler == NULL) {
        wrong = "has neither a statement nor a handler";

    } else if ((ep->flags & NGX_SHOP_EP_CACHED)
               && (ep->method != NGX_HTTP_GET || ep->handler))
    {
        wrong = "can be cached only as a GET of one statement";

    } else if (route->has_body && ep->method == NGX_HTTP_GET) {
        wrong = "has body fields, but is a GET";

    } else {
        wrong = ngx_shop_row_binds(route);
    }

    if (wrong == NULL && ep->many) {
        wrong = ngx_shop_row_many(route);
    }

    if (wrong) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "endpoint \"%V\" %s",
                           &route->name, wrong);
        return NGX_CONF_ERROR;
    }

    return ngx_shop_row_sql(cf, route);
}


/* path parameters in their order, each with its type: that of a field marked
   NGX_SHOP_IN_PATH, else by the cast in the statement, else an id */

static ngx_int_t
ngx_shop_row_path(ngx_conf_t *cf, ngx_shop_route_t *route)
{
    u_char            *p, *last;
    ngx_str_t          name;
    ngx_shop_field_t  *field, *known;

    p = route->ep.path.data;
    last = p + route->ep.path.len;

    while (p < last) {

        if (*p++ != '{') {
            continue;
        }

        name.data = p;
        p = ngx_strlchr(p, last, '}');

        if (p == NULL || route->npath == NGX_SHOP_PATH_MAX) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "\"%V\" is not a path for an endpoint",
                               &route->name);
            return NGX_ERROR;
        }

        name.len = p - name.data;

        field = &route->path[route->npath++];
        field->name = name;
        field->type = ngx_shop_row_cast(route, &name);

        for (known = route->ep.input; known && known->name.len; known++) {

            if ((known->flags & NGX_SHOP_IN_PATH)
                && known->name.len == name.len
                && ngx_memcmp(known->name.data, name.data, name.len) == 0)
            {
                *field = *known;
            }
        }
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_shop_row_cast(ngx_shop_route_t *route, ngx_str_t *name)
{
    u_char            mark[sizeof("$24::")], *p;
    ngx_uint_t        i;
    ngx_shop_bind_t  *bind;

    for (i = 0; i < NGX_SHOP_BIND_MAX && route->ep.sql.len; i++) {

        bind = &route->ep.bind[i];

        if (bind->from == NGX_SHOP_FROM_END) {
            break;
        }

        if (bind->from != NGX_SHOP_FROM_PATH || bind->name.len != name->len
            || ngx_memcmp(bind->name.data, name->data, name->len) != 0)
        {
            continue;
        }

        *ngx_sprintf(mark, "$%ui::", i + 1) = '\0';

        p = (u_char *) ngx_strstr(route->ep.sql.data, mark);
        if (p == NULL) {
            break;
        }

        p += ngx_strlen(mark);

        if (ngx_strncmp(p, "uuid", 4) == 0) {
            return NGX_SHOP_UUID;
        }

        if (ngx_strncmp(p, "bigint", 6) == 0 || ngx_strncmp(p, "int", 3) == 0)
        {
            return NGX_SHOP_INT;
        }

        break;
    }

    return NGX_SHOP_ID;
}


static char *
ngx_shop_row_binds(ngx_shop_route_t *route)
{
    char             *wrong;
    ngx_uint_t        i;
    ngx_shop_bind_t  *bind;

    static ngx_str_t  locale = ngx_string("locale");

    for (i = 0; i < NGX_SHOP_BIND_MAX; i++) {

        bind = &route->ep.bind[i];

        if (bind->from == NGX_SHOP_FROM_END) {
            break;
        }

        wrong = ngx_shop_row_bind(route, bind);
        if (wrong) {
            return wrong;
        }
    }

    route->nbind = i;

    /* a handler has no bind: the parameter tells */

    if (route->ep.handler
        && ngx_shop_row_field(route->ep.input, &locale, 1))
    {
        route->localized = 1;
    }

    return NULL;
}


static char *
ngx_shop_row_bind(ngx_shop_route_t *route, ngx_shop_bind_t *bind)
{
    ngx_uint_t  i;

    switch (bind->from) {

    case NGX_SHOP_FROM_QUERY:
    case NGX_SHOP_FROM_BODY:

        if (!ngx_shop_row_field(route->ep.input, &bind->name,
                                  bind->from == NGX_SHOP_FROM_QUERY))
        {
            return "binds a field that its input does not have";
        }

        return NULL;

    case NGX_SHOP_FROM_PATH:

        for (i = 0; i < route->npath; i++) {
            if (route->path[i].name.len == bind->name.len
                && ngx_memcmp(route->path[i].name.data, bind->name.data,
                              bind->name.len) == 0)
            {
                return NULL;
            }
        }

        return "binds a parameter that its path does not have";

    case NGX_SHOP_FROM_ACTOR:
    case NGX_SHOP_FROM_ACTOR_IF:
    case NGX_SHOP_FROM_SESSION:
    case NGX_SHOP_FROM_SCOPE:
    case NGX_SHOP_FROM_CAN:

        route->personal = 1;
        return NULL;

    case NGX_SHOP_FROM_LOCALE:

        route->localized = 1;
        return NULL;

    case NGX_SHOP_FROM_CART:
    case NGX_SHOP_FROM_ADDRESS:
    case NGX_SHOP_FROM_REQUEST:
    case NGX_SHOP_FROM_AGENT:
    case NGX_SHOP_FROM_TRACE:

        if (route->ep.flags & NGX_SHOP_EP_CACHED) {
            return "is cached, but binds what differs from one client to "
                   "another";
        }

        return NULL;

    default:
        return NULL;
    }
}


static ngx_uint_t
ngx_shop_row_field(ngx_shop_field_t *input, ngx_str_t *name,
    ngx_uint_t in_query)
{
    for ( /* void */ ; input && input->name.len; input++) {

        if (((input->flags & NGX_SHOP_IN_QUERY) != 0) != in_query) {
            continue;
        }

        if (input->name.len == name->len
            && ngx_memcmp(input->name.data, name->data, name->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static char *
ngx_shop_row_many(ngx_shop_route_t *route)
{
    size_t            len;
    ngx_uint_t        i;
    ngx_shop_bind_t  *bind;

    if (!(route->ep.flags & NGX_SHOP_EP_CACHED)
        || (route->ep.flags & NGX_SHOP_EP_NOTES))
    {
        return "is for many, but not cached, or has notes";
    }

    len = ngx_strlen(route->ep.many);

    for (i = 0; i < route->nbind; i++) {

        bind = &route->ep.bind[i];

        if (bind->from == NGX_SHOP_FROM_PATH && bind->name.len == len
            && ngx_memcmp(bind->name.data, route->ep.many, len) == 0)
        {
            route->many = i;
            return NULL;
        }
    }

    return "is for many of what it does not bind";
}


static char *
ngx_shop_row_sql(ngx_conf_t *cf, ngx_shop_route_t *route)
{
    ngx_shop_endpoint_t   *ep;
    ngx_shop_main_conf_t  *mcf;

    ep = &route->ep;

    if (ep->sql.len == 0) {
        return NGX_CONF_OK;
    }

    ep->stmt = ngx_shop_pg_stmt_add(cf, &ep->sql);
    if (ep->stmt == NULL) {
        return NGX_CONF_ERROR;
    }

    if ((ep->flags & NGX_SHOP_EP_NOTES) && ngx_shop_note_init(cf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    if (ep->many && ngx_shop_row_sql_many(cf, route) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    if (!(ep->flags & NGX_SHOP_EP_IDEMPOTENT)
        || (ep->handler && !(ep->flags & NGX_SHOP_EP_SPOOLED)))
    {
        return NGX_CONF_OK;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_core_module);

    if (mcf->idempotent == NULL) {
        mcf->idempotent = ngx_shop_pg_stmt_add(cf, &ngx_shop_row_idempotent);
    }

    ep->stmt_idempotent = mcf->idempotent;

    if (ep->stmt_idempotent == NULL
        || ngx_shop_idempotency_sql(cf->pool, &ep->sql, &route->sql_array)
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_row_sql_many(ngx_conf_t *cf, ngx_shop_route_t *route)
{
    ngx_str_t  sql;

    if (ngx_shop_gather_sql(cf->pool, route, &sql) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    route->ep.stmt_many = ngx_shop_pg_stmt_add(cf, &sql);

    return route->ep.stmt_many ? NGX_CONF_OK : NGX_CONF_ERROR;
}
