/*
 * Fetching what an outside issuer publishes: its discovery document (OpenID
 * Connect Discovery 1.0, RFC 8414), then the JWK Set that this names.
 */

#include "ngx_shop_issuer.h"
#include "ngx_shop_engine.h"
#include "ngx_shop_fetch.h"


#define NGX_SHOP_ISSUER_WELL_KNOWN  "/.well-known/openid-configuration"
#define NGX_SHOP_ISSUER_POLL        25   /* ms, while another one fetches */


typedef struct {
    ngx_shop_request_t       *sr;
    const ngx_shop_issuer_t  *issuer;
    ngx_shop_issuer_pt        next;
    void                     *data;
    ngx_shop_fetch_t          fetch;
    json_t                   *discovery; /* freed by the cleanup */
    ngx_event_t               poll;
    unsigned                  claimed:1;
} ngx_shop_issuer_load_t;


static ngx_int_t ngx_shop_issuer_begin(ngx_shop_issuer_load_t *load);
static ngx_int_t ngx_shop_issuer_discovered(ngx_shop_request_t *sr,
    ngx_shop_fetch_t *fetch);
static const char *ngx_shop_issuer_discovery(ngx_shop_issuer_load_t *load,
    ngx_str_t *jwks);
static const char *ngx_shop_issuer_able(ngx_shop_issuer_load_t *load);
static ngx_uint_t ngx_shop_issuer_lists(json_t *list, const char *name);
static ngx_int_t ngx_shop_issuer_keys(ngx_shop_request_t *sr,
    ngx_shop_fetch_t *fetch);
static const char *ngx_shop_issuer_take(ngx_shop_issuer_load_t *load);
static json_t *ngx_shop_issuer_summary(json_t *discovery, json_t *keys);
static json_t *ngx_shop_issuer_json(ngx_shop_fetch_t *fetch);
static ngx_uint_t ngx_shop_issuer_url(ngx_shop_issuer_load_t *load,
    const char *name, ngx_uint_t required, ngx_str_t *url);
static ngx_uint_t ngx_shop_issuer_posts(json_t *discovery);
static ngx_int_t ngx_shop_issuer_end(ngx_shop_issuer_load_t *load,
    const char *why);
static void ngx_shop_issuer_poll(ngx_event_t *ev);
static void ngx_shop_issuer_cleanup(void *data);


ngx_int_t
ngx_shop_issuer_load(ngx_shop_request_t *sr, const ngx_shop_issuer_t *issuer,
    ngx_uint_t again, ngx_shop_issuer_pt next, void *data)
{
    ngx_uint_t               claimed;
    ngx_http_cleanup_t      *cln;
    ngx_shop_issuer_load_t  *load;

    claimed = ngx_shop_issuer_claim(issuer, again);

    if (!claimed) {

        /* with what is there, or without; a key may be on its way */

        if ((ngx_shop_issuer_live(issuer) && !again)
            || !ngx_shop_issuer_busy(issuer))
        {
            return NGX_OK;
        }
    }

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_issuer_load_t));
    if (cln == NULL) {

        if (claimed) {
            ngx_shop_issuer_publish(issuer, NULL, 0);
        }

        return NGX_ERROR;
    }

    load = cln->data;
    ngx_memzero(load, sizeof(ngx_shop_issuer_load_t));

    cln->handler = ngx_shop_issuer_cleanup;

    load->sr = sr;
    load->issuer = issuer;
    load->next = next;
    load->data = data;
    load->claimed = claimed;

    if (claimed) {
        return ngx_shop_issuer_begin(load);
    }

    load->poll.handler = ngx_shop_issuer_poll;
    load->poll.data = load;
    load->poll.log = sr->r->connection->log;
    ngx_add_timer(&load->poll, NGX_SHOP_ISSUER_POLL);

    return NGX_DONE;
}


