/*
 * A statement of several requests at a time: what comes while one is under way
 * is the next, and one that fails is asked for by each of them.
 */

#include <ngx_event.h>
#include "ngx_shop_engine.h"


#define NGX_SHOP_TOGETHER_POOL  4096
#define NGX_SHOP_TOGETHER_MAX   32   /* requests of one statement */


typedef struct ngx_shop_together_batch_s  ngx_shop_together_batch_t;

/* one request's part, in its memory */
typedef struct {
    ngx_queue_t                  queue;      /* while it waits */
    ngx_shop_request_t          *sr;
    const char *const           *params;
    ngx_shop_next_pt             next;
    ngx_shop_together_t         *together;
    ngx_shop_together_batch_t   *batch;      /* NULL: it waits, or is done */
    ngx_uint_t                   place;
    unsigned                     waits:1;
} ngx_shop_together_item_t;

struct ngx_shop_together_batch_s {
    ngx_shop_together_t         *together;
    ngx_pool_t                  *pool;       /* belongs to no request */
    ngx_uint_t                   n;
    ngx_shop_together_item_t    *items[NGX_SHOP_TOGETHER_MAX]; /* NULL: gone */
};


static void ngx_shop_together_cleanup(void *data);
static void ngx_shop_together_turn(ngx_event_t *ev);
static ngx_int_t ngx_shop_together_send(ngx_shop_together_t *together);
static ngx_int_t ngx_shop_together_query(ngx_shop_together_batch_t *batch);
static const char *ngx_shop_together_array(ngx_shop_together_batch_t *batch,
    ngx_uint_t param);
static void ngx_shop_together_done(ngx_shop_pg_query_t *q);
static void ngx_shop_together_give(ngx_shop_together_item_t *item,
    ngx_uint_t rc, PGresult *res, int row);
static PGresult *ngx_shop_together_row(PGresult *res, int row);
static void ngx_shop_together_alone(ngx_shop_together_item_t *item);
static ngx_shop_together_item_t *ngx_shop_together_take(
    ngx_shop_together_batch_t *batch, ngx_uint_t place);


ngx_int_t
ngx_shop_run_together(ngx_shop_request_t *sr, ngx_shop_together_t *together,
    const char *const *params, ngx_shop_next_pt next)
{
    ngx_http_cleanup_t        *cln;
    ngx_shop_together_item_t  *item;

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_together_item_t));
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    item = cln->data;
    ngx_memzero(item, sizeof(ngx_shop_together_item_t));

    item->sr = sr;
    item->together = together;
    item->params = params;
    item->next = next;
    item->waits = 1;

    cln->handler = ngx_shop_together_cleanup;

    sr->sql_trips++;

    if (together->turn.handler == NULL) {
        ngx_queue_init(&together->waiting);
        together->turn.handler = ngx_shop_together_turn;
        together->turn.data = together;
        together->turn.log = ngx_cycle->log;
    }

    ngx_queue_insert_tail(&together->waiting, &item->queue);

    if (!together->busy && !together->turn.posted) {
        ngx_post_event(&together->turn, &ngx_posted_events);
    }

    return NGX_DONE;
}


/* at the end of the request, or before when its client went away */

static void
ngx_shop_together_cleanup(void *data)
{
    ngx_shop_together_item_t  *item = data;

    if (item->waits) {
        ngx_queue_remove(&item->queue);
        item->waits = 0;
    }

    if (item->batch) {
        (void) ngx_shop_together_take(item->batch, item->place);
    }
}


/* What came in this turn of the event loop. */

static void
ngx_shop_together_turn(ngx_event_t *ev)
{
    ngx_shop_together_t       *together = ev->data;

    ngx_queue_t               *q;
    ngx_shop_together_item_t  *item;

    while (!together->busy && !ngx_queue_empty(&together->waiting)) {

        if (ngx_shop_together_send(together) == NGX_OK) {
            continue;
        }

        q = ngx_queue_head(&together->waiting);
        item = ngx_queue_data(q, ngx_shop_together_item_t, queue);

        ngx_queue_remove(q);
        item->waits = 0;

        ngx_shop_together_give(item, NGX_SHOP_PG_DOWN, NULL, 0);
    }
}


/* The next batch.  When it can't be sent, what was to be in it still waits. */

