/*
 * Parameters of the path and of the query.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_text.h"


#define NGX_SHOP_ARGS_MAX  64


static ngx_int_t ngx_shop_input_split(ngx_shop_request_t *sr, u_char *text,
    size_t len);
static ngx_int_t ngx_shop_input_arg(ngx_shop_request_t *sr,
    ngx_shop_arg_t *arg);
static const ngx_shop_field_t *ngx_shop_input_field(
    const ngx_shop_field_t *fields, ngx_str_t *name);
static ngx_int_t ngx_shop_input_required(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_input_wrong(ngx_shop_request_t *sr,
    ngx_str_t *name, const char *detail);
static ngx_int_t ngx_shop_input_bad(ngx_shop_request_t *sr, ngx_str_t *name,
    const char *detail);


/* a value that cannot be one of its type names nothing: 404 */

ngx_int_t
ngx_shop_input_path(ngx_shop_request_t *sr)
{
    u_char                  *p;
    ngx_str_t               *value;
    ngx_uint_t               i;
    ngx_shop_ctx_t          *ctx;
    const ngx_shop_route_t  *route;

    ctx = ngx_shop_ctx(sr);
    route = ctx->route;

    for (i = 0; i < route->npath; i++) {

        value = &ctx->path[i];

        if (ngx_shop_check_text(sr->r->pool, &route->path[i], value)) {
            return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                    "this does not exist, or is not yours");
        }

        p = ngx_pnalloc(sr->r->pool, value->len + 1);
        if (p == NULL) {
            return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        }

        ngx_memcpy(p, value->data, value->len);
        p[value->len] = '\0';

        value->data = p;
    }

    return NGX_OK;
}


