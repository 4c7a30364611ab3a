/*
 * Rate limits an address, and of sign-ins as a whole.
 */

#include "ngx_shop_limit_conf.h"


#define NGX_SHOP_LIMIT_ADDRESS  24       /* bytes of an address as a key */


typedef struct {
    ngx_shop_request_t       *sr;
    ngx_shop_redis_cmd_t     *cmd;
    ngx_shop_limit_resume_pt  resume;
} ngx_shop_limit_ctx_t;


static size_t ngx_shop_limit_guesser(ngx_shop_request_t *sr, u_char *key);
static size_t ngx_shop_limit_address(ngx_http_request_t *r, u_char *key);
static ngx_int_t ngx_shop_limit_refuse(ngx_shop_request_t *sr,
    ngx_uint_t signin, ngx_msec_t wait);
static ngx_int_t ngx_shop_limit_headers(ngx_shop_request_t *sr,
    ngx_uint_t signin, ngx_uint_t remaining, ngx_msec_t wait);
static ngx_int_t ngx_shop_limit_ask(ngx_shop_redis_cmd_t *cmd,
    ngx_uint_t signin, u_char *key, size_t len);
static void ngx_shop_limit_mirror(u_char *key, size_t len);
static void ngx_shop_limit_mirrored(ngx_shop_redis_cmd_t *cmd);
static ngx_int_t ngx_shop_limit_signin(ngx_shop_request_t *sr, u_char *key,
    size_t len, ngx_shop_limit_resume_pt resume);
static void ngx_shop_limit_signed(ngx_shop_redis_cmd_t *cmd);
static void ngx_shop_limit_cleanup(void *data);

/* of this worker: the configuration it was started with */
static const ngx_shop_limit_conf_t  *ngx_shop_limit;


void
ngx_shop_limit_start(const ngx_shop_limit_conf_t *conf)
{
    ngx_shop_limit = conf;
}


const ngx_shop_limit_conf_t *
ngx_shop_limit_settings(void)
{
    return ngx_shop_limit;
}


ngx_uint_t
ngx_shop_limit_on(void)
{
    return ngx_shop_limit != NULL && ngx_shop_limit->enabled;
}


ngx_int_t
ngx_shop_limit_check(ngx_shop_request_t *sr, ngx_shop_limit_resume_pt resume)
{
    size_t            len;
    u_char            key[NGX_SHOP_LIMIT_ADDRESS];
    ngx_int_t         rc;
    ngx_shop_quota_t  quota;

    if (!ngx_shop_limit_on()) {
        return NGX_OK;
    }

    len = ngx_shop_limit_address(sr->r, key);
    if (len == 0) {                           /* a gateway's own socket */
        return NGX_OK;
    }

    rc = ngx_shop_bucket_take(ngx_shop_limit->zone->data, key, len,
                              &ngx_shop_limit->requests, &quota);
    if (rc != NGX_OK) {
        return ngx_shop_limit_refuse(sr, 0, quota.wait);
    }

    if (sr->ep->flags & NGX_SHOP_EP_CREDENTIALS) {
        return ngx_shop_limit_signin(sr, key, len, resume);
    }

    if (!(sr->r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_OPTIONS))) {
        ngx_shop_limit_mirror(key, len);
    }

    return ngx_shop_limit_headers(sr, 0, quota.remaining, quota.wait);
}


ngx_int_t
ngx_shop_limit_guesses(ngx_shop_request_t *sr)
{
    size_t      len;
    u_char      key[NGX_SHOP_LIMIT_ADDRESS + 1];
    ngx_msec_t  wait;

    len = ngx_shop_limit_guesser(sr, key);
    if (len == 0) {
        return NGX_OK;
    }

    wait = ngx_shop_bucket_wait(ngx_shop_limit->zone->data, key, len,
                                &ngx_shop_limit->signins);

    if (wait == 0) {
        return NGX_OK;
    }

    return ngx_shop_limit_later(sr, wait,
                                "Too many sign-in attempts just now. "
                                "Please wait a little.");
}


void
ngx_shop_limit_guessed(ngx_shop_request_t *sr)
{
    size_t            len;
    u_char            key[NGX_SHOP_LIMIT_ADDRESS + 1];
    ngx_shop_quota_t  quota;

    len = ngx_shop_limit_guesser(sr, key);

    if (len) {
        (void) ngx_shop_bucket_take(ngx_shop_limit->zone->data, key, len,
                                    &ngx_shop_limit->signins, &quota);
    }
}


