/*
 * Sending on a connection in pipeline mode, and the events of its socket.
 */

#include <ngx_event.h>
#include "ngx_shop_pg_conn.h"


#define NGX_SHOP_PG_STALL  2000      /* ms without a result, see _stalled() */
#define NGX_SHOP_PG_IDLE   60000     /* ms: then a lazy connection is closed */


static void ngx_shop_pg_conn_event(ngx_event_t *ev);
static void ngx_shop_pg_conn_read(ngx_shop_pg_conn_t *c);
static ngx_int_t ngx_shop_pg_conn_write(ngx_shop_pg_conn_t *c,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_shop_pg_conn_sync(ngx_shop_pg_conn_t *c);
static void ngx_shop_pg_conn_flush(ngx_event_t *ev);
static void ngx_shop_pg_conn_rest(ngx_shop_pg_conn_t *c);


void
ngx_shop_pg_conn_established(ngx_shop_pg_conn_t *c)
{
    c->syncs = 0;
    c->synced = 0;
    c->warned = 0;

    if (c->conf->stmts.nelts) {
        ngx_memzero(c->prepared, c->conf->stmts.nelts);
    }

    c->flush.handler = ngx_shop_pg_conn_flush;
    c->flush.data = c;
    c->flush.log = ngx_cycle->log;

    if (PQsetnonblocking(c->pg, 1) != 0
        || PQenterPipelineMode(c->pg) != 1
        || ngx_shop_pg_io_attach(c, 1, 0, ngx_shop_pg_conn_event) != NGX_OK)
    {
        ngx_shop_pg_conn_doom(c, "pipeline mode failed");
        return;
    }

    ngx_shop_pg_conn_rest(c);

    if (c->ready) {
        c->ready(c);
    }
}


ngx_int_t
ngx_shop_pg_conn_send(ngx_shop_pg_conn_t *c, ngx_shop_pg_query_t *q)
{
    if (q->alone && c->open && ngx_shop_pg_conn_sync(c) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_shop_pg_conn_write(c, q) != NGX_OK) {
        ngx_shop_pg_conn_doom(c, "sending failed");
        return NGX_ERROR;
    }

    if (c->running++ == 0 && c->timer.timer_set) {
        ngx_del_timer(&c->timer);
    }

    q->conn = c;
    q->state = NGX_SHOP_PG_Q_SENT;
    q->group = c->syncs;
    ngx_queue_insert_tail(&c->sent, &q->queue);

    if (c->role->group && !q->alone) {
        c->open = 1;

        if (!c->flush.posted) {
            ngx_post_event(&c->flush, &ngx_posted_events);
        }

        return NGX_OK;
    }

    /* it is on the list: if this fails, closing ends it */

    (void) ngx_shop_pg_conn_sync(c);

    return NGX_OK;
}


/* Prepares a statement on the way.  One that is repeated does not trust in a
   preparation that another asked for and that may fail. */

static ngx_int_t
ngx_shop_pg_conn_write(ngx_shop_pg_conn_t *c, ngx_shop_pg_query_t *q)
{
    char        *text;
    u_char       name[2 * NGX_INT_T_LEN + 3];
    ngx_uint_t   index;

    text = (char *) q->stmt->text.data;
    index = q->stmt->index;

    if (q->alone && c->prepared[index] != NGX_SHOP_PG_PREPARED) {
        return PQsendQueryParams(c->pg, text, q->nparams, NULL, q->params,
                                 NULL, NULL, 0)
               ? NGX_OK : NGX_ERROR;
    }

    ngx_sprintf(name, "s%ui_%ui%Z", index, c->epoch);

    q->preparing = (c->prepared[index] == NGX_SHOP_PG_ABSENT);

    if (q->preparing) {
        if (!PQsendPrepare(c->pg, (char *) name, text, 0, NULL)) {
            return NGX_ERROR;
        }

        c->prepared[index] = NGX_SHOP_PG_ASKED;
    }

    return PQsendQueryPrepared(c->pg, (char *) name, q->nparams, q->params,
                               NULL, NULL, 0)
           ? NGX_OK : NGX_ERROR;
}


ngx_uint_t
ngx_shop_pg_conn_stale(ngx_shop_pg_conn_t *c)
{
    char     byte;
    ssize_t  n;

    if (c->running) {
        return 0;
    }

    n = recv(PQsocket(c->pg), &byte, 1, MSG_PEEK|MSG_DONTWAIT);

    return !(n == -1 && (ngx_socket_errno == NGX_EAGAIN
                         || ngx_socket_errno == NGX_EINTR));
}


void
ngx_shop_pg_conn_doom(ngx_shop_pg_conn_t *c, const char *reason)
{
    if (c->doomed == NULL) {
        c->doomed = reason;
    }

    if (!c->flush.posted) {
        ngx_post_event(&c->flush, &ngx_posted_events);
    }
}


ngx_uint_t
ngx_shop_pg_conn_warned(ngx_shop_pg_conn_t *c)
{
    ngx_uint_t  warned;

    warned = c->warned;
    c->warned = 0;

    return warned;
}


void
ngx_shop_pg_conn_stalled(ngx_shop_pg_conn_t *c)
{
    if (c->state == NGX_SHOP_PG_READY && !c->timer.timer_set) {
        ngx_add_timer(&c->timer, NGX_SHOP_PG_STALL);
    }
}


static void
ngx_shop_pg_conn_event(ngx_event_t *ev)
{
    ngx_connection_t    *io;
    ngx_shop_pg_conn_t  *c;

    io = ev->data;
    c = io->data;

    if (!ev->write) {
        c->handling = 1;
        ngx_shop_pg_conn_read(c);
        c->handling = 0;
    }

    /* also after reading: libpq asks to flush again */

    if (c->doomed || io->write->active) {
        ngx_shop_pg_conn_flush(&c->flush);
    }

    if (c->state == NGX_SHOP_PG_READY && c->turn) {
        c->turn(c);
    }
}


static void
ngx_shop_pg_conn_read(ngx_shop_pg_conn_t *c)
{
    int         ok;
    ngx_uint_t  n;

    ok = PQconsumeInput(c->pg);

    /* libpq may leave a part of a TLS record in OpenSSL's buffer, for which
       no event comes; a record is at most two of its reads */

    if (ok && PQsslInUse(c->pg)) {
        for (n = 0; ok && n < 2; n++) {
            ok = PQconsumeInput(c->pg);
        }
    }

    /* what came before the end is still good */

    ngx_shop_pg_conn_results(c);
    ngx_shop_pg_conn_hear(c);

    if (!ok || PQsocket(c->pg) == -1) {
        ngx_shop_pg_conn_doom(c, "lost");
        return;
    }

    if (c->running == 0) {
        ngx_shop_pg_conn_rest(c);
    }
}


/* Before libpq 17 each sync is a write to the socket: hence one a turn for
   reads, and the flush that follows is only for what did not fit. */

static ngx_int_t
ngx_shop_pg_conn_sync(ngx_shop_pg_conn_t *c)
{
#if (NGX_SHOP_HAVE_PQ_SEND_SYNC)
    if (!PQsendPipelineSync(c->pg)) {
#else
    if (!PQpipelineSync(c->pg)) {
#endif
        ngx_shop_pg_conn_doom(c, "sending failed");
        return NGX_ERROR;
    }

    c->syncs++;
    c->open = 0;

    if (!c->flush.posted) {
        ngx_post_event(&c->flush, &ngx_posted_events);
    }

    return NGX_OK;
}


static void
ngx_shop_pg_conn_flush(ngx_event_t *ev)
{
    int                  rc;
    ngx_event_t         *wev;
    ngx_shop_pg_conn_t  *c;

    c = ev->data;

    if (c->handling) {
        return;
    }

    if (c->open && c->doomed == NULL) {
        (void) ngx_shop_pg_conn_sync(c);

        if (ev->posted) {
            ngx_delete_posted_event(ev);
        }
    }

    if (c->doomed) {
        ngx_shop_pg_conn_close(c, c->doomed);
        return;
    }

    rc = PQflush(c->pg);
    wev = c->io->write;

    if (rc == 1 && !wev->active) {
        rc = ngx_add_event(wev, NGX_WRITE_EVENT, NGX_LEVEL_EVENT) == NGX_OK
             ? 0 : -1;

    } else if (rc == 0 && wev->active) {
        rc = ngx_del_event(wev, NGX_WRITE_EVENT, 0) == NGX_OK ? 0 : -1;
    }

    if (rc == -1) {
        ngx_shop_pg_conn_close(c, "writing failed");
    }
}


/* Nothing is in flight. */

static void
ngx_shop_pg_conn_rest(ngx_shop_pg_conn_t *c)
{
    if (c->timer.timer_set) {
        ngx_del_timer(&c->timer);
    }

    if (c->role->lazy) {
        ngx_add_timer(&c->timer, NGX_SHOP_PG_IDLE);
    }
}
