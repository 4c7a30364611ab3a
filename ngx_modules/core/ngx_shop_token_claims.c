/*
 * What is inside a token: its claims.
 */

#include "ngx_shop_token_jose.h"


#define NGX_SHOP_TIME_MAX    253402300799LL    /* the end of the year 9999 */
#define NGX_SHOP_STORE_LEN   19
#define NGX_SHOP_SCOPE_LEN   1024
#define NGX_SHOP_METHODS_MAX 8


static const char *ngx_shop_jose_party(json_t *object, ngx_str_t *issuer);
static ngx_uint_t ngx_shop_jose_for_us(json_t *aud, ngx_str_t *issuer);
static const char *ngx_shop_jose_times(json_t *object, time_t now,
    ngx_shop_claims_t *claims);
static ngx_int_t ngx_shop_jose_time(json_t *object, const char *name,
    time_t *value);
static const char *ngx_shop_jose_who(json_t *object,
    ngx_shop_claims_t *claims, u_char **buf);
static ngx_int_t ngx_shop_jose_uuid(json_t *value, ngx_str_t *dst,
    u_char **buf);
static ngx_int_t ngx_shop_jose_store(json_t *value, ngx_str_t *dst,
    u_char **buf);
static const char *ngx_shop_jose_methods(json_t *object,
    ngx_shop_claims_t *claims);
static const char *ngx_shop_jose_limits(json_t *object,
    ngx_shop_claims_t *claims, u_char **buf);
static ngx_int_t ngx_shop_jose_scope(json_t *value, ngx_str_t *dst,
    u_char **buf);
static ngx_int_t ngx_shop_jose_roles(json_t *value, ngx_str_t *dst,
    u_char **buf);
static ngx_uint_t ngx_shop_jose_is_role(json_t *value);
static void ngx_shop_jose_put(ngx_str_t *dst, u_char **buf,
    const char *text, size_t len);


ngx_int_t
ngx_shop_jose_claims(ngx_str_t *payload, ngx_str_t *issuer, time_t now,
    ngx_shop_claims_t *claims, u_char *buf, const char **why)
{
    json_t  *object;
    u_char   text[NGX_SHOP_TOKEN_MAX];

    ngx_memzero(claims, sizeof(ngx_shop_claims_t));

    object = ngx_shop_jose_object(payload, text, why);
    if (object == NULL) {
        return NGX_DECLINED;
    }

    *why = ngx_shop_jose_party(object, issuer);

    if (*why == NULL) {
        *why = ngx_shop_jose_times(object, now, claims);
    }

    if (*why == NULL) {
        *why = ngx_shop_jose_who(object, claims, &buf);
    }

    json_decref(object);

    return *why ? NGX_DECLINED : NGX_OK;
}


static const char *
ngx_shop_jose_party(json_t *object, ngx_str_t *issuer)
{
    json_t  *iss;

    iss = json_object_get(object, "iss");

    if (json_string_length(iss) != issuer->len
        || ngx_memcmp(json_string_value(iss), issuer->data, issuer->len) != 0)
    {
        return "the token is of another issuer";
    }

    if (!ngx_shop_jose_for_us(json_object_get(object, "aud"), issuer)) {
        return "the token is for another audience";
    }

    return NULL;
}


static ngx_uint_t
ngx_shop_jose_for_us(json_t *aud, ngx_str_t *issuer)
{
    size_t   i;
    json_t  *one;

    if (json_is_string(aud)) {
        return json_string_length(aud) == issuer->len
               && ngx_memcmp(json_string_value(aud), issuer->data,
                             issuer->len) == 0;
    }

    json_array_foreach(aud, i, one) {
        if (json_is_string(one) && ngx_shop_jose_for_us(one, issuer)) {
            return 1;
        }
    }

    return 0;
}


static const char *
ngx_shop_jose_times(json_t *object, time_t now, ngx_shop_claims_t *claims)
{
    time_t  nbf;

    if (ngx_shop_jose_time(object, "exp", &claims->expires) != NGX_OK) {
        return "the token has no good exp";
    }

    if (ngx_shop_jose_time(object, "iat", &claims->issued) != NGX_OK) {
        return "the token has no good iat";
    }

    if (claims->issued > now + NGX_SHOP_TOKEN_SKEW
        || claims->issued > claims->expires)
    {
        return "the token is from the future";
    }

    switch (ngx_shop_jose_time(object, "nbf", &nbf)) {

    case NGX_DECLINED:
        return NULL;

    case NGX_OK:
        return nbf > now + NGX_SHOP_TOKEN_SKEW ? "the token is not valid yet"
                                               : NULL;
    default:
        return "the token has no good nbf";
    }
}


/* NGX_DECLINED: not there; NGX_ERROR: not a NumericDate in seconds. */

static ngx_int_t
ngx_shop_jose_time(json_t *object, const char *name, time_t *value)
{
    json_t      *date;
    json_int_t   n;

    date = json_object_get(object, name);
    if (date == NULL) {
        return NGX_DECLINED;
    }

    n = json_integer_value(date);

    if (!json_is_integer(date) || n < 0 || n > NGX_SHOP_TIME_MAX) {
        return NGX_ERROR;
    }

    *value = (time_t) n;

    return NGX_OK;
}