/* The address with a letter after it: its bucket of wrong secrets. */

static size_t
ngx_shop_limit_guesser(ngx_shop_request_t *sr, u_char *key)
{
    size_t  len;

    if (!ngx_shop_limit_on()) {
        return 0;
    }

    len = ngx_shop_limit_address(sr->r, key);
    if (len == 0) {
        return 0;
    }

    key[len++] = 'g';

    return len;
}


/* An IPv6 network of 64 bits is one customer. */

static size_t
ngx_shop_limit_address(ngx_http_request_t *r, u_char *key)
{
    struct sockaddr      *sa = r->connection->sockaddr;
#if (NGX_HAVE_INET6)
    struct sockaddr_in6  *sin6;
#endif

    switch (sa->sa_family) {

    case AF_INET:
        ngx_memcpy(key, &((struct sockaddr_in *) sa)->sin_addr, 4);
        return 4;

#if (NGX_HAVE_INET6)
    case AF_INET6:
        sin6 = (struct sockaddr_in6 *) sa;

        if (IN6_IS_ADDR_V4MAPPED(&sin6->sin6_addr)) {
            ngx_memcpy(key, &sin6->sin6_addr.s6_addr[12], 4);
            return 4;
        }

        ngx_memcpy(key, &sin6->sin6_addr, 8);
        return 8;
#endif

    default:
        return 0;
    }
}


static ngx_int_t
ngx_shop_limit_headers(ngx_shop_request_t *sr, ngx_uint_t signin,
    ngx_uint_t remaining, ngx_msec_t wait)
{
    ngx_str_t  value;

    value.data = ngx_pnalloc(sr->r->pool, sizeof("\"requests\";r=;t=")
                                          + 2 * NGX_INT_T_LEN);
    if (value.data == NULL) {
        return NGX_OK;
    }

    value.len = ngx_sprintf(value.data, "\"%s\";r=%ui;t=%M",
                            signin ? "sign-in" : "requests", remaining,
                            (wait + 999) / 1000)
                - value.data;

    (void) ngx_shop_header(sr, "RateLimit-Policy",
                           (ngx_str_t *) &ngx_shop_limit->policy[signin]);
    (void) ngx_shop_header(sr, "RateLimit", &value);

    return NGX_OK;
}


static ngx_int_t
ngx_shop_limit_refuse(ngx_shop_request_t *sr, ngx_uint_t signin,
    ngx_msec_t wait)
{
    (void) ngx_shop_limit_headers(sr, signin, 0, wait);

    return ngx_shop_limit_later(sr, wait,
                                signin ? "Too many sign-in attempts just now. "
                                         "Please wait a little."
                                       : "Too many requests from this "
                                         "address. Please wait a little.");
}


ngx_int_t
ngx_shop_limit_later(ngx_shop_request_t *sr, ngx_msec_t wait,
    const char *detail)
{
    ngx_str_t  value;

    value.data = ngx_pnalloc(sr->r->pool, NGX_INT_T_LEN);
    if (value.data) {
        value.len = ngx_sprintf(value.data, "%M", (wait + 999) / 1000)
                    - value.data;
        (void) ngx_shop_header(sr, "Retry-After", &value);
    }

    return ngx_shop_problem(sr, NGX_HTTP_TOO_MANY_REQUESTS, "rate_limited",
                            detail);
}


static ngx_int_t
ngx_shop_limit_ask(ngx_shop_redis_cmd_t *cmd, ngx_uint_t signin, u_char *key,
    size_t len)
{
    u_char     name[sizeof("limit:{requests:}")
                    + 2 * NGX_SHOP_LIMIT_ADDRESS];
    u_char    *p;
    ngx_str_t  argv[6];

    p = ngx_sprintf(name, "limit:{%s:", signin ? "sign-in" : "requests");
    p = ngx_hex_dump(p, key, len);
    *p++ = '}';

    argv[0].data = name;
    argv[0].len = p - name;

    if (!signin) {
        ngx_memcpy(&argv[1], ngx_shop_limit->args[0], 2 * sizeof(ngx_str_t));
        return ngx_shop_redis_eval(cmd, ngx_shop_limit->script, 1, 3, argv);
    }

    ngx_str_set(&argv[1], "limit:{sign-in}");
    ngx_memcpy(&argv[2], ngx_shop_limit->args[1], 4 * sizeof(ngx_str_t));

    return ngx_shop_redis_eval(cmd, ngx_shop_limit->script, 2, 6, argv);
}


