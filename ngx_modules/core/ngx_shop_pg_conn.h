/*
 * Private to pg: targets, connections and pools.  Users of PostgreSQL include
 * ngx_shop_pg.h; only the batcher and the node's listener, which own their
 * connections, include this.
 */

#ifndef _NGX_SHOP_PG_CONN_H_INCLUDED_
#define _NGX_SHOP_PG_CONN_H_INCLUDED_


#include "ngx_shop_pg.h"
#include <ngx_event.h>


/* One host of a conninfo.  A name is resolved before each round of attempts,
   so that libpq only sees numeric addresses or sockets' directories. */
typedef struct {
    const char              *host;       /* as configured, kept for TLS */
    const char              *port;
    ngx_array_t              addrs;      /* of char *: of the configuration */
    unsigned                 named:1;    /* host is a name */
    unsigned                 local:1;    /* host is a directory */
} ngx_shop_pg_server_t;


/* A conninfo, parsed. */
typedef struct {
    ngx_array_t              keys;       /* of char *: without the hosts */
    ngx_array_t              values;
    const char              *options;    /* the operator's own, or NULL */
    ngx_array_t              servers;
    unsigned                 replica:1;
} ngx_shop_pg_target_t;


/* What a connection is for. */
typedef struct {
    const char              *name;       /* for the log and the server */
    const char              *options;    /* settings of the session */
    const char              *attrs;      /* target_session_attrs */
    ngx_uint_t               depth;      /* statements in flight at most */
    unsigned                 group:1;    /* reads: one sync a turn */
    unsigned                 lazy:1;     /* opened by the first query */
} ngx_shop_pg_role_t;


typedef enum {
    NGX_SHOP_PG_CLOSED = 0,      /* waits for its timer, or for work */
    NGX_SHOP_PG_RESOLVING,
    NGX_SHOP_PG_CONNECTING,
    NGX_SHOP_PG_READY
} ngx_shop_pg_conn_state_e;


/* states of a query */
typedef enum {
    NGX_SHOP_PG_Q_NEW = 0,
    NGX_SHOP_PG_Q_QUEUED,        /* in its pool's queue */
    NGX_SHOP_PG_Q_SENT,          /* in its connection's list */
    NGX_SHOP_PG_Q_EXECUTED,      /* there; a write that waits for its sync */
    NGX_SHOP_PG_Q_DONE           /* off all lists */
} ngx_shop_pg_query_state_e;


/* How a query left its connection. */
typedef enum {
    NGX_SHOP_PG_ANSWERED = 0,    /* q->res holds rows or the error */
    NGX_SHOP_PG_ABORTED,         /* by the error of a neighbour: not run */
    NGX_SHOP_PG_UNPREPARED,      /* its statement is not there: not run */
    NGX_SHOP_PG_LOST             /* the connection was lost */
} ngx_shop_pg_end_e;


/* What is known of a statement on a connection. */
#define NGX_SHOP_PG_ABSENT    0
#define NGX_SHOP_PG_ASKED     1
#define NGX_SHOP_PG_PREPARED  2


typedef struct ngx_shop_pg_conn_s  ngx_shop_pg_conn_t;
typedef struct ngx_shop_pg_pool_s  ngx_shop_pg_pool_t;

typedef void (*ngx_shop_pg_conn_pt)(ngx_shop_pg_conn_t *c);
typedef void (*ngx_shop_pg_notify_pt)(ngx_shop_pg_conn_t *c,
    const char *payload);

struct ngx_shop_pg_conn_s {
    /* set by the owner before ngx_shop_pg_conn_init() */
    const ngx_shop_pg_role_t   *role;
    const ngx_shop_pg_target_t *target;
    void                       *owner;
    ngx_shop_pg_conn_pt         ready;   /* connected; all may be NULL */
    ngx_shop_pg_conn_pt         lost;    /* after its queries were ended */
    ngx_shop_pg_conn_pt         turn;    /* results were handled */
    ngx_shop_pg_notify_pt       notify;

    /* read-only for the owner */
    ngx_uint_t                  state;
    ngx_uint_t                  generation;  /* counts connections made */
    ngx_uint_t                  failures;    /* rounds of attempts in a row */
    ngx_uint_t                  running;     /* queries in flight */

    /* private */
    const ngx_shop_pg_conf_t   *conf;
    PGconn                     *pg;
    ngx_connection_t           *io;
    ngx_queue_t                 sent;        /* queries, in order */
    ngx_uint_t                  syncs;       /* sent */
    ngx_uint_t                  synced;      /* received */
    u_char                     *prepared;    /* by the index of a statement */
    ngx_uint_t                  epoch;       /* in names of statements */
    ngx_event_t                 flush;       /* posted */
    ngx_event_t                 timer;       /* connect, back-off, stall */
    ngx_resolver_ctx_t         *resolve;
    ngx_pool_t                 *addrs_pool;  /* of resolved addresses */
    ngx_array_t                 addrs;       /* of char * */
    ngx_uint_t                  server;
    ngx_uint_t                  addr;        /* the next to try */
    ngx_uint_t                  tried;       /* servers in this round */
    const char                 *doomed;      /* why it is to be closed */
    unsigned                    open:1;      /* a group without its sync */
    unsigned                    warned:1;    /* see ngx_shop_pg_conn_warned */
    unsigned                    wanted:1;    /* a lazy one: has work */
    unsigned                    asked:1;     /* the resolver, this server */
    unsigned                    handling:1;  /* results */
};


