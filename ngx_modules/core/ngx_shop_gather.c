/*
 * Misses of one turn of the event loop that differ in one parameter only are
 * one statement: its rows cost the database a fraction of what a statement
 * each would.  If it fails, each is asked for by itself.
 */

#include <ngx_event.h>
#include "ngx_shop_fill.h"


#define NGX_SHOP_GATHER_MAX   32
#define NGX_SHOP_GATHER_OPEN  8
#define NGX_SHOP_GATHER_SQL   128    /* bytes around the row's statement */


typedef struct {
    ngx_queue_t              queue;      /* of those that are open */
    ngx_uint_t               n;
    ngx_shop_fill_t         *fills[NGX_SHOP_GATHER_MAX];  /* the first: owner */
} ngx_shop_gather_t;


static ngx_shop_gather_t *ngx_shop_gather_find(ngx_shop_fill_t *fill,
    ngx_uint_t *open);
static ngx_uint_t ngx_shop_gather_alike(ngx_shop_fill_t *one,
    ngx_shop_fill_t *other);
static void ngx_shop_gather_turn(ngx_event_t *ev);
static void ngx_shop_gather_close(ngx_shop_gather_t *batch);
static ngx_int_t ngx_shop_gather_send(ngx_shop_gather_t *batch);
static const char *ngx_shop_gather_array(ngx_shop_gather_t *batch);
static void ngx_shop_gather_done(ngx_shop_pg_query_t *q);
static void ngx_shop_gather_rows(ngx_shop_gather_t *batch, PGresult *res);
static void ngx_shop_gather_alone(ngx_shop_gather_t *batch);


/* of this worker */
static ngx_queue_t  ngx_shop_gather_open;
static ngx_event_t  ngx_shop_gather_event;


/*
 * "select n, body, etag ... from (the array with places) cross join lateral
 * (the row's own statement with an element in place of the parameter)".
 */

ngx_int_t
ngx_shop_gather_sql(ngx_pool_t *pool, ngx_shop_route_t *route, ngx_str_t *out)
{
    u_char     *p, *from, *next, mark[NGX_INT_T_LEN + sizeof("$::")];
    size_t      len;
    ngx_str_t  *sql;

    sql = &route->ep.sql;

    *ngx_sprintf(mark, "$%ui::", route->many + 1) = '\0';
    len = ngx_strlen(mark);

    p = ngx_pnalloc(pool, 2 * sql->len + NGX_SHOP_GATHER_SQL);
    if (p == NULL) {
        return NGX_ERROR;
    }

    out->data = p;

    p = ngx_sprintf(p, "select i.n, a.* from unnest(%stext[]) with ordinality"
                    " as i (v, n) cross join lateral (", mark);

    for (from = sql->data; ; from = next + len) {

        next = (u_char *) ngx_strstr(from, mark);
        if (next == NULL) {
            break;
        }

        p = ngx_cpymem(p, from, next - from);
        p = ngx_cpymem(p, "i.v::", sizeof("i.v::") - 1);
    }

    p = ngx_sprintf(p, "%s) as a", from);
    *p = '\0';

    out->len = p - out->data;

    return NGX_OK;
}


ngx_int_t
ngx_shop_gather(ngx_shop_fill_t *fill)
{
    ngx_uint_t          open;
    ngx_shop_gather_t  *batch;

    if (ngx_shop_gather_open.next == NULL) {
        ngx_queue_init(&ngx_shop_gather_open);
        ngx_shop_gather_event.handler = ngx_shop_gather_turn;
        ngx_shop_gather_event.log = ngx_cycle->log;
    }

    batch = ngx_shop_gather_find(fill, &open);

    if (batch == NULL && open == NGX_SHOP_GATHER_OPEN) {
        return ngx_shop_fill_send(fill);
    }

    if (batch == NULL) {

        batch = ngx_pcalloc(fill->pool, sizeof(ngx_shop_gather_t));
        if (batch == NULL) {
            return NGX_ERROR;
        }

        fill->refs++;
        ngx_queue_insert_tail(&ngx_shop_gather_open, &batch->queue);
    }

    batch->fills[batch->n++] = fill;

    if (!ngx_shop_gather_event.posted) {
        ngx_post_event(&ngx_shop_gather_event, &ngx_posted_events);
    }

    return NGX_OK;
}


static ngx_shop_gather_t *
ngx_shop_gather_find(ngx_shop_fill_t *fill, ngx_uint_t *open)
{
    ngx_queue_t        *q;
    ngx_shop_gather_t  *batch;

    *open = 0;

    for (q = ngx_queue_head(&ngx_shop_gather_open);
         q != ngx_queue_sentinel(&ngx_shop_gather_open);
         q = ngx_queue_next(q))
    {
        batch = ngx_queue_data(q, ngx_shop_gather_t, queue);

        if (batch->n < NGX_SHOP_GATHER_MAX
            && ngx_shop_gather_alike(batch->fills[0], fill))
        {
            return batch;
        }

        (*open)++;
    }

    return NULL;
}


static ngx_uint_t
ngx_shop_gather_alike(ngx_shop_fill_t *one, ngx_shop_fill_t *other)
{
    ngx_uint_t   i;
    const char  *a, *b;

    if (one->route != other->route) {
        return 0;
    }

    for (i = 0; i < one->route->nbind; i++) {

        a = one->params[i];
        b = other->params[i];

        if (i != one->route->many
            && (a == NULL || b == NULL ? a != b : ngx_strcmp(a, b) != 0))
        {
            return 0;
        }
    }

    return 1;
}


