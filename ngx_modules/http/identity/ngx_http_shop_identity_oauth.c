/*
 * OAuth 2.0: its endpoints, and what the handlers share: forms, the client's
 * credentials, errors.
 */

#include "ngx_http_shop_identity_oauth.h"
#include "ngx_shop_limit.h"
#include "ngx_shop_text.h"


static ngx_int_t ngx_http_shop_oauth_form(ngx_shop_request_t *sr,
    ngx_http_shop_oauth_t *ctx);
static void ngx_http_shop_oauth_caller(ngx_shop_request_t *sr,
    ngx_http_shop_oauth_t *ctx);
static ngx_int_t ngx_http_shop_oauth_basic(ngx_shop_request_t *sr,
    ngx_str_t *header, ngx_str_t *client, ngx_str_t *secret);


#define NGX_HTTP_SHOP_OAUTH_FLAGS                                             \
    (NGX_SHOP_EP_ROOT|NGX_SHOP_EP_ANY_QUERY|NGX_SHOP_EP_RAW_BODY              \
     |NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_WRITE)


ngx_shop_endpoint_t  ngx_http_shop_identity_oauth_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/oauth/authorize"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_HTTP_SHOP_OAUTH_FLAGS,
      .sql = ngx_string("select * from identity.authorize($1::bigint,"
                        " $2::uuid, $3::uuid, $4::jsonb, $5::bytea)"),
      .handler = ngx_http_shop_oauth_authorize },

    { .method = NGX_HTTP_POST, .path = ngx_string("/oauth/token"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_HTTP_SHOP_OAUTH_FLAGS|NGX_SHOP_EP_OWN_ACCESS,
      .sql = ngx_string("select * from identity.token($1::bigint,"
                        " $4::jsonb, $5::bytea, $6::bytea, $7::text,"
                        " $8::bytea, $9::bytea, $10::int, $11::int,"
                        " $12::text, $2::inet, $3::text)"),
      .handler = ngx_http_shop_oauth_token },

    { .method = NGX_HTTP_POST, .path = ngx_string("/oauth/revoke"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_HTTP_SHOP_OAUTH_FLAGS|NGX_SHOP_EP_OWN_ACCESS,
      .sql = ngx_string("select * from identity.revoke_token($1::bigint,"
                        " $4::text, $5::bytea, $6::uuid, $7::bytea,"
                        " $8::text, $2::inet, $3::text)"),
      .handler = ngx_http_shop_oauth_revoke },

    { .method = NGX_HTTP_POST, .path = ngx_string("/oauth/introspect"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_HTTP_SHOP_OAUTH_FLAGS|NGX_SHOP_EP_OWN_ACCESS,
      .sql = ngx_string("select * from identity.introspect($1::bigint,"
                        " $4::text, $5::bytea, $6::uuid, $7::bytea,"
                        " $8::text, $2::inet, $3::text)"),
      .handler = ngx_http_shop_oauth_introspect },

    { .method = NGX_HTTP_GET, .path = ngx_string("/oauth/userinfo"),
      .permission = NGX_SHOP_SIGNED_IN,
      .scope = ngx_string("openid"),
      .flags = NGX_HTTP_SHOP_OAUTH_FLAGS,
      .sql = ngx_string("select body from identity.userinfo($1::uuid,"
                        " $2::text)"),
      .handler = ngx_http_shop_oauth_userinfo },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/.well-known/openid-configuration"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE
               |NGX_SHOP_EP_ANY_QUERY,
      .handler = ngx_http_shop_oauth_metadata },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/.well-known/oauth-authorization-server"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE
               |NGX_SHOP_EP_ANY_QUERY,
      .handler = ngx_http_shop_oauth_metadata },

    ngx_shop_no_more_endpoints
};


ngx_http_shop_oauth_t *
ngx_http_shop_oauth_begin(ngx_shop_request_t *sr, ngx_int_t *rc)
{
    ngx_http_shop_oauth_t  *ctx;

    *rc = ngx_http_shop_oauth_off(sr);
    if (*rc != NGX_OK) {
        return NULL;
    }

    /* one who guesses at secrets has to wait, whatever he says now */

    *rc = ngx_shop_limit_guesses(sr);
    if (*rc != NGX_OK) {
        return NULL;
    }

    *rc = NGX_HTTP_INTERNAL_SERVER_ERROR;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_oauth_t));
    if (ctx == NULL) {
        return NULL;
    }

    sr->ctx = ctx;

    if (ngx_http_shop_oauth_form(sr, ctx) != NGX_OK) {
        return NULL;
    }

    if (ctx->error == NULL) {
        ngx_http_shop_oauth_caller(sr, ctx);
    }

    if (ctx->error) {
        *rc = ngx_http_shop_oauth_error(sr, ctx->error, ctx->detail);
        return NULL;
    }

    return ctx;
}