/* Writes count for the whole cluster too, but nobody waits for that: the
   command leaves with the request's own, and an answer that another node has
   used the quota up holds the address back from then on. */

static void
ngx_shop_limit_mirror(u_char *key, size_t len)
{
    ngx_shop_redis_cmd_t  *cmd;

    cmd = ngx_shop_redis_alloc();
    if (cmd == NULL) {
        return;
    }

    if (len < sizeof(uint64_t)) {
        ngx_memzero(key + len, sizeof(uint64_t) - len);
    }

    /* 4 or 8 bytes: the address fits into the pointer; IPv4 is what has
       nothing in its upper half */

    ngx_memcpy(&cmd->data, key, sizeof(cmd->data));
    cmd->done = ngx_shop_limit_mirrored;
    cmd->log = ngx_cycle->log;

    (void) ngx_shop_limit_ask(cmd, 0, key, len);
}


static void
ngx_shop_limit_mirrored(ngx_shop_redis_cmd_t *cmd)
{
    size_t  len;
    u_char  key[sizeof(cmd->data)];

    if (cmd->rc != NGX_SHOP_REDIS_OK || cmd->reply->elements != 3
        || cmd->reply->element[0]->integer != 0)
    {
        return;
    }

    ngx_memcpy(key, &cmd->data, sizeof(key));
    len = ngx_memcmp(key + 4, "\0\0\0\0", 4) == 0 ? 4 : 8;

    ngx_shop_bucket_hold(ngx_shop_limit->zone->data, key, len,
                         &ngx_shop_limit->requests,
                         (ngx_msec_t) cmd->reply->element[2]->integer);
}


static ngx_int_t
ngx_shop_limit_signin(ngx_shop_request_t *sr, u_char *key, size_t len,
    ngx_shop_limit_resume_pt resume)
{
    ngx_pool_cleanup_t    *cln;
    ngx_shop_redis_cmd_t  *cmd;
    ngx_shop_limit_ctx_t  *ctx;

    cln = ngx_pool_cleanup_add(sr->r->pool, sizeof(ngx_shop_limit_ctx_t));
    cmd = ngx_shop_redis_alloc();
    if (cln == NULL || cmd == NULL) {
        return NGX_OK;
    }

    ctx = cln->data;
    ctx->sr = sr;
    ctx->cmd = cmd;
    ctx->resume = resume;

    cmd->data = ctx;
    cmd->done = ngx_shop_limit_signed;
    cmd->log = sr->r->connection->log;

    if (ngx_shop_limit_ask(cmd, 1, key, len) != NGX_OK) {
        return NGX_OK;                              /* fails open */
    }

    cln->handler = ngx_shop_limit_cleanup;
    sr->redis_trips++;

    return NGX_AGAIN;
}


static void
ngx_shop_limit_signed(ngx_shop_redis_cmd_t *cmd)
{
    ngx_msec_t             wait;
    ngx_connection_t      *c;
    ngx_shop_limit_ctx_t  *ctx = cmd->data;

    c = ctx->sr->r->connection;
    ctx->cmd = NULL;

    if (cmd->rc != NGX_SHOP_REDIS_OK || cmd->reply->elements != 3) {
        ngx_log_error(NGX_LOG_WARN, c->log, 0,
                      "limit: no answer of redis, a sign-in passes");
        ctx->resume(ctx->sr);

    } else {
        wait = (ngx_msec_t) cmd->reply->element[2]->integer;

        if (cmd->reply->element[0]->integer == 0) {
            (void) ngx_shop_limit_refuse(ctx->sr, 1, wait);

        } else {
            (void) ngx_shop_limit_headers(ctx->sr, 1,
                                          cmd->reply->element[1]->integer,
                                          wait);
            ctx->resume(ctx->sr);
        }
    }

    ngx_http_run_posted_requests(c);
}


static void
ngx_shop_limit_cleanup(void *data)
{
    ngx_shop_limit_ctx_t  *ctx = data;

    if (ctx->cmd) {
        ngx_shop_redis_detach(ctx->cmd);
        ctx->cmd = NULL;
    }
}
