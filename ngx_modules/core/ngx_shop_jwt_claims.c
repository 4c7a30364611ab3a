/*
 * Tokens of outside issuers: their claims.
 */

#include "ngx_shop_jwt.h"
#include "ngx_shop_token_jose.h"


#define NGX_SHOP_JWT_TIME_MAX  253402300799.0    /* the end of the year 9999 */


static const char *ngx_shop_jwt_party(json_t *claims,
    const ngx_shop_jwt_rules_t *rules);
static const char *ngx_shop_jwt_times(json_t *claims,
    const ngx_shop_jwt_rules_t *rules);
static ngx_int_t ngx_shop_jwt_time(json_t *claims, const char *name,
    time_t *value);
static const char *ngx_shop_jwt_identity(const ngx_shop_jwt_t *jwt,
    json_t *claims, const ngx_shop_jwt_rules_t *rules);
static const char *ngx_shop_jwt_bearer(json_t *claims,
    const ngx_shop_jwt_rules_t *rules);
static ngx_uint_t ngx_shop_jwt_holds(json_t *aud, const ngx_str_t *text);
static ngx_uint_t ngx_shop_jwt_same(json_t *value, const ngx_str_t *text);
static ngx_uint_t ngx_shop_jwt_listed(json_t *value,
    const ngx_array_t *list);


json_t *
ngx_shop_jwt_claims(const ngx_shop_jwt_t *jwt,
    const ngx_shop_jwt_rules_t *rules, const char **why)
{
    u_char      text[NGX_SHOP_JWT_MAX];
    json_t     *claims;
    ngx_str_t   payload;

    payload = jwt->payload;

    claims = ngx_shop_jose_object(&payload, text, why);
    if (claims == NULL) {
        return NULL;
    }

    *why = ngx_shop_jwt_party(claims, rules);

    if (*why == NULL) {
        *why = ngx_shop_jwt_times(claims, rules);
    }

    if (*why == NULL) {
        *why = rules->client.len ? ngx_shop_jwt_identity(jwt, claims, rules)
                                 : ngx_shop_jwt_bearer(claims, rules);
    }

    if (*why) {
        json_decref(claims);
        return NULL;
    }

    return claims;
}


ngx_int_t
ngx_shop_jwt_issuer(const ngx_shop_jwt_t *jwt, u_char *buf, size_t max,
    ngx_str_t *issuer)
{
    u_char       text[NGX_SHOP_JWT_MAX];
    size_t       len;
    json_t      *claims, *iss;
    ngx_str_t    payload;
    const char  *why;

    payload = jwt->payload;

    claims = ngx_shop_jose_object(&payload, text, &why);
    if (claims == NULL) {
        return NGX_DECLINED;
    }

    iss = json_object_get(claims, "iss");
    len = json_string_length(iss);

    if (len == 0 || len > max) {
        json_decref(claims);
        return NGX_DECLINED;
    }

    ngx_memcpy(buf, json_string_value(iss), len);
    issuer->data = buf;
    issuer->len = len;

    json_decref(claims);

    return NGX_OK;
}


ngx_uint_t
ngx_shop_jwt_true(json_t *value)
{
    return json_is_true(value)
           || (json_is_string(value)
               && ngx_strcmp(json_string_value(value), "true") == 0);
}


ngx_uint_t
ngx_shop_jwt_two_factors(json_t *claims)
{
    size_t   i;
    json_t  *list, *one;

    list = json_object_get(claims, "amr");

    json_array_foreach(list, i, one) {
        if (json_is_string(one)
            && ngx_strcmp(json_string_value(one), "mfa") == 0)
        {
            return 1;
        }
    }

    /* minutes since the first factor and since the second; -1: never */

    one = json_array_get(json_object_get(claims, "fva"), 1);

    return json_is_integer(one) && json_integer_value(one) >= 0;
}


static const char *
ngx_shop_jwt_party(json_t *claims, const ngx_shop_jwt_rules_t *rules)
{
    size_t       i;
    json_t      *iss, *sub, *aud, *azp, *one;
    ngx_str_t   *wanted;
    ngx_uint_t   k;

    iss = json_object_get(claims, "iss");
    sub = json_object_get(claims, "sub");
    aud = json_object_get(claims, "aud");
    azp = json_object_get(claims, "azp");

    if (!ngx_shop_jwt_same(iss, &rules->issuer)
        && (rules->alias.len == 0 || !ngx_shop_jwt_same(iss, &rules->alias)))
    {
        return "the token is of another issuer";
    }

    if (json_string_length(sub) == 0
        || json_string_length(sub) > NGX_SHOP_JWT_SUB_MAX)
    {
        return "the token has no good sub";
    }

    if (azp && !json_is_string(azp)) {
        return "the token has no good azp";
    }

    json_array_foreach(aud, i, one) {
        if (!json_is_string(one)) {
            return "the token has no good aud";
        }
    }

    if (rules->audiences->nelts == 0) {
        return NULL;
    }

    wanted = rules->audiences->elts;

    for (k = 0; k < rules->audiences->nelts; k++) {
        if (ngx_shop_jwt_holds(aud, &wanted[k])) {
            return NULL;
        }
    }

    return "the token is for another audience";
}


