/*
 * Orders: whatever arrives while one batch is in flight is the next batch.
 *
 * The statement "place" takes one $1::jsonb[] (an element an item) and returns
 * one row an item: ord int (1-based), then the columns of an answer, and
 * replayed bool.  Answers are held until they are durable (DATAPATH.md 1 to 5,
 * 8, 10): see shop_order_commit.
 */

#ifndef _NGX_SHOP_PG_BATCH_H_INCLUDED_
#define _NGX_SHOP_PG_BATCH_H_INCLUDED_


#include "ngx_shop_pg.h"


/* shop_order_commit */
#define NGX_SHOP_PG_COMMIT_AUTO     0    /* by the time that a flush takes */
#define NGX_SHOP_PG_COMMIT_GROUPED  1
#define NGX_SHOP_PG_COMMIT_SINGLE   2

typedef struct ngx_shop_pg_item_s  ngx_shop_pg_item_t;
typedef void (*ngx_shop_pg_item_pt)(ngx_shop_pg_item_t *item);

struct ngx_shop_pg_item_s {
    /* set by the caller */
    ngx_str_t                json;       /* the item; must live until done */
    ngx_str_t                id;         /* its id, for the look-up by rule 3 */
    ngx_msec_t               timeout;
    void                    *data;
    ngx_shop_pg_item_pt      done;
    ngx_log_t               *log;

    /* valid inside done() */
    ngx_uint_t               rc;         /* as of a query */
    PGresult                *res;        /* shared by the batch, refcounted */
    int                      row;

    /* private */
    ngx_queue_t              queue;      /* waiting, or of its unit */
    ngx_shop_wheel_node_t    deadline;
    void                    *shared;     /* the counted result */
    unsigned                 state:2;
    unsigned                 detached:1;
};

/* The two statements of a batcher, registered at configuration time: place
   ($1::jsonb[]) and find ($1::uuid, the answer of a placed item or no row). */
ngx_int_t ngx_shop_pg_batch_init(ngx_conf_t *cf, ngx_str_t *place,
    ngx_str_t *find);

/* A zeroed item, or NULL; one that is never submitted is given back by a
   detach.  The rules of a query hold: done() once, later, and not after a
   detach; NGX_DECLINED: answer 503 at once (the item is freed). */
ngx_shop_pg_item_t *ngx_shop_pg_item_alloc(void);
ngx_int_t ngx_shop_pg_item_submit(ngx_shop_pg_item_t *item);
void ngx_shop_pg_item_detach(ngx_shop_pg_item_t *item);

/* Inside done(): a reference to the batch's result, given up by the pool. */
PGresult *ngx_shop_pg_item_take(ngx_shop_pg_item_t *item, ngx_pool_t *pool);

/* Counters of this worker's batcher. */
typedef struct {
    ngx_uint_t               grouped;        /* the mode in use */
    ngx_uint_t               flush;          /* microseconds, as measured */
    ngx_uint_t               waiting;        /* gauge: items */
    ngx_uint_t               held;           /* gauge: units */
    ngx_uint_t               batches;
    ngx_uint_t               items;          /* in them */
    ngx_uint_t               barriers;
    ngx_uint_t               lookups;        /* after a lost connection */
    ngx_uint_t               repeats;        /* of batches, whole or in parts */
    ngx_uint_t               lost;           /* connections */
} ngx_shop_pg_batch_stats_t;

void ngx_shop_pg_batch_stats(ngx_shop_pg_batch_stats_t *stats);


#endif /* _NGX_SHOP_PG_BATCH_H_INCLUDED_ */
