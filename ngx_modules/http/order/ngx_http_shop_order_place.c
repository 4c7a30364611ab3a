/*
 * POST /orders: the cart is read, the order goes into the next batch, and when
 * its answer is durable, the cart is emptied and the answer sent.  From the
 * batch on nothing depends on the client: an order that it can't be told of
 * is placed all the same, and its cart is emptied.
 */

#include "ngx_http_shop_order.h"


typedef struct ngx_http_shop_order_job_s  ngx_http_shop_order_job_t;

struct ngx_http_shop_order_job_s {
    ngx_shop_request_t          *sr;     /* NULL: the client went away */
    ngx_http_shop_order_job_t  **slot;   /* the request's way to this */
    ngx_pool_t                  *pool;
    ngx_str_t                    id;
    ngx_str_t                    json;
    ngx_str_t                    key;
    ngx_str_t                    revision;
    PGresult                    *res;    /* of the request's pool */
    int                          row;
};


static ngx_int_t ngx_http_shop_order_begin(ngx_shop_cart_t *cart,
    ngx_uint_t rc);
static ngx_http_shop_order_job_t *ngx_http_shop_order_job(
    ngx_shop_cart_t *cart);
static ngx_int_t ngx_http_shop_order_copy(ngx_pool_t *pool, ngx_str_t *to,
    const ngx_str_t *from);
static ngx_int_t ngx_http_shop_order_submit(ngx_http_shop_order_job_t *job);
static void ngx_http_shop_order_placed(ngx_shop_pg_item_t *item);
static ngx_uint_t ngx_http_shop_order_status(ngx_shop_pg_item_t *item);
static ngx_int_t ngx_http_shop_order_empty(ngx_http_shop_order_job_t *job);
static void ngx_http_shop_order_emptied(ngx_shop_redis_cmd_t *cmd);
static void ngx_http_shop_order_answer(ngx_http_shop_order_job_t *job);
static void ngx_http_shop_order_gone(void *data);
static void ngx_http_shop_order_free(ngx_http_shop_order_job_t *job);


