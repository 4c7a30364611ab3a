/*
 * The feed of a node: one worker, elected by a slot, listens on the primary
 * and fills the zone.  A heartbeat on the same connection proves that what was
 * announced before it was sent has been heard; its time is the feed's age.
 */

#include "ngx_shop_node_zone.h"
#include "ngx_shop_cache.h"
#include "ngx_shop_pg_conn.h"
#include "ngx_shop_zone.h"


#define NGX_SHOP_NODE_BEAT     200       /* ms, between heartbeats */
#define NGX_SHOP_NODE_ELECT    250       /* ms, between attempts */
#define NGX_SHOP_NODE_LEASE    2000      /* ms */
#define NGX_SHOP_NODE_PAUSE    5000      /* ms, at most, after failures */
#define NGX_SHOP_NODE_ANSWER   1000      /* ms, the feed's own deadline */
#define NGX_SHOP_NODE_LOAD     5000      /* ms */
#define NGX_SHOP_NODE_REFRESH  60000     /* ms, all is loaded again */


typedef struct {
    ngx_shop_pg_stmt_t      *listen;
    ngx_shop_pg_stmt_t      *beat;
    ngx_shop_pg_stmt_t      *state;
    ngx_shop_pg_stmt_t      *revocations;
} ngx_shop_node_stmts_t;


typedef struct {
    ngx_shop_pg_conn_t       conn;
    ngx_shop_pg_role_t       role;
    ngx_event_t              tick;
    ngx_msec_t               sent;       /* the heartbeat in flight */
    ngx_msec_t               loaded;
    ngx_msec_t               pause;      /* doubled by each failure */
    ngx_msec_t               retry;      /* not before */
    unsigned                 elected:1;
    unsigned                 listening:1;
    unsigned                 whole:1;    /* all was loaded since LISTEN */
    unsigned                 beating:1;
    unsigned                 reading:1;  /* the state is being read */
    unsigned                 changed:1;  /* it changed meanwhile */
} ngx_shop_node_feed_t;


static void ngx_shop_node_feed_tick(ngx_event_t *ev);
static void ngx_shop_node_feed_elect(ngx_shop_node_feed_t *feed);
static void ngx_shop_node_feed_resign(ngx_shop_node_feed_t *feed);
static void ngx_shop_node_feed_ready(ngx_shop_pg_conn_t *c);
static void ngx_shop_node_feed_lost(ngx_shop_pg_conn_t *c);
static void ngx_shop_node_feed_notified(ngx_shop_pg_conn_t *c,
    const char *payload);
static ngx_int_t ngx_shop_node_feed_send(ngx_shop_node_feed_t *feed,
    ngx_shop_pg_stmt_t *stmt, ngx_msec_t timeout, ngx_shop_pg_done_pt done);
