/*
 * The authorization endpoint and the answer of the consent page: what goes
 * back to the client by way of the browser.
 */

#include "ngx_http_shop_identity_oauth.h"


#define NGX_HTTP_SHOP_OAUTH_PAGE                                              \
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" \
    "<meta name=\"viewport\" content=\"width=device-width\">\n"               \
    "<meta name=\"robots\" content=\"noindex\">\n"                            \
    "<title>This app can't go on</title>\n</head>\n<body>\n<main>\n"          \
    "<h1>This app can't go on</h1>\n<p>%s</p>\n"                              \
    "<p>Go back to the app, and tell its makers if that happens again.</p>\n" \
    "<p><a href=\"/\">To the shop</a></p>\n</main>\n</body>\n</html>\n"


/* A request whose answer goes back to a client; lives in r->pool. */
typedef struct {
    ngx_shop_form_t          form;
    ngx_shop_refresh_t       code;
} ngx_http_shop_authorize_t;


static ngx_int_t ngx_http_shop_authorize_query(ngx_shop_request_t *sr,
    ngx_http_shop_authorize_t *ctx);
static const char *ngx_http_shop_authorize_params(ngx_shop_request_t *sr,
    ngx_http_shop_authorize_t *ctx);
static ngx_int_t ngx_http_shop_authorize_done(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_authorize_page(ngx_shop_request_t *sr,
    const char *code, const char *detail);
static ngx_int_t ngx_http_shop_authorize_sign_in(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_authorize_consent(ngx_shop_request_t *sr,
    const char *request);
static ngx_int_t ngx_http_shop_authorize_back(ngx_shop_request_t *sr,
    PGresult *res, ngx_str_t *url);
static u_char *ngx_http_shop_authorize_pair(u_char *p, const char *name,
    const char *value);
static ngx_int_t ngx_http_shop_authorize_go(ngx_shop_request_t *sr,
    ngx_str_t *url);
static ngx_int_t ngx_http_shop_authorize_decided(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static const char *const  ngx_http_shop_authorize_names[] = {
    "client_id", "redirect_uri", "response_type", "response_mode", "scope",
    "state", "nonce", "code_challenge", "code_challenge_method", "prompt",
    "max_age", "request", "request_uri", NULL
};

static const ngx_shop_bind_t  ngx_http_shop_authorize_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_END
};

static const ngx_shop_bind_t  ngx_http_shop_authorize_decide_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_PATH("id"),
    NGX_SHOP_BIND_BODY("approve"),
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_END
};


ngx_int_t
ngx_http_shop_oauth_authorize(ngx_shop_request_t *sr)
{
    ngx_int_t                   rc;
    ngx_uint_t                  n;
    const char                **bound, **params;
    ngx_http_shop_authorize_t  *ctx;

    rc = ngx_http_shop_oauth_off(sr);
    if (rc != NGX_OK) {
        return rc;
    }

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_authorize_t));
    bound = ngx_shop_params(sr, ngx_http_shop_authorize_bind, &n);
    params = ngx_palloc(sr->r->pool, 5 * sizeof(char *));

    if (ctx == NULL || bound == NULL || params == NULL
        || ngx_shop_refresh_make(&ctx->code) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    sr->ctx = ctx;

    switch (ngx_http_shop_authorize_query(sr, ctx)) {

    case NGX_OK:
        break;

    case NGX_DECLINED:
        return ngx_http_shop_authorize_page(sr, "invalid_request",
                                            "Its address is not a good one.");
    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memcpy(params, bound, 3 * sizeof(char *));
    params[3] = ngx_http_shop_authorize_params(sr, ctx);
    params[4] = (const char *) ctx->code.hash;

    if (params[3] == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, 5, params,
                        ngx_http_shop_authorize_done);
}


/* NGX_DECLINED: nobody can be told but the person at the browser */

static ngx_int_t
ngx_http_shop_authorize_query(ngx_shop_request_t *sr,
    ngx_http_shop_authorize_t *ctx)
{
    u_char     *text;
    ngx_str_t  *args;

    args = &sr->r->args;

    text = ngx_pnalloc(sr->r->pool, args->len + 1);
    if (text == NULL) {
        return NGX_ERROR;
    }

    if (args->len) {
        ngx_memcpy(text, args->data, args->len);
    }

    if (ngx_shop_form_parse(&ctx->form, text, args->len) != NGX_OK
        || ngx_shop_form_repeated(&ctx->form, "client_id")
        || ngx_shop_form_repeated(&ctx->form, "redirect_uri"))
    {
        return NGX_DECLINED;
    }

    return NGX_OK;
}


static const char *
ngx_http_shop_authorize_params(ngx_shop_request_t *sr,
    ngx_http_shop_authorize_t *ctx)
{
    json_t  *json;

    json = ngx_http_shop_oauth_named(&ctx->form,
                                     ngx_http_shop_authorize_names);

    if (ngx_shop_form_repeated(&ctx->form, NULL)) {
        (void) json_object_set_new(json, "repeated", json_true());
    }

    return ngx_http_shop_oauth_text(sr, json);
}


static ngx_int_t
ngx_http_shop_authorize_done(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_int_t    rc;
    ngx_str_t    url;
    const char  *outcome;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    outcome = ngx_http_shop_oauth_column(q->res, "outcome");
    if (outcome == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_strcmp(outcome, "refused") == 0) {
        return ngx_http_shop_authorize_page(sr,
                               ngx_http_shop_oauth_column(q->res, "error"),
                               ngx_http_shop_oauth_column(q->res, "detail"));
    }

    if (ngx_strcmp(outcome, "sign_in") == 0) {
        return ngx_http_shop_authorize_sign_in(sr);
    }

    if (ngx_strcmp(outcome, "consent") == 0) {
        return ngx_http_shop_authorize_consent(sr,
                               ngx_http_shop_oauth_column(q->res, "request"));
    }

    rc = ngx_http_shop_authorize_back(sr, q->res, &url);

    return rc == NGX_OK ? ngx_http_shop_authorize_go(sr, &url) : rc;
}


/* What is wrong cannot be told to the app: whose address would that be? */

static ngx_int_t
ngx_http_shop_authorize_page(ngx_shop_request_t *sr, const char *code,
    const char *detail)
{
    size_t      len;
    ngx_str_t  *accept, body;

    accept = ngx_shop_header_in(sr->r, "accept");

    if (accept == NULL
        || ngx_strlcasestrn(accept->data, accept->data + accept->len,
                            (u_char *) "text/html", 9 - 1) == NULL)
    {
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST, code, detail);
    }

    len = sizeof(NGX_HTTP_SHOP_OAUTH_PAGE) + ngx_strlen(detail);

    body.data = ngx_pnalloc(sr->r->pool, len);
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.len = ngx_snprintf(body.data, len, NGX_HTTP_SHOP_OAUTH_PAGE, detail)
               - body.data;

    return ngx_shop_reply_type(sr, NGX_HTTP_BAD_REQUEST,
                               "text/html; charset=utf-8", &body);
}


