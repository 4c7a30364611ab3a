/*
 * A request's way through the engine, a stage after the other.  A stage that
 * waits for something leaves; what it waited for calls ngx_shop_request_go()
 * and runs the connection's posted requests afterwards.
 *
 * The engine holds one r->main->count from the content handler until the
 * answer; whoever answers gives it back by finalizing the request.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"
#include "ngx_shop_key.h"
#include "ngx_shop_limit.h"
#include "ngx_shop_session.h"


enum {
    NGX_SHOP_STAGE_PACE = 0,
    NGX_SHOP_STAGE_LIMIT,
    NGX_SHOP_STAGE_KEY,
    NGX_SHOP_STAGE_QUOTA,
    NGX_SHOP_STAGE_SESSION,
    NGX_SHOP_STAGE_PERMISSION,
    NGX_SHOP_STAGE_PATH,
    NGX_SHOP_STAGE_BODY,
    NGX_SHOP_STAGE_INPUT,
    NGX_SHOP_STAGE_HANDLE,
    NGX_SHOP_STAGE_END
};


static ngx_int_t ngx_shop_request_route(ngx_http_request_t *r,
    ngx_shop_loc_conf_t *lcf, ngx_shop_match_t *match);
static ngx_int_t ngx_shop_request_begin(ngx_shop_request_t *sr,
    ngx_shop_match_t *match, ngx_int_t found);
static ngx_int_t ngx_shop_request_stage(ngx_shop_request_t *sr,
    ngx_uint_t stage);
static ngx_int_t ngx_shop_request_limit(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_request_key(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_request_session(ngx_shop_request_t *sr);
static void ngx_shop_request_opened(ngx_shop_request_t *sr, ngx_uint_t rc,
    const char *why);
static ngx_int_t ngx_shop_request_credentials(ngx_shop_request_t *sr,
    ngx_uint_t rc, const char *why);
static ngx_int_t ngx_shop_request_input(ngx_shop_request_t *sr);
static ngx_uint_t ngx_shop_request_ordinary(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_request_handle(ngx_shop_request_t *sr);
static void ngx_shop_request_watch(ngx_http_request_t *r);


ngx_int_t
ngx_shop_request_handler(ngx_http_request_t *r)
{
    ngx_int_t             rc;
    ngx_shop_ctx_t       *ctx;
    ngx_shop_match_t      match;
    ngx_shop_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_shop_core_module);

    rc = ngx_shop_request_route(r, lcf, &match);

    if (rc == NGX_DECLINED && lcf->fallback) {
        return lcf->fallback(r);
    }

    ctx = ngx_shop_ctx_get(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->main->count++;

    rc = ngx_shop_request_begin(&ctx->sr, &match, rc);

    if (rc == NGX_OK || rc == NGX_AGAIN) {
        ngx_shop_request_watch(r);
    }

    if (rc == NGX_OK) {
        ngx_shop_request_go(&ctx->sr);
    }

    return NGX_DONE;
}


/* the path without the location's prefix, "/" at least */

static ngx_int_t
ngx_shop_request_route(ngx_http_request_t *r, ngx_shop_loc_conf_t *lcf,
    ngx_shop_match_t *match)
{
    size_t      len;
    ngx_str_t   path;
    ngx_uint_t  method;

    len = lcf->prefix.len;

    if (len && lcf->prefix.data[len - 1] == '/') {
        len--;
    }

    /* a rewrite may leave a path that is not below the location */

    len = ngx_min(len, r->uri.len);

    path.data = r->uri.data + len;
    path.len = r->uri.len - len;

    if (path.len == 0) {
        ngx_str_set(&path, "/");
    }

    method = (r->method == NGX_HTTP_HEAD) ? NGX_HTTP_GET : r->method;

    return ngx_shop_router_match(lcf->router, method, &path, match);
}


/* NGX_OK: the request goes on, NGX_AGAIN: later; else it was answered */

