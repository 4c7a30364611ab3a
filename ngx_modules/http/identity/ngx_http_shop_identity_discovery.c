/*
 * What programs find out by themselves: the metadata of the server (RFC 8414,
 * OpenID Connect Discovery), and who the user of a token is.
 */

#include "ngx_http_shop_identity_oauth.h"


static json_t *ngx_http_shop_metadata(ngx_str_t *issuer);
static json_t *ngx_http_shop_metadata_scopes(void);
static int ngx_http_shop_metadata_address(json_t *json, const char *name,
    ngx_str_t *issuer, const char *path);


/* the rows of identity.scope */

static const char  *ngx_http_shop_scopes[] = {
    "openid", "profile", "email", "addresses", "cart",
    "orders:read", "orders:write",
    "catalog:write", "catalog:manage", "media:write",
    "search:read", "search:write",
    "inventory:read", "inventory:write", "inventory:manage",
    "reviews:read", "reviews:write", "reviews:manage",
    "pos:write", "tax:read", "tax:write", "shipping:read", "shipping:write",
    "prices:read", "prices:write", "promotions:read", "promotions:write",
    "giftcards:read", "giftcards:write",
    "store:write", "jobs:read", "jobs:write", "tokens:read",
    NULL
};


ngx_int_t
ngx_http_shop_oauth_metadata(ngx_shop_request_t *sr)
{
    ngx_int_t         rc;
    ngx_str_t         issuer;

    static ngx_str_t  any = ngx_string("*");

    rc = ngx_http_shop_oauth_off(sr);
    if (rc != NGX_OK) {
        return rc;
    }

    (void) ngx_http_shop_oauth_issuer(&issuer);

    if (ngx_shop_header(sr, "Access-Control-Allow-Origin", &any) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_oauth_json(sr, ngx_http_shop_metadata(&issuer));
}


static json_t *
ngx_http_shop_metadata(ngx_str_t *issuer)
{
    int      rc;
    json_t  *json;

    json = json_pack("{s:s%, s:[s], s:[s], s:[s,s,s], s:[s], s:[s],"
                     " s:[s,s,s], s:[s,s,s], s:[s,s], s:b, s:[s], s:o,"
                     " s:[s,s,s,s,s,s,s,s,s,s,s,s], s:b, s:b, s:b}",
        "issuer", issuer->data, issuer->len,
        "response_types_supported", "code",
        "response_modes_supported", "query",
        "grant_types_supported", "authorization_code", "refresh_token",
            "client_credentials",
        "subject_types_supported", "public",
        "id_token_signing_alg_values_supported", "ES256",
        "token_endpoint_auth_methods_supported", "client_secret_basic",
            "client_secret_post", "none",
        "revocation_endpoint_auth_methods_supported", "client_secret_basic",
            "client_secret_post", "none",
        "introspection_endpoint_auth_methods_supported",
            "client_secret_basic", "client_secret_post",
        "authorization_response_iss_parameter_supported", 1,
        "code_challenge_methods_supported", "S256",
        "scopes_supported", ngx_http_shop_metadata_scopes(),
        "claims_supported", "iss", "sub", "aud", "exp", "iat", "auth_time",
            "nonce", "at_hash", "name", "locale", "email", "email_verified",
        "claims_parameter_supported", 0,
        "request_parameter_supported", 0,
        "request_uri_parameter_supported", 0);

    if (json == NULL) {
        return NULL;
    }

    rc = ngx_http_shop_metadata_address(json, "authorization_endpoint",
                                        issuer, "/oauth/authorize");
    rc |= ngx_http_shop_metadata_address(json, "token_endpoint", issuer,
                                         "/oauth/token");
    rc |= ngx_http_shop_metadata_address(json, "revocation_endpoint", issuer,
                                         "/oauth/revoke");
    rc |= ngx_http_shop_metadata_address(json, "introspection_endpoint",
                                         issuer, "/oauth/introspect");
    rc |= ngx_http_shop_metadata_address(json, "userinfo_endpoint", issuer,
                                         "/oauth/userinfo");
    rc |= ngx_http_shop_metadata_address(json, "jwks_uri", issuer,
                                         "/.well-known/jwks.json");
    rc |= ngx_http_shop_metadata_address(json, "service_documentation",
                                         issuer, "/docs/");

    if (rc) {
        json_decref(json);
        return NULL;
    }

    return json;
}


static json_t *
ngx_http_shop_metadata_scopes(void)
{
    json_t       *scopes;
    ngx_uint_t    i;

    scopes = json_array();

    for (i = 0; ngx_http_shop_scopes[i]; i++) {
        if (json_array_append_new(scopes, json_string(ngx_http_shop_scopes[i]))
            != 0)
        {
            json_decref(scopes);
            return NULL;
        }
    }

    return scopes;
}


static int
ngx_http_shop_metadata_address(json_t *json, const char *name,
    ngx_str_t *issuer, const char *path)
{
    return json_object_set_new(json, name,
                               json_sprintf("%.*s%s", (int) issuer->len,
                                            (char *) issuer->data, path));
}


ngx_int_t
ngx_http_shop_oauth_userinfo(ngx_shop_request_t *sr)
{
    const char       **params;

    static ngx_str_t   all = ngx_string("openid profile email");

    params = ngx_palloc(sr->r->pool, 2 * sizeof(char *));
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* the shop's own pages are not limited */

    params[0] = (const char *) sr->claims.user.data;
    params[1] = (const char *) (sr->claims.limited ? sr->claims.scope.data
                                                   : all.data);

    return ngx_shop_run(sr, NGX_SHOP_PG_READ, sr->ep->stmt, 2, params,
                        ngx_shop_answer);
}
