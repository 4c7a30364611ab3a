/*
 * The life of one connection to Redis inside the event loop.
 */

#include <ngx_event.h>
#include <ngx_event_connect.h>
#include "ngx_shop_redis_conn.h"


#define NGX_SHOP_REDIS_BACKOFF_MIN   50      /* ms */
#define NGX_SHOP_REDIS_BACKOFF_MAX   2000


static void ngx_shop_redis_conn_connect(ngx_shop_redis_conn_t *rc);
static redisContext *ngx_shop_redis_conn_context(ngx_addr_t *addr);
static ngx_int_t ngx_shop_redis_conn_watch(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_conn_greet(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_conn_append(ngx_shop_redis_conn_t *rc, int argc,
    const char **argv, const size_t *len);
static void ngx_shop_redis_conn_timer(ngx_event_t *ev);
static void ngx_shop_redis_conn_flush(ngx_event_t *ev);
static void ngx_shop_redis_conn_write(ngx_event_t *wev);
static void ngx_shop_redis_conn_read(ngx_event_t *rev);
static void ngx_shop_redis_conn_replies(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_conn_greeted(ngx_shop_redis_conn_t *rc,
    redisReply *reply);
static void ngx_shop_redis_conn_drop(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_conn_retry(ngx_shop_redis_conn_t *rc);


void
ngx_shop_redis_conn_open(ngx_shop_redis_conn_t *rc)
{
    rc->timer.handler = ngx_shop_redis_conn_timer;
    rc->timer.data = rc;
    rc->timer.log = ngx_cycle->log;
    rc->timer.cancelable = 1;

    rc->flush.handler = ngx_shop_redis_conn_flush;
    rc->flush.data = rc;
    rc->flush.log = ngx_cycle->log;

    ngx_shop_redis_conn_connect(rc);
}


static void
ngx_shop_redis_conn_connect(ngx_shop_redis_conn_t *rc)
{
    rc->ctx = ngx_shop_redis_conn_context(rc->conf->addr);

    if (rc->ctx == NULL || rc->ctx->err) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "%s: connecting to %V failed: %s", rc->name,
                      &rc->conf->addr->name,
                      rc->ctx ? rc->ctx->errstr : "no memory");
        ngx_shop_redis_conn_drop(rc);
        ngx_shop_redis_conn_retry(rc);
        return;
    }

    rc->state = NGX_SHOP_REDIS_CONNECTING;

    if (ngx_shop_redis_conn_watch(rc) != NGX_OK) {
        ngx_shop_redis_conn_drop(rc);
        ngx_shop_redis_conn_retry(rc);
        return;
    }

    ngx_shop_redis_conn_greet(rc);
    ngx_add_timer(&rc->timer, rc->conf->timeout);
}


/* Numeric addresses only: names were resolved when the configuration was
   read, so nothing blocks here. */

static redisContext *
ngx_shop_redis_conn_context(ngx_addr_t *addr)
{
    size_t  len;
    u_char  text[NGX_SOCKADDR_STRLEN + 1];

#if (NGX_HAVE_UNIX_DOMAIN)
    if (addr->sockaddr->sa_family == AF_UNIX) {
        return redisConnectUnixNonBlock(
                     ((struct sockaddr_un *) addr->sockaddr)->sun_path);
    }
#endif

    len = ngx_sock_ntop(addr->sockaddr, addr->socklen, text,
                        NGX_SOCKADDR_STRLEN, 0);
    text[len] = '\0';

    return redisConnectNonBlock((char *) text,
                                ngx_inet_get_port(addr->sockaddr));
}


static ngx_int_t
ngx_shop_redis_conn_watch(ngx_shop_redis_conn_t *rc)
{
    ngx_connection_t  *c;

    c = ngx_get_connection(rc->ctx->fd, ngx_cycle->log);
    if (c == NULL) {
        return NGX_ERROR;
    }

    c->data = rc;
    c->log_error = NGX_ERROR_ERR;
    c->read->handler = ngx_shop_redis_conn_read;
    c->read->log = ngx_cycle->log;
    c->write->handler = ngx_shop_redis_conn_write;
    c->write->log = ngx_cycle->log;
    rc->c = c;

    /* level-triggered: hiredis reads once a call */

    if (ngx_add_event(c->read, NGX_READ_EVENT, NGX_LEVEL_EVENT) != NGX_OK
        || ngx_add_event(c->write, NGX_WRITE_EVENT, NGX_LEVEL_EVENT)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_shop_redis_conn_greet(ngx_shop_redis_conn_t *rc)
{
    size_t                     len[3];
    ngx_uint_t                 i;
    const char                *argv[3];
    ngx_shop_redis_script_t  **script;

    rc->greetings = 0;

    if (rc->conf->password.len) {
        argv[0] = "AUTH";
        len[0] = 4;
        argv[1] = (const char *) rc->conf->password.data;
        len[1] = rc->conf->password.len;
        ngx_shop_redis_conn_append(rc, 2, argv, len);
    }

    if (rc->scripts) {
        script = rc->conf->scripts.elts;

        for (i = 0; i < rc->conf->scripts.nelts; i++) {
            argv[0] = "SCRIPT";
            len[0] = 6;
            argv[1] = "LOAD";
            len[1] = 4;
            argv[2] = (const char *) script[i]->text.data;
            len[2] = script[i]->text.len;
            ngx_shop_redis_conn_append(rc, 3, argv, len);
        }
    }

    /* a stopped server still accepts: only an answer makes it ready */

    argv[0] = "PING";
    len[0] = 4;
    ngx_shop_redis_conn_append(rc, 1, argv, len);
}


static void
ngx_shop_redis_conn_append(ngx_shop_redis_conn_t *rc, int argc,
    const char **argv, const size_t *len)
{
    int    n;
    char  *wire;

    n = redisFormatCommandArgv(&wire, argc, argv, len);
    if (n < 0) {
        return;
    }

    (void) redisAppendFormattedCommand(rc->ctx, wire, n);
    redisFreeCommand(wire);
    rc->greetings++;
}


ngx_uint_t
ngx_shop_redis_conn_open_for_work(ngx_shop_redis_conn_t *rc)
{
    if (rc->closing || rc->doomed) {
        return 0;
    }

    if (rc->state == NGX_SHOP_REDIS_READY) {
        return 1;
    }

    /* the very first connect: commands wait behind the hand-shake */

    return rc->state != NGX_SHOP_REDIS_IDLE && rc->failures == 0;
}


ngx_int_t
ngx_shop_redis_conn_send(ngx_shop_redis_conn_t *rc, char *wire, size_t len)
{
    if (redisAppendFormattedCommand(rc->ctx, wire, len) != REDIS_OK) {
        return NGX_ERROR;
    }

    if (rc->state >= NGX_SHOP_REDIS_GREETING && !rc->flush.posted) {
        ngx_post_event(&rc->flush, &ngx_posted_events);
    }

    return NGX_OK;
}


static void
ngx_shop_redis_conn_timer(ngx_event_t *ev)
{
    ngx_shop_redis_conn_t  *rc = ev->data;

    if (rc->state == NGX_SHOP_REDIS_IDLE) {
        ngx_shop_redis_conn_connect(rc);
        return;
    }

    ngx_shop_redis_conn_close(rc, "no answer to the hand-shake in time");
}


static void
ngx_shop_redis_conn_flush(ngx_event_t *ev)
{
    int                     done;
    ngx_event_t            *wev;
    ngx_shop_redis_conn_t  *rc = ev->data;

    if (rc->ctx == NULL) {
        return;
    }

    if (redisBufferWrite(rc->ctx, &done) != REDIS_OK) {
        ngx_shop_redis_conn_close(rc, rc->ctx->errstr);
        return;
    }

    wev = rc->c->write;

    if (done && wev->active) {
        (void) ngx_del_event(wev, NGX_WRITE_EVENT, 0);

    } else if (!done && !wev->active) {
        (void) ngx_add_event(wev, NGX_WRITE_EVENT, NGX_LEVEL_EVENT);
    }
}


static void
ngx_shop_redis_conn_write(ngx_event_t *wev)
{
    int                     err;
    socklen_t               len;
    ngx_connection_t       *c = wev->data;
    ngx_shop_redis_conn_t  *rc = c->data;

    if (rc->state == NGX_SHOP_REDIS_CONNECTING) {
        err = 0;
        len = sizeof(int);

        if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &len) == -1) {
            err = ngx_socket_errno;
        }

        if (err) {
            ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, err,
                          "%s: connecting to %V failed", rc->name,
                          &rc->conf->addr->name);
            ngx_shop_redis_conn_close(rc, "connect failed");
            return;
        }

        rc->ctx->flags |= REDIS_CONNECTED;
        rc->state = NGX_SHOP_REDIS_GREETING;
    }

    ngx_shop_redis_conn_flush(&rc->flush);
}


static void
ngx_shop_redis_conn_read(ngx_event_t *rev)
{
    ngx_connection_t       *c = rev->data;
    ngx_shop_redis_conn_t  *rc = c->data;

    if (redisBufferRead(rc->ctx) != REDIS_OK) {
        ngx_shop_redis_conn_close(rc, rc->ctx->errstr);
        return;
    }

    ngx_shop_redis_conn_replies(rc);
}


static void
ngx_shop_redis_conn_replies(ngx_shop_redis_conn_t *rc)
{
    void  *reply;

    rc->entered = 1;

    for ( ;; ) {
        if (redisReaderGetReply(rc->ctx->reader, &reply) != REDIS_OK) {
            rc->doomed = "the server sent what is not the protocol";
            break;
        }

        if (reply == NULL) {
            break;
        }

        if (rc->greetings) {
            ngx_shop_redis_conn_greeted(rc, reply);

        } else {
            rc->reply(rc, reply);
        }

        if (rc->doomed) {
            break;
        }
    }

    rc->entered = 0;

    if (rc->doomed) {
        ngx_shop_redis_conn_close(rc, rc->doomed);
    }
}


static void
ngx_shop_redis_conn_greeted(ngx_shop_redis_conn_t *rc, redisReply *reply)
{
    rc->greetings--;

    if (reply->type == REDIS_REPLY_ERROR) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "%s: hand-shake refused: %*s", rc->name,
                      (size_t) reply->len, reply->str);
        rc->doomed = "hand-shake refused";
    }

    freeReplyObject(reply);

    if (rc->greetings || rc->doomed) {
        return;
    }

    ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0, "%s: connected to %V",
                  rc->name, &rc->conf->addr->name);

    if (rc->timer.timer_set) {
        ngx_del_timer(&rc->timer);
    }

    rc->failures = 0;
    rc->state = NGX_SHOP_REDIS_READY;
    rc->ready(rc);
}