static ngx_int_t
ngx_shop_request_begin(ngx_shop_request_t *sr, ngx_shop_match_t *match,
    ngx_int_t found)
{
    ngx_uint_t               i;
    ngx_shop_ctx_t          *ctx;
    ngx_http_request_t      *r;
    const ngx_shop_route_t  *route;

    r = sr->r;
    ctx = ngx_shop_ctx(sr);
    ctx->allowed = match->allowed;

    route = match->route;

    if (route == NULL || !(route->ep.flags & NGX_SHOP_EP_BARE)) {
        sr->store = ngx_shop_node_store(&r->headers_in.server);
    }

    if (found == NGX_DECLINED) {
        return ngx_shop_problem(sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "there is nothing at this address");
    }

    if (found == NGX_ABORT) {
        return (r->method == NGX_HTTP_OPTIONS) ? ngx_shop_options(sr)
                                               : ngx_shop_allow(sr);
    }

    ctx->route = route;
    sr->ep = &route->ep;

    for (i = 0; i < match->nparams; i++) {
        ctx->path[i] = match->params[i];
    }

    if (sr->store == NULL && !(route->ep.flags & NGX_SHOP_EP_BARE)) {
        return ngx_shop_start_wait(sr);
    }

    return NGX_OK;
}


void
ngx_shop_request_go(ngx_shop_request_t *sr)
{
    ngx_int_t        rc;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx(sr);

    do {
        rc = ngx_shop_request_stage(sr, ctx->stage++);
    } while (rc == NGX_OK);
}


/* NGX_OK: the next stage; NGX_AGAIN: it goes on later; NGX_DONE: answered, or
   a handler answers */

static ngx_int_t
ngx_shop_request_stage(ngx_shop_request_t *sr, ngx_uint_t stage)
{
    switch (stage) {

    case NGX_SHOP_STAGE_PACE:
        return sr->ep->flags & NGX_SHOP_EP_CREDENTIALS ? ngx_shop_pace(sr)
                                                       : NGX_OK;

    case NGX_SHOP_STAGE_LIMIT:
        return ngx_shop_request_limit(sr);

    case NGX_SHOP_STAGE_KEY:
        return ngx_shop_request_key(sr);

    case NGX_SHOP_STAGE_QUOTA:
        return sr->key.len ? ngx_shop_limit_key(sr) : NGX_OK;

    case NGX_SHOP_STAGE_SESSION:
        return ngx_shop_request_session(sr);

    case NGX_SHOP_STAGE_PERMISSION:
        return ngx_shop_access(sr);

    case NGX_SHOP_STAGE_PATH:
        return ngx_shop_input_path(sr);

    case NGX_SHOP_STAGE_BODY:
        return ngx_shop_body_read(sr);

    case NGX_SHOP_STAGE_INPUT:
        return ngx_shop_request_input(sr);

    case NGX_SHOP_STAGE_HANDLE:
        return ngx_shop_request_handle(sr);

    default:
        return NGX_DONE;
    }
}


static ngx_int_t
ngx_shop_request_limit(ngx_shop_request_t *sr)
{
    if (sr->ep->flags & NGX_SHOP_EP_BARE) {
        return NGX_OK;
    }

    return ngx_shop_limit_check(sr, ngx_shop_request_go);
}


/* before anything of a store is looked at: a key may choose it */

static ngx_int_t
ngx_shop_request_key(ngx_shop_request_t *sr)
{
    ngx_uint_t   rc;
    const char  *why;

    if (sr->ep->flags & NGX_SHOP_EP_BARE) {
        return NGX_OK;
    }

    why = NULL;

    rc = ngx_shop_key_open(sr, ngx_shop_request_opened, &why);

    return ngx_shop_request_credentials(sr, rc, why);
}


static ngx_int_t
ngx_shop_request_session(ngx_shop_request_t *sr)
{
    ngx_uint_t               rc;
    const char              *why;
    const ngx_shop_route_t  *route;

    route = ngx_shop_ctx(sr)->route;

    if (sr->key.len
        || (route->ep.flags & (NGX_SHOP_EP_BARE|NGX_SHOP_EP_OWN_ACCESS)))
    {
        return NGX_OK;
    }

    /* whoever asks, the answer is the same */

    if (route->ep.permission.len == 0 && !route->personal
        && route->ep.handler == NULL && route->ep.method == NGX_HTTP_GET)
    {
        return NGX_OK;
    }

    why = NULL;

    rc = ngx_shop_session_open(sr, ngx_shop_request_opened, &why);

    return ngx_shop_request_credentials(sr, rc, why);
}


static void
ngx_shop_request_opened(ngx_shop_request_t *sr, ngx_uint_t rc,
    const char *why)
{
    if (ngx_shop_request_credentials(sr, rc, why) == NGX_OK) {
        ngx_shop_request_go(sr);
    }
}