static ngx_int_t
ngx_shop_issuer_begin(ngx_shop_issuer_load_t *load)
{
    u_char            *p;
    ngx_str_t          issuer;
    ngx_shop_fetch_t  *fetch;

    fetch = &load->fetch;
    issuer = load->issuer->issuer;

    if (issuer.data[issuer.len - 1] == '/') {
        issuer.len--;
    }

    fetch->url.len = issuer.len + sizeof(NGX_SHOP_ISSUER_WELL_KNOWN) - 1;

    p = ngx_pnalloc(load->sr->r->pool, fetch->url.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    fetch->url.data = p;
    p = ngx_cpymem(p, issuer.data, issuer.len);
    ngx_memcpy(p, NGX_SHOP_ISSUER_WELL_KNOWN,
               sizeof(NGX_SHOP_ISSUER_WELL_KNOWN) - 1);

    fetch->done = ngx_shop_issuer_discovered;
    fetch->data = load;

    return ngx_shop_fetch(load->sr, fetch) == NGX_OK ? NGX_DONE : NGX_ERROR;
}


static ngx_int_t
ngx_shop_issuer_discovered(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch)
{
    const char              *why;
    ngx_shop_issuer_load_t  *load = fetch->data;

    load->discovery = ngx_shop_issuer_json(fetch);

    why = ngx_shop_issuer_discovery(load, &fetch->url);
    if (why) {
        return ngx_shop_issuer_end(load, why);
    }

    fetch->done = ngx_shop_issuer_keys;

    if (ngx_shop_fetch(sr, fetch) != NGX_OK) {
        return ngx_shop_issuer_end(load, "its keys cannot be asked for");
    }

    return NGX_DONE;
}


static const char *
ngx_shop_issuer_discovery(ngx_shop_issuer_load_t *load, ngx_str_t *jwks)
{
    json_t     *said;
    ngx_str_t   url;
    ngx_uint_t  sign_in;

    if (load->discovery == NULL) {
        return "its discovery document cannot be read";
    }

    said = json_object_get(load->discovery, "issuer");

    if (json_string_length(said) != load->issuer->issuer.len
        || ngx_memcmp(json_string_value(said), load->issuer->issuer.data,
                      load->issuer->issuer.len) != 0)
    {
        return "its discovery document is of another issuer";
    }

    sign_in = load->issuer->sign_in;

    if (!ngx_shop_issuer_url(load, "authorization_endpoint", sign_in, &url)
        || !ngx_shop_issuer_url(load, "token_endpoint", sign_in, &url)
        || !ngx_shop_issuer_url(load, "userinfo_endpoint", 0, &url)
        || !ngx_shop_issuer_url(load, "jwks_uri", 1, jwks))
    {
        return "its discovery document lacks an address, or has one that is "
               "not https";
    }

    return sign_in ? ngx_shop_issuer_able(load) : NULL;
}


/* What it can do, where its document tells that. */

static const char *
ngx_shop_issuer_able(ngx_shop_issuer_load_t *load)
{
    size_t       i;
    json_t      *list, *one;
    ngx_uint_t   algs;

    list = json_object_get(load->discovery,
                           "code_challenge_methods_supported");

    if (list && !ngx_shop_issuer_lists(list, "S256")) {
        return "it knows no PKCE by S256";
    }

    list = json_object_get(load->discovery,
                           "id_token_signing_alg_values_supported");
    algs = list ? 0 : load->issuer->algs;

    json_array_foreach(list, i, one) {
        if (json_is_string(one)) {
            algs |= ngx_shop_jwk_alg(json_string_value(one));
        }
    }

    return (algs & load->issuer->algs)
           ? NULL : "it signs with none of the algorithms of alg=";
}


static ngx_uint_t
ngx_shop_issuer_lists(json_t *list, const char *name)
{
    size_t   i;
    json_t  *one;

    json_array_foreach(list, i, one) {
        if (json_is_string(one)
            && ngx_strcmp(json_string_value(one), name) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static ngx_int_t
ngx_shop_issuer_keys(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch)
{
    (void) sr;

    return ngx_shop_issuer_end(fetch->data, ngx_shop_issuer_take(fetch->data));
}


static const char *
ngx_shop_issuer_take(ngx_shop_issuer_load_t *load)
{
    char    *text;
    size_t   len;
    json_t  *set, *slim, *summary;

    set = ngx_shop_issuer_json(&load->fetch);
    slim = ngx_shop_jwks_slim(set);
    json_decref(set);

    if (slim == NULL) {
        return "its JWK Set cannot be read";
    }

    summary = ngx_shop_issuer_summary(load->discovery, slim);
    text = json_dumps(summary, JSON_COMPACT|JSON_SORT_KEYS);
    json_decref(summary);

    if (text == NULL) {
        return "memory is short";
    }

    len = ngx_strlen(text);

    if (len <= NGX_SHOP_ISSUER_TEXT) {
        ngx_shop_issuer_publish(load->issuer, text, len);
        load->claimed = 0;
    }

    free(text);

    return load->claimed ? "its JWK Set is too large" : NULL;
}


static json_t *
ngx_shop_issuer_summary(json_t *discovery, json_t *keys)
{
    return json_pack("{s:O?, s:O?, s:O?, s:b, s:b, s:o}",
                     "authorization",
                     json_object_get(discovery, "authorization_endpoint"),
                     "token", json_object_get(discovery, "token_endpoint"),
                     "userinfo",
                     json_object_get(discovery, "userinfo_endpoint"),
                     "post", (int) ngx_shop_issuer_posts(discovery),
                     "says_iss",
                     json_is_true(json_object_get(discovery,
                         "authorization_response_iss_parameter_supported")),
                     "jwks", keys);
}


static json_t *
ngx_shop_issuer_json(ngx_shop_fetch_t *fetch)
{
    json_t  *object;

    if (fetch->status != NGX_HTTP_OK) {
        return NULL;
    }

    object = json_loadb((char *) fetch->answer.data, fetch->answer.len,
                        JSON_REJECT_DUPLICATES, NULL);

    if (!json_is_object(object)) {
        json_decref(object);
        return NULL;
    }

    return object;
}


/* An address of the document; what is left out is "". */

static ngx_uint_t
ngx_shop_issuer_url(ngx_shop_issuer_load_t *load, const char *name,
    ngx_uint_t required, ngx_str_t *url)
{
    json_t  *value;

    value = json_object_get(load->discovery, name);

    if (value == NULL && !required) {
        ngx_str_set(url, "");
        return 1;
    }

    /* the document lives as long as the request */

    url->data = (u_char *) json_string_value(value);
    url->len = json_string_length(value);

    return url->len && ngx_shop_fetch_url(url, load->issuer->loopback);
}


/* Credentials go by Basic (the default), unless only the form is taken. */

static ngx_uint_t
ngx_shop_issuer_posts(json_t *discovery)
{
    json_t  *methods;

    methods = json_object_get(discovery,
                              "token_endpoint_auth_methods_supported");

    return ngx_shop_issuer_lists(methods, "client_secret_post")
           && !ngx_shop_issuer_lists(methods, "client_secret_basic");
}


static ngx_int_t
ngx_shop_issuer_end(ngx_shop_issuer_load_t *load, const char *why)
{
    if (why) {
        ngx_log_error(NGX_LOG_WARN, load->sr->r->connection->log, 0,
                      "oidc: \"%V\" was not loaded: %s", &load->issuer->name,
                      why);
    }

    if (load->claimed) {
        load->claimed = 0;
        ngx_shop_issuer_publish(load->issuer, NULL, 0);
    }

    return load->next(load->sr, load->data);
}


static void
ngx_shop_issuer_poll(ngx_event_t *ev)
{
    ngx_int_t                rc;
    ngx_connection_t        *c;
    ngx_shop_request_t      *sr;
    ngx_shop_issuer_load_t  *load = ev->data;

    if (ngx_shop_issuer_busy(load->issuer)) {
        ngx_add_timer(ev, NGX_SHOP_ISSUER_POLL);
        return;
    }

    sr = load->sr;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    rc = load->next(sr, load->data);

    if (rc != NGX_DONE) {
        ngx_shop_request_end(sr, rc);
    }

    ngx_http_run_posted_requests(c);
}


/* A request whose client went away leaves the fetch to the next one. */

static void
ngx_shop_issuer_cleanup(void *data)
{
    ngx_shop_issuer_load_t  *load = data;

    if (load->poll.timer_set) {
        ngx_del_timer(&load->poll);
    }

    if (load->claimed) {
        load->claimed = 0;
        ngx_shop_issuer_publish(load->issuer, NULL, 0);
    }

    json_decref(load->discovery);
    load->discovery = NULL;
}
