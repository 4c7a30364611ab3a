/*
 * The life of a connection: resolve, connect, close, wait, again.
 *
 * A round of attempts tries each address of each host once, beginning with
 * the host that was good the last time; only a round that failed makes the
 * pause longer.
 */

#include <ngx_event.h>
#include "ngx_shop_pg_conn.h"


#define NGX_SHOP_PG_CONNECT_TIMEOUT  2000    /* ms: one address */
#define NGX_SHOP_PG_RECONNECT        40      /* after a loss, with jitter */
#define NGX_SHOP_PG_BACKOFF_MIN      100
#define NGX_SHOP_PG_BACKOFF_MAX      2000


static void ngx_shop_pg_conn_try(ngx_shop_pg_conn_t *c);
static ngx_array_t *ngx_shop_pg_conn_addrs(ngx_shop_pg_conn_t *c);
static ngx_int_t ngx_shop_pg_conn_start(ngx_shop_pg_conn_t *c,
    const char *addr);
static void ngx_shop_pg_conn_poll(ngx_event_t *ev);
static void ngx_shop_pg_conn_attempt_failed(ngx_shop_pg_conn_t *c,
    const char *reason);
static void ngx_shop_pg_conn_round_failed(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_conn_timer(ngx_event_t *ev);
static void ngx_shop_pg_conn_drop(ngx_shop_pg_conn_t *c);
static ngx_int_t ngx_shop_pg_conn_resolve(ngx_shop_pg_conn_t *c,
    const char *host);
static void ngx_shop_pg_conn_resolved(ngx_resolver_ctx_t *ctx);
static ngx_int_t ngx_shop_pg_conn_keep(ngx_shop_pg_conn_t *c,
    ngx_resolver_ctx_t *ctx);
static ngx_msec_t ngx_shop_pg_conn_jitter(ngx_msec_t ms);


ngx_int_t
ngx_shop_pg_conn_init(ngx_shop_pg_conn_t *c, const ngx_shop_pg_conf_t *conf)
{
    c->conf = conf;
    ngx_queue_init(&c->sent);

    c->prepared = ngx_pcalloc(ngx_cycle->pool, conf->stmts.nelts + 1);
    if (c->prepared == NULL) {
        return NGX_ERROR;
    }

    c->timer.handler = ngx_shop_pg_conn_timer;
    c->timer.data = c;
    c->timer.log = ngx_cycle->log;
    c->timer.cancelable = 1;

    return NGX_OK;
}


void
ngx_shop_pg_conn_open(ngx_shop_pg_conn_t *c)
{
    if (c->state != NGX_SHOP_PG_CLOSED) {
        return;
    }

    if (c->timer.timer_set) {
        ngx_del_timer(&c->timer);
    }

    c->wanted = 0;
    c->tried = 0;
    c->addr = 0;
    c->asked = 0;
    ngx_shop_pg_conn_try(c);
}


void
ngx_shop_pg_conn_want(ngx_shop_pg_conn_t *c)
{
    if (c->state != NGX_SHOP_PG_CLOSED || c->timer.timer_set) {
        return;
    }

    c->wanted = 1;
    ngx_add_timer(&c->timer, 0);
}


void
ngx_shop_pg_conn_close(ngx_shop_pg_conn_t *c, const char *reason)
{
    ngx_uint_t            level;
    ngx_queue_t           ended, *e;
    ngx_shop_pg_query_t  *q;

    level = c->role->lazy && c->running == 0 ? NGX_LOG_INFO : NGX_LOG_WARN;

    ngx_log_error(level, ngx_cycle->log, 0,
                  "pg: %s connection closed: %s, %ui statements in flight",
                  c->role->name, reason, c->running);

    ngx_shop_pg_conn_drop(c);

    /* what is ended may submit anew, so the list is taken over first */

    ngx_queue_init(&ended);

    if (!ngx_queue_empty(&c->sent)) {
        ngx_queue_add(&ended, &c->sent);
        ngx_queue_init(&c->sent);
    }

    c->running = 0;

    while (!ngx_queue_empty(&ended)) {
        e = ngx_queue_head(&ended);
        ngx_queue_remove(e);
        q = ngx_queue_data(e, ngx_shop_pg_query_t, queue);
        ngx_shop_pg_end(q, NGX_SHOP_PG_LOST);
    }

    if (c->lost) {
        c->lost(c);
    }

    if (c->state == NGX_SHOP_PG_CLOSED && !c->role->lazy
        && !c->timer.timer_set)
    {
        ngx_add_timer(&c->timer,
                      ngx_shop_pg_conn_jitter(NGX_SHOP_PG_RECONNECT));
    }
}


void
ngx_shop_pg_conn_exit(ngx_shop_pg_conn_t *c)
{
    ngx_queue_t          *e;
    ngx_shop_pg_query_t  *q;

    c->running = 0;
    ngx_shop_pg_conn_drop(c);

    while (!ngx_queue_empty(&c->sent)) {
        e = ngx_queue_head(&c->sent);
        ngx_queue_remove(e);
        q = ngx_queue_data(e, ngx_shop_pg_query_t, queue);
        ngx_shop_pg_free(q);
    }

    if (c->addrs_pool) {
        ngx_destroy_pool(c->addrs_pool);
        c->addrs_pool = NULL;
    }
}


ngx_uint_t
ngx_shop_pg_conn_hopeful(ngx_shop_pg_conn_t *c)
{
    return c->state == NGX_SHOP_PG_READY || c->failures == 0;
}


static void
ngx_shop_pg_conn_try(ngx_shop_pg_conn_t *c)
{
    char                       **addr;
    ngx_array_t                 *addrs;
    const ngx_shop_pg_server_t  *server;

    while (c->tried < c->target->servers.nelts) {
        server = c->target->servers.elts;
        server += c->server;

        if (server->named && !c->asked) {
            c->asked = 1;

            if (ngx_shop_pg_conn_resolve(c, server->host) == NGX_OK) {
                return;
            }
        }

        addrs = ngx_shop_pg_conn_addrs(c);

        if (addrs == NULL || c->addr >= addrs->nelts) {
            c->server = (c->server + 1) % c->target->servers.nelts;
            c->addr = 0;
            c->asked = 0;
            c->tried++;
            continue;
        }

        addr = addrs->elts;

        if (ngx_shop_pg_conn_start(c, addr[c->addr++]) == NGX_OK) {
            return;
        }
    }

    ngx_shop_pg_conn_round_failed(c);
}


static ngx_array_t *
ngx_shop_pg_conn_addrs(ngx_shop_pg_conn_t *c)
{
    ngx_shop_pg_server_t  *server;

    server = c->target->servers.elts;
    server += c->server;

    if (!server->named) {
        return &server->addrs;
    }

    return c->addrs_pool ? &c->addrs : NULL;
}


static ngx_int_t
ngx_shop_pg_conn_start(ngx_shop_pg_conn_t *c, const char *addr)
{
    const ngx_shop_pg_server_t  *server;

    server = c->target->servers.elts;

    c->pg = ngx_shop_pg_target_start(c->target, c->role, &server[c->server],
                                     addr);
    if (c->pg == NULL) {
        return NGX_ERROR;
    }

    ngx_shop_pg_conn_notices(c);

    if (PQstatus(c->pg) == CONNECTION_BAD
        || ngx_shop_pg_io_attach(c, 0, 1, ngx_shop_pg_conn_poll) != NGX_OK)
    {
        ngx_shop_pg_conn_log(c, "connecting failed");
        ngx_shop_pg_conn_drop(c);
        return NGX_ERROR;
    }

    c->state = NGX_SHOP_PG_CONNECTING;
    ngx_add_timer(&c->timer, NGX_SHOP_PG_CONNECT_TIMEOUT);

    return NGX_OK;
}


/* libpq may close the socket inside PQconnectPoll() and open another one
   under the same number: so its events are off while it works. */

static void
ngx_shop_pg_conn_poll(ngx_event_t *ev)
{
    ngx_int_t                  rc;
    ngx_connection_t          *io;
    ngx_shop_pg_conn_t        *c;
    PostgresPollingStatusType  status;

    io = ev->data;
    c = io->data;

    ngx_shop_pg_io_detach(c);

    status = PQconnectPoll(c->pg);

    switch (status) {

    case PGRES_POLLING_READING:
        rc = ngx_shop_pg_io_attach(c, 1, 0, ngx_shop_pg_conn_poll);
        break;

    case PGRES_POLLING_WRITING:
        rc = ngx_shop_pg_io_attach(c, 0, 1, ngx_shop_pg_conn_poll);
        break;

    case PGRES_POLLING_OK:
        ngx_del_timer(&c->timer);
        c->failures = 0;
        c->generation++;
        c->state = NGX_SHOP_PG_READY;
        ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                      "pg: %s connection ready", c->role->name);
        ngx_shop_pg_conn_established(c);
        return;

    default:
        rc = NGX_ERROR;
        break;
    }

    if (rc != NGX_OK) {
        ngx_shop_pg_conn_attempt_failed(c, "connecting failed");
    }
}