static void
ngx_shop_gather_turn(ngx_event_t *ev)
{
    ngx_queue_t  *q;

    (void) ev;

    while (!ngx_queue_empty(&ngx_shop_gather_open)) {

        q = ngx_queue_head(&ngx_shop_gather_open);
        ngx_queue_remove(q);

        ngx_shop_gather_close(ngx_queue_data(q, ngx_shop_gather_t, queue));
    }
}


static void
ngx_shop_gather_close(ngx_shop_gather_t *batch)
{
    ngx_uint_t  i;

    if (batch->n == 1) {
        ngx_shop_gather_alone(batch);
        return;
    }

    if (ngx_shop_gather_send(batch) == NGX_OK) {
        return;
    }

    for (i = 0; i < batch->n; i++) {
        ngx_shop_fill_end(batch->fills[i], NGX_SHOP_PG_DOWN, NULL, 0);
    }

    ngx_shop_fill_release(batch->fills[0]);
}


static ngx_int_t
ngx_shop_gather_send(ngx_shop_gather_t *batch)
{
    const char             **params;
    ngx_shop_fill_t         *owner;
    ngx_shop_pg_query_t     *q;
    const ngx_shop_route_t  *route;

    owner = batch->fills[0];
    route = owner->route;

    params = ngx_palloc(owner->pool, route->nbind * sizeof(char *));
    if (params == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(params, owner->params, route->nbind * sizeof(char *));

    params[route->many] = ngx_shop_gather_array(batch);
    if (params[route->many] == NULL) {
        return NGX_ERROR;
    }

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = route->ep.stmt_many;
    q->nparams = route->nbind;
    q->params = params;
    q->primary = 1;                      /* a replica may be behind `since` */
    q->data = batch;
    q->done = ngx_shop_gather_done;
    q->log = ngx_cycle->log;

    return ngx_shop_pg_query(q, ngx_shop_class(&route->ep));
}


static const char *
ngx_shop_gather_array(ngx_shop_gather_t *batch)
{
    u_char      *p, *array;
    size_t       len;
    ngx_uint_t   i, many;

    len = sizeof("{}");
    many = batch->fills[0]->route->many;

    for (i = 0; i < batch->n; i++) {
        len += 2 * ngx_strlen(batch->fills[i]->params[many])
               + sizeof("\"\",") - 1;
    }

    array = ngx_pnalloc(batch->fills[0]->pool, len);
    if (array == NULL) {
        return NULL;
    }

    p = array;

    for (i = 0; i < batch->n; i++) {

        *p++ = i ? ',' : '{';
        p = ngx_shop_array_element(p, batch->fills[i]->params[many]);
    }

    *p++ = '}';
    *p = '\0';

    return (const char *) array;
}


u_char *
ngx_shop_array_element(u_char *p, const char *text)
{
    if (text == NULL) {
        return ngx_cpymem(p, "NULL", sizeof("NULL") - 1);
    }

    *p++ = '"';

    for ( /* void */ ; *text; text++) {

        if (*text == '"' || *text == '\\') {
            *p++ = '\\';
        }

        *p++ = *text;
    }

    *p++ = '"';

    return p;
}


static void
ngx_shop_gather_done(ngx_shop_pg_query_t *q)
{
    PGresult           *res;
    ngx_uint_t          i;
    ngx_shop_gather_t  *batch;

    batch = q->data;

    if (q->rc == NGX_SHOP_PG_ERROR) {
        ngx_shop_gather_alone(batch);
        return;
    }

    if (q->rc == NGX_SHOP_PG_OK) {
        res = ngx_shop_pg_take(q, batch->fills[0]->pool);
        ngx_shop_gather_rows(batch, res);

    } else {

        for (i = 0; i < batch->n; i++) {
            ngx_shop_fill_end(batch->fills[i], q->rc, NULL, 0);
        }
    }

    ngx_shop_fill_release(batch->fills[0]);
}


/* The first column tells whose row it is. */

static void
ngx_shop_gather_rows(ngx_shop_gather_t *batch, PGresult *res)
{
    int               row, rows[NGX_SHOP_GATHER_MAX];
    ngx_int_t         place;
    ngx_uint_t        i;
    ngx_shop_fill_t  *owner;

    owner = batch->fills[0];

    for (i = 0; i < batch->n; i++) {
        rows[i] = PQntuples(res);        /* there is none */
    }

    for (row = 0; row < PQntuples(res); row++) {

        place = ngx_atoi((u_char *) PQgetvalue(res, row, 0),
                         PQgetlength(res, row, 0));

        if (place > 0 && place <= (ngx_int_t) batch->n) {
            rows[place - 1] = row;
        }
    }

    for (i = 0; i < batch->n; i++) {

        if (i && ngx_shop_fill_hold(owner, batch->fills[i]->pool) != NGX_OK) {
            ngx_shop_fill_end(batch->fills[i], NGX_SHOP_PG_OK, NULL, 0);
            continue;
        }

        ngx_shop_fill_end(batch->fills[i], NGX_SHOP_PG_OK, res, rows[i]);
    }
}


static void
ngx_shop_gather_alone(ngx_shop_gather_t *batch)
{
    ngx_uint_t        i;
    ngx_shop_fill_t  *fill;

    for (i = 0; i < batch->n; i++) {

        fill = batch->fills[i];

        if (ngx_shop_fill_send(fill) != NGX_OK) {
            ngx_shop_fill_end(fill, NGX_SHOP_PG_DOWN, NULL, 0);
        }
    }

    ngx_shop_fill_release(batch->fills[0]);
}
