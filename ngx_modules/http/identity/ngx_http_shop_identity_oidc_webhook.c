/*
 * What an outside issuer tells by webhook: sessions and people that ended
 * there, so that their tokens count no more before they expire.
 */

#include "ngx_http_shop_identity_oidc.h"
#include "ngx_shop_svix.h"


static const ngx_shop_issuer_t *ngx_http_shop_oidc_teller(
    ngx_shop_request_t *sr);
static void ngx_http_shop_oidc_said(ngx_http_request_t *r, const char *name,
    ngx_str_t *value);
static ngx_int_t ngx_http_shop_oidc_told(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, const ngx_str_t *id,
    const ngx_str_t *body);


static const ngx_shop_bind_t  ngx_http_shop_oidc_event_bind[] = {
    NGX_SHOP_BIND_STORE,
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_END
};


ngx_int_t
ngx_http_shop_identity_oidc_webhook(ngx_shop_request_t *sr)
{
    ngx_int_t                 rc;
    ngx_str_t                 body;
    ngx_shop_svix_t           said;
    const ngx_shop_issuer_t  *issuer;

    issuer = ngx_http_shop_oidc_teller(sr);

    if (issuer == NULL) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "there is no such provider");
    }

    if (ngx_shop_raw_body(sr, &body) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_shop_oidc_said(sr->r, "svix-id", &said.id);
    ngx_http_shop_oidc_said(sr->r, "svix-timestamp", &said.timestamp);
    ngx_http_shop_oidc_said(sr->r, "svix-signature", &said.signature);

    rc = ngx_shop_svix_verify(sr->r->pool, &issuer->webhook, &said, &body,
                              ngx_time());

    if (rc == NGX_DECLINED) {
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST, "invalid_signature",
                                "The signature is not of this body and time.");
    }

    return rc == NGX_OK ? ngx_http_shop_oidc_told(sr, issuer, &said.id, &body)
                        : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


static const ngx_shop_issuer_t *
ngx_http_shop_oidc_teller(ngx_shop_request_t *sr)
{
    ngx_str_t           *name;
    ngx_uint_t           i;
    const ngx_array_t   *all;
    ngx_shop_issuer_t  **issuer;

    name = ngx_shop_path(sr, "provider");
    all = ngx_shop_issuers();
    issuer = all->elts;

    for (i = 0; i < all->nelts; i++) {

        if (issuer[i]->webhook.len
            && issuer[i]->name.len == name->len
            && ngx_memcmp(issuer[i]->name.data, name->data, name->len) == 0
            && ngx_shop_issuer_serves(sr, issuer[i]))
        {
            return issuer[i];
        }
    }

    return NULL;
}


static void
ngx_http_shop_oidc_said(ngx_http_request_t *r, const char *name,
    ngx_str_t *value)
{
    ngx_str_t  *found;

    found = ngx_shop_header_in(r, name);

    if (found) {
        *value = *found;

    } else {
        ngx_str_null(value);
    }
}


static ngx_int_t
ngx_http_shop_oidc_told(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer, const ngx_str_t *id,
    const ngx_str_t *body)
{
    char         *facts;
    json_t       *doc;
    ngx_str_t     text;
    ngx_uint_t    n;
    const char   *extra[4], **params;

    doc = json_loadb((char *) body->data, body->len, JSON_REJECT_DUPLICATES,
                     NULL);

    if (!json_is_object(doc)) {
        json_decref(doc);
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST, "invalid_json",
                                "The body is not a JSON object.");
    }

    json_decref(doc);

    text.len = id->len + body->len + 2;
    text.data = ngx_pnalloc(sr->r->pool, text.len);
    if (text.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    facts = (char *) ngx_cpystrn(text.data, id->data, id->len + 1) + 1;
    ngx_memcpy(facts, body->data, body->len);
    facts[body->len] = '\0';

    extra[0] = (const char *) issuer->name.data;
    extra[1] = (const char *) issuer->issuer.data;
    extra[2] = (const char *) text.data;
    extra[3] = facts;

    params = ngx_http_shop_identity_with(sr, ngx_http_shop_oidc_event_bind,
                                         extra, 4, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, n, params,
                        ngx_shop_answer);
}