static const char *
ngx_shop_jose_who(json_t *object, ngx_shop_claims_t *claims, u_char **buf)
{
    json_t      *sub, *sid, *store, *roles;
    const char  *why;

    sub = json_object_get(object, "sub");
    sid = json_object_get(object, "sid");
    store = json_object_get(object, "store");
    roles = json_object_get(object, "roles");

    if (ngx_shop_jose_uuid(sub, &claims->user, buf) != NGX_OK) {
        return "the token has no good sub";
    }

    if (ngx_shop_jose_uuid(sid, &claims->session, buf) != NGX_OK) {
        return "the token has no good sid";
    }

    if (ngx_shop_jose_store(store, &claims->store, buf) != NGX_OK) {
        return "the token has no good store";
    }

    if (ngx_shop_jose_roles(roles, &claims->roles, buf) != NGX_OK) {
        return "the token has no good roles";
    }

    why = ngx_shop_jose_methods(object, claims);

    return why ? why : ngx_shop_jose_limits(object, claims, buf);
}


/* amr (RFC 8176): how the session was opened; only "mfa" means something. */

static const char *
ngx_shop_jose_methods(json_t *object, ngx_shop_claims_t *claims)
{
    size_t   i;
    json_t  *methods, *one;

    methods = json_object_get(object, "amr");

    if (methods
        && (!json_is_array(methods)
            || json_array_size(methods) > NGX_SHOP_METHODS_MAX))
    {
        return "the token has no good amr";
    }

    json_array_foreach(methods, i, one) {

        if (!json_is_string(one)) {
            return "the token has no good amr";
        }

        if (ngx_strcmp(json_string_value(one), "mfa") == 0) {
            claims->strong = 1;
        }
    }

    return NULL;
}


/*
 * A token of an integration names its client; then, and whenever there is a
 * scope, the token is good for that scope only, be it empty.
 */

static const char *
ngx_shop_jose_limits(json_t *object, ngx_shop_claims_t *claims, u_char **buf)
{
    json_t  *client, *scope, *bound;

    client = json_object_get(object, "client_id");
    scope = json_object_get(object, "scope");
    bound = json_object_get(object, "bound");

    if (client == NULL) {
        ngx_shop_jose_put(&claims->client, buf, "", 0);

    } else if (ngx_shop_jose_uuid(client, &claims->client, buf) != NGX_OK) {
        return "the token has no good client_id";
    }

    if (ngx_shop_jose_scope(scope, &claims->scope, buf) != NGX_OK) {
        return "the token has no good scope";
    }

    if (bound && !json_is_boolean(bound)) {
        return "the token has no good bound";
    }

    claims->limited = (client || scope);
    claims->bound = json_is_true(bound);

    claims->service = (client
                       && ngx_memcmp(claims->client.data, claims->user.data,
                                     claims->client.len) == 0);

    return NULL;
}


static ngx_int_t
ngx_shop_jose_uuid(json_t *value, ngx_str_t *dst, u_char **buf)
{
    size_t       i;
    const char  *text;

    if (json_string_length(value) != 36) {
        return NGX_DECLINED;
    }

    text = json_string_value(value);

    for (i = 0; i < 36; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-') {
                return NGX_DECLINED;
            }

        } else if (!((text[i] >= '0' && text[i] <= '9')
                     || (text[i] >= 'a' && text[i] <= 'f')))
        {
            return NGX_DECLINED;
        }
    }

    ngx_shop_jose_put(dst, buf, text, 36);

    return NGX_OK;
}


static ngx_int_t
ngx_shop_jose_store(json_t *value, ngx_str_t *dst, u_char **buf)
{
    size_t       len;
    const char  *text;

    len = json_string_length(value);
    text = json_string_value(value);

    if (len == 0 || len > NGX_SHOP_STORE_LEN
        || strspn(text, "0123456789") != len)
    {
        return NGX_DECLINED;
    }

    ngx_shop_jose_put(dst, buf, text, len);

    return NGX_OK;
}


static ngx_int_t
ngx_shop_jose_scope(json_t *value, ngx_str_t *dst, u_char **buf)
{
    if (value == NULL) {
        ngx_shop_jose_put(dst, buf, "", 0);
        return NGX_OK;
    }

    if (!json_is_string(value)
        || json_string_length(value) > NGX_SHOP_SCOPE_LEN)
    {
        return NGX_DECLINED;
    }

    ngx_shop_jose_put(dst, buf, json_string_value(value),
                      json_string_length(value));

    return NGX_OK;
}


static ngx_int_t
ngx_shop_jose_roles(json_t *value, ngx_str_t *dst, u_char **buf)
{
    size_t      i;
    json_t     *role;
    ngx_str_t   one;

    if (!json_is_array(value) || json_array_size(value) > NGX_SHOP_ROLES_MAX) {
        return NGX_DECLINED;
    }

    dst->data = *buf;

    json_array_foreach(value, i, role) {
        if (!ngx_shop_jose_is_role(role)) {
            return NGX_DECLINED;
        }

        if (i) {
            (*buf)[-1] = ' ';
        }

        ngx_shop_jose_put(&one, buf, json_string_value(role),
                          json_string_length(role));
    }

    if (i == 0) {
        ngx_shop_jose_put(dst, buf, "", 0);
        return NGX_OK;
    }

    dst->len = *buf - dst->data - 1;

    return NGX_OK;
}


static ngx_uint_t
ngx_shop_jose_is_role(json_t *value)
{
    size_t  len;

    len = json_string_length(value);

    return len > 0 && len <= NGX_SHOP_ROLE_LEN
           && strspn(json_string_value(value),
                     "abcdefghijklmnopqrstuvwxyz0123456789_-") == len;
}


/* NUL-terminated, so that claims can be parameters of a statement as is.
   It fits: what is put is shorter than the base64url it was read from. */

static void
ngx_shop_jose_put(ngx_str_t *dst, u_char **buf, const char *text, size_t len)
{
    dst->data = *buf;
    dst->len = len;

    *buf = ngx_cpymem(*buf, text, len);
    *(*buf)++ = '\0';
}