ngx_int_t
ngx_http_shop_order_place(ngx_shop_request_t *sr)
{
    ngx_str_t        *till;
    ngx_shop_cart_t  *cart;

    if (!sr->signed_in && ngx_shop_body_text(sr, "email") == NULL) {
        (void) ngx_shop_invalid(sr, 0, "/email", "is required of a guest");
        return ngx_shop_invalid_send(sr);
    }

    till = ngx_shop_path(sr, "till");
    cart = till ? ngx_shop_cart_open_till(sr, till) : ngx_shop_cart_open(sr);
    if (cart == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_cart_run(cart, NGX_SHOP_CART_READ, 0, NULL,
                             ngx_http_shop_order_begin);
}


/* An empty cart goes on, too: its order may have been placed with this key,
   or just now by the other click. */

static ngx_int_t
ngx_http_shop_order_begin(ngx_shop_cart_t *cart, ngx_uint_t rc)
{
    ngx_http_shop_order_job_t  *job;

    if (rc != NGX_SHOP_CART_OK) {
        return ngx_shop_cart_problem(cart, rc);
    }

    job = ngx_http_shop_order_job(cart);
    if (job == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cart->sr->sql_trips++;

    if (ngx_http_shop_order_submit(job) != NGX_OK) {
        ngx_http_shop_order_free(job);
        return ngx_shop_unavailable(cart->sr, "orders can't be taken now");
    }

    return NGX_DONE;
}


static ngx_http_shop_order_job_t *
ngx_http_shop_order_job(ngx_shop_cart_t *cart)
{
    ngx_pool_t                 *pool;
    ngx_http_cleanup_t         *cln;
    ngx_http_shop_order_job_t  *job;

    cln = ngx_http_cleanup_add(cart->sr->r,
                               sizeof(ngx_http_shop_order_job_t *));
    if (cln == NULL) {
        return NULL;
    }

    pool = ngx_create_pool(2048, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    job = ngx_pcalloc(pool, sizeof(ngx_http_shop_order_job_t));
    if (job == NULL) {
        ngx_destroy_pool(pool);
        return NULL;
    }

    job->pool = pool;
    job->id.len = NGX_SHOP_UUID_LEN;
    job->id.data = ngx_pnalloc(pool, NGX_SHOP_UUID_LEN + 1);

    if (job->id.data == NULL
        || ngx_shop_uuid_ordered(job->id.data) != NGX_OK
        || ngx_http_shop_order_copy(pool, &job->key, &cart->key) != NGX_OK
        || ngx_http_shop_order_copy(pool, &job->revision, &cart->revision)
           != NGX_OK
        || ngx_http_shop_order_item(cart, pool, &job->id, &job->json)
           != NGX_OK)
    {
        ngx_destroy_pool(pool);
        return NULL;
    }

    job->sr = cart->sr;
    job->slot = cln->data;
    *job->slot = job;
    cln->handler = ngx_http_shop_order_gone;

    return job;
}


static ngx_int_t
ngx_http_shop_order_copy(ngx_pool_t *pool, ngx_str_t *to,
    const ngx_str_t *from)
{
    to->len = from->len;
    to->data = ngx_pstrdup(pool, (ngx_str_t *) from);

    return to->data ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_order_submit(ngx_http_shop_order_job_t *job)
{
    ngx_shop_pg_item_t  *item;

    item = ngx_shop_pg_item_alloc();
    if (item == NULL) {
        return NGX_ERROR;
    }

    item->json = job->json;
    item->id = job->id;
    item->timeout = NGX_HTTP_SHOP_ORDER_TIMEOUT;
    item->data = job;
    item->done = ngx_http_shop_order_placed;
    item->log = ngx_cycle->log;

    return ngx_shop_pg_item_submit(item);
}


static void
ngx_http_shop_order_placed(ngx_shop_pg_item_t *item)
{
    ngx_connection_t           *c;
    ngx_shop_request_t         *sr;
    ngx_http_shop_order_job_t  *job = item->data;

    sr = job->sr;

    if (sr && item->rc == NGX_SHOP_PG_OK) {
        job->row = item->row;
        job->res = ngx_shop_pg_item_take(item, sr->r->pool);
    }

    if (ngx_http_shop_order_status(item) == NGX_HTTP_CREATED
        && ngx_http_shop_order_empty(job) == NGX_OK)
    {
        return;
    }

    if (sr == NULL || job->res) {
        ngx_http_shop_order_answer(job);
        return;
    }

    ngx_http_shop_order_free(job);

    c = sr->r->connection;
    (void) ngx_shop_pg_problem(sr, item->rc, item->res);
    ngx_http_run_posted_requests(c);
}


static ngx_uint_t
ngx_http_shop_order_status(ngx_shop_pg_item_t *item)
{
    int  column;

    if (item->rc != NGX_SHOP_PG_OK) {
        return 0;
    }

    column = PQfnumber(item->res, "status");

    return column < 0 ? 0 : ngx_atoi(
                   (u_char *) PQgetvalue(item->res, item->row, column),
                   PQgetlength(item->res, item->row, column));
}


/* Not counted as a trip: it may be missed, since the same revision of a cart
   is never ordered twice. */

static ngx_int_t
ngx_http_shop_order_empty(ngx_http_shop_order_job_t *job)
{
    ngx_shop_redis_cmd_t  *cmd;

    cmd = ngx_shop_redis_alloc();
    if (cmd == NULL) {
        return NGX_DECLINED;
    }

    cmd->timeout = NGX_HTTP_SHOP_ORDER_EMPTY;
    cmd->data = job;
    cmd->done = ngx_http_shop_order_emptied;
    cmd->log = ngx_cycle->log;

    return ngx_shop_cart_take(cmd, &job->key, &job->revision);
}


static void
ngx_http_shop_order_emptied(ngx_shop_redis_cmd_t *cmd)
{
    ngx_http_shop_order_job_t  *job = cmd->data;

    if (cmd->rc != NGX_SHOP_REDIS_OK) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "order: the cart of %V is not emptied", &job->id);
    }

    ngx_http_shop_order_answer(job);
}


static void
ngx_http_shop_order_answer(ngx_http_shop_order_job_t *job)
{
    int                  row;
    PGresult            *res;
    ngx_connection_t    *c;
    ngx_shop_request_t  *sr;

    sr = job->sr;
    res = job->res;
    row = job->row;

    ngx_http_shop_order_free(job);

    if (sr == NULL) {
        return;
    }

    c = sr->r->connection;
    ngx_http_set_log_request(c->log, sr->r);

    if (res) {
        (void) ngx_shop_answer_row(sr, res, row);

    } else {
        (void) ngx_shop_unavailable(sr, "the order is placed, but memory is "
                                        "short to show it");
    }

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_shop_order_gone(void *data)
{
    ngx_http_shop_order_job_t  **slot = data;

    if (*slot) {
        (*slot)->sr = NULL;
        (*slot)->res = NULL;
    }
}


static void
ngx_http_shop_order_free(ngx_http_shop_order_job_t *job)
{
    if (job->sr) {
        *job->slot = NULL;
    }

    ngx_destroy_pool(job->pool);
}
