/*
 * The body against the fields of its endpoint; every bad one is collected.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_text.h"


#define NGX_SHOP_POINTER_MAX  512
#define NGX_SHOP_MONEY_MAX    9007199254740991LL    /* 2^53 - 1 */


/* where in the document a value is: a list from the inside to the outside */
typedef struct ngx_shop_place_s  ngx_shop_place_t;

struct ngx_shop_place_s {
    const ngx_shop_place_t  *up;
    const u_char            *name;       /* NULL: an index */
    size_t                   len;
    size_t                   index;
};


static ngx_int_t ngx_shop_check_object(ngx_shop_request_t *sr,
    const ngx_shop_field_t *fields, json_t *object,
    const ngx_shop_place_t *place);
static ngx_int_t ngx_shop_check_unknown(ngx_shop_request_t *sr,
    const ngx_shop_field_t *fields, json_t *object,
    const ngx_shop_place_t *place);
static ngx_int_t ngx_shop_check_value(ngx_shop_request_t *sr,
    const ngx_shop_field_t *field, json_t *value,
    const ngx_shop_place_t *place);
static ngx_int_t ngx_shop_check_array(ngx_shop_request_t *sr,
    const ngx_shop_field_t *field, json_t *value,
    const ngx_shop_place_t *place);
static const char *ngx_shop_check_scalar(ngx_pool_t *pool,
    const ngx_shop_field_t *field, json_t *value);
static const char *ngx_shop_check_money(ngx_pool_t *pool,
    const ngx_shop_field_t *field, json_t *value);
static const char *ngx_shop_check_size(ngx_pool_t *pool,
    const ngx_shop_field_t *field, json_t *value);
static ngx_int_t ngx_shop_check_bad(ngx_shop_request_t *sr,
    const ngx_shop_place_t *place, const char *detail);
static size_t ngx_shop_check_pointer(u_char *dst, size_t size,
    const ngx_shop_place_t *place);


ngx_int_t
ngx_shop_check_body(ngx_shop_request_t *sr)
{
    const ngx_shop_field_t  *fields;

    static const ngx_shop_field_t  none[] = { ngx_shop_no_more_fields };

    if (sr->body == NULL && !ngx_shop_ctx(sr)->route->has_body) {
        return NGX_OK;
    }

    fields = sr->ep->input ? sr->ep->input : none;

    return ngx_shop_check_object(sr, fields, sr->body, NULL);
}


/* an absent body is an empty object: what is required is missing */

static ngx_int_t
ngx_shop_check_object(ngx_shop_request_t *sr, const ngx_shop_field_t *fields,
    json_t *object, const ngx_shop_place_t *place)
{
    json_t                  *value;
    ngx_int_t                rc;
    ngx_shop_place_t         here;
    const ngx_shop_field_t  *field;

    for (field = fields; field->name.len; field++) {

        if (field->flags & (NGX_SHOP_IN_QUERY|NGX_SHOP_IN_PATH)) {
            continue;
        }

        here.up = place;
        here.name = field->name.data;
        here.len = field->name.len;

        value = json_object_get(object, (const char *) field->name.data);

        if (value) {
            rc = ngx_shop_check_value(sr, field, value, &here);

        } else if (field->flags & NGX_SHOP_REQUIRED) {
            rc = ngx_shop_check_bad(sr, &here, "is required");

        } else {
            continue;
        }

        if (rc != NGX_OK) {
            return rc;
        }
    }

    return ngx_shop_check_unknown(sr, fields, object, place);
}


