/*
 * Units: items that are placed, held and answered together.
 */

#include "ngx_shop_pg_order.h"


static ngx_shop_pg_unit_t *ngx_shop_pg_unit_create(ngx_uint_t lookup);
static void ngx_shop_pg_unit_add(ngx_shop_pg_unit_t *unit,
    ngx_shop_pg_item_t *item);
static ngx_shop_pg_item_t *ngx_shop_pg_unit_take(ngx_shop_pg_unit_t *unit);
static void ngx_shop_pg_unit_free(ngx_shop_pg_unit_t *unit);
static ngx_shop_pg_shared_t *ngx_shop_pg_shared_create(PGresult *res);
static ngx_uint_t ngx_shop_pg_unit_true(PGresult *res, int row, int column);
static size_t ngx_shop_pg_unit_array_size(ngx_shop_pg_unit_t *unit);


ngx_shop_pg_unit_t *
ngx_shop_pg_unit_form(ngx_shop_pg_batcher_t *b, ngx_uint_t n)
{
    ngx_queue_t         *e;
    ngx_shop_pg_unit_t  *unit;

    unit = ngx_shop_pg_unit_create(0);
    if (unit == NULL) {
        return NULL;
    }

    while (n-- && !ngx_queue_empty(&b->waiting)) {
        e = ngx_queue_head(&b->waiting);
        ngx_queue_remove(e);
        b->stats.waiting--;
        ngx_shop_pg_unit_add(unit,
                             ngx_queue_data(e, ngx_shop_pg_item_t, queue));
    }

    return unit;
}


ngx_uint_t
ngx_shop_pg_unit_prune(ngx_shop_pg_unit_t *unit)
{
    ngx_uint_t           n;
    ngx_shop_pg_item_t  *item;

    for (n = unit->n; n; n--) {
        item = ngx_shop_pg_unit_take(unit);

        if (item->detached) {
            ngx_shop_pg_item_finish(item, NGX_SHOP_PG_DOWN, NULL, 0);
            continue;
        }

        ngx_shop_pg_unit_add(unit, item);
    }

    n = unit->n;

    if (n == 0) {
        ngx_shop_pg_unit_free(unit);
    }

    return n;
}


void
ngx_shop_pg_unit_fail(ngx_shop_pg_unit_t *unit, ngx_uint_t rc, PGresult *res)
{
    ngx_shop_pg_item_t    *item;
    ngx_shop_pg_shared_t  *shared;

    shared = res ? ngx_shop_pg_shared_create(res) : NULL;

    while (unit->n) {
        item = ngx_shop_pg_unit_take(unit);
        ngx_shop_pg_item_finish(item, rc, shared, 0);
    }

    if (shared) {
        ngx_shop_pg_shared_release(shared);
    }

    ngx_shop_pg_unit_free(unit);
}


void
ngx_shop_pg_unit_release(ngx_shop_pg_unit_t *unit)
{
    ngx_shop_pg_item_t  *item;

    while (unit->n) {
        item = ngx_shop_pg_unit_take(unit);

        if (item->row < 0) {
            ngx_shop_pg_item_finish(item, NGX_SHOP_PG_UNKNOWN, NULL, 0);
            continue;
        }

        ngx_shop_pg_item_finish(item, NGX_SHOP_PG_OK, unit->shared, item->row);
    }

    ngx_shop_pg_unit_free(unit);
}


void
ngx_shop_pg_unit_repeat(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit)
{
    b->stats.repeats++;
    unit->tries++;
    ngx_queue_insert_head(&b->todo, &unit->queue);
}


void
ngx_shop_pg_unit_halve(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit)
{
    ngx_uint_t           n;
    ngx_shop_pg_unit_t  *half;

    half = ngx_shop_pg_unit_create(0);
    if (half == NULL) {
        ngx_shop_pg_unit_fail(unit, NGX_SHOP_PG_DOWN, NULL);
        return;
    }

    for (n = unit->n / 2; n; n--) {
        ngx_shop_pg_unit_add(half, ngx_shop_pg_unit_take(unit));
    }

    b->stats.repeats++;
    unit->tries = 0;

    /* the items that came first go first */

    ngx_queue_insert_head(&b->todo, &unit->queue);
    ngx_queue_insert_head(&b->todo, &half->queue);
}


void
ngx_shop_pg_unit_look_up(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit)
{
    ngx_shop_pg_item_t  *item;
    ngx_shop_pg_unit_t  *single;

    while (unit->n) {
        item = ngx_shop_pg_unit_take(unit);

        single = item->detached ? NULL : ngx_shop_pg_unit_create(1);

        if (single == NULL) {
            ngx_shop_pg_item_finish(item, NGX_SHOP_PG_UNKNOWN, NULL, 0);
            continue;
        }

        b->stats.lookups++;
        ngx_shop_pg_unit_add(single, item);
        ngx_queue_insert_tail(&b->todo, &single->queue);
    }

    ngx_shop_pg_unit_free(unit);
}