struct ngx_shop_pg_pool_s {
    ngx_shop_pg_role_t          role;
    ngx_uint_t                  cls;
    ngx_uint_t                  n;
    ngx_shop_pg_conn_t         *conns;
    ngx_queue_t                 queue;
    ngx_uint_t                  queued;
    ngx_uint_t                  limit;
    ngx_msec_t                  timeout;
    ngx_shop_pg_stats_t         stats;
    unsigned                    retry:1;     /* reads: after a loss */
};


struct ngx_shop_pg_conf_s {
    ngx_shop_pg_target_t       *primary;
    ngx_array_t                 replicas;    /* of ngx_shop_pg_target_t * */
    ngx_uint_t                  read;        /* connections a worker */
    ngx_uint_t                  write;
    ngx_uint_t                  slow;
    ngx_uint_t                  queue;
    ngx_msec_t                  timeout;
    ngx_array_t                 stmts;       /* of ngx_shop_pg_stmt_t * */
    ngx_resolver_t             *resolver;    /* NULL: none configured */
    ngx_msec_t                  resolver_timeout;

    ngx_uint_t                  commit;      /* of orders, see pg_batch */
    ngx_uint_t                  slots;
    ngx_uint_t                  batch;
    ngx_shop_pg_stmt_t         *place;
    ngx_shop_pg_stmt_t         *find;
    ngx_shop_pg_stmt_t         *barrier;
    ngx_shop_pg_stmt_t         *noop;        /* as the barrier, no flush */
    ngx_uint_t                  crew;        /* see ngx_shop_pg_wake.c */
    ngx_array_t                 wake;        /* of ngx_fd_t, by worker */
};


/* --- ngx_shop_pg_module.c ------------------------------------------------- */

ngx_shop_pg_conf_t *ngx_shop_pg_conf(ngx_conf_t *cf);
/* NULL when there is no shop_postgres */
ngx_shop_pg_conf_t *ngx_shop_pg_cycle_conf(ngx_cycle_t *cycle);


/* --- ngx_shop_pg_target.c ------------------------------------------------- */

/* Parses a conninfo; names are resolved now if no resolver is configured by
   ngx_shop_pg_target_resolve(), called when that is known.  Both log. */
ngx_shop_pg_target_t *ngx_shop_pg_target_parse(ngx_conf_t *cf,
    ngx_str_t *conninfo);
ngx_int_t ngx_shop_pg_target_resolve(ngx_conf_t *cf,
    ngx_shop_pg_target_t *target);

/* Begins to connect to one address of a server; NULL when memory is short. */
PGconn *ngx_shop_pg_target_start(const ngx_shop_pg_target_t *target,
    const ngx_shop_pg_role_t *role, const ngx_shop_pg_server_t *server,
    const char *addr);


/* --- ngx_shop_pg_conn.c --------------------------------------------------- */

/* Sends a query that is on no list; its end is ngx_shop_pg_end().  NGX_ERROR:
   not sent, and the connection is about to be closed. */
ngx_int_t ngx_shop_pg_conn_send(ngx_shop_pg_conn_t *c,
    ngx_shop_pg_query_t *q);

/* 1 if the peer has said something on an idle connection, its end perhaps:
   send nothing before that was read. */
ngx_uint_t ngx_shop_pg_conn_stale(ngx_shop_pg_conn_t *c);

/* Closes at the end of this turn of the event loop; the reason is logged. */
void ngx_shop_pg_conn_doom(ngx_shop_pg_conn_t *c, const char *reason);

/* 1 if the server sent a WARNING since the last call. */
ngx_uint_t ngx_shop_pg_conn_warned(ngx_shop_pg_conn_t *c);

/* No result for a while although a deadline passed: closes the connection if
   the next does not come soon. */
void ngx_shop_pg_conn_stalled(ngx_shop_pg_conn_t *c);

/* Connected: pipeline mode and the events of its use; calls ready(). */
void ngx_shop_pg_conn_established(ngx_shop_pg_conn_t *c);


/* --- ngx_shop_pg_result.c ------------------------------------------------- */

/* Handles all results that were read. */
void ngx_shop_pg_conn_results(ngx_shop_pg_conn_t *c);

/* Hands notifications to the owner. */
void ngx_shop_pg_conn_hear(ngx_shop_pg_conn_t *c);

/* From now on notices go to nginx's log. */
void ngx_shop_pg_conn_notices(ngx_shop_pg_conn_t *c);