void
ngx_shop_redis_conn_close(ngx_shop_redis_conn_t *rc, const char *reason)
{
    if (rc->entered) {
        rc->doomed = reason;
        return;
    }

    if (rc->ctx == NULL || rc->closing) {
        return;
    }

    ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                  "%s: connection to %V closed: %s", rc->name,
                  &rc->conf->addr->name, reason);

    /* whoever lost() tells must not send into what is going away */

    rc->closing = 1;
    ngx_shop_redis_conn_drop(rc);
    rc->lost(rc);
    rc->closing = 0;

    ngx_shop_redis_conn_retry(rc);
}


static void
ngx_shop_redis_conn_drop(ngx_shop_redis_conn_t *rc)
{
    ngx_connection_t  *c;

    c = rc->c;

    if (c) {
        if (c->read->active) {
            (void) ngx_del_event(c->read, NGX_READ_EVENT, 0);
        }

        if (c->write->active) {
            (void) ngx_del_event(c->write, NGX_WRITE_EVENT, 0);
        }

        if (c->read->posted) {
            ngx_delete_posted_event(c->read);
        }

        if (c->write->posted) {
            ngx_delete_posted_event(c->write);
        }

        c->read->closed = 1;
        c->write->closed = 1;
        ngx_free_connection(c);
        c->fd = (ngx_socket_t) -1;
        rc->c = NULL;
    }

    if (rc->flush.posted) {
        ngx_delete_posted_event(&rc->flush);
    }

    if (rc->timer.timer_set) {
        ngx_del_timer(&rc->timer);
    }

    if (rc->ctx) {
        redisFree(rc->ctx);                     /* closes the descriptor */
        rc->ctx = NULL;
    }

    rc->doomed = NULL;
    rc->state = NGX_SHOP_REDIS_IDLE;
}


static void
ngx_shop_redis_conn_retry(ngx_shop_redis_conn_t *rc)
{
    ngx_msec_t  wait;

    wait = NGX_SHOP_REDIS_BACKOFF_MIN << ngx_min(rc->failures, 6);
    wait = ngx_min(wait, NGX_SHOP_REDIS_BACKOFF_MAX);
    wait += ngx_random() % wait / 4;            /* workers do not march */

    rc->failures++;
    ngx_add_timer(&rc->timer, wait);
}


void
ngx_shop_redis_conn_exit(ngx_shop_redis_conn_t *rc)
{
    rc->closing = 1;
    ngx_shop_redis_conn_drop(rc);
}