ngx_int_t
ngx_shop_pg_unit_answer(ngx_shop_pg_batcher_t *b, ngx_shop_pg_unit_t *unit,
    PGresult *res, ngx_uint_t *replayed)
{
    int                  row, rows, ord, replay;
    ngx_int_t            i;
    ngx_uint_t           n;
    ngx_queue_t         *e;
    ngx_shop_pg_item_t  *item;

    n = 0;

    for (e = ngx_queue_head(&unit->items);
         e != ngx_queue_sentinel(&unit->items);
         e = ngx_queue_next(e))
    {
        item = ngx_queue_data(e, ngx_shop_pg_item_t, queue);
        item->row = -1;
        b->index[n++] = item;
    }

    unit->shared = ngx_shop_pg_shared_create(res);
    if (unit->shared == NULL) {
        return NGX_ERROR;
    }

    rows = PQntuples(res);
    ord = PQfnumber(res, "ord");
    replay = PQfnumber(res, "replayed");

    for (row = 0; row < rows; row++) {
        i = ord == -1 ? row + 1
                      : ngx_atoi((u_char *) PQgetvalue(res, row, ord),
                                 PQgetlength(res, row, ord));

        if (i < 1 || i > (ngx_int_t) n) {
            continue;
        }

        item = b->index[i - 1];
        item->row = row;

        if (ngx_shop_pg_unit_true(res, row, replay)) {
            *replayed = 1;
        }
    }

    return NGX_OK;
}


/* The text form of an array: a backslash before each quote and backslash. */

char *
ngx_shop_pg_unit_array(ngx_shop_pg_unit_t *unit)
{
    u_char              *p, *array;
    size_t               i;
    ngx_queue_t         *e;
    ngx_shop_pg_item_t  *item;

    array = ngx_alloc(ngx_shop_pg_unit_array_size(unit), ngx_cycle->log);
    if (array == NULL) {
        return NULL;
    }

    p = array;
    *p++ = '{';

    for (e = ngx_queue_head(&unit->items);
         e != ngx_queue_sentinel(&unit->items);
         e = ngx_queue_next(e))
    {
        item = ngx_queue_data(e, ngx_shop_pg_item_t, queue);

        if (p[-1] != '{') {
            *p++ = ',';
        }

        *p++ = '"';

        for (i = 0; i < item->json.len; i++) {
            if (item->json.data[i] == '"' || item->json.data[i] == '\\') {
                *p++ = '\\';
            }

            *p++ = item->json.data[i];
        }

        *p++ = '"';
    }

    *p++ = '}';
    *p = '\0';

    return (char *) array;
}


void
ngx_shop_pg_shared_release(ngx_shop_pg_shared_t *shared)
{
    if (--shared->refs == 0) {
        PQclear(shared->res);
        ngx_free(shared);
    }
}


static ngx_shop_pg_unit_t *
ngx_shop_pg_unit_create(ngx_uint_t lookup)
{
    ngx_shop_pg_unit_t  *unit;

    unit = ngx_calloc(sizeof(ngx_shop_pg_unit_t), ngx_cycle->log);
    if (unit) {
        ngx_queue_init(&unit->items);
        unit->lookup = lookup;
    }

    return unit;
}


static void
ngx_shop_pg_unit_add(ngx_shop_pg_unit_t *unit, ngx_shop_pg_item_t *item)
{
    item->state = NGX_SHOP_PG_ITEM_UNIT;
    ngx_queue_insert_tail(&unit->items, &item->queue);
    unit->n++;
}


static ngx_shop_pg_item_t *
ngx_shop_pg_unit_take(ngx_shop_pg_unit_t *unit)
{
    ngx_queue_t  *e;

    e = ngx_queue_head(&unit->items);
    ngx_queue_remove(e);
    unit->n--;

    return ngx_queue_data(e, ngx_shop_pg_item_t, queue);
}


static void
ngx_shop_pg_unit_free(ngx_shop_pg_unit_t *unit)
{
    if (unit->shared) {
        ngx_shop_pg_shared_release(unit->shared);
    }

    ngx_free(unit);
}


static ngx_shop_pg_shared_t *
ngx_shop_pg_shared_create(PGresult *res)
{
    ngx_shop_pg_shared_t  *shared;

    shared = ngx_alloc(sizeof(ngx_shop_pg_shared_t), ngx_cycle->log);

    if (shared == NULL) {
        PQclear(res);
        return NULL;
    }

    shared->res = res;
    shared->refs = 1;

    return shared;
}


static ngx_uint_t
ngx_shop_pg_unit_true(PGresult *res, int row, int column)
{
    return column != -1 && PQgetvalue(res, row, column)[0] == 't';
}


static size_t
ngx_shop_pg_unit_array_size(ngx_shop_pg_unit_t *unit)
{
    size_t               size;
    ngx_queue_t         *e;
    ngx_shop_pg_item_t  *item;

    size = sizeof("{}");

    for (e = ngx_queue_head(&unit->items);
         e != ngx_queue_sentinel(&unit->items);
         e = ngx_queue_next(e))
    {
        item = ngx_queue_data(e, ngx_shop_pg_item_t, queue);
        size += 2 * item->json.len + sizeof("\"\",") - 1;
    }

    return size;
}
