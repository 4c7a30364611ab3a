/*
 * Tokens of outside issuers: their form and their header.
 */

#include "ngx_shop_jwt.h"
#include "ngx_shop_token_jose.h"


static const char *ngx_shop_jwt_header(ngx_str_t *segment,
    ngx_shop_jwt_t *jwt);
static const char *ngx_shop_jwt_type(json_t *typ, ngx_shop_jwt_t *jwt);


ngx_int_t
ngx_shop_jwt_split(ngx_str_t *token, ngx_shop_jwt_t *jwt, const char **why)
{
    ngx_str_t  header, sig;

    ngx_memzero(jwt, offsetof(ngx_shop_jwt_t, name));

    if (token->len == 0 || token->len > NGX_SHOP_JWT_MAX) {
        *why = "the token has no acceptable size";
        return NGX_DECLINED;
    }

    if (ngx_shop_jose_segments(token, &header, &jwt->payload,
                               &jwt->signed_part, &sig)
        != NGX_OK)
    {
        *why = "the token is not a signed JWT";
        return NGX_DECLINED;
    }

    *why = ngx_shop_jwt_header(&header, jwt);

    if (*why) {
        return NGX_DECLINED;
    }

    jwt->sig.data = jwt->bytes;

    if (sig.len == 0 || sig.len * 3 / 4 > NGX_SHOP_JWK_SIG_MAX
        || ngx_shop_jose_decode(jwt->bytes, &jwt->sig.len, &sig) != NGX_OK)
    {
        *why = "the token's signature has no acceptable form";
        return NGX_DECLINED;
    }

    return NGX_OK;
}


/* Members that we don't know are left alone, as RFC 7515 says; no key is ever
   taken from a header. */

static const char *
ngx_shop_jwt_header(ngx_str_t *segment, ngx_shop_jwt_t *jwt)
{
    json_t      *header, *alg, *kid;
    u_char       text[NGX_SHOP_JWT_HEADER];
    const char  *why;

    if (segment->len > NGX_SHOP_JWT_HEADER) {
        return "the token's header is too large";
    }

    why = NULL;

    header = ngx_shop_jose_object(segment, text, &why);
    if (header == NULL) {
        return why;
    }

    alg = json_object_get(header, "alg");
    kid = json_object_get(header, "kid");

    if (json_is_string(alg)) {
        jwt->alg = ngx_shop_jwk_alg(json_string_value(alg));
    }

    if (jwt->alg == 0) {
        why = "the token is not signed with a known algorithm";

    } else if (json_object_get(header, "crit")) {
        why = "the token's header has a member that is not understood";

    } else if (kid && (json_string_length(kid) == 0
                       || json_string_length(kid) > NGX_SHOP_JWK_KID_MAX))
    {
        why = "the token names no acceptable key";

    } else {
        why = ngx_shop_jwt_type(json_object_get(header, "typ"), jwt);
    }

    if (why == NULL && kid) {
        jwt->kid.len = json_string_length(kid);
        jwt->kid.data = jwt->name;
        ngx_memcpy(jwt->name, json_string_value(kid), jwt->kid.len);
    }

    json_decref(header);

    return why;
}


static const char *
ngx_shop_jwt_type(json_t *typ, ngx_shop_jwt_t *jwt)
{
    u_char  *text;

    if (typ == NULL) {
        return NULL;
    }

    text = (u_char *) json_string_value(typ);

    if (text && ngx_strcasecmp(text, (u_char *) "JWT") == 0) {
        return NULL;
    }

    if (text
        && (ngx_strcasecmp(text, (u_char *) "at+jwt") == 0
            || ngx_strcasecmp(text, (u_char *) "application/at+jwt") == 0))
    {
        jwt->access = 1;
        return NULL;
    }

    return "the token is of another type";
}