static void ngx_shop_node_feed_listening(ngx_shop_pg_query_t *q);
static void ngx_shop_node_feed_load(ngx_shop_node_feed_t *feed);
static void ngx_shop_node_feed_state(ngx_shop_node_feed_t *feed);
static void ngx_shop_node_feed_stated(ngx_shop_pg_query_t *q);
static void ngx_shop_node_feed_revoked(ngx_shop_pg_query_t *q);
static void ngx_shop_node_feed_beat(ngx_shop_node_feed_t *feed);
static void ngx_shop_node_feed_alive(ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_node_feed_failed(ngx_shop_pg_query_t *q,
    const char *what);


static ngx_shop_node_stmts_t  ngx_shop_node_stmts;
static ngx_shop_node_feed_t   ngx_shop_node_feed;


ngx_int_t
ngx_shop_node_feed_stmts(ngx_conf_t *cf)
{
    ngx_shop_node_stmts_t  *s;

    static ngx_str_t  listen = ngx_string("listen shop_node");
    static ngx_str_t  beat = ngx_string("select 1");
    static ngx_str_t  state =
        ngx_string("select body from store.node_state()");
    static ngx_str_t  revocations =
        ngx_string("select kind, id, epoch from identity.revocations()");

    s = &ngx_shop_node_stmts;

    s->listen = ngx_shop_pg_stmt_add(cf, &listen);
    s->beat = ngx_shop_pg_stmt_add(cf, &beat);
    s->state = ngx_shop_pg_stmt_add(cf, &state);
    s->revocations = ngx_shop_pg_stmt_add(cf, &revocations);

    return s->listen && s->beat && s->state && s->revocations
           ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_shop_node_feed_start(ngx_cycle_t *cycle)
{
    ngx_shop_node_feed_t  *feed;

    feed = &ngx_shop_node_feed;
    ngx_memzero(feed, sizeof(ngx_shop_node_feed_t));

    feed->role.name = "listener";
    feed->role.options = "-c statement_timeout=5000";
    feed->role.attrs = "read-write";
    feed->role.depth = 8;
    feed->role.lazy = 1;                 /* the tick opens it */

    feed->conn.role = &feed->role;
    feed->conn.target = ngx_shop_pg_cycle_conf(cycle)->primary;
    feed->conn.owner = feed;
    feed->conn.ready = ngx_shop_node_feed_ready;
    feed->conn.lost = ngx_shop_node_feed_lost;
    feed->conn.notify = ngx_shop_node_feed_notified;

    if (ngx_shop_pg_conn_init(&feed->conn, ngx_shop_pg_cycle_conf(cycle))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    feed->tick.handler = ngx_shop_node_feed_tick;
    feed->tick.data = feed;
    feed->tick.log = cycle->log;
    feed->tick.cancelable = 1;

    ngx_add_timer(&feed->tick, 0);

    return NGX_OK;
}


void
ngx_shop_node_feed_stop(void)
{
    ngx_shop_node_feed_resign(&ngx_shop_node_feed);
}


static void
ngx_shop_node_feed_tick(ngx_event_t *ev)
{
    ngx_shop_node_feed_t  *feed;

    feed = ev->data;

    /* a worker that exits leaves the feed to those that stay */

    if (ngx_exiting || ngx_terminate || ngx_quit) {
        ngx_shop_node_feed_resign(feed);
        return;
    }

    ngx_shop_node_feed_elect(feed);

    if (feed->elected) {
        ngx_shop_node_feed_beat(feed);
    }

    ngx_add_timer(ev, feed->elected ? NGX_SHOP_NODE_BEAT
                                    : NGX_SHOP_NODE_ELECT);
}


static void
ngx_shop_node_feed_elect(ngx_shop_node_feed_t *feed)
{
    if (ngx_shop_slot_take(&ngx_shop_node_zone()->listener, 1,
                           NGX_SHOP_NODE_LEASE)
        != NGX_OK)
    {
        /* it was stopped for longer than its lease: another one listens */

        if (feed->elected) {
            ngx_shop_node_feed_resign(feed);
        }

        return;
    }

    if (!feed->elected) {
        feed->elected = 1;
        feed->pause = 0;
        feed->retry = ngx_current_msec;
        ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                      "node: this worker listens");
    }

    if (feed->conn.state == NGX_SHOP_PG_CLOSED
        && (ngx_msec_int_t) (ngx_current_msec - feed->retry) >= 0)
    {
        ngx_shop_pg_conn_open(&feed->conn);
    }
}


static void
ngx_shop_node_feed_resign(ngx_shop_node_feed_t *feed)
{
    if (feed->elected) {
        feed->elected = 0;
        feed->listening = 0;
        feed->whole = 0;
        feed->beating = 0;
        feed->reading = 0;
        ngx_shop_pg_conn_exit(&feed->conn);
        ngx_shop_cache_feed(0);
    }

    (void) ngx_shop_slot_leave(&ngx_shop_node_zone()->listener);
}


static void
ngx_shop_node_feed_ready(ngx_shop_pg_conn_t *c)
{
    ngx_shop_node_feed_t  *feed;

    feed = c->owner;
    feed->listening = 0;
    feed->whole = 0;
    feed->beating = 0;
    feed->reading = 0;

    (void) ngx_shop_node_feed_send(feed, ngx_shop_node_stmts.listen,
                                   NGX_SHOP_NODE_LOAD,
                                   ngx_shop_node_feed_listening);
}


static void
ngx_shop_node_feed_lost(ngx_shop_pg_conn_t *c)
{
    ngx_shop_node_feed_t  *feed;

    feed = c->owner;

    /* one that was whole is opened at the next tick; one that never is, as
       before the first migration, less and less often */

    feed->pause = 2 * feed->pause + NGX_SHOP_NODE_BEAT;

    if (feed->whole) {
        feed->pause = 0;
    }

    feed->pause = ngx_min(feed->pause, NGX_SHOP_NODE_PAUSE);
    feed->retry = ngx_current_msec + feed->pause;

    if (feed->listening) {
        feed->listening = 0;
        ngx_shop_cache_feed(0);
    }
}


static ngx_int_t
ngx_shop_node_feed_send(ngx_shop_node_feed_t *feed, ngx_shop_pg_stmt_t *stmt,
    ngx_msec_t timeout, ngx_shop_pg_done_pt done)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = stmt;
    q->timeout = timeout;
    q->done = done;
    q->data = feed;
    q->log = ngx_cycle->log;

    return ngx_shop_pg_query_on(&feed->conn, q);
}


/* From here on nothing is missed: what was cached before is dropped, what is
   loaded now is present. */

static void
ngx_shop_node_feed_listening(ngx_shop_pg_query_t *q)
{
    ngx_shop_node_feed_t  *feed;

    feed = q->data;

    if (ngx_shop_node_feed_failed(q, "listen")) {
        return;
    }

    feed->listening = 1;
    ngx_shop_cache_feed(1);
    ngx_shop_node_keys_changed(ngx_shop_node_zone());
    ngx_shop_node_feed_load(feed);
}


static void
ngx_shop_node_feed_load(ngx_shop_node_feed_t *feed)
{
    feed->loaded = ngx_current_msec;

    ngx_shop_node_feed_state(feed);

    (void) ngx_shop_node_feed_send(feed, ngx_shop_node_stmts.revocations,
                                   NGX_SHOP_NODE_LOAD,
                                   ngx_shop_node_feed_revoked);
}


static void
ngx_shop_node_feed_state(ngx_shop_node_feed_t *feed)
{
    if (feed->reading) {
        feed->changed = 1;
        return;
    }

    feed->changed = 0;
    feed->reading = (ngx_shop_node_feed_send(feed, ngx_shop_node_stmts.state,
                                             NGX_SHOP_NODE_LOAD,
                                             ngx_shop_node_feed_stated)
                     == NGX_OK);
}


static void
ngx_shop_node_feed_stated(ngx_shop_pg_query_t *q)
{
    ngx_shop_node_feed_t  *feed;

    feed = q->data;
    feed->reading = 0;

    if (ngx_shop_node_feed_failed(q, "store.node_state()")) {
        return;
    }

    if (PQntuples(q->res) == 1 && !PQgetisnull(q->res, 0, 0)) {
        ngx_shop_node_state_publish(ngx_shop_node_zone(),
                                    (u_char *) PQgetvalue(q->res, 0, 0),
                                    PQgetlength(q->res, 0, 0));
    }

    if (feed->changed) {
        ngx_shop_node_feed_state(feed);
    }
}


static void
ngx_shop_node_feed_revoked(ngx_shop_pg_query_t *q)
{
    int                    row;
    ngx_str_t              id;
    ngx_shop_node_feed_t  *feed;
    ngx_shop_node_zone_t  *zone;

    feed = q->data;
    zone = ngx_shop_node_zone();

    if (ngx_shop_node_feed_failed(q, "identity.revocations()")) {
        return;
    }

    zone->full = 0;

    for (row = 0; row < PQntuples(q->res); row++) {
        id.data = (u_char *) PQgetvalue(q->res, row, 1);
        id.len = PQgetlength(q->res, row, 1);

        ngx_shop_node_revoked_add(zone,
                                  PQgetvalue(q->res, row, 0)[0] == 's'
                                  ? NGX_SHOP_NODE_SESSION : NGX_SHOP_NODE_USER,
                                  &id, strtoll(PQgetvalue(q->res, row, 2),
                                               NULL, 10));
    }

    /* the next heartbeat says so */

    feed->whole = 1;
    ngx_shop_node_feed_beat(feed);
}


static void
ngx_shop_node_feed_beat(ngx_shop_node_feed_t *feed)
{
    if (!feed->whole || feed->beating
        || feed->conn.state != NGX_SHOP_PG_READY)
    {
        return;
    }

    if ((ngx_msec_int_t) (ngx_current_msec - feed->loaded)
        > NGX_SHOP_NODE_REFRESH)
    {
        ngx_shop_node_feed_load(feed);
    }

    feed->sent = ngx_shop_zone_now();
    feed->beating = (ngx_shop_node_feed_send(feed, ngx_shop_node_stmts.beat,
                                             NGX_SHOP_NODE_ANSWER,
                                             ngx_shop_node_feed_alive)
                     == NGX_OK);
}


static void
ngx_shop_node_feed_alive(ngx_shop_pg_query_t *q)
{
    ngx_shop_node_feed_t  *feed;

    feed = q->data;
    feed->beating = 0;

    if (!ngx_shop_node_feed_failed(q, "heartbeat") && feed->listening) {
        ngx_shop_node_zone()->heard = feed->sent;
    }
}


/* A lost connection begins anew by itself; any other failure ends it. */

static ngx_uint_t
ngx_shop_node_feed_failed(ngx_shop_pg_query_t *q, const char *what)
{
    const char            *message;
    ngx_shop_node_feed_t  *feed;

    if (q->rc == NGX_SHOP_PG_OK) {
        return 0;
    }

    feed = q->data;
    message = NULL;

    if (q->res) {
        message = PQresultErrorField(q->res, PG_DIAG_MESSAGE_PRIMARY);
    }

    if (q->rc != NGX_SHOP_PG_UNKNOWN) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0, "node: %s failed: %s",
                      what, message ? message : "no answer");
        ngx_shop_pg_conn_doom(&feed->conn, "the feed failed");
    }

    return 1;
}


static void
ngx_shop_node_feed_notified(ngx_shop_pg_conn_t *c, const char *payload)
{
    if (ngx_shop_node_heard(payload)) {
        ngx_shop_node_feed_state(c->owner);
    }
}
