/*
 * PostgreSQL inside the event loop: libpq in pipeline mode.
 *
 * A query belongs to one class; classes never share a connection, so that
 * none waits for another.  A query is submitted once and completed once:
 * done() is never called from inside ngx_shop_pg_query(), always later from
 * the event loop, and never after ngx_shop_pg_detach().
 */

#ifndef _NGX_SHOP_PG_H_INCLUDED_
#define _NGX_SHOP_PG_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <libpq-fe.h>
#include "ngx_shop_wheel.h"


typedef enum {
    NGX_SHOP_PG_READ = 0,      /* read only, may go to a replica, pipelined */
    NGX_SHOP_PG_WRITE,         /* short writes, each under its own sync */
    NGX_SHOP_PG_ORDER,         /* batches of orders; used by pg_batch only */
    NGX_SHOP_PG_SLOW,          /* reports, exports, multi-statement work */
    NGX_SHOP_PG_CLASSES
} ngx_shop_pg_class_e;


/* rc of a completed query */
#define NGX_SHOP_PG_OK          0   /* res holds rows; a write is committed */
#define NGX_SHOP_PG_ERROR       1   /* refused: res holds the error */
#define NGX_SHOP_PG_DOWN        2   /* not sent: no connection, or given up */
#define NGX_SHOP_PG_UNKNOWN     3   /* sent, then the connection was lost */
#define NGX_SHOP_PG_TIMEOUT     4   /* the deadline passed; outcome unknown */


typedef struct ngx_shop_pg_conf_s   ngx_shop_pg_conf_t;
typedef struct ngx_shop_pg_query_s  ngx_shop_pg_query_t;

typedef void (*ngx_shop_pg_done_pt)(ngx_shop_pg_query_t *q);


/*
 * A statement known when the configuration is read.  It is prepared on a
 * connection at its first use there.  Every $n is cast in the text.
 */
typedef struct {
    ngx_str_t                text;       /* NUL-terminated SQL */
    ngx_uint_t               index;      /* set by ngx_shop_pg_stmt_add() */
} ngx_shop_pg_stmt_t;


struct ngx_shop_pg_query_s {
    /* set by the caller before ngx_shop_pg_query(); params must live until
       done() or detach */
    ngx_shop_pg_stmt_t      *stmt;
    ngx_uint_t               nparams;
    const char *const       *params;     /* NUL-terminated text or NULL */
    ngx_msec_t               timeout;    /* 0: the class's default */
    unsigned                 primary:1;  /* a read that needs the primary */
    void                    *data;
    ngx_shop_pg_done_pt      done;
    ngx_log_t               *log;

    /* valid inside done() */
    ngx_uint_t               rc;
    PGresult                *res;        /* freed after done(); see take */
    unsigned                 replica:1;  /* a replica answered */

    /* private to pg */
    ngx_queue_t              queue;
    ngx_shop_wheel_node_t    deadline;
    void                    *pool;       /* of connections; NULL: sent to one */
    void                    *conn;       /* it was sent on */
    ngx_uint_t               group;      /* syncs sent there before it */
    unsigned                 state:3;
    unsigned                 tries:3;    /* times it was sent before */
    unsigned                 alone:1;    /* a read under a sync of its own */
    unsigned                 preparing:1;
    unsigned                 detached:1;
};


/* Registers a statement while the configuration is read; returns NULL when
   memory is short.  Equal texts share one statement. */
ngx_shop_pg_stmt_t *ngx_shop_pg_stmt_add(ngx_conf_t *cf, ngx_str_t *text);

/* Takes a zeroed query from the worker's free list, or NULL.  A query that is
   never submitted is given back with ngx_shop_pg_free(). */
ngx_shop_pg_query_t *ngx_shop_pg_alloc(void);
void ngx_shop_pg_free(ngx_shop_pg_query_t *q);

/* Submits; NGX_OK (done() follows once), or NGX_DECLINED when the class has no
   connection in reach or its queue is full: answer 503 at once (q is freed). */
ngx_int_t ngx_shop_pg_query(ngx_shop_pg_query_t *q, ngx_uint_t cls);

/* The caller dies first: done() is never called.  A query not yet sent is
   dropped; one in flight runs to its end and its result is discarded.  Inside
   done() it does nothing; after done() the query is gone. */
void ngx_shop_pg_detach(ngx_shop_pg_query_t *q);

/* Inside done(): moves the result to the pool (PQclear by its cleanup), so
   that an answer can be sent from its memory without a copy.  NULL on error. */
PGresult *ngx_shop_pg_take(ngx_shop_pg_query_t *q, ngx_pool_t *pool);

/* State for /ready and metrics: 1 if the class has a usable connection. */
ngx_uint_t ngx_shop_pg_up(ngx_uint_t cls);


/* Counters of this worker and class, since its start but for the gauges. */
typedef struct {
    ngx_uint_t               connections;    /* gauge: ready */
    ngx_uint_t               queued;         /* gauge */
    ngx_uint_t               running;        /* gauge: sent, not completed */
    ngx_uint_t               sent;
    ngx_uint_t               errors;         /* answered by a SQLSTATE */
    ngx_uint_t               retries;
    ngx_uint_t               refused;        /* NGX_DECLINED, or given up */
    ngx_uint_t               timeouts;
    ngx_uint_t               lost;           /* connections */
} ngx_shop_pg_stats_t;

void ngx_shop_pg_stats(ngx_uint_t cls, ngx_shop_pg_stats_t *stats);


#endif /* _NGX_SHOP_PG_H_INCLUDED_ */
