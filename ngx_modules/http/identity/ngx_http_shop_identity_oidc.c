/*
 * Sign-in with an outside OpenID provider: which there are, its beginning, and
 * the identities of an account.
 */

#include "ngx_http_shop_identity_oidc.h"


static ngx_int_t ngx_http_shop_identity_oidc_list(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_oidc_start(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_oidc_start(ngx_shop_request_t *sr, void *data);
static ngx_int_t ngx_http_shop_oidc_authorize(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, const ngx_str_t *address,
    const ngx_http_shop_oidc_state_t *state, ngx_str_t *url);


static ngx_shop_field_t  ngx_http_shop_identity_oidc_start_input[] = {
    { ngx_string("next"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1,
      NGX_HTTP_SHOP_OIDC_NEXT, NULL },
    { ngx_string("link"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    ngx_shop_no_more_fields
};

/* what providers send beside these is left alone */
static ngx_shop_field_t  ngx_http_shop_identity_oidc_callback_input[] = {
    { ngx_string("state"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("code"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_SECRET,
      1, 4096, NULL },
    { ngx_string("error"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("iss"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 500, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_identity_oidc_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/auth/oidc"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_oidc_list },

    { .method = NGX_HTTP_GET, .path = ngx_string("/auth/oidc/{provider}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_oidc_start_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS,
      .handler = ngx_http_shop_identity_oidc_start },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/auth/oidc/{provider}/callback"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_oidc_callback_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_ANY_QUERY|NGX_SHOP_EP_CREDENTIALS,
      .handler = ngx_http_shop_identity_oidc_callback },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/auth/oidc/{provider}/webhook"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_RAW_BODY|NGX_SHOP_EP_ANY_QUERY
               |NGX_SHOP_EP_OWN_ACCESS|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from identity.outside_told($1::bigint,"
                        " $4::text, $5::text, $6::text, $7::jsonb, $2::inet,"
                        " $3::text)"),
      .handler = ngx_http_shop_identity_oidc_webhook },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/identities"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from identity.identities($1::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/users/me/identities/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.unlink_own($1::uuid,"
                        " $2::uuid, $3::uuid, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SESSION,
                NGX_SHOP_BIND_PATH("id"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};


ngx_int_t
ngx_http_shop_identity_oidc_statements(ngx_conf_t *cf)
{
    if (ngx_http_shop_oidc_callback_statements(cf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_shop_oidc_enter_statements(cf);
}


ngx_int_t
ngx_http_shop_oidc_callback_url(ngx_shop_request_t *sr, ngx_uint_t here,
    ngx_str_t *url)
{
    ngx_str_t                    *host;
    ngx_uint_t                    tls;
    ngx_http_request_t           *r;
    const ngx_shop_token_conf_t  *conf;

    r = sr->r;
    conf = ngx_shop_token_settings();

    /* before a balancer that ends TLS the shop's own address tells */

    tls = (ngx_strncmp(conf->issuer.data, "https://", 8) == 0);

#if (NGX_HTTP_SSL)
    tls = tls || r->connection->ssl != NULL;
#endif

    host = ngx_shop_header_in(r, "host");
    if (host == NULL) {
        host = &r->headers_in.server;
    }

    url->data = ngx_pnalloc(r->pool, sizeof("https:///callback") + host->len
                                     + r->uri.len);
    if (url->data == NULL) {
        return NGX_ERROR;
    }

    url->len = ngx_sprintf(url->data, "http%s://%V%V%s", tls ? "s" : "", host,
                           &r->uri, here ? "" : "/callback")
               - url->data;

    return NGX_OK;
}


ngx_int_t
ngx_http_shop_oidc_go(ngx_shop_request_t *sr, ngx_str_t *location)
{
    if (ngx_shop_header(sr, "Location", location) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, NGX_HTTP_SEE_OTHER, NULL);
}


ngx_int_t
ngx_http_shop_oidc_fail(ngx_shop_request_t *sr,
    const ngx_http_shop_oidc_state_t *state, const char *code)
{
    size_t      len;
    u_char     *p;
    ngx_str_t   location;

    ngx_log_error(NGX_LOG_INFO, sr->r->connection->log, 0,
                  "oidc: a sign-in ends with \"%s\"", code);

    len = sizeof("/sign-in?error=&next=") + ngx_strlen(code)
          + 3 * state->next.len;

    location.data = ngx_pnalloc(sr->r->pool, len);
    if (location.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (state->user.len) {

        /* who links is signed in */

        p = ngx_sprintf(location.data, "%V%serror=%s", &state->next,
                        ngx_strlchr(state->next.data,
                                    state->next.data + state->next.len, '?')
                        ? "&" : "?", code);

    } else {
        p = ngx_sprintf(location.data, "/sign-in?error=%s", code);

        if (state->next.len > 1) {
            p = ngx_cpymem(p, "&next=", sizeof("&next=") - 1);
            p = (u_char *) ngx_escape_uri(p, state->next.data,
                                          state->next.len,
                                          NGX_ESCAPE_URI_COMPONENT);
        }
    }

    location.len = p - location.data;

    return ngx_http_shop_oidc_go(sr, &location);
}


static ngx_int_t
ngx_http_shop_identity_oidc_list(ngx_shop_request_t *sr)
{
    char                *text;
    json_t              *items;
    ngx_int_t            rc;
    ngx_str_t            body;
    ngx_uint_t           i;
    const ngx_array_t   *all;
    ngx_shop_issuer_t  **issuer;

    all = ngx_shop_issuers();
    issuer = all->elts;
    items = json_array();

    for (i = 0; i < all->nelts; i++) {

        if (issuer[i]->sign_in && ngx_shop_issuer_serves(sr, issuer[i])) {
            (void) json_array_append_new(items,
                       json_pack("{s:s#, s:s#}",
                                 "id", issuer[i]->name.data,
                                 (int) issuer[i]->name.len,
                                 "name", issuer[i]->title.data,
                                 (int) issuer[i]->title.len));
        }
    }

    items = json_pack("{s:o, s:n}", "items", items, "next_cursor");
    text = json_dumps(items, JSON_COMPACT);
    json_decref(items);

    if (text == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.len = ngx_strlen(text);
    body.data = ngx_pnalloc(sr->r->pool, body.len);

    if (body.data) {
        ngx_memcpy(body.data, text, body.len);
        rc = ngx_shop_reply(sr, NGX_HTTP_OK, &body);

    } else {
        rc = NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    free(text);

    return rc;
}


static ngx_int_t
ngx_http_shop_identity_oidc_start(ngx_shop_request_t *sr)
{
    ngx_int_t                 rc;
    const ngx_shop_issuer_t  *issuer;

    issuer = ngx_shop_issuer_named(sr, ngx_shop_path(sr, "provider"));

    if (issuer == NULL) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "there is no such provider");
    }

    rc = ngx_shop_issuer_load(sr, issuer, 0, ngx_http_shop_oidc_start,
                              (void *) issuer);

    if (rc == NGX_OK) {
        return ngx_http_shop_oidc_start(sr, (void *) issuer);
    }

    return rc == NGX_DONE ? NGX_DONE : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


static ngx_int_t
ngx_http_shop_oidc_start(ngx_shop_request_t *sr, void *data)
{
    const ngx_shop_issuer_t *issuer = data;

    ngx_str_t                     *next, *link, user, url;
    ngx_http_shop_oidc_state_t     state;
    const ngx_shop_issuer_live_t  *live;

    static ngx_str_t               home = ngx_string("/");

    ngx_memzero(&state, sizeof(state));

    next = ngx_shop_query_arg(sr, "next");
    link = ngx_shop_query_arg(sr, "link");
    state.next = (next && ngx_http_shop_oidc_is_path(next)) ? *next : home;

    ngx_str_set(&user, "");

    if (link && link->data[0] == 't') {

        if (!sr->signed_in || sr->claims.session.len == 0) {
            return ngx_http_shop_oidc_fail(sr, &state, "sign_in_first");
        }

        user = sr->claims.user;
        state.user = user;
    }

    live = ngx_shop_issuer_live(issuer);
    if (live == NULL) {
        return ngx_http_shop_oidc_fail(sr, &state, "provider_unavailable");
    }

    url = state.next;

    if (ngx_http_shop_oidc_begin(sr, issuer, &user, &url, &state) != NGX_OK
        || ngx_http_shop_oidc_authorize(sr, issuer, &live->authorization,
                                        &state, &url)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_oidc_go(sr, &url);
}


static ngx_int_t
ngx_http_shop_oidc_authorize(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, const ngx_str_t *address,
    const ngx_http_shop_oidc_state_t *state, ngx_str_t *url)
{
    u_char     *p;
    ngx_str_t   back;

    if (ngx_http_shop_oidc_callback_url(sr, 0, &back) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_pnalloc(sr->r->pool, address->len
                    + 3 * (issuer->client.len + back.len + issuer->scope.len
                           + issuer->domain.len)
                    + 4 * NGX_HTTP_SHOP_OIDC_TEXT + 256);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->data = p;
    p = ngx_sprintf(p, "%V%sresponse_type=code&client_id=", address,
                    ngx_strlchr(address->data, address->data + address->len,
                                '?') ? "&" : "?");
    p = (u_char *) ngx_escape_uri(p, issuer->client.data, issuer->client.len,
                                  NGX_ESCAPE_URI_COMPONENT);
    p = ngx_sprintf(p, "&redirect_uri=");
    p = (u_char *) ngx_escape_uri(p, back.data, back.len,
                                  NGX_ESCAPE_URI_COMPONENT);
    p = ngx_sprintf(p, "&scope=");
    p = (u_char *) ngx_escape_uri(p, issuer->scope.data, issuer->scope.len,
                                  NGX_ESCAPE_URI_COMPONENT);
    p = ngx_sprintf(p, "&state=%s&nonce=%s&code_challenge=%s"
                    "&code_challenge_method=S256", state->state, state->nonce,
                    state->challenge);

    /* a hint for the page of the provider; what counts is in the id_token */

    if (issuer->domain.len) {
        p = ngx_sprintf(p, "&hd=");
        p = (u_char *) ngx_escape_uri(p, issuer->domain.data,
                                      issuer->domain.len,
                                      NGX_ESCAPE_URI_COMPONENT);
    }

    url->len = p - url->data;

    return NGX_OK;
}
