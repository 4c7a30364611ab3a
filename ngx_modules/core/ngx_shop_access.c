/*
 * What the actor of a request may do: roles, and the scope of a token.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_text.h"


static ngx_uint_t ngx_shop_access_weak(ngx_shop_request_t *sr);
static ngx_uint_t ngx_shop_access_in_scope(ngx_shop_request_t *sr,
    const ngx_str_t *wanted);
static ngx_int_t ngx_shop_access_refuse(ngx_shop_request_t *sr,
    const ngx_str_t *wanted);


/*
 * A token of limited scope passes a row with a permission that is in its
 * scope, and a row of the account's own that names a scope which it has.  On a
 * row for anyone it is a stranger's unless it has the row's scope and is a
 * person's; its permissions count there all the same.
 */

ngx_int_t
ngx_shop_access(ngx_shop_request_t *sr)
{
    ngx_uint_t        own, in_scope;
    const ngx_str_t  *permission, *scope;

    permission = &sr->ep->permission;
    scope = &sr->ep->scope;

    if (ngx_shop_access_weak(sr)) {

        if (permission->len) {
            return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN,
                                    "mfa_enrolment_required",
                                    "this account signs in with a second "
                                    "factor only; set one up first");
        }

        sr->signed_in = 0;

        return NGX_OK;
    }

    own = (permission->len == 1 && permission->data[0] == '*');

    in_scope = !sr->claims.limited || ngx_shop_access_in_scope(sr, scope);

    if (permission->len == 0) {

        /* a program has no cart and no orders of its own */

        if (sr->signed_in
            && (!in_scope || sr->claims.service || sr->key.len))
        {
            sr->signed_in = 0;
            sr->masked = 1;
        }

        return NGX_OK;
    }

    if (!sr->signed_in) {
        return ngx_shop_challenge(sr, NULL);
    }

    if (own) {
        return in_scope ? NGX_OK : ngx_shop_access_refuse(sr, scope);
    }

    if (ngx_shop_can(sr, (ngx_str_t *) permission)) {
        return NGX_OK;
    }

    if (sr->claims.limited && !ngx_shop_access_in_scope(sr, permission)) {
        return ngx_shop_access_refuse(sr, permission);
    }

    return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN, "forbidden",
                            "this account may not do that");
}


ngx_uint_t
ngx_shop_can(ngx_shop_request_t *sr, ngx_str_t *permission)
{
    if (!sr->signed_in && !sr->masked) {
        return 0;
    }

    if (sr->claims.limited && !ngx_shop_access_in_scope(sr, permission)) {
        return 0;
    }

    /* what a service may do was decided when its token was made */

    return sr->claims.service
           || ngx_shop_node_permits(&sr->claims.roles, permission);
}


/* Without the second factor that a role asks for one may only enrol it; on a
   row for anyone one is a stranger.  An integration was let in by its owner. */

static ngx_uint_t
ngx_shop_access_weak(ngx_shop_request_t *sr)
{
    return sr->signed_in && !sr->claims.strong && !sr->claims.limited
           && !(sr->ep->flags & NGX_SHOP_EP_ENROL)
           && ngx_shop_node_asks_mfa(&sr->claims.roles);
}


static ngx_uint_t
ngx_shop_access_in_scope(ngx_shop_request_t *sr, const ngx_str_t *wanted)
{
    if (wanted->len == 0) {
        return 0;
    }

    if (wanted->len == 1 && wanted->data[0] == '*') {
        return 1;
    }

    return ngx_shop_text_is_word(wanted, (char *) sr->claims.scope.data);
}


/* RFC 6750, 3.1 */

static ngx_int_t
ngx_shop_access_refuse(ngx_shop_request_t *sr, const ngx_str_t *wanted)
{
    size_t            len;
    ngx_str_t         value;

    static ngx_str_t  text = ngx_string("Bearer realm=\"shop\", "
                                        "error=\"insufficient_scope\"");

    value = text;

    if (wanted->len) {

        len = text.len + sizeof(", scope=\"\"") + wanted->len;

        value.data = ngx_pnalloc(sr->r->pool, len);
        if (value.data == NULL) {
            return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        }

        value.len = ngx_snprintf(value.data, len, "%V, scope=\"%V\"", &text,
                                 wanted)
                    - value.data;
    }

    (void) ngx_shop_header(sr, "WWW-Authenticate", &value);

    return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN, "insufficient_scope",
                            "the scope of this token does not include that");
}


/* 401; without a reason when no credentials came */

ngx_int_t
ngx_shop_challenge(ngx_shop_request_t *sr, const char *why)
{
    ngx_shop_ctx(sr)->bad_token = (why != NULL);

    return ngx_shop_problem(sr, NGX_HTTP_UNAUTHORIZED, "unauthenticated",
                            why ? why : "this needs a signed-in account");
}