static const char *
ngx_shop_jwt_times(json_t *claims, const ngx_shop_jwt_rules_t *rules)
{
    time_t  exp, iat, nbf;

    if (ngx_shop_jwt_time(claims, "exp", &exp) != NGX_OK) {
        return "the token has no good exp";
    }

    if (ngx_shop_jwt_time(claims, "iat", &iat) != NGX_OK) {
        return "the token has no good iat";
    }

    if (exp + rules->skew <= rules->now) {
        return "the token has expired";
    }

    if (iat > rules->now + rules->skew || iat > exp) {
        return "the token is from the future";
    }

    if (exp - iat > NGX_SHOP_JWT_LIFE) {
        return "the token is good for longer than a day";
    }

    switch (ngx_shop_jwt_time(claims, "nbf", &nbf)) {

    case NGX_DECLINED:
        return NULL;

    case NGX_OK:
        return nbf > rules->now + rules->skew ? "the token is not valid yet"
                                              : NULL;
    default:
        return "the token has no good nbf";
    }
}


/* NGX_DECLINED: not there; NGX_ERROR: not a NumericDate, which may have a
   fraction. */

static ngx_int_t
ngx_shop_jwt_time(json_t *claims, const char *name, time_t *value)
{
    double   n;
    json_t  *date;

    date = json_object_get(claims, name);
    if (date == NULL) {
        return NGX_DECLINED;
    }

    n = json_number_value(date);

    if (!json_is_number(date) || !(n >= 0 && n <= NGX_SHOP_JWT_TIME_MAX)) {
        return NGX_ERROR;
    }

    *value = (time_t) n;

    return NGX_OK;
}


/* An id_token is for us alone, and for the sign-in that we began. */

static const char *
ngx_shop_jwt_identity(const ngx_shop_jwt_t *jwt, json_t *claims,
    const ngx_shop_jwt_rules_t *rules)
{
    json_t  *aud, *azp;

    if (jwt->access) {
        return "the token is an access token";
    }

    aud = json_object_get(claims, "aud");
    azp = json_object_get(claims, "azp");

    if (!ngx_shop_jwt_holds(aud, &rules->client)) {
        return "the token is for another client";
    }

    if (azp == NULL && json_array_size(aud) > 1) {
        return "the token has several audiences and no azp";
    }

    if (azp && !ngx_shop_jwt_same(azp, &rules->client)) {
        return "the token was given to another client";
    }

    if (!ngx_shop_jwt_same(json_object_get(claims, "nonce"), &rules->nonce)) {
        return "the token is of another sign-in";
    }

    if (rules->domain.len
        && !ngx_shop_jwt_same(json_object_get(claims, "hd"), &rules->domain))
    {
        return "the token is of another domain";
    }

    return NULL;
}


static const char *
ngx_shop_jwt_bearer(json_t *claims, const ngx_shop_jwt_rules_t *rules)
{
    json_t  *azp, *sts;

    /* what is in id_tokens only */

    if (json_object_get(claims, "nonce") || json_object_get(claims, "at_hash")
        || json_object_get(claims, "c_hash"))
    {
        return "the token is an id_token";
    }

    azp = json_object_get(claims, "azp");

    if (azp && rules->parties->nelts
        && !ngx_shop_jwt_listed(azp, rules->parties))
    {
        return "the token was given to another party";
    }

    sts = json_object_get(claims, "sts");

    if (json_is_string(sts)
        && ngx_strcmp(json_string_value(sts), "pending") == 0)
    {
        return "the session of the token is not complete";
    }

    if (json_object_get(claims, "act")) {
        return "the token is of somebody who acts for somebody else";
    }

    return NULL;
}


static ngx_uint_t
ngx_shop_jwt_holds(json_t *aud, const ngx_str_t *text)
{
    size_t   i;
    json_t  *one;

    if (json_is_string(aud)) {
        return ngx_shop_jwt_same(aud, text);
    }

    json_array_foreach(aud, i, one) {
        if (ngx_shop_jwt_same(one, text)) {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_shop_jwt_same(json_t *value, const ngx_str_t *text)
{
    return json_is_string(value) && text->len
           && json_string_length(value) == text->len
           && ngx_memcmp(json_string_value(value), text->data, text->len) == 0;
}


static ngx_uint_t
ngx_shop_jwt_listed(json_t *value, const ngx_array_t *list)
{
    ngx_str_t   *text;
    ngx_uint_t   i;

    text = list->elts;

    for (i = 0; i < list->nelts; i++) {
        if (ngx_shop_jwt_same(value, &text[i])) {
            return 1;
        }
    }

    return 0;
}
