/*
 * Where each $n of a statement comes from: always text, or NULL.
 */

#include "ngx_shop_engine.h"


#define NGX_SHOP_AGENT_MAX  200


static ngx_int_t ngx_shop_bind_one(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, ngx_pool_t *pool, const char **out);
static ngx_str_t *ngx_shop_bind_text(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind);
static ngx_int_t ngx_shop_bind_copy(ngx_pool_t *pool, const ngx_str_t *text,
    const char **out);
static ngx_int_t ngx_shop_bind_json(ngx_pool_t *pool, json_t *value,
    const char **out);
static ngx_int_t ngx_shop_bind_body(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, ngx_pool_t *pool, const char **out);
static ngx_int_t ngx_shop_bind_filters(ngx_shop_request_t *sr,
    ngx_pool_t *pool, const char **out);
static ngx_int_t ngx_shop_bind_filter(json_t *filters,
    const ngx_shop_arg_t *arg);
static ngx_int_t ngx_shop_bind_agent(ngx_shop_request_t *sr, ngx_pool_t *pool,
    const char **out);
static const ngx_shop_field_t *ngx_shop_bind_field(ngx_shop_request_t *sr,
    const ngx_str_t *name);


const char **
ngx_shop_params(ngx_shop_request_t *sr, const ngx_shop_bind_t *bind,
    ngx_uint_t *n)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_SHOP_BIND_MAX; i++) {
        if (bind[i].from == NGX_SHOP_FROM_END) {
            break;
        }
    }

    *n = i;

    return ngx_shop_bind(sr, bind, i, sr->r->pool);
}


/* in a pool of their own when they outlive the request */

const char **
ngx_shop_bind(ngx_shop_request_t *sr, const ngx_shop_bind_t *bind,
    ngx_uint_t n, ngx_pool_t *pool)
{
    ngx_uint_t    i;
    const char  **params;

    params = ngx_palloc(pool, (n + 1) * sizeof(char *));
    if (params == NULL) {
        return NULL;
    }

    for (i = 0; i < n; i++) {

        params[i] = NULL;

        if (ngx_shop_bind_one(sr, &bind[i], pool, &params[i]) != NGX_OK) {
            return NULL;
        }
    }

    return params;
}


static ngx_int_t
ngx_shop_bind_one(ngx_shop_request_t *sr, const ngx_shop_bind_t *bind,
    ngx_pool_t *pool, const char **out)
{
    ngx_str_t  *text;

    switch (bind->from) {

    case NGX_SHOP_FROM_PATH:
    case NGX_SHOP_FROM_QUERY:

        text = ngx_shop_bind_text(sr, bind);

        /* NUL-terminated, and lives as long as the request */

        if (text && pool == sr->r->pool) {
            *out = (const char *) text->data;
            return NGX_OK;
        }

        break;

    case NGX_SHOP_FROM_BODY:
        return ngx_shop_bind_body(sr, bind, pool, out);

    case NGX_SHOP_FROM_FILTERS:
        return ngx_shop_bind_filters(sr, pool, out);

    case NGX_SHOP_FROM_CAN:
        *out = ngx_shop_can(sr, (ngx_str_t *) &bind->name) ? "t" : "f";
        return NGX_OK;

    case NGX_SHOP_FROM_VERSION:
        return ngx_shop_if_match(sr, pool, out);

    case NGX_SHOP_FROM_AGENT:
        return ngx_shop_bind_agent(sr, pool, out);

    case NGX_SHOP_FROM_LITERAL:
        *out = (const char *) bind->name.data;
        return NGX_OK;

    default:
        text = ngx_shop_bind_text(sr, bind);
        break;
    }

    return text ? ngx_shop_bind_copy(pool, text, out) : NGX_OK;
}


/* what is a text already; NULL: there is none */

static ngx_str_t *
ngx_shop_bind_text(ngx_shop_request_t *sr, const ngx_shop_bind_t *bind)
{
    switch (bind->from) {

    case NGX_SHOP_FROM_STORE:
        return sr->store ? (ngx_str_t *) &sr->store->id : NULL;

    case NGX_SHOP_FROM_ACTOR:
        return sr->signed_in ? &sr->claims.user : NULL;

    case NGX_SHOP_FROM_ACTOR_IF:
        return ngx_shop_can(sr, (ngx_str_t *) &bind->name) ? &sr->claims.user
                                                           : NULL;

    case NGX_SHOP_FROM_SESSION:
        return (sr->signed_in && sr->claims.session.len) ? &sr->claims.session
                                                         : NULL;

    case NGX_SHOP_FROM_SCOPE:
        return (sr->signed_in && sr->claims.limited) ? &sr->claims.scope
                                                     : NULL;

    case NGX_SHOP_FROM_CART:
        return sr->cart.len ? &sr->cart : NULL;

    case NGX_SHOP_FROM_PATH:
        return ngx_shop_path(sr, (char *) bind->name.data);

    case NGX_SHOP_FROM_QUERY:
        return ngx_shop_query_arg(sr, (char *) bind->name.data);

    case NGX_SHOP_FROM_LOCALE:
        return (ngx_str_t *) ngx_shop_ctx(sr)->locale;

    case NGX_SHOP_FROM_DOCUMENT:
        return sr->body ? &ngx_shop_ctx(sr)->raw : NULL;

    case NGX_SHOP_FROM_ADDRESS:

        /* a unix socket has none */

        return (sr->r->connection->sockaddr->sa_family != AF_UNIX)
               ? &sr->r->connection->addr_text : NULL;

    case NGX_SHOP_FROM_REQUEST:
        return ngx_shop_request_id(sr->r);

    case NGX_SHOP_FROM_TRACE:
        return sr->traceparent.len ? &sr->traceparent : NULL;

    default:
        return NULL;
    }
}


