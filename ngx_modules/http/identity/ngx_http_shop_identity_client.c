/*
 * OAuth clients as staff manages them, what accounts granted them, and what a
 * client still waits for: rows, and a secret that is shown once.
 */

#include "ngx_http_shop_identity_oauth.h"


static ngx_int_t ngx_http_shop_client_add(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_client_secret(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_client_run(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind);
static ngx_int_t ngx_http_shop_client_done(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_client_show(ngx_shop_request_t *sr,
    PGresult *res);


static ngx_shop_field_t  ngx_http_shop_client_uri = {
    ngx_string("uri"), NGX_SHOP_TEXT, 0, 1, 2000, NULL
};

static ngx_shop_field_t  ngx_http_shop_client_scope = {
    ngx_string("scope"), NGX_SHOP_TEXT, 0, 1, 64, NULL
};

static ngx_shop_field_t  ngx_http_shop_client_grant = {
    ngx_string("grant"), NGX_SHOP_ENUM, 0, 0, 0,
    "authorization_code refresh_token client_credentials"
};

static ngx_shop_field_t  ngx_http_shop_client_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("type"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "public confidential" },
    { ngx_string("this_store"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("redirect_uris"), NGX_SHOP_ARRAY, 0, 0, 20,
      &ngx_http_shop_client_uri },
    { ngx_string("grant_types"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 3,
      &ngx_http_shop_client_grant },
    { ngx_string("scopes"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 50,
      &ngx_http_shop_client_scope },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_client_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("redirect_uris"), NGX_SHOP_ARRAY, 0, 0, 20,
      &ngx_http_shop_client_uri },
    { ngx_string("grant_types"), NGX_SHOP_ARRAY, 0, 1, 3,
      &ngx_http_shop_client_grant },
    { ngx_string("scopes"), NGX_SHOP_ARRAY, 0, 1, 50,
      &ngx_http_shop_client_scope },
    { ngx_string("disabled"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_client_language[] = {
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_client_decision[] = {
    { ngx_string("approve"), NGX_SHOP_BOOL, NGX_SHOP_REQUIRED, 0, 0, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_identity_client_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/oauth/requests/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_client_language,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.client_request($1::uuid,"
                        " $2::uuid, $3::bigint, $4::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_PATH("id"),
                NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_LOCALE } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/oauth/requests/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_client_decision,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from identity.decide_request($1::uuid,"
                        " $2::uuid, $3::uuid, $4::boolean, $7::bytea,"
                        " $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SESSION,
                NGX_SHOP_BIND_PATH("id") },
      .handler = ngx_http_shop_oauth_decide },

    { .method = NGX_HTTP_GET, .path = ngx_string("/oauth-clients"),
      .permission = ngx_string("clients:write"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from identity.clients($1::int,"
                        " $2::text)"),
      .bind = { NGX_SHOP_BIND_QUERY("limit"), NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/oauth-clients"),
      .permission = ngx_string("clients:write"),
      .input = ngx_http_shop_client_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from identity.add_client($1::bigint,"
                        " $2::uuid, $5::jsonb, $6::bytea, $3::inet,"
                        " $4::text)"),
      .handler = ngx_http_shop_client_add },

    { .method = NGX_HTTP_GET, .path = ngx_string("/oauth-clients/{id}"),
      .permission = ngx_string("clients:write"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from identity.client($1::uuid)"),
      .bind = { NGX_SHOP_BIND_PATH("id") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/oauth-clients/{id}"),
      .permission = ngx_string("clients:write"),
      .input = ngx_http_shop_client_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.change_client($1::bigint,"
                        " $2::uuid, $3::uuid, $4::jsonb, $5::text, $6::inet,"
                        " $7::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("id"), NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/oauth-clients/{id}"),
      .permission = ngx_string("clients:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.remove_client($1::bigint,"
                        " $2::uuid, $3::uuid, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("id"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/oauth-clients/{id}/secret"),
      .permission = ngx_string("clients:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from identity.put_client_secret($1::bigint,"
                        " $2::uuid, $5::uuid, $6::bytea, $3::inet,"
                        " $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST,
                NGX_SHOP_BIND_PATH("id") },
      .handler = ngx_http_shop_client_secret },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/grants"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_client_language,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.grants($1::uuid,"
                        " $2::bigint, $3::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_STORE,
                NGX_SHOP_BIND_LOCALE } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/users/me/grants/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.remove_grant($1::bigint,"
                        " $2::uuid, $3::uuid, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("id"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};


static const ngx_shop_bind_t  ngx_http_shop_client_add_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_DOCUMENT,
    NGX_SHOP_BIND_END
};

static const ngx_shop_bind_t  ngx_http_shop_client_secret_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_PATH("id"),
    NGX_SHOP_BIND_END
};


static ngx_int_t
ngx_http_shop_client_add(ngx_shop_request_t *sr)
{
    return ngx_http_shop_client_run(sr, ngx_http_shop_client_add_bind);
}


static ngx_int_t
ngx_http_shop_client_secret(ngx_shop_request_t *sr)
{
    return ngx_http_shop_client_run(sr, ngx_http_shop_client_secret_bind);
}


/* with the hash of a new secret, of which sr->ctx keeps the text */

static ngx_int_t
ngx_http_shop_client_run(ngx_shop_request_t *sr, const ngx_shop_bind_t *bind)
{
    ngx_uint_t            n;
    const char           *hash, **params;
    ngx_shop_refresh_t   *secret;

    secret = ngx_palloc(sr->r->pool, sizeof(ngx_shop_refresh_t));

    if (secret == NULL || ngx_shop_refresh_make(secret) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    hash = (const char *) secret->hash;

    params = ngx_http_shop_identity_with(sr, bind, &hash, 1, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    sr->ctx = secret;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, n, params,
                        ngx_http_shop_client_done);
}


static ngx_int_t
ngx_http_shop_client_done(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    PGresult  *res;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    res = ngx_shop_pg_take(q, sr->r->pool);

    if (res == NULL || PQntuples(res) != 1
        || ngx_http_shop_client_show(sr, res) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_answer_row(sr, res, 0);
}


/* the secret as a further member of the client that has one */

static ngx_int_t
ngx_http_shop_client_show(ngx_shop_request_t *sr, PGresult *res)
{
    int                  column;
    char                *text;
    json_t              *json;
    ngx_int_t            rc;
    ngx_shop_refresh_t  *secret = sr->ctx;

    column = PQfnumber(res, "body");

    json = json_loads(PQgetvalue(res, 0, column), 0, NULL);
    if (json == NULL) {
        return NGX_ERROR;
    }

    rc = NGX_OK;
    text = json_string_value(json_object_get(json, "type"))[0] == 'c'
           ? (char *) secret->text : NULL;

    if (text) {
        (void) json_object_set_new(json, "client_secret", json_string(text));

        text = json_dumps(json, JSON_COMPACT);

        if (text == NULL
            || PQsetvalue(res, 0, column, text, (int) ngx_strlen(text)) == 0)
        {
            rc = NGX_ERROR;
        }

        free(text);
    }

    json_decref(json);

    return rc;
}
