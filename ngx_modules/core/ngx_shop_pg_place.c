/*
 * Placing a unit, or looking for an order after a connection was lost.
 */

#include "ngx_shop_pg_order.h"


#define NGX_SHOP_PG_PLACE_REPEATS  2
#define NGX_SHOP_PG_PLACE_MARGIN   1000  /* ms: the server's timeout is first */
#define NGX_SHOP_PG_ID             64


static ngx_int_t ngx_shop_pg_place_send(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit, const char *param);
static void ngx_shop_pg_place_done(ngx_shop_pg_query_t *q);
static void ngx_shop_pg_place_answered(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit, PGresult *res);
static void ngx_shop_pg_place_refused(ngx_shop_pg_batcher_t *b,
    ngx_shop_pg_unit_t *unit, PGresult *res);


ngx_int_t
ngx_shop_pg_place(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit)
{
    char                *array;
    u_char               id[NGX_SHOP_PG_ID];
    ngx_int_t            rc;
    ngx_shop_pg_item_t  *item;

    if (unit->lookup) {
        item = ngx_queue_data(ngx_queue_head(&unit->items),
                              ngx_shop_pg_item_t, queue);
        ngx_cpystrn(id, item->id.data, ngx_min(item->id.len + 1, sizeof(id)));

        return ngx_shop_pg_place_send(b, unit, (char *) id);
    }

    array = ngx_shop_pg_unit_array(unit);
    if (array == NULL) {
        ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_DOWN, NULL);
        return NGX_DECLINED;
    }

    rc = ngx_shop_pg_place_send(b, unit, array);
    ngx_free(array);

    return rc;
}


static ngx_int_t
ngx_shop_pg_place_send(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit,
    const char *param)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_alloc();

    if (q) {
        q->stmt = unit->lookup ? b->conf->find : b->conf->place;
        q->nparams = 1;
        q->params = &param;
        q->timeout = b->conf->timeout + NGX_SHOP_PG_PLACE_MARGIN;
        q->done = ngx_shop_pg_place_done;
        q->data = b;
        q->log = ngx_cycle->log;

        /* both connections stand before it is sent: rule 3 */

        unit->order = b->order.generation;
        unit->barrier = b->barrier.generation;
        b->placing = unit;

        if (!ngx_shop_pg_conn_stale(&b->order)
            && ngx_shop_pg_query_on(&b->order, q) == NGX_OK)
        {
            /* libpq has its own copy of param */
            q->params = NULL;

            if (!unit->lookup) {
                b->stats.batches++;
                b->stats.items += unit->n;
            }

            return NGX_OK;
        }

        b->placing = NULL;
    }

    /* nothing was sent: the next turn, or the next connection, tries again */

    ngx_queue_insert_head(&b->todo, &unit->queue);

    return NGX_DECLINED;
}


static void
ngx_shop_pg_place_done(ngx_shop_pg_query_t *q)
{
    PGresult               *res;
    ngx_shop_pg_unit_t     *unit;
    ngx_shop_pg_batcher_t  *b;

    b = q->data;
    unit = b->placing;
    b->placing = NULL;

    if (b->slot) {
        ngx_shop_pg_batch_unslot(b);
    }

    res = q->res;
    q->res = NULL;

    switch (q->rc) {

    case NGX_SHOP_PG_OK:
        ngx_shop_pg_place_answered(b, unit, res);
        break;

    case NGX_SHOP_PG_ERROR:
        ngx_shop_pg_place_refused(b, unit, res);
        break;

    case NGX_SHOP_PG_DOWN:
        /* its statement had to be prepared anew: it did not run */
        if (unit->tries < NGX_SHOP_PG_PLACE_REPEATS) {
            ngx_shop_pg_unit_repeat(b, unit);
            break;
        }

        ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_DOWN, NULL);
        break;

    case NGX_SHOP_PG_TIMEOUT:
        ngx_shop_pg_conn_doom(&b->order, "no answer");
        ngx_shop_pg_unit_look_up(b, unit);
        break;

    default: /* NGX_SHOP_PG_UNKNOWN */
        ngx_shop_pg_unit_look_up(b, unit);
    }

    ngx_shop_pg_batch_run(b);
}


static void
ngx_shop_pg_place_answered(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit,
    PGresult *res)
{
    ngx_uint_t  replayed;

    if (unit->lookup && PQntuples(res) == 0) {
        /* absent, though a backend cut off may still commit it */
        PQclear(res);
        ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_UNKNOWN, NULL);
        return;
    }

    replayed = 0;

    if (ngx_shop_pg_unit_answer(b, unit, res, &replayed) != NGX_OK) {
        ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_UNKNOWN, NULL);
        return;
    }

    /* an order found again may have been placed without a flush */

    if (b->mode == NGX_SHOP_PG_COMMIT_GROUPED || replayed || unit->lookup) {
        ngx_shop_pg_barrier_hold(b, unit);
        return;
    }

    ngx_shop_pg_unit_release(unit);
}


/* Rule 8. */

static void
ngx_shop_pg_place_refused(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit,
    PGresult *res)
{
    const char  *state;
    ngx_uint_t   chance, fatal;

    state = ngx_shop_pg_sqlstate(res);

    if (unit->lookup) {
        PQclear(res);
        ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_UNKNOWN, NULL);
        return;
    }

    chance = ngx_strcmp(state, "40001") == 0 || ngx_strcmp(state, "40P01") == 0;
    fatal = ngx_strcmp(state, "55P03") == 0 || ngx_strcmp(state, "57014") == 0;

    if (ngx_strcmp(state, "25006") == 0) {
        ngx_shop_pg_conn_doom(&b->order, "read only");
        chance = 1;
    }

    if (chance && unit->tries < (unit->n > 1 ? 1 : NGX_SHOP_PG_PLACE_REPEATS))
    {
        PQclear(res);
        ngx_shop_pg_unit_repeat(b, unit);
        return;
    }

    if (unit->n > 1 && !fatal) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "pg: a batch of %ui orders failed with %s, halved",
                      unit->n, state);
        PQclear(res);
        ngx_shop_pg_unit_halve(b, unit);
        return;
    }

    ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_ERROR, res);
}