static ngx_int_t
ngx_shop_check_unknown(ngx_shop_request_t *sr, const ngx_shop_field_t *fields,
    json_t *object, const ngx_shop_place_t *place)
{
    void                    *iter;
    size_t                   len;
    const char              *key;
    ngx_shop_place_t         here;
    const ngx_shop_field_t  *field;

    for (iter = json_object_iter(object); iter;
         iter = json_object_iter_next(object, iter))
    {
        key = json_object_iter_key(iter);
        len = ngx_strlen(key);

        for (field = fields; field->name.len; field++) {

            if (!(field->flags & (NGX_SHOP_IN_QUERY|NGX_SHOP_IN_PATH))
                && field->name.len == len
                && ngx_memcmp(field->name.data, key, len) == 0)
            {
                break;
            }
        }

        if (field->name.len) {
            continue;
        }

        here.up = place;
        here.name = (const u_char *) key;
        here.len = len;

        if (ngx_shop_check_bad(sr, &here, "is not known here") != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_shop_check_value(ngx_shop_request_t *sr, const ngx_shop_field_t *field,
    json_t *value, const ngx_shop_place_t *place)
{
    const char  *wrong;

    if (json_is_null(value)) {

        if (field->flags & NGX_SHOP_NULLABLE) {
            return NGX_OK;
        }

        return ngx_shop_check_bad(sr, place, "must not be null");
    }

    if (field->type == NGX_SHOP_OBJECT && field->sub
        && json_is_object(value))
    {
        return ngx_shop_check_object(sr, field->sub, value, place);
    }

    if (field->type == NGX_SHOP_ARRAY && json_is_array(value)) {
        return ngx_shop_check_array(sr, field, value, place);
    }

    wrong = ngx_shop_check_scalar(sr->r->pool, field, value);

    return wrong ? ngx_shop_check_bad(sr, place, wrong) : NGX_OK;
}


static ngx_int_t
ngx_shop_check_array(ngx_shop_request_t *sr, const ngx_shop_field_t *field,
    json_t *value, const ngx_shop_place_t *place)
{
    size_t             i;
    const char        *wrong;
    ngx_shop_place_t   here;

    wrong = ngx_shop_check_limits(sr->r->pool, field, json_array_size(value),
                                  "elements");
    if (wrong) {
        return ngx_shop_check_bad(sr, place, wrong);
    }

    here.up = place;
    here.name = NULL;

    for (i = 0; field->sub && i < json_array_size(value); i++) {

        here.index = i;

        if (ngx_shop_check_value(sr, field->sub, json_array_get(value, i),
                                 &here)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static const char *
ngx_shop_check_scalar(ngx_pool_t *pool, const ngx_shop_field_t *field,
    json_t *value)
{
    ngx_str_t  text;

    switch (field->type) {

    case NGX_SHOP_INT:

        if (!json_is_integer(value)) {
            return ngx_shop_check_range(pool, field, "an integer");
        }

        if ((field->min || field->max)
            && (json_integer_value(value) < field->min
                || json_integer_value(value) > field->max))
        {
            return ngx_shop_check_range(pool, field, "an integer");
        }

        return NULL;

    case NGX_SHOP_BOOL:
        return json_is_boolean(value) ? NULL : "must be true or false";

    case NGX_SHOP_MONEY:
        return ngx_shop_check_money(pool, field, value);

    case NGX_SHOP_OBJECT:

        if (!json_is_object(value)) {
            return "must be an object";
        }

        return ngx_shop_check_size(pool, field, value);

    case NGX_SHOP_ARRAY:
        return "must be an array";

    case NGX_SHOP_ANY:
        return ngx_shop_check_size(pool, field, value);

    default:

        if (!json_is_string(value)) {
            return "must be a string";
        }

        text.data = (u_char *) json_string_value(value);
        text.len = json_string_length(value);

        return ngx_shop_check_text(pool, field, &text);
    }
}


static const char *
ngx_shop_check_money(ngx_pool_t *pool, const ngx_shop_field_t *field,
    json_t *value)
{
    json_t            *amount, *currency;
    ngx_str_t          text;
    ngx_shop_field_t   limits;

    amount = value;

    if (json_is_object(value)) {

        amount = json_object_get(value, "amount");
        currency = json_object_get(value, "currency");

        text.data = (u_char *) json_string_value(currency);
        text.len = json_string_length(currency);

        if (json_object_size(value) != 2 || !json_is_integer(amount)
            || text.data == NULL || !ngx_shop_text_is_upper(&text, 3))
        {
            return "must be {\"amount\": integer, \"currency\": \"EUR\"}";
        }
    }

    limits = *field;

    if (limits.min == 0 && limits.max == 0) {
        limits.max = NGX_SHOP_MONEY_MAX;
    }

    if (!json_is_integer(amount) || json_integer_value(amount) < limits.min
        || json_integer_value(amount) > limits.max)
    {
        return ngx_shop_check_range(pool, &limits, "an amount in minor units");
    }

    return NULL;
}


static const char *
ngx_shop_check_size(ngx_pool_t *pool, const ngx_shop_field_t *field,
    json_t *value)
{
    if (field->max == 0
        || json_dumpb(value, NULL, 0, JSON_COMPACT|JSON_ENCODE_ANY)
           <= (size_t) field->max)
    {
        return NULL;
    }

    return ngx_shop_check_says(pool, "must take at most %L bytes", field->max);
}


static ngx_int_t
ngx_shop_check_bad(ngx_shop_request_t *sr, const ngx_shop_place_t *place,
    const char *detail)
{
    u_char  pointer[NGX_SHOP_POINTER_MAX + 1];

    pointer[ngx_shop_check_pointer(pointer, NGX_SHOP_POINTER_MAX, place)] =
                                                                        '\0';

    return ngx_shop_invalid(sr, 0, (const char *) pointer, detail);
}


/* RFC 6901; a name that is too long is cut */

static size_t
ngx_shop_check_pointer(u_char *dst, size_t size, const ngx_shop_place_t *place)
{
    u_char  *p, *last;
    size_t   i;

    p = dst;
    last = dst + size;

    if (place->up) {
        p += ngx_shop_check_pointer(dst, size, place->up);
    }

    if (place->name == NULL) {
        return ngx_slprintf(p, last, "/%uz", place->index) - dst;
    }

    if (p < last) {
        *p++ = '/';
    }

    for (i = 0; i < place->len && last - p > 8; i++) {

        if (place->name[i] == '~' || place->name[i] == '/') {
            *p++ = '~';
            *p++ = (place->name[i] == '~') ? '0' : '1';

        } else {
            *p++ = place->name[i];
        }
    }

    return p - dst;
}