static ngx_int_t
ngx_shop_together_send(ngx_shop_together_t *together)
{
    ngx_uint_t                  i;
    ngx_pool_t                 *pool;
    ngx_queue_t                *q;
    ngx_shop_together_item_t   *item;
    ngx_shop_together_batch_t  *batch;

    pool = ngx_create_pool(NGX_SHOP_TOGETHER_POOL, ngx_cycle->log);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    batch = ngx_palloc(pool, sizeof(ngx_shop_together_batch_t));
    if (batch == NULL) {
        ngx_destroy_pool(pool);
        return NGX_ERROR;
    }

    batch->together = together;
    batch->pool = pool;
    batch->n = 0;

    for (q = ngx_queue_head(&together->waiting);
         q != ngx_queue_sentinel(&together->waiting)
         && batch->n < NGX_SHOP_TOGETHER_MAX;
         q = ngx_queue_next(q))
    {
        batch->items[batch->n++] = ngx_queue_data(q, ngx_shop_together_item_t,
                                                  queue);
    }

    if (ngx_shop_together_query(batch) != NGX_OK) {
        ngx_destroy_pool(pool);
        return NGX_ERROR;
    }

    for (i = 0; i < batch->n; i++) {
        item = batch->items[i];

        ngx_queue_remove(&item->queue);
        item->waits = 0;
        item->batch = batch;
        item->place = i;
    }

    together->busy = 1;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_together_query(ngx_shop_together_batch_t *batch)
{
    ngx_uint_t            i;
    const char          **params;
    ngx_shop_together_t  *together = batch->together;
    ngx_shop_pg_query_t  *q;

    params = ngx_palloc(batch->pool, together->nparams * sizeof(char *));
    if (params == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < together->nparams; i++) {
        params[i] = ngx_shop_together_array(batch, i);

        if (params[i] == NULL) {
            return NGX_ERROR;
        }
    }

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = together->many;
    q->nparams = together->nparams;
    q->params = params;
    q->primary = 1;                      /* some have written before */
    q->data = batch;
    q->done = ngx_shop_together_done;
    q->log = ngx_cycle->log;

    return ngx_shop_pg_query(q, NGX_SHOP_PG_READ);
}


/* A parameter of all of them. */

static const char *
ngx_shop_together_array(ngx_shop_together_batch_t *batch, ngx_uint_t param)
{
    u_char      *p, *array;
    size_t       len;
    ngx_uint_t   i;
    const char  *text;

    len = sizeof("{}");

    for (i = 0; i < batch->n; i++) {
        text = batch->items[i]->params[param];
        len += text ? 2 * ngx_strlen(text) + sizeof("\"\",") : sizeof("NULL,");
    }

    array = ngx_pnalloc(batch->pool, len);
    if (array == NULL) {
        return NULL;
    }

    p = array;

    for (i = 0; i < batch->n; i++) {
        *p++ = i ? ',' : '{';
        p = ngx_shop_array_element(p, batch->items[i]->params[param]);
    }

    *p++ = '}';
    *p = '\0';

    return (const char *) array;
}


/* The first column tells whose row it is.  The next batch is under way before
   these are answered. */

static void
ngx_shop_together_done(ngx_shop_pg_query_t *q)
{
    int                         row;
    ngx_int_t                   place;
    ngx_uint_t                  i, rc;
    PGresult                   *res;
    ngx_shop_together_item_t   *item;
    ngx_shop_together_batch_t  *batch;

    batch = q->data;
    rc = q->rc;
    res = q->res;

    batch->together->busy = 0;
    ngx_shop_together_turn(&batch->together->turn);

    for (row = 0; rc == NGX_SHOP_PG_OK && row < PQntuples(res); row++) {

        place = ngx_atoi((u_char *) PQgetvalue(res, row, 0),
                         PQgetlength(res, row, 0));

        item = ngx_shop_together_take(batch, place - 1);

        if (item) {
            ngx_shop_together_give(item, rc, res, row);
        }
    }

    for (i = 0; i < batch->n; i++) {

        item = ngx_shop_together_take(batch, i);
        if (item == NULL) {
            continue;
        }

        if (rc == NGX_SHOP_PG_ERROR) {
            ngx_shop_together_alone(item);

        } else {
            ngx_shop_together_give(item, rc, NULL, 0);
        }
    }

    ngx_destroy_pool(batch->pool);
}


/* As if the request had asked by itself. */

static void
ngx_shop_together_give(ngx_shop_together_item_t *item, ngx_uint_t rc,
    PGresult *res, int row)
{
    ngx_connection_t     *c;
    ngx_shop_request_t   *sr;
    ngx_shop_pg_query_t   q;

    sr = item->sr;
    c = sr->r->connection;

    ngx_memzero(&q, sizeof(ngx_shop_pg_query_t));

    q.rc = rc;

    if (rc == NGX_SHOP_PG_OK) {
        q.res = res ? ngx_shop_together_row(res, row) : NULL;

        if (q.res == NULL) {
            q.rc = NGX_SHOP_PG_DOWN;
        }
    }

    ngx_http_set_log_request(c->log, sr->r);

    ngx_shop_run_next(sr, c, item->next(sr, &q));

    if (q.res) {
        PQclear(q.res);
    }
}


static PGresult *
ngx_shop_together_row(PGresult *res, int row)
{
    int        i, null;
    PGresult  *one;

    one = PQcopyResult(res, PG_COPYRES_ATTRS);
    if (one == NULL) {
        return NULL;
    }

    for (i = 0; i < PQnfields(res); i++) {
        null = PQgetisnull(res, row, i);

        if (!PQsetvalue(one, 0, i, null ? NULL : PQgetvalue(res, row, i),
                        null ? -1 : PQgetlength(res, row, i)))
        {
            PQclear(one);
            return NULL;
        }
    }

    return one;
}


static void
ngx_shop_together_alone(ngx_shop_together_item_t *item)
{
    ngx_int_t            rc;
    ngx_connection_t    *c;
    ngx_shop_request_t  *sr;

    sr = item->sr;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    rc = ngx_shop_run(sr, NGX_SHOP_PG_READ, item->together->one,
                      item->together->nparams, item->params, item->next);

    ngx_shop_run_next(sr, c, rc);
}


static ngx_shop_together_item_t *
ngx_shop_together_take(ngx_shop_together_batch_t *batch, ngx_uint_t place)
{
    ngx_shop_together_item_t  *item;

    if (place >= batch->n || batch->items[place] == NULL) {
        return NULL;
    }

    item = batch->items[place];
    item->batch = NULL;
    batch->items[place] = NULL;

    return item;
}
