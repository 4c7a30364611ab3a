/*
 * Passkeys: endpoints, and how one is made.
 */

#include "ngx_http_shop_identity.h"


#define NGX_HTTP_SHOP_CREDENTIAL_MAX  24576   /* bytes of its JSON */
#define NGX_HTTP_SHOP_TRANSPORTS_MAX  8
#define NGX_HTTP_SHOP_TRANSPORT_LEN   32


/* A passkey that is made; lives in r->pool. */
typedef struct {
    ngx_http_shop_identity_ceremony_t  ceremony;
    ngx_shop_webauthn_made_t made;
    u_char                   object[NGX_SHOP_WEBAUTHN_OBJECT];
} ngx_http_shop_identity_passkey_t;


static ngx_uint_t ngx_http_shop_identity_is_name(ngx_str_t *host);
static const char *ngx_http_shop_identity_passkey_read(
    ngx_shop_request_t *sr, ngx_http_shop_identity_passkey_t *passkey);
static ngx_int_t ngx_http_shop_identity_passkey_put(ngx_shop_request_t *sr,
    ngx_http_shop_identity_passkey_t *passkey);
static const char *ngx_http_shop_identity_passkey_text(
    ngx_shop_request_t *sr, ngx_http_shop_identity_passkey_t *passkey);
static json_t *ngx_http_shop_identity_hex(const u_char *bytes, size_t len);
static json_t *ngx_http_shop_identity_transports(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_identity_passkey_added(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);


static const ngx_shop_bind_t  ngx_http_shop_identity_passkey_begin_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    { NGX_SHOP_FROM_END, ngx_null_string }
};

static const ngx_shop_bind_t  ngx_http_shop_identity_passkey_add_bind[] = {
    NGX_SHOP_BIND_ACTOR,
    NGX_SHOP_BIND_SESSION,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    { NGX_SHOP_FROM_END, ngx_null_string }
};


/* what browsers put into a credential grows: the parts that count are read in
   their places */

