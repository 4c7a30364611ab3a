/*
 * Orders: whatever arrives while one batch is in flight is the next batch.
 *
 * The statement takes one $1::jsonb[] (an element an item) and returns one
 * row an item: ord int (1-based), then the columns of an answer.  Answers are
 * held until they are durable (DATAPATH.md 1 to 5, 8, 10): see
 * shop_order_commit.
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
    ngx_queue_t              queue;
    void                    *batch;
    ngx_msec_t               deadline;
    ngx_uint_t               tries;
    unsigned                 detached:1;
    unsigned                 alone:1;
};

/* The two statements of a batcher, registered at configuration time: place
   ($1::jsonb[]) and find ($1::uuid, the answer of a placed item or no row). */
ngx_int_t ngx_shop_pg_batch_init(ngx_conf_t *cf, ngx_str_t *place,
    ngx_str_t *find);

ngx_shop_pg_item_t *ngx_shop_pg_item_alloc(void);
ngx_int_t ngx_shop_pg_item_submit(ngx_shop_pg_item_t *item);
void ngx_shop_pg_item_detach(ngx_shop_pg_item_t *item);

/* Inside done(): a reference to the batch's result, given up by the pool. */
PGresult *ngx_shop_pg_item_take(ngx_shop_pg_item_t *item, ngx_pool_t *pool);


#endif /* _NGX_SHOP_PG_BATCH_H_INCLUDED_ */