static ngx_int_t
ngx_http_shop_oauth_form(ngx_shop_request_t *sr, ngx_http_shop_oauth_t *ctx)
{
    u_char           *text;
    ngx_str_t         body;
    ngx_table_elt_t  *type;

    if (ngx_shop_raw_body(sr, &body) != NGX_OK) {
        return NGX_ERROR;
    }

    text = ngx_pnalloc(sr->r->pool, body.len + 1);
    if (text == NULL) {
        return NGX_ERROR;
    }

    if (body.len) {
        ngx_memcpy(text, body.data, body.len);
    }

    type = sr->r->headers_in.content_type;
    ctx->error = "invalid_request";

    if (type == NULL || !ngx_shop_form_is_type(&type->value)) {
        ctx->detail = "the body must be application/x-www-form-urlencoded";

    } else if (ngx_shop_form_parse(&ctx->form, text, body.len) != NGX_OK) {
        ctx->detail = "the body is not a form in UTF-8";

    } else if (ngx_shop_form_repeated(&ctx->form, NULL)) {
        ctx->detail = "a parameter is given twice";

    } else {
        ctx->error = NULL;
    }

    return NGX_OK;
}


/* client_secret_basic, client_secret_post, or a public client's name */

static void
ngx_http_shop_oauth_caller(ngx_shop_request_t *sr, ngx_http_shop_oauth_t *ctx)
{
    ngx_str_t  *header, *client, *secret, named, shown;

    header = ngx_shop_header_in(sr->r, "authorization");
    client = ngx_shop_form_get(&ctx->form, "client_id");
    secret = ngx_shop_form_get(&ctx->form, "client_secret");

    if (header) {
        ctx->basic = 1;

        if (ngx_http_shop_oauth_basic(sr, header, &named, &shown) != NGX_OK) {
            ctx->error = "invalid_client";
            ctx->detail = "the Authorization header is not good Basic";
            return;
        }

        if (secret || (client && (client->len != named.len
                                  || ngx_memcmp(client->data, named.data,
                                                named.len) != 0)))
        {
            ctx->error = "invalid_request";
            ctx->detail = "the client names itself in two ways";
            return;
        }

        client = &named;
        secret = &shown;
    }

    if (client == NULL || client->len == 0) {
        ctx->error = "invalid_client";
        ctx->detail = "the client does not say who it is";
        return;
    }

    ctx->client = *client;

    /* a text that no secret can be is a wrong one */

    if (secret && ngx_shop_refresh_read(secret, &ctx->secret) != NGX_OK) {
        ngx_memcpy(ctx->secret.hash, "\\x", sizeof("\\x"));
    }
}


/* RFC 6749, 2.3.1: both are encoded as in a form, then in base64 */

