/*
 * The life of an item: waiting, in a unit, done.
 */

#include "ngx_shop_pg_order.h"


#define NGX_SHOP_PG_ITEM_CHUNK  32       /* allocated at once */


static void ngx_shop_pg_item_expired(ngx_shop_wheel_node_t *node);
static void ngx_shop_pg_item_free(ngx_shop_pg_item_t *item);
static void ngx_shop_pg_item_clear(void *data);


static ngx_queue_t  ngx_shop_pg_spare_items;


ngx_shop_pg_item_t *
ngx_shop_pg_item_alloc(void)
{
    ngx_uint_t           i;
    ngx_queue_t         *e;
    ngx_shop_pg_item_t  *item;

    if (ngx_shop_pg_spare_items.next == NULL) {
        ngx_queue_init(&ngx_shop_pg_spare_items);
    }

    if (ngx_queue_empty(&ngx_shop_pg_spare_items)) {
        item = ngx_alloc(NGX_SHOP_PG_ITEM_CHUNK * sizeof(ngx_shop_pg_item_t),
                         ngx_cycle->log);
        if (item == NULL) {
            return NULL;
        }

        for (i = 0; i < NGX_SHOP_PG_ITEM_CHUNK; i++) {
            ngx_queue_insert_tail(&ngx_shop_pg_spare_items, &item[i].queue);
        }
    }

    e = ngx_queue_head(&ngx_shop_pg_spare_items);
    ngx_queue_remove(e);

    item = ngx_queue_data(e, ngx_shop_pg_item_t, queue);
    ngx_memzero(item, sizeof(ngx_shop_pg_item_t));

    return item;
}


ngx_int_t
ngx_shop_pg_item_submit(ngx_shop_pg_item_t *item)
{
    ngx_shop_pg_batcher_t  *b;

    b = ngx_shop_pg_batcher();

    if (b == NULL || b->stats.waiting >= b->conf->queue
        || !ngx_shop_pg_batch_hopeful(b))
    {
        ngx_shop_pg_item_free(item);
        return NGX_DECLINED;
    }

    ngx_shop_wheel_add(&item->deadline, ngx_current_msec
                       + (item->timeout ? item->timeout : b->conf->timeout),
                       ngx_shop_pg_item_expired);

    item->state = NGX_SHOP_PG_ITEM_WAITING;
    ngx_queue_insert_tail(&b->waiting, &item->queue);
    b->stats.waiting++;

    ngx_shop_pg_batch_run(b);

    return NGX_OK;
}


void
ngx_shop_pg_item_detach(ngx_shop_pg_item_t *item)
{
    switch (item->state) {

    case NGX_SHOP_PG_ITEM_NEW:
        ngx_shop_pg_item_free(item);
        return;

    case NGX_SHOP_PG_ITEM_WAITING:
        ngx_queue_remove(&item->queue);
        ngx_shop_pg_batcher()->stats.waiting--;
        ngx_shop_pg_item_free(item);
        return;

    case NGX_SHOP_PG_ITEM_DONE:
        return;

    default:
        ngx_shop_wheel_del(&item->deadline);
        item->detached = 1;
        ngx_str_null(&item->json);
        ngx_str_null(&item->id);
    }
}


PGresult *
ngx_shop_pg_item_take(ngx_shop_pg_item_t *item, ngx_pool_t *pool)
{
    ngx_pool_cleanup_t    *cln;
    ngx_shop_pg_shared_t  *shared;

    shared = item->shared;

    if (shared == NULL) {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    cln->handler = ngx_shop_pg_item_clear;
    cln->data = shared;
    shared->refs++;

    return shared->res;
}


void
ngx_shop_pg_item_finish(ngx_shop_pg_item_t *item, ngx_uint_t rc,
    ngx_shop_pg_shared_t *shared, int row)
{
    ngx_shop_wheel_del(&item->deadline);

    if (!item->detached) {
        item->state = NGX_SHOP_PG_ITEM_DONE;
        item->rc = rc;
        item->shared = shared;
        item->res = shared ? shared->res : NULL;
        item->row = row;
        item->done(item);
    }

    ngx_shop_pg_item_free(item);
}


static void
ngx_shop_pg_item_expired(ngx_shop_wheel_node_t *node)
{
    ngx_shop_pg_item_t  *item;

    item = ngx_queue_data(node, ngx_shop_pg_item_t, deadline);

    if (item->state == NGX_SHOP_PG_ITEM_WAITING) {
        ngx_queue_remove(&item->queue);
        ngx_shop_pg_batcher()->stats.waiting--;
        ngx_shop_pg_item_finish(item, NGX_SHOP_PG_DOWN, NULL, 0);
        return;
    }

    /* it stays in its unit; the outcome is not known */

    item->detached = 1;
    item->rc = NGX_SHOP_PG_TIMEOUT;
    item->done(item);

    ngx_str_null(&item->json);
    ngx_str_null(&item->id);
}


static void
ngx_shop_pg_item_free(ngx_shop_pg_item_t *item)
{
    ngx_shop_wheel_del(&item->deadline);
    ngx_queue_insert_head(&ngx_shop_pg_spare_items, &item->queue);
}


static void
ngx_shop_pg_item_clear(void *data)
{
    ngx_shop_pg_shared_release(data);
}