static ngx_shop_field_t  ngx_http_shop_identity_passkey_input[] = {
    { ngx_string("credential"), NGX_SHOP_OBJECT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, 0, NGX_HTTP_SHOP_CREDENTIAL_MAX,
      NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_credential_input[] = {
    { ngx_string("credential"), NGX_SHOP_OBJECT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, 0, NGX_HTTP_SHOP_CREDENTIAL_MAX,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_rename_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_identity_passkey_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/passkey/options"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_passkey_ask },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/passkey"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_credential_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_passkey_sign_in },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/passkeys"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_ENROL,
      .sql = ngx_string("select body from identity.passkeys($1::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/users/me/passkeys/options"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_ENROL,
      .handler = ngx_http_shop_identity_passkey_options },

    { .method = NGX_HTTP_POST, .path = ngx_string("/users/me/passkeys"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_passkey_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_ENROL,
      .handler = ngx_http_shop_identity_passkey_add },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/users/me/passkeys/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_rename_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.passkey_rename($1::uuid,"
                        " $2::uuid, $3::text, $4::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_PATH("id"),
                NGX_SHOP_BIND_BODY("name"), NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/users/me/passkeys/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.passkey_remove($1::uuid,"
                        " $2::uuid, $3::uuid, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SESSION,
                NGX_SHOP_BIND_PATH("id"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};


ngx_int_t
ngx_http_shop_identity_passkey_options(ngx_shop_request_t *sr)
{
    u_char                     text[NGX_SHOP_CHALLENGE_LEN + 1];
    ngx_str_t                  challenge;
    ngx_uint_t                 n;
    const char                *extra[2], **params;
    const ngx_array_t         *keys;
    ngx_shop_challenge_t       of;
    ngx_shop_webauthn_site_t   site;

    if (ngx_http_shop_identity_site(sr, &site) != NGX_OK) {
        return NGX_DONE;
    }

    keys = &ngx_http_shop_identity_conf(sr)->mfa.keys;

    of.purpose = NGX_SHOP_CHALLENGE_MAKE;
    of.host = site.rp;
    of.account = sr->claims.user;

    challenge.data = text;
    challenge.len = sizeof(text);

    if (ngx_shop_challenge_make(keys->elts, &of, ngx_time(), text) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    extra[0] = (const char *) site.rp.data;
    extra[1] = (const char *) ngx_pstrdup(sr->r->pool, &challenge);

    params = ngx_http_shop_identity_with(sr,
                                     ngx_http_shop_identity_passkey_begin_bind,
                                         extra, 2, &n);

    if (extra[1] == NULL || params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.passkey_begin, n,
                        params, ngx_shop_answer);
}


ngx_int_t
ngx_http_shop_identity_passkey_add(ngx_shop_request_t *sr)
{
    const char                        *why;
    ngx_http_shop_identity_passkey_t  *passkey;

    passkey = ngx_pcalloc(sr->r->pool,
                          sizeof(ngx_http_shop_identity_passkey_t));
    if (passkey == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    sr->ctx = passkey;

    if (ngx_http_shop_identity_site(sr, &passkey->ceremony.site) != NGX_OK) {
        return NGX_DONE;
    }

    why = ngx_http_shop_identity_passkey_read(sr, passkey);

    if (why) {
        return ngx_http_shop_identity_invalid(sr, "/credential", why);
    }

    return ngx_http_shop_identity_passkey_put(sr, passkey);
}


/* Passkeys belong to the host that the page is of, one of the store's; a
   browser makes none for an address. */

ngx_int_t
ngx_http_shop_identity_site(ngx_shop_request_t *sr,
    ngx_shop_webauthn_site_t *site)
{
    u_char      *p;
    ngx_str_t   *host, *hosts;
    ngx_uint_t   i;

    hosts = sr->store->hosts.elts;
    site->rp = sr->r->headers_in.server;

    for (i = 0; i < sr->store->hosts.nelts; i++) {
        if (hosts[i].len == site->rp.len
            && ngx_memcmp(hosts[i].data, site->rp.data, site->rp.len) == 0)
        {
            break;
        }
    }

    if (i == sr->store->hosts.nelts
        || !ngx_http_shop_identity_is_name(&site->rp))
    {
        (void) ngx_shop_problem(sr, NGX_HTTP_CONFLICT, "passkeys_unavailable",
                                "passkeys need the shop's own host name");
        return NGX_DECLINED;
    }

    p = ngx_pnalloc(sr->r->pool, site->rp.len + 1);
    if (p == NULL) {
        (void) ngx_shop_unavailable(sr, "memory is short");
        return NGX_DECLINED;
    }

    *ngx_cpymem(p, site->rp.data, site->rp.len) = '\0';
    site->rp.data = p;

    host = ngx_shop_header_in(sr->r, "host");
    site->host = host ? *host : sr->r->headers_in.server;

    return NGX_OK;
}


/* A letter in its last part, and no colon. */

static ngx_uint_t
ngx_http_shop_identity_is_name(ngx_str_t *host)
{
    size_t      i;
    ngx_uint_t  letter;

    letter = 0;

    for (i = 0; i < host->len; i++) {

        switch (host->data[i]) {

        case ':':
            return 0;

        case '.':
            letter = 0;
            break;

        default:
            letter |= host->data[i] >= 'a' && host->data[i] <= 'z';
        }
    }

    return letter;
}


const char *
ngx_http_shop_identity_ceremony(ngx_shop_request_t *sr, json_t *response,
    ngx_uint_t purpose, ngx_http_shop_identity_ceremony_t *ceremony)
{
    u_char                 bytes[NGX_SHOP_WEBAUTHN_CLIENT];
    ngx_str_t              text;
    ngx_uint_t             made;
    const char            *why;
    const ngx_array_t     *keys;
    ngx_shop_challenge_t   of;

    keys = &ngx_http_shop_identity_conf(sr)->mfa.keys;
    made = (purpose == NGX_SHOP_CHALLENGE_MAKE);
    text.data = bytes;

    if (ngx_shop_webauthn_bytes(response, "clientDataJSON", bytes,
                                sizeof(bytes), &text.len)
        != NGX_OK)
    {
        return "has no good response.clientDataJSON";
    }

    why = ngx_shop_webauthn_client(&text,
                                   made ? "webauthn.create" : "webauthn.get",
                                   &ceremony->site, &ceremony->client);
    if (why) {
        return why;
    }

    of.purpose = purpose;
    of.host = ceremony->site.rp;
    ngx_str_set(&of.account, "");

    if (made) {
        of.account = sr->claims.user;
    }

    text.data = ceremony->client.challenge;
    text.len = ceremony->client.len;

    if (ngx_shop_challenge_check(keys->elts, keys->nelts, &of, ngx_time(),
                                 &text, ceremony->hash, &ceremony->expires)
        != NGX_OK)
    {
        return "answers no challenge of this shop, or too late";
    }

    return NULL;
}


static const char *
ngx_http_shop_identity_passkey_read(ngx_shop_request_t *sr,
    ngx_http_shop_identity_passkey_t *passkey)
{
    json_t      *response;
    ngx_str_t    text;
    const char  *why;

    response = json_object_get(ngx_shop_body(sr, "credential"), "response");

    why = ngx_http_shop_identity_ceremony(sr, response,
                                          NGX_SHOP_CHALLENGE_MAKE,
                                          &passkey->ceremony);
    if (why) {
        return why;
    }

    text.data = passkey->object;

    if (ngx_shop_webauthn_bytes(response, "attestationObject", text.data,
                                NGX_SHOP_WEBAUTHN_OBJECT, &text.len)
        != NGX_OK)
    {
        return "has no good response.attestationObject";
    }

    return ngx_shop_webauthn_make(&text, &passkey->ceremony.site,
                                  &passkey->ceremony.client, &passkey->made);
}


static ngx_int_t
ngx_http_shop_identity_passkey_put(ngx_shop_request_t *sr,
    ngx_http_shop_identity_passkey_t *passkey)
{
    ngx_uint_t    n;
    const char   *extra[5], **params;

    extra[0] = (const char *) passkey->ceremony.hash;
    extra[1] = ngx_shop_session_seconds(sr->r->pool,
                                        passkey->ceremony.expires);
    extra[2] = (const char *) passkey->ceremony.site.rp.data;
    extra[3] = ngx_http_shop_identity_passkey_text(sr, passkey);
    extra[4] = ngx_shop_body_text(sr, "name");

    params = ngx_http_shop_identity_with(sr,
                                       ngx_http_shop_identity_passkey_add_bind,
                                         extra, 5, &n);

    if (extra[1] == NULL || extra[3] == NULL || params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE,
                        ngx_http_shop_identity_conf(sr)->mfa.passkey_add, n,
                        params, ngx_http_shop_identity_passkey_added);
}


/* What is kept of it, as JSON in r->pool. */

static const char *
ngx_http_shop_identity_passkey_text(ngx_shop_request_t *sr,
    ngx_http_shop_identity_passkey_t *passkey)
{
    char                      *text;
    u_char                    *p;
    json_t                    *json;
    ngx_str_t                  copy;
    ngx_shop_webauthn_made_t  *made;

    made = &passkey->made;

    json = json_pack("{s:o, s:o, s:o, s:o, s:i, s:I, s:b, s:b, s:b}",
        "id", ngx_http_shop_identity_hex(made->id, made->id_len),
        "key", ngx_http_shop_identity_hex(made->key, made->key_len),
        "aaguid", ngx_http_shop_identity_hex(made->aaguid,
                                             sizeof(made->aaguid)),
        "transports", ngx_http_shop_identity_transports(sr),
        "algorithm", made->algorithm,
        "count", (json_int_t) made->state.count,
        "verified", (int) made->state.verified,
        "backup_eligible", (int) made->state.backup_eligible,
        "backed_up", (int) made->state.backed_up);

    text = json_dumps(json, JSON_COMPACT);
    json_decref(json);

    if (text == NULL) {
        return NULL;
    }

    copy.data = (u_char *) text;
    copy.len = ngx_strlen(text) + 1;
    p = ngx_pstrdup(sr->r->pool, &copy);
    free(text);

    return (const char *) p;
}


static json_t *
ngx_http_shop_identity_hex(const u_char *bytes, size_t len)
{
    u_char  text[2 * NGX_SHOP_WEBAUTHN_ID];

    ngx_hex_dump(text, (u_char *) bytes, len);

    return json_stringn((char *) text, 2 * len);
}


/* A hint of the browser, for the next ceremony. */

static json_t *
ngx_http_shop_identity_transports(ngx_shop_request_t *sr)
{
    size_t   i;
    json_t  *all, *given, *one;

    all = json_array();
    given = json_object_get(json_object_get(ngx_shop_body(sr, "credential"),
                                            "response"), "transports");

    json_array_foreach(given, i, one) {

        if (i < NGX_HTTP_SHOP_TRANSPORTS_MAX
            && json_string_length(one) > 0
            && json_string_length(one) <= NGX_HTTP_SHOP_TRANSPORT_LEN
            && strspn(json_string_value(one),
                      "abcdefghijklmnopqrstuvwxyz-") == json_string_length(one))
        {
            (void) json_array_append(all, one);
        }
    }

    return all;
}


static ngx_int_t
ngx_http_shop_identity_passkey_added(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_str_t                          none, access;
    ngx_http_shop_identity_passkey_t  *passkey = sr->ctx;

    ngx_str_null(&none);

    if (q->rc == NGX_SHOP_PG_OK && passkey->made.state.verified
        && !sr->claims.strong)
    {
        sr->claims.strong = 1;

        if (ngx_shop_session_grant(sr, &none, &access) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    return ngx_shop_answer(sr, q);
}