ngx_int_t
ngx_shop_input_query(ngx_shop_request_t *sr)
{
    u_char              *text;
    ngx_http_request_t  *r;

    r = sr->r;

    if (r->args.len) {

        text = ngx_pnalloc(r->pool, r->args.len + 1);
        if (text == NULL) {
            return NGX_ERROR;
        }

        ngx_memcpy(text, r->args.data, r->args.len);
        text[r->args.len] = '\0';

        if (ngx_shop_input_split(sr, text, r->args.len) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return sr->ep->input ? ngx_shop_input_required(sr) : NGX_OK;
}


/* names and values are decoded where they are; the "=" and the "&" after them
   become their ends */

static ngx_int_t
ngx_shop_input_split(ngx_shop_request_t *sr, u_char *text, size_t len)
{
    u_char          *p, *last, *end;
    ngx_str_t        name, value;
    ngx_uint_t       n;
    ngx_shop_arg_t  *arg;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);
    last = text + len;

    for (n = 1, p = text; p < last; p++) {
        n += (*p == '&');
    }

    n = ngx_min(n, NGX_SHOP_ARGS_MAX);

    ctx->args = ngx_pcalloc(sr->r->pool, n * sizeof(ngx_shop_arg_t));
    if (ctx->args == NULL) {
        return NGX_ERROR;
    }

    p = text;

    while (ngx_shop_query_next(&p, last, &name, &value) == NGX_OK) {

        if (ctx->nargs == n) {
            ngx_str_set(&name, "");
            return ngx_shop_input_wrong(sr, &name,
                                        "there are too many parameters");
        }

        end = p;

        if (p < last) {
            p++;
        }

        arg = &ctx->args[ctx->nargs];
        arg->name = name;
        arg->value = value;

        if (ngx_shop_percent_decode(&arg->name, 1) != NGX_OK
            || ngx_shop_percent_decode(&arg->value, 1) != NGX_OK)
        {
            if (ngx_shop_input_wrong(sr, &name, "is not valid UTF-8 in "
                                     "percent encoding")
                != NGX_OK)
            {
                return NGX_ERROR;
            }

            continue;
        }

        *end = '\0';
        arg->name.data[arg->name.len] = '\0';
        arg->value.data[arg->value.len] = '\0';

        if (ngx_shop_input_arg(sr, arg) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_shop_input_arg(ngx_shop_request_t *sr, ngx_shop_arg_t *arg)
{
    ngx_uint_t       i;
    const char      *wrong;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);

    arg->field = ngx_shop_input_field(sr->ep->input, &arg->name);

    if (arg->field == NULL) {
        return ngx_shop_input_wrong(sr, &arg->name, "is not known here");
    }

    /* of a family, a parameter may have several values */

    for (i = 0; i < ctx->nargs && !(arg->field->flags & NGX_SHOP_PREFIX);
         i++)
    {
        if (ctx->args[i].name.len == arg->name.len
            && ngx_memcmp(ctx->args[i].name.data, arg->name.data,
                          arg->name.len) == 0)
        {
            return ngx_shop_input_wrong(sr, &arg->name, "is given twice");
        }
    }

    wrong = ngx_shop_check_text(sr->r->pool, arg->field, &arg->value);

    if (wrong) {
        return ngx_shop_input_wrong(sr, &arg->name, wrong);
    }

    ctx->nargs++;

    return NGX_OK;
}


static const ngx_shop_field_t *
ngx_shop_input_field(const ngx_shop_field_t *field, ngx_str_t *name)
{
    for ( /* void */ ; field && field->name.len; field++) {

        if (!(field->flags & NGX_SHOP_IN_QUERY)) {
            continue;
        }

        if (field->flags & NGX_SHOP_PREFIX) {

            if (name->len > field->name.len
                && ngx_memcmp(name->data, field->name.data, field->name.len)
                   == 0)
            {
                return field;
            }

            continue;
        }

        if (name->len == field->name.len
            && ngx_memcmp(name->data, field->name.data, name->len) == 0)
        {
            return field;
        }
    }

    return NULL;
}


static ngx_int_t
ngx_shop_input_required(ngx_shop_request_t *sr)
{
    const ngx_shop_field_t  *field;

    for (field = sr->ep->input; field->name.len; field++) {

        if ((field->flags & (NGX_SHOP_IN_QUERY|NGX_SHOP_REQUIRED))
            != (NGX_SHOP_IN_QUERY|NGX_SHOP_REQUIRED)
            || ngx_shop_query_arg(sr, (char *) field->name.data))
        {
            continue;
        }

        if (ngx_shop_input_bad(sr, (ngx_str_t *) &field->name, "is required")
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* a part of a form: what a parameter of the query can say as well */

ngx_int_t
ngx_shop_check_part(ngx_shop_request_t *sr, ngx_str_t *name, ngx_str_t *value)
{
    u_char                   where[NGX_SHOP_ID_MAX + 2];
    const char              *wrong;
    const ngx_shop_field_t  *field;

    field = ngx_shop_input_field(sr->ep->input, name);

    if (field == NULL) {
        wrong = "is not known here";

    } else if (ngx_shop_utf8_count(value->data, value->len) == -1) {
        wrong = "is not valid UTF-8";

    } else {
        wrong = ngx_shop_check_text(sr->r->pool, field, value);
    }

    if (wrong == NULL) {
        return NGX_OK;
    }

    if (name->len > NGX_SHOP_ID_MAX
        || ngx_shop_utf8_count(name->data, name->len) == -1)
    {
        ngx_str_null(name);
    }

    *ngx_sprintf(where, "/%V", name) = '\0';

    return ngx_shop_invalid(sr, 0, (const char *) where, wrong) == NGX_OK
           ? NGX_DECLINED : NGX_ERROR;
}


/* on a row for any query what is wrong counts as absent */

static ngx_int_t
ngx_shop_input_wrong(ngx_shop_request_t *sr, ngx_str_t *name,
    const char *detail)
{
    if (sr->ep->flags & NGX_SHOP_EP_ANY_QUERY) {
        return NGX_OK;
    }

    return ngx_shop_input_bad(sr, name, detail);
}


static ngx_int_t
ngx_shop_input_bad(ngx_shop_request_t *sr, ngx_str_t *name, const char *detail)
{
    u_char  text[NGX_SHOP_ID_MAX + 1];
    size_t  len;

    len = ngx_min(name->len, NGX_SHOP_ID_MAX);

    ngx_memcpy(text, name->data, len);
    text[len] = '\0';

    return ngx_shop_invalid(sr, 1, (const char *) text, detail);
}


ngx_str_t *
ngx_shop_path(ngx_shop_request_t *sr, const char *name)
{
    size_t                   len;
    ngx_uint_t               i;
    ngx_shop_ctx_t          *ctx;
    const ngx_shop_route_t  *route;

    ctx = ngx_shop_ctx(sr);
    route = ctx->route;
    len = ngx_strlen(name);

    for (i = 0; i < route->npath; i++) {

        if (route->path[i].name.len == len
            && ngx_memcmp(route->path[i].name.data, name, len) == 0)
        {
            return &ctx->path[i];
        }
    }

    return NULL;
}


ngx_str_t *
ngx_shop_query_arg(ngx_shop_request_t *sr, const char *name)
{
    size_t           len;
    ngx_uint_t       i;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);
    len = ngx_strlen(name);

    for (i = 0; i < ctx->nargs; i++) {

        if (ctx->args[i].name.len == len
            && ngx_memcmp(ctx->args[i].name.data, name, len) == 0)
        {
            return &ctx->args[i].value;
        }
    }

    return NULL;
}


json_t *
ngx_shop_body(ngx_shop_request_t *sr, const char *name)
{
    return json_object_get(sr->body, name);
}


const char *
ngx_shop_body_text(ngx_shop_request_t *sr, const char *name)
{
    return json_string_value(json_object_get(sr->body, name));
}