static void
ngx_shop_pg_conn_attempt_failed(ngx_shop_pg_conn_t *c, const char *reason)
{
    ngx_shop_pg_conn_log(c, reason);
    ngx_shop_pg_conn_drop(c);
    ngx_shop_pg_conn_try(c);
}


static void
ngx_shop_pg_conn_round_failed(ngx_shop_pg_conn_t *c)
{
    ngx_msec_t  pause;

    pause = NGX_SHOP_PG_BACKOFF_MIN << ngx_min(c->failures, 8);
    pause = ngx_min(pause, NGX_SHOP_PG_BACKOFF_MAX);

    c->failures++;
    c->state = NGX_SHOP_PG_CLOSED;

    ngx_add_timer(&c->timer, ngx_shop_pg_conn_jitter(pause));

    if (c->lost) {
        c->lost(c);
    }
}


static void
ngx_shop_pg_conn_timer(ngx_event_t *ev)
{
    ngx_shop_pg_conn_t  *c;

    c = ev->data;

    switch (c->state) {

    case NGX_SHOP_PG_CLOSED:
        if (c->role->lazy && !c->wanted) {
            c->failures = 0;
            break;
        }

        ngx_shop_pg_conn_open(c);
        break;

    case NGX_SHOP_PG_READY:
        ngx_shop_pg_conn_close(c, c->running ? "no answer" : "idle");
        break;

    default:
        ngx_shop_pg_conn_attempt_failed(c, "connecting timed out");
    }
}


