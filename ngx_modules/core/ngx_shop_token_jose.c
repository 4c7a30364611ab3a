/*
 * What is inside a token: its form and its header.
 */

#include "ngx_shop_token_jose.h"


/* base64url of ES256's 64 bytes */
#define NGX_SHOP_ES256_TEXT  86


static ngx_int_t ngx_shop_jose_header(ngx_str_t *header,
    ngx_shop_jose_t *jose, const char **why);
static ngx_uint_t ngx_shop_jose_is(json_t *value, const char *text);


ngx_int_t
ngx_shop_jose_split(ngx_str_t *token, ngx_shop_jose_t *jose, const char **why)
{
    size_t     len;
    ngx_str_t  header, sig;

    if (token->len == 0 || token->len > NGX_SHOP_TOKEN_MAX) {
        *why = "the token has no acceptable size";
        return NGX_DECLINED;
    }

    if (ngx_shop_jose_segments(token, &header, &jose->payload,
                               &jose->signed_part, &sig)
        != NGX_OK)
    {
        *why = "the token is not a signed JWT";
        return NGX_DECLINED;
    }

    if (ngx_shop_jose_header(&header, jose, why) != NGX_OK) {
        return NGX_DECLINED;
    }

    if (sig.len != NGX_SHOP_ES256_TEXT
        || ngx_shop_jose_decode(jose->sig, &len, &sig) != NGX_OK
        || len != NGX_SHOP_ES256_LEN)
    {
        *why = "the token's signature has not the form of ES256";
        return NGX_DECLINED;
    }

    return NGX_OK;
}


json_t *
ngx_shop_jose_object(ngx_str_t *segment, u_char *buf, const char **why)
{
    size_t        len;
    json_t       *object;
    json_error_t  error;

    if (ngx_shop_jose_decode(buf, &len, segment) != NGX_OK) {
        *why = "the token is not base64url";
        return NULL;
    }

    /* UTF-8 is checked by jansson, and NUL refused in strings and names */
    object = json_loadb((char *) buf, len, JSON_REJECT_DUPLICATES, &error);

    if (!json_is_object(object)) {
        json_decref(object);
        *why = "the token does not hold a JSON object";
        return NULL;
    }

    return object;
}


ngx_int_t
ngx_shop_jose_decode(u_char *dst, size_t *len, ngx_str_t *src)
{
    size_t    i, n;
    u_char    c;
    uint32_t  bits;

    n = 0;
    bits = 0;

    for (i = 0; i < src->len; i++) {
        c = src->data[i];

        if (c >= 'A' && c <= 'Z') {
            c -= 'A';

        } else if (c >= 'a' && c <= 'z') {
            c = c - 'a' + 26;

        } else if (c >= '0' && c <= '9') {
            c = c - '0' + 52;

        } else if (c == '-') {
            c = 62;

        } else if (c == '_') {
            c = 63;

        } else {
            return NGX_DECLINED;
        }

        bits = (bits << 6) | c;

        if (i % 4 != 0) {
            dst[n++] = (u_char) (bits >> (6 - 2 * (i % 4)));
        }
    }

    *len = n;

    /* one text for one value: no left-over character, no left-over bits */

    switch (i % 4) {
    case 1:
        return NGX_DECLINED;
    case 2:
        return (bits & 0x0f) ? NGX_DECLINED : NGX_OK;
    case 3:
        return (bits & 0x03) ? NGX_DECLINED : NGX_OK;
    default:
        return NGX_OK;
    }
}


ngx_int_t
ngx_shop_jose_segments(ngx_str_t *token, ngx_str_t *header,
    ngx_str_t *payload, ngx_str_t *signed_part, ngx_str_t *sig)
{
    u_char  *p, *last;

    last = token->data + token->len;

    p = ngx_strlchr(token->data, last, '.');
    if (p == NULL) {
        return NGX_DECLINED;
    }

    header->data = token->data;
    header->len = p - token->data;

    payload->data = p + 1;
    p = ngx_strlchr(p + 1, last, '.');
    if (p == NULL) {
        return NGX_DECLINED;
    }

    payload->len = p - payload->data;
    signed_part->data = token->data;
    signed_part->len = p - token->data;

    sig->data = p + 1;
    sig->len = last - sig->data;

    if (ngx_strlchr(sig->data, last, '.') != NULL) {
        return NGX_DECLINED;
    }

    return (header->len && payload->len) ? NGX_OK : NGX_DECLINED;
}


static ngx_int_t
ngx_shop_jose_header(ngx_str_t *header, ngx_shop_jose_t *jose,
    const char **why)
{
    json_t  *object, *kid;
    u_char   text[NGX_SHOP_JOSE_HEADER_MAX];

    if (header->len > NGX_SHOP_JOSE_HEADER_MAX) {
        *why = "the token's header is too large";
        return NGX_DECLINED;
    }

    object = ngx_shop_jose_object(header, text, why);
    if (object == NULL) {
        return NGX_DECLINED;
    }

    kid = json_object_get(object, "kid");
    *why = NULL;

    if (!ngx_shop_jose_is(json_object_get(object, "alg"), "ES256")) {
        *why = "the token is not signed with ES256";

    } else if (!ngx_shop_jose_is(json_object_get(object, "typ"), "at+jwt")) {
        *why = "the token is not an access token";

    } else if (json_string_length(kid) != NGX_SHOP_KID_LEN) {
        *why = "the token names no key of ours";

    } else if (json_object_size(object) != 3) {
        /* crit, jku, jwk, x5c and the like: nothing we would obey */
        *why = "the token's header has a member that is not understood";

    } else {
        ngx_memcpy(jose->kid, json_string_value(kid), NGX_SHOP_KID_LEN + 1);
    }

    json_decref(object);

    return *why ? NGX_DECLINED : NGX_OK;
}


static ngx_uint_t
ngx_shop_jose_is(json_t *value, const char *text)
{
    return json_is_string(value)
           && ngx_strcmp(json_string_value(value), text) == 0;
}