static ngx_int_t
ngx_shop_request_credentials(ngx_shop_request_t *sr, ngx_uint_t rc,
    const char *why)
{
    switch (rc) {

    case NGX_SHOP_SESSION_OK:
        return NGX_OK;

    case NGX_SHOP_SESSION_LATER:
        return NGX_AGAIN;

    case NGX_SHOP_SESSION_BAD:
        return ngx_shop_challenge(sr, why ? why : "the token is not good");

    case NGX_SHOP_SESSION_FORBIDDEN:
        return ngx_shop_problem(sr, NGX_HTTP_FORBIDDEN, "forbidden",
                                "cookies count only for requests of the same "
                                "origin");

    default:
        return ngx_shop_unavailable(sr, "the session cannot be checked now");
    }
}


static ngx_int_t
ngx_shop_request_input(ngx_shop_request_t *sr)
{
    if (ngx_shop_input_query(sr) != NGX_OK) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    if (ngx_shop_ctx(sr)->route->localized
        && ngx_shop_locale_choose(sr) != NGX_OK)
    {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    if (!(sr->ep->flags & NGX_SHOP_EP_RAW_BODY)) {

        if (ngx_shop_body_parse(sr) != NGX_OK) {
            return NGX_DONE;
        }

        if (ngx_shop_check_body(sr) != NGX_OK) {
            return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        }
    }

    return ngx_shop_ctx(sr)->bad ? ngx_shop_invalid_send(sr) : NGX_OK;
}


/* 1 if the answer is that of everybody: nothing bound is the actor's own */

static ngx_uint_t
ngx_shop_request_ordinary(ngx_shop_request_t *sr)
{
    ngx_uint_t              i;
    const ngx_shop_bind_t  *bind;

    if (!ngx_shop_ctx(sr)->route->personal
        || (!sr->signed_in && !sr->masked))
    {
        return 1;
    }

    for (i = 0; i < NGX_SHOP_BIND_MAX; i++) {

        bind = &sr->ep->bind[i];

        if ((bind->from == NGX_SHOP_FROM_ACTOR
             || bind->from == NGX_SHOP_FROM_SESSION)
            && sr->signed_in)
        {
            return 0;
        }

        if ((bind->from == NGX_SHOP_FROM_CAN
             || bind->from == NGX_SHOP_FROM_ACTOR_IF)
            && ngx_shop_can(sr, (ngx_str_t *) &bind->name))
        {
            return 0;
        }
    }

    return 1;
}


static ngx_int_t
ngx_shop_request_handle(ngx_shop_request_t *sr)
{
    ngx_int_t  rc;

    ngx_shop_request_watch(sr->r);

    if (sr->ep->flags & NGX_SHOP_EP_IDEMPOTENT) {

        rc = ngx_shop_idempotency_key(sr);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    if (sr->ep->handler) {
        rc = sr->ep->handler(sr);

    } else if ((sr->ep->flags & NGX_SHOP_EP_CACHED) && !sr->renewed
               && ngx_shop_request_ordinary(sr))
    {
        rc = ngx_shop_shared(sr);

    } else {
        rc = ngx_shop_statement(sr);
    }

    if (rc != NGX_DONE) {
        ngx_shop_request_end(sr, rc);
    }

    return NGX_DONE;
}


/* a client that goes away while something is awaited ends its request; a body
   that is being discarded has a handler of its own */

static void
ngx_shop_request_watch(ngx_http_request_t *r)
{
    if (!r->discard_body && r == r->main) {
        r->read_event_handler = ngx_http_test_reading;
    }
}


/* the status that a handler returned instead of answering */

void
ngx_shop_request_end(ngx_shop_request_t *sr, ngx_int_t rc)
{
    if (sr->r->header_sent) {
        ngx_shop_finish(sr, rc);
        return;
    }

    if (rc >= NGX_HTTP_OK && rc < NGX_HTTP_SPECIAL_RESPONSE) {
        (void) ngx_shop_reply(sr, rc, NULL);
        return;
    }

    if (rc < NGX_HTTP_SPECIAL_RESPONSE) {
        rc = NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    (void) ngx_shop_problem_status(sr, rc);
}


void
ngx_shop_finish(ngx_shop_request_t *sr, ngx_int_t rc)
{
    sr->done = 1;

    ngx_http_finalize_request(sr->r, rc);
}
