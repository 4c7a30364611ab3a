/*
 * The endpoints of the present configuration as JSON: what a test compares
 * with the OpenAPI document.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"


static json_t *ngx_shop_routes_one(ngx_shop_route_t *route);
static json_t *ngx_shop_routes_asked(const ngx_shop_bind_t *bind);
static json_t *ngx_shop_routes_fields(const ngx_shop_field_t *field);
static json_t *ngx_shop_routes_field(const ngx_shop_field_t *field);
static json_t *ngx_shop_routes_text(const ngx_str_t *text);


static const char  *ngx_shop_routes_types[] = {
    "", "text", "int", "bool", "uuid", "id", "email", "country", "currency",
    "locale", "slug", "time", "money", "object", "array", "enum", "any"
};


ngx_int_t
ngx_shop_routes(ngx_http_request_t *r, ngx_str_t *out)
{
    size_t                 len;
    json_t                *list;
    ngx_int_t              rc;
    ngx_uint_t             i;
    ngx_shop_route_t     **route;
    ngx_shop_main_conf_t  *mcf;

    mcf = ngx_http_get_module_main_conf(r, ngx_http_shop_core_module);

    rc = NGX_ERROR;
    route = mcf->routes.elts;
    list = json_array();

    for (i = 0; i < mcf->routes.nelts; i++) {
        if (json_array_append_new(list, ngx_shop_routes_one(route[i])) != 0) {
            goto done;
        }
    }

    len = json_dumpb(list, NULL, 0, JSON_COMPACT);

    out->len = len;
    out->data = ngx_pnalloc(r->pool, len);

    if (len && out->data) {
        (void) json_dumpb(list, (char *) out->data, len, JSON_COMPACT);
        rc = NGX_OK;
    }

done:

    json_decref(list);

    return rc;
}


static json_t *
ngx_shop_routes_one(ngx_shop_route_t *route)
{
    u_char     *space;
    json_t     *one;
    ngx_str_t   path;

    space = ngx_strlchr(route->name.data, route->name.data + route->name.len,
                        ' ');

    path.data = space + 1;
    path.len = route->name.data + route->name.len - path.data;

    one = json_object();

    if (json_object_set_new(one, "method",
                            ngx_shop_routes_text(
                                    ngx_shop_method_name(route->ep.method)))
        || json_object_set_new(one, "path", ngx_shop_routes_text(&path))
        || json_object_set_new(one, "permission",
                               ngx_shop_routes_text(&route->ep.permission))
        || json_object_set_new(one, "asked",
                               ngx_shop_routes_asked(route->ep.bind))
        || json_object_set_new(one, "raw",
                               json_boolean(route->ep.flags
                                            & NGX_SHOP_EP_RAW_BODY))
        || json_object_set_new(one, "fields",
                               ngx_shop_routes_fields(route->ep.input)))
    {
        json_decref(one);
        return NULL;
    }

    return one;
}


/* permissions that change what a row answers */

static json_t *
ngx_shop_routes_asked(const ngx_shop_bind_t *bind)
{
    json_t      *list;
    ngx_uint_t   i;

    list = json_array();

    for (i = 0; i < NGX_SHOP_BIND_MAX && bind[i].from != NGX_SHOP_FROM_END;
         i++)
    {
        if ((bind[i].from == NGX_SHOP_FROM_CAN
             || bind[i].from == NGX_SHOP_FROM_ACTOR_IF)
            && json_array_append_new(list,
                                     ngx_shop_routes_text(&bind[i].name))
               != 0)
        {
            json_decref(list);
            return NULL;
        }
    }

    return list;
}


static json_t *
ngx_shop_routes_fields(const ngx_shop_field_t *field)
{
    json_t  *list;

    list = json_array();

    for ( /* void */ ; field && field->name.len; field++) {
        if (json_array_append_new(list, ngx_shop_routes_field(field)) != 0) {
            json_decref(list);
            return NULL;
        }
    }

    return list;
}


static json_t *
ngx_shop_routes_field(const ngx_shop_field_t *field)
{
    json_t      *one;
    const char  *place;

    place = (field->flags & NGX_SHOP_IN_QUERY) ? "query"
            : (field->flags & NGX_SHOP_IN_PATH) ? "path" : "body";

    one = json_object();

    if (json_object_set_new(one, "name", ngx_shop_routes_text(&field->name))
        || json_object_set_new(one, "in", json_string(place))
        || json_object_set_new(one, "type",
                               json_string(ngx_shop_routes_types[field->type]))
        || json_object_set_new(one, "required",
                               json_boolean(field->flags & NGX_SHOP_REQUIRED))
        || json_object_set_new(one, "prefix",
                               json_boolean(field->flags & NGX_SHOP_PREFIX)))
    {
        goto failed;
    }

    if (field->type == NGX_SHOP_OBJECT && field->sub
        && json_object_set_new(one, "fields",
                               ngx_shop_routes_fields(field->sub)))
    {
        goto failed;
    }

    if (field->type == NGX_SHOP_ENUM
        && json_object_set_new(one, "words", json_string(field->sub)))
    {
        goto failed;
    }

    return one;

failed:

    json_decref(one);

    return NULL;
}


static json_t *
ngx_shop_routes_text(const ngx_str_t *text)
{
    return json_stringn(text->len ? (char *) text->data : "", text->len);
}