/* Logs the first line of libpq's message; in a row of failures only the first
   is loud. */
void ngx_shop_pg_conn_log(ngx_shop_pg_conn_t *c, const char *what);


/* --- ngx_shop_pg_io.c ----------------------------------------------------- */

ngx_int_t ngx_shop_pg_io_attach(ngx_shop_pg_conn_t *c, ngx_uint_t read,
    ngx_uint_t write, ngx_event_handler_pt handler);
void ngx_shop_pg_io_detach(ngx_shop_pg_conn_t *c);


/* --- ngx_shop_pg_connect.c: the life of a connection ---------------------- */

ngx_int_t ngx_shop_pg_conn_init(ngx_shop_pg_conn_t *c,
    const ngx_shop_pg_conf_t *conf);
/* Connects now, if closed; lost() may be called before it returns. */
void ngx_shop_pg_conn_open(ngx_shop_pg_conn_t *c);
/* Connects in the next turn, unless it waits after a failure. */
void ngx_shop_pg_conn_want(ngx_shop_pg_conn_t *c);
/* Ends its queries as lost, then connects again (but a lazy one). */
void ngx_shop_pg_conn_close(ngx_shop_pg_conn_t *c, const char *reason);
/* The worker exits, or the owner gives up its role: closes without a word to
   its queries, which are freed, and stays closed.  Not inside done(). */
void ngx_shop_pg_conn_exit(ngx_shop_pg_conn_t *c);
/* 1 if ready, or if it will be soon as far as is known. */
ngx_uint_t ngx_shop_pg_conn_hopeful(ngx_shop_pg_conn_t *c);


/* --- ngx_shop_pg_query.c: the life of a query ----------------------------- */

/* Called by a connection: the query is off its list. */
void ngx_shop_pg_end(ngx_shop_pg_query_t *q, ngx_uint_t how);

/* Completes a query that is off all lists. */
void ngx_shop_pg_finish(ngx_shop_pg_query_t *q, ngx_uint_t rc);

/* Sends a query on a connection of the caller's own; NGX_DECLINED: not ready,
   the query is freed.  Such a query is never repeated. */
ngx_int_t ngx_shop_pg_query_on(ngx_shop_pg_conn_t *c,
    ngx_shop_pg_query_t *q);

/* 5 characters of an error's SQLSTATE, or "" */
const char *ngx_shop_pg_sqlstate(const PGresult *res);


/* --- ngx_shop_pg_pool.c: connections of a class --------------------------- */

/* The pool for a query, NULL when none is in reach. */
ngx_shop_pg_pool_t *ngx_shop_pg_pool(ngx_uint_t cls, ngx_uint_t primary);

void ngx_shop_pg_pool_push(ngx_shop_pg_pool_t *pool, ngx_shop_pg_query_t *q,
    ngx_uint_t first);
void ngx_shop_pg_pool_remove(ngx_shop_pg_query_t *q);
/* Sends what can be sent. */
void ngx_shop_pg_pool_dispatch(ngx_shop_pg_pool_t *pool);

/* What a connection of a pool tells it. */
void ngx_shop_pg_pool_turn(ngx_shop_pg_conn_t *c);
void ngx_shop_pg_pool_lost(ngx_shop_pg_conn_t *c);

ngx_int_t ngx_shop_pg_start(ngx_cycle_t *cycle,
    const ngx_shop_pg_conf_t *conf);
void ngx_shop_pg_stop(void);


/* --- ngx_shop_pg_class.c -------------------------------------------------- */

/* A pool of n connections of a class, none of them open yet. */
ngx_shop_pg_pool_t *ngx_shop_pg_pool_create(ngx_cycle_t *cycle,
    const ngx_shop_pg_conf_t *conf, ngx_uint_t cls, const char *name,
    ngx_uint_t n, const ngx_shop_pg_target_t *target);


/* --- ngx_shop_pg_wake.c --------------------------------------------------- */

/* In the master: makes what the workers of this cycle wake each other by. */
ngx_int_t ngx_shop_pg_wake_make(ngx_cycle_t *cycle, ngx_shop_pg_conf_t *conf);

/* In a worker: posts the event when it is woken. */
ngx_int_t ngx_shop_pg_wake_start(const ngx_shop_pg_conf_t *conf,
    ngx_event_t *run);
void ngx_shop_pg_wake_stop(void);

void ngx_shop_pg_wake(const ngx_shop_pg_conf_t *conf, ngx_uint_t worker);


/* --- ngx_shop_pg_batch.c, started with the worker ------------------------- */

ngx_int_t ngx_shop_pg_batch_start(ngx_cycle_t *cycle,
    const ngx_shop_pg_conf_t *conf);
void ngx_shop_pg_batch_stop(void);
/* Its two connections as the class ORDER. */
void ngx_shop_pg_batch_count(ngx_shop_pg_stats_t *stats);


#endif /* _NGX_SHOP_PG_CONN_H_INCLUDED_ */