static ngx_int_t
ngx_shop_bind_copy(ngx_pool_t *pool, const ngx_str_t *text, const char **out)
{
    u_char  *p;

    p = ngx_pnalloc(pool, text->len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(p, text->data, text->len);
    p[text->len] = '\0';

    *out = (const char *) p;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_bind_body(ngx_shop_request_t *sr, const ngx_shop_bind_t *bind,
    ngx_pool_t *pool, const char **out)
{
    json_t                  *value;
    const ngx_shop_field_t  *field;

    value = json_object_get(sr->body, (const char *) bind->name.data);

    if (value == NULL || json_is_null(value)) {
        return NGX_OK;
    }

    field = ngx_shop_bind_field(sr, &bind->name);

    /* any JSON keeps its form: "7" and 7 differ */

    if (json_is_string(value) && field && field->type != NGX_SHOP_ANY) {
        *out = json_string_value(value);
        return NGX_OK;
    }

    if (json_is_boolean(value)) {
        *out = json_is_true(value) ? "true" : "false";
        return NGX_OK;
    }

    return ngx_shop_bind_json(pool, value, out);
}


static ngx_int_t
ngx_shop_bind_json(ngx_pool_t *pool, json_t *value, const char **out)
{
    char    *p;
    size_t   len;

    len = json_dumpb(value, NULL, 0, JSON_COMPACT|JSON_ENCODE_ANY);

    p = ngx_pnalloc(pool, len + 1);
    if (p == NULL || len == 0) {
        return NGX_ERROR;
    }

    (void) json_dumpb(value, p, len, JSON_COMPACT|JSON_ENCODE_ANY);
    p[len] = '\0';

    *out = p;

    return NGX_OK;
}


/* {"color": "red"} of ?attr.color=red */

static ngx_int_t
ngx_shop_bind_filters(ngx_shop_request_t *sr, ngx_pool_t *pool,
    const char **out)
{
    json_t          *filters;
    ngx_int_t        rc;
    ngx_uint_t       i;
    ngx_shop_arg_t  *arg;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);
    filters = NULL;

    for (i = 0; i < ctx->nargs; i++) {

        arg = &ctx->args[i];

        if (arg->field == NULL || !(arg->field->flags & NGX_SHOP_PREFIX)) {
            continue;
        }

        if (filters == NULL) {
            filters = json_object();
        }

        if (ngx_shop_bind_filter(filters, arg) != NGX_OK) {
            json_decref(filters);
            return NGX_ERROR;
        }
    }

    if (filters == NULL) {
        return NGX_OK;
    }

    rc = ngx_shop_bind_json(pool, filters, out);

    json_decref(filters);

    return rc;
}


/* one value is a text, several are an array of them */

static ngx_int_t
ngx_shop_bind_filter(json_t *filters, const ngx_shop_arg_t *arg)
{
    json_t      *value, *known, *both;
    const char  *name;

    name = (const char *) arg->name.data + arg->field->name.len;
    value = json_stringn((const char *) arg->value.data, arg->value.len);
    known = json_object_get(filters, name);

    if (known == NULL) {
        return json_object_set_new(filters, name, value) == 0 ? NGX_OK
                                                              : NGX_ERROR;
    }

    if (json_is_array(known)) {
        return json_array_append_new(known, value) == 0 ? NGX_OK : NGX_ERROR;
    }

    both = json_array();

    if (json_array_append(both, known) != 0) {
        json_decref(value);
        json_decref(both);
        return NGX_ERROR;
    }

    if (json_array_append_new(both, value) != 0) {
        json_decref(both);
        return NGX_ERROR;
    }

    return json_object_set_new(filters, name, both) == 0 ? NGX_OK : NGX_ERROR;
}


/* printable ASCII only: what is not UTF-8 would fail in PostgreSQL */

static ngx_int_t
ngx_shop_bind_agent(ngx_shop_request_t *sr, ngx_pool_t *pool,
    const char **out)
{
    u_char     *p;
    size_t      i, len;
    ngx_str_t  *agent;

    if (sr->r->headers_in.user_agent == NULL) {
        return NGX_OK;
    }

    agent = &sr->r->headers_in.user_agent->value;
    len = ngx_min(agent->len, NGX_SHOP_AGENT_MAX);

    p = ngx_pnalloc(pool, len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < len; i++) {
        p[i] = (agent->data[i] >= 0x20 && agent->data[i] < 0x7f)
               ? agent->data[i] : '?';
    }

    p[len] = '\0';

    *out = (const char *) p;

    return NGX_OK;
}


static const ngx_shop_field_t *
ngx_shop_bind_field(ngx_shop_request_t *sr, const ngx_str_t *name)
{
    const ngx_shop_field_t  *field;

    for (field = sr->ep->input; field && field->name.len; field++) {

        if (!(field->flags & (NGX_SHOP_IN_QUERY|NGX_SHOP_IN_PATH))
            && field->name.len == name->len
            && ngx_memcmp(field->name.data, name->data, name->len) == 0)
        {
            return field;
        }
    }

    return NULL;
}