/* Signing in leads back here, by an address made of plain characters. */

static ngx_int_t
ngx_http_shop_authorize_sign_in(ngx_shop_request_t *sr)
{
    u_char                     *p, mark;
    size_t                      len;
    ngx_str_t                   next, *value, url;
    const char *const          *name;
    ngx_http_shop_authorize_t  *ctx = sr->ctx;

    static ngx_str_t            enrol = ngx_string("/account/security");

    /* signed in, but a role asks for a second factor: signing in the same way
       once more would lead here again */

    if (!sr->signed_in && sr->claims.roles.len && !sr->claims.strong
        && ngx_shop_node_asks_mfa(&sr->claims.roles))
    {
        return ngx_http_shop_authorize_go(sr, &enrol);
    }

    len = sizeof("/oauth/authorize?") + 3 * sr->r->args.len
          + sizeof(ngx_http_shop_authorize_names)
            / sizeof(char *) * sizeof("&code_challenge_method=");

    next.data = ngx_pnalloc(sr->r->pool, len);
    url.data = ngx_pnalloc(sr->r->pool, sizeof("/sign-in?next=") + 3 * len);

    if (next.data == NULL || url.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    mark = '?';
    p = ngx_sprintf(next.data, "/oauth/authorize");

    for (name = ngx_http_shop_authorize_names; *name; name++) {

        value = ngx_shop_form_get(&ctx->form, *name);

        if (value) {
            p = ngx_sprintf(p, "%c%s=", mark, *name);
            p = ngx_shop_form_escape(p, value);
            mark = '&';
        }
    }

    next.len = p - next.data;

    p = ngx_sprintf(url.data, "/sign-in?next=");
    url.len = ngx_shop_form_escape(p, &next) - url.data;

    return ngx_http_shop_authorize_go(sr, &url);
}


static ngx_int_t
ngx_http_shop_authorize_consent(ngx_shop_request_t *sr, const char *request)
{
    ngx_str_t  url;

    url.data = ngx_pnalloc(sr->r->pool,
                           sizeof("/consent?request=") + ngx_strlen(request));
    if (url.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    url.len = ngx_sprintf(url.data, "/consent?request=%s", request) - url.data;

    return ngx_http_shop_authorize_go(sr, &url);
}


/* The client's address with the code or the error, its state, and our name
   (RFC 9207).  An address that is registered has plain characters only. */

static ngx_int_t
ngx_http_shop_authorize_back(ngx_shop_request_t *sr, PGresult *res,
    ngx_str_t *url)
{
    u_char                     *p;
    ngx_str_t                   issuer;
    const char                 *uri, *error, *detail, *state;
    ngx_http_shop_authorize_t  *ctx = sr->ctx;

    uri = ngx_http_shop_oauth_column(res, "redirect_uri");
    error = ngx_http_shop_oauth_column(res, "error");
    detail = ngx_http_shop_oauth_column(res, "detail");
    state = ngx_http_shop_oauth_column(res, "state");

    (void) ngx_http_shop_oauth_issuer(&issuer);

    if (uri == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = ngx_pnalloc(sr->r->pool, ngx_strlen(uri)
                    + sizeof("&error=&error_description=&code=&state=&iss=")
                    + (error ? 3 * ngx_strlen(error) : NGX_SHOP_REFRESH_LEN)
                    + (detail ? 3 * ngx_strlen(detail) : 0)
                    + (state ? 3 * ngx_strlen(state) : 0)
                    + 3 * issuer.len);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    url->data = p;

    p = ngx_sprintf(p, "%s%s", uri, ngx_strchr(uri, '?') ? "&" : "?");

    if (error) {
        p = ngx_http_shop_authorize_pair(p, "error=", error);
        p = ngx_http_shop_authorize_pair(p, "&error_description=", detail);

    } else {
        p = ngx_sprintf(p, "code=%s", ctx->code.text);
    }

    p = ngx_http_shop_authorize_pair(p, "&state=", state);
    p = ngx_sprintf(p, "&iss=");
    url->len = ngx_shop_form_escape(p, &issuer) - url->data;

    return NGX_OK;
}


static u_char *
ngx_http_shop_authorize_pair(u_char *p, const char *name, const char *value)
{
    ngx_str_t  text;

    if (value == NULL) {
        return p;
    }

    text.data = (u_char *) value;
    text.len = ngx_strlen(value);

    return ngx_shop_form_escape(ngx_sprintf(p, "%s", name), &text);
}


static ngx_int_t
ngx_http_shop_authorize_go(ngx_shop_request_t *sr, ngx_str_t *url)
{
    if (ngx_shop_header(sr, "Location", url) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply(sr, NGX_HTTP_SEE_OTHER, NULL);
}


/* The person says it with the browser that was asked, nobody else for it. */

ngx_int_t
ngx_http_shop_oauth_decide(ngx_shop_request_t *sr)
{
    ngx_uint_t                  n;
    const char                 *hash, **params;
    ngx_http_shop_authorize_t  *ctx;

    if (ngx_shop_header_in(sr->r, "authorization")) {
        return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN, "forbidden",
                                "this is answered in the browser");
    }

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_authorize_t));

    if (ctx == NULL || ngx_shop_refresh_make(&ctx->code) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    hash = (const char *) ctx->code.hash;

    params = ngx_http_shop_identity_with(sr,
                                         ngx_http_shop_authorize_decide_bind,
                                         &hash, 1, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    sr->ctx = ctx;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, n, params,
                        ngx_http_shop_authorize_decided);
}


static ngx_int_t
ngx_http_shop_authorize_decided(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_int_t  rc;
    ngx_str_t  url;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    rc = ngx_http_shop_authorize_back(sr, q->res, &url);
    if (rc != NGX_OK) {
        return rc;
    }

    return ngx_http_shop_oauth_json(sr, json_pack("{s:s%}", "redirect_to",
                                                  url.data, url.len));
}