static ngx_int_t
ngx_http_shop_oauth_basic(ngx_shop_request_t *sr, ngx_str_t *header,
    ngx_str_t *client, ngx_str_t *secret)
{
    u_char     *colon;
    ngx_str_t   src, dst;

    if (header->len <= 6
        || ngx_strncasecmp(header->data, (u_char *) "Basic ", 6) != 0)
    {
        return NGX_DECLINED;
    }

    src.data = header->data + 6;
    src.len = header->len - 6;

    dst.data = ngx_pnalloc(sr->r->pool, ngx_base64_decoded_length(src.len) + 1);

    if (dst.data == NULL || ngx_decode_base64(&dst, &src) != NGX_OK) {
        return NGX_DECLINED;
    }

    colon = ngx_strlchr(dst.data, dst.data + dst.len, ':');
    if (colon == NULL) {
        return NGX_DECLINED;
    }

    client->data = dst.data;
    client->len = colon - dst.data;
    secret->data = colon + 1;
    secret->len = dst.data + dst.len - secret->data;

    if (ngx_shop_percent_decode(client, 1) != NGX_OK
        || ngx_shop_percent_decode(secret, 1) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    client->data[client->len] = '\0';
    secret->data[secret->len] = '\0';

    return NGX_OK;
}


ngx_int_t
ngx_http_shop_oauth_error(ngx_shop_request_t *sr, const char *error,
    const char *detail)
{
    ngx_str_t         body;
    ngx_uint_t        status;

    static ngx_str_t  basic = ngx_string("Basic realm=\"shop\"");

    status = NGX_HTTP_BAD_REQUEST;

    if (ngx_strcmp(error, "invalid_client") == 0) {

        status = NGX_HTTP_UNAUTHORIZED;

        if (ngx_shop_header(sr, "WWW-Authenticate", &basic) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    /* both are static, or of SQL: plain words */

    body.data = ngx_pnalloc(sr->r->pool, ngx_strlen(error)
                            + (detail ? ngx_strlen(detail) : 0)
                            + sizeof("{\"error\":\"\","
                                     "\"error_description\":\"\"}"));
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.len = ngx_sprintf(body.data, "{\"error\":\"%s\","
                           "\"error_description\":\"%s\"}", error,
                           detail ? detail : "")
               - body.data;

    return ngx_shop_reply(sr, status, &body);
}


ngx_int_t
ngx_http_shop_oauth_refused(ngx_shop_request_t *sr, PGresult *res)
{
    const char  *error;

    error = ngx_http_shop_oauth_column(res, "error");

    if (error == NULL) {
        return NGX_DECLINED;
    }

    if (ngx_strcmp(error, "invalid_client") == 0) {
        ngx_shop_limit_guessed(sr);
    }

    return ngx_http_shop_oauth_error(sr, error,
                                     ngx_http_shop_oauth_column(res,
                                                                "detail"));
}


ngx_int_t
ngx_http_shop_oauth_json(ngx_shop_request_t *sr, json_t *json)
{
    size_t     len;
    ngx_str_t  body;

    len = json ? json_dumpb(json, NULL, 0, JSON_COMPACT) : 0;

    body.data = ngx_pnalloc(sr->r->pool, len + 1);
    body.len = len;

    if (len == 0 || body.data == NULL) {
        json_decref(json);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    (void) json_dumpb(json, (char *) body.data, len, JSON_COMPACT);
    json_decref(json);

    return ngx_shop_reply(sr, NGX_HTTP_OK, &body);
}


const char *
ngx_http_shop_oauth_column(PGresult *res, const char *name)
{
    int  column;

    column = PQfnumber(res, name);

    if (column == -1 || PQntuples(res) == 0 || PQgetisnull(res, 0, column)) {
        return NULL;
    }

    return PQgetvalue(res, 0, column);
}


void
ngx_http_shop_oauth_after(ngx_shop_request_t *sr, PGresult *res)
{
    ngx_str_t    session;
    const char  *revoked, *epoch, *cors;

    revoked = ngx_http_shop_oauth_column(res, "revoked");
    epoch = ngx_http_shop_oauth_column(res, "epoch");
    cors = ngx_http_shop_oauth_column(res, "cors");

    if (revoked && epoch) {
        session.data = (u_char *) revoked;
        session.len = ngx_strlen(revoked);

        ngx_shop_node_revoke(&session, NULL,
                             ngx_atotm((u_char *) epoch, ngx_strlen(epoch)));
    }

    if (cors && cors[0] == 't') {
        ngx_shop_allow_origin(sr);
    }
}


const char *
ngx_http_shop_oauth_origin(ngx_shop_request_t *sr)
{
    size_t      i;
    ngx_str_t  *origin;

    origin = ngx_shop_header_in(sr->r, "origin");
    if (origin == NULL) {
        return NULL;
    }

    for (i = 0; i < origin->len; i++) {
        if (origin->data[i] <= ' ' || origin->data[i] >= 0x7f) {
            return NULL;
        }
    }

    return (const char *) origin->data;
}


json_t *
ngx_http_shop_oauth_named(ngx_shop_form_t *form, const char *const *names)
{
    json_t     *json;
    ngx_str_t  *value;

    json = json_object();

    for ( /* void */ ; *names; names++) {

        value = ngx_shop_form_get(form, *names);

        if (value) {
            (void) json_object_set_new(json, *names,
                                       json_stringn((char *) value->data,
                                                    value->len));
        }
    }

    return json;
}


const char *
ngx_http_shop_oauth_text(ngx_shop_request_t *sr, json_t *json)
{
    char       *text;
    u_char     *copy;
    ngx_str_t   src;

    text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    json_decref(json);

    if (text == NULL) {
        return NULL;
    }

    src.data = (u_char *) text;
    src.len = ngx_strlen(text) + 1;
    copy = ngx_pstrdup(sr->r->pool, &src);

    free(text);

    return (const char *) copy;
}


ngx_uint_t
ngx_http_shop_oauth_issuer(ngx_str_t *issuer)
{
    *issuer = ngx_shop_token_settings()->issuer;

    return (issuer->len > 8
            && ngx_strncmp(issuer->data, "https://", 8) == 0)
           || (issuer->len > 7
               && ngx_strncmp(issuer->data, "http://", 7) == 0);
}


ngx_int_t
ngx_http_shop_oauth_off(ngx_shop_request_t *sr)
{
    ngx_str_t  issuer;

    if (ngx_http_shop_oauth_issuer(&issuer)) {
        return NGX_OK;
    }

    return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                            "OAuth needs a shop_token_issuer that is the "
                            "shop's address");
}