/* Gives up the socket and whatever serves it, in any state. */

static void
ngx_shop_pg_conn_drop(ngx_shop_pg_conn_t *c)
{
    if (c->timer.timer_set) {
        ngx_del_timer(&c->timer);
    }

    if (c->flush.posted) {
        ngx_delete_posted_event(&c->flush);
    }

    if (c->resolve) {
        ngx_resolve_name_done(c->resolve);
        c->resolve = NULL;
    }

    ngx_shop_pg_io_detach(c);

    if (c->pg) {
        PQfinish(c->pg);
        c->pg = NULL;
    }

    c->state = NGX_SHOP_PG_CLOSED;
    c->doomed = NULL;
    c->open = 0;
}


static ngx_int_t
ngx_shop_pg_conn_resolve(ngx_shop_pg_conn_t *c, const char *host)
{
    ngx_resolver_ctx_t  *ctx;

    if (c->addrs_pool) {
        ngx_destroy_pool(c->addrs_pool);
        c->addrs_pool = NULL;
    }

    ctx = ngx_resolve_start(c->conf->resolver, NULL);
    if (ctx == NULL || ctx == NGX_NO_RESOLVER) {
        return NGX_ERROR;
    }

    ctx->name.data = (u_char *) host;
    ctx->name.len = ngx_strlen(host);
    ctx->handler = ngx_shop_pg_conn_resolved;
    ctx->data = c;
    ctx->timeout = c->conf->resolver_timeout;
    ctx->cancelable = 1;

    c->state = NGX_SHOP_PG_RESOLVING;
    c->resolve = ctx;

    /* may call the handler before it returns */

    if (ngx_resolve_name(ctx) != NGX_OK) {
        c->resolve = NULL;
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_shop_pg_conn_resolved(ngx_resolver_ctx_t *ctx)
{
    ngx_shop_pg_conn_t  *c;

    c = ctx->data;
    c->resolve = NULL;

    if (ctx->state) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "pg: %V could not be resolved: %s", &ctx->name,
                      ngx_resolver_strerror(ctx->state));

    } else if (ngx_shop_pg_conn_keep(c, ctx) != NGX_OK && c->addrs_pool) {
        ngx_destroy_pool(c->addrs_pool);
        c->addrs_pool = NULL;
    }

    ngx_resolve_name_done(ctx);

    ngx_shop_pg_conn_try(c);
}


/* The addresses live until the name is resolved again. */

static ngx_int_t
ngx_shop_pg_conn_keep(ngx_shop_pg_conn_t *c, ngx_resolver_ctx_t *ctx)
{
    char        **addr;
    u_char       *p;
    ngx_uint_t    i;

    c->addrs_pool = ngx_create_pool(1024, ngx_cycle->log);

    if (c->addrs_pool == NULL
        || ngx_array_init(&c->addrs, c->addrs_pool, 4, sizeof(char *))
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    for (i = 0; i < ctx->naddrs; i++) {
        addr = ngx_array_push(&c->addrs);
        p = ngx_pcalloc(c->addrs_pool, NGX_SOCKADDR_STRLEN + 1);
        if (addr == NULL || p == NULL) {
            return NGX_ERROR;
        }

        (void) ngx_sock_ntop(ctx->addrs[i].sockaddr, ctx->addrs[i].socklen, p,
                             NGX_SOCKADDR_STRLEN, 0);
        *addr = (char *) p;
    }

    return NGX_OK;
}


/* Between a half and the whole: workers don't come back in step. */

static ngx_msec_t
ngx_shop_pg_conn_jitter(ngx_msec_t ms)
{
    return ms / 2 + ngx_random() % (ms / 2 + 1);
}
