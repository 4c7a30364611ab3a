/*
 * Answers that are the same for everyone: from the shared cache, or from one
 * statement for all requests of this worker that miss the same key at a time.
 */

#include "ngx_shop_fill.h"
#include "ngx_shop_cache.h"
#include "ngx_shop_metrics.h"


#define NGX_SHOP_FILL_BUCKETS  256
#define NGX_SHOP_FILL_TTL      60000     /* milliseconds, of a row without */


static ngx_int_t ngx_shop_shared_key(ngx_shop_request_t *sr);
static ngx_shop_fill_t *ngx_shop_shared_find(ngx_str_t *key, uint32_t hash);
static ngx_shop_fill_t *ngx_shop_shared_begin(ngx_shop_request_t *sr,
    uint32_t hash, uint64_t since);
static ngx_int_t ngx_shop_shared_submit(ngx_shop_request_t *sr,
    ngx_shop_fill_t *fill);
static ngx_int_t ngx_shop_shared_wait(ngx_shop_request_t *sr,
    ngx_shop_fill_t *fill);
static void ngx_shop_shared_leave(void *data);
static void ngx_shop_shared_done(ngx_shop_pg_query_t *q);
static void ngx_shop_shared_put(ngx_shop_fill_t *fill, PGresult *res,
    int row);
static void ngx_shop_shared_answer(ngx_shop_fill_t *fill, ngx_shop_ctx_t *ctx,
    ngx_uint_t rc, PGresult *res, int row);
static ngx_int_t ngx_shop_shared_stale(ngx_shop_request_t *sr);


static ngx_queue_t  ngx_shop_fills[NGX_SHOP_FILL_BUCKETS];


ngx_int_t
ngx_shop_shared(ngx_shop_request_t *sr)
{
    uint32_t            hash;
    uint64_t            since;
    ngx_shop_ctx_t     *ctx;
    ngx_shop_fill_t    *fill;
    ngx_shop_cached_t   cached;

    ctx = ngx_shop_ctx(sr);

    if (ngx_shop_shared_key(sr) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_shop_cache_get(&ctx->key, sr->r->pool, 0, &cached, &since)
        == NGX_OK)
    {
        ctx->cached = NGX_SHOP_CACHE_HIT;
        ngx_shop_metric_count(NGX_SHOP_METRIC_CACHE_HIT, 1);

        return ngx_shop_answer_cached(sr, &cached.body, &cached.etag);
    }

    ctx->cached = NGX_SHOP_CACHE_MISS;
    ngx_shop_metric_count(NGX_SHOP_METRIC_CACHE_MISS, 1);

    hash = ngx_murmur_hash2(ctx->key.data, ctx->key.len);
    fill = ngx_shop_shared_find(&ctx->key, hash);

    if (fill) {
        ngx_shop_metric_count(NGX_SHOP_METRIC_CACHE_JOINED, 1);
        return ngx_shop_shared_wait(sr, fill);
    }

    fill = ngx_shop_shared_begin(sr, hash, since);
    if (fill == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    sr->sql_trips++;

    if (ngx_shop_shared_submit(sr, fill) != NGX_OK) {
        ngx_queue_remove(&fill->queue);
        ngx_shop_fill_release(fill);
        return ngx_shop_shared_stale(sr);
    }

    return ngx_shop_shared_wait(sr, fill);
}


/* store, path and query as they came, and a language that is not the first */

static ngx_int_t
ngx_shop_shared_key(ngx_shop_request_t *sr)
{
    u_char              *p;
    ngx_str_t           *key;
    const ngx_str_t     *locale;
    ngx_http_request_t  *r;

    r = sr->r;
    key = &ngx_shop_ctx(sr)->key;
    locale = ngx_shop_ctx(sr)->locale;

    key->len = sr->store->id.len + 1 + r->uri.len + 1 + r->args.len;

    if (locale) {
        key->len += 1 + locale->len;
    }

    p = ngx_pnalloc(r->pool, key->len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    key->data = p;

    p = ngx_cpymem(p, sr->store->id.data, sr->store->id.len);
    *p++ = ' ';
    p = ngx_cpymem(p, r->uri.data, r->uri.len);
    *p++ = '?';

    if (r->args.len) {
        p = ngx_cpymem(p, r->args.data, r->args.len);
    }

    if (locale) {
        *p++ = '#';
        ngx_memcpy(p, locale->data, locale->len);
    }

    return NGX_OK;
}


static ngx_shop_fill_t *
ngx_shop_shared_find(ngx_str_t *key, uint32_t hash)
{
    ngx_queue_t      *q, *bucket;
    ngx_shop_fill_t  *fill;

    bucket = &ngx_shop_fills[hash % NGX_SHOP_FILL_BUCKETS];

    if (bucket->next == NULL) {
        ngx_queue_init(bucket);
    }

    for (q = ngx_queue_head(bucket); q != ngx_queue_sentinel(bucket);
         q = ngx_queue_next(q))
    {
        fill = ngx_queue_data(q, ngx_shop_fill_t, queue);

        if (fill->hash == hash && fill->key.len == key->len
            && ngx_memcmp(fill->key.data, key->data, key->len) == 0)
        {
            return fill;
        }
    }

    return NULL;
}


static ngx_shop_fill_t *
ngx_shop_shared_begin(ngx_shop_request_t *sr, uint32_t hash, uint64_t since)
{
    ngx_str_t        *key;
    ngx_pool_t       *pool;
    ngx_shop_fill_t  *fill;

    pool = ngx_create_pool(1024, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    key = &ngx_shop_ctx(sr)->key;
    fill = ngx_pcalloc(pool, sizeof(ngx_shop_fill_t));

    if (fill) {
        fill->key.data = ngx_pstrdup(pool, key);
    }

    if (fill == NULL || fill->key.data == NULL) {
        ngx_destroy_pool(pool);
        return NULL;
    }

    fill->key.len = key->len;
    fill->hash = hash;
    fill->since = since;
    fill->ttl = sr->ep->ttl ? sr->ep->ttl : NGX_SHOP_FILL_TTL;
    fill->pool = pool;
    fill->refs = 1;

    ngx_queue_init(&fill->waiting);
    ngx_queue_insert_tail(&ngx_shop_fills[hash % NGX_SHOP_FILL_BUCKETS],
                          &fill->queue);

    return fill;
}


static ngx_int_t
ngx_shop_shared_submit(ngx_shop_request_t *sr, ngx_shop_fill_t *fill)
{
    const ngx_shop_route_t  *route;

    route = ngx_shop_ctx(sr)->route;

    fill->route = route;
    fill->params = ngx_shop_bind(sr, route->ep.bind, route->nbind,
                                 fill->pool);
    if (fill->params == NULL) {
        return NGX_ERROR;
    }

    return route->ep.stmt_many ? ngx_shop_gather(fill)
                               : ngx_shop_fill_send(fill);
}


ngx_int_t
ngx_shop_fill_send(ngx_shop_fill_t *fill)
{
    ngx_shop_pg_query_t     *q;
    const ngx_shop_route_t  *route;

    route = fill->route;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = route->ep.stmt;
    q->nparams = route->nbind;
    q->params = fill->params;
    q->primary = 1;                      /* a replica may be behind `since` */
    q->data = fill;
    q->done = ngx_shop_shared_done;
    q->log = ngx_cycle->log;

    return ngx_shop_pg_query(q, ngx_shop_class(&route->ep));
}


static ngx_int_t
ngx_shop_shared_wait(ngx_shop_request_t *sr, ngx_shop_fill_t *fill)
{
    ngx_shop_ctx_t      *ctx;
    ngx_http_cleanup_t  *cln;

    ctx = ngx_shop_ctx(sr);

    cln = ngx_http_cleanup_add(sr->r, 0);
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln->handler = ngx_shop_shared_leave;
    cln->data = ctx;

    ctx->fill = fill;
    ngx_queue_insert_tail(&fill->waiting, &ctx->waiting);

    return NGX_DONE;
}


static void
ngx_shop_shared_leave(void *data)
{
    ngx_shop_ctx_t  *ctx = data;

    if (ctx->fill) {
        ngx_queue_remove(&ctx->waiting);
        ctx->fill = NULL;
    }
}


static void
ngx_shop_shared_done(ngx_shop_pg_query_t *q)
{
    PGresult         *res;
    ngx_shop_fill_t  *fill;

    fill = q->data;
    res = q->res;

    if (q->rc == NGX_SHOP_PG_OK) {
        res = ngx_shop_pg_take(q, fill->pool);

        if (res) {
            ngx_shop_note(res);
        }
    }

    ngx_shop_fill_end(fill, q->rc, res, 0);
}


void
ngx_shop_fill_end(ngx_shop_fill_t *fill, ngx_uint_t rc, PGresult *res, int row)
{
    ngx_queue_t     *head;
    ngx_shop_ctx_t  *ctx;

    ngx_queue_remove(&fill->queue);

    if (rc == NGX_SHOP_PG_OK && res) {
        ngx_shop_shared_put(fill, res, row);
    }

    /* an answer may end further requests that wait */

    while (!ngx_queue_empty(&fill->waiting)) {

        head = ngx_queue_head(&fill->waiting);
        ctx = ngx_queue_data(head, ngx_shop_ctx_t, waiting);

        ngx_queue_remove(head);
        ctx->fill = NULL;

        ngx_shop_shared_answer(fill, ctx, rc, res, row);
    }

    ngx_shop_fill_release(fill);
}


static void
ngx_shop_shared_put(ngx_shop_fill_t *fill, PGresult *res, int row)
{
    int                body, etag, tags, status;
    ngx_str_t          names;
    ngx_shop_cached_t  cached;

    body = PQfnumber(res, "body");
    tags = PQfnumber(res, "tags");
    etag = PQfnumber(res, "etag");
    status = PQfnumber(res, "status");

    /* without tags nothing could drop it */

    if (row >= PQntuples(res) || body < 0 || tags < 0
        || PQgetisnull(res, row, body) || PQgetisnull(res, row, tags)
        || (status >= 0 && !PQgetisnull(res, row, status)
            && ngx_strcmp(PQgetvalue(res, row, status), "200") != 0))
    {
        return;
    }

    ngx_memzero(&cached, sizeof(ngx_shop_cached_t));

    cached.status = NGX_HTTP_OK;
    cached.body.data = (u_char *) PQgetvalue(res, row, body);
    cached.body.len = PQgetlength(res, row, body);

    ngx_str_set(&cached.etag, "");

    if (etag >= 0) {
        cached.etag.data = (u_char *) PQgetvalue(res, row, etag);
        cached.etag.len = PQgetlength(res, row, etag);
    }

    names.data = (u_char *) PQgetvalue(res, row, tags);
    names.len = PQgetlength(res, row, tags);

    ngx_shop_cache_put(&fill->key, &names, fill->since, fill->ttl, &cached);
}


static void
ngx_shop_shared_answer(ngx_shop_fill_t *fill, ngx_shop_ctx_t *ctx,
    ngx_uint_t rc, PGresult *res, int row)
{
    ngx_connection_t    *c;
    ngx_shop_request_t  *sr;

    sr = &ctx->sr;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    switch (rc) {

    case NGX_SHOP_PG_OK:

        if (res && ngx_shop_fill_hold(fill, sr->r->pool) == NGX_OK) {
            (void) ngx_shop_answer_row(sr, res, row);

        } else {
            (void) ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
        }

        break;

    case NGX_SHOP_PG_ERROR:
        (void) ngx_shop_pg_problem(sr, rc, res);
        break;

    default:
        (void) ngx_shop_shared_stale(sr);
    }

    ngx_http_run_posted_requests(c);
}


ngx_int_t
ngx_shop_fill_hold(ngx_shop_fill_t *fill, ngx_pool_t *pool)
{
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    cln->handler = ngx_shop_fill_release;
    cln->data = fill;

    fill->refs++;

    return NGX_OK;
}


void
ngx_shop_fill_release(void *data)
{
    ngx_shop_fill_t  *fill = data;

    if (--fill->refs == 0) {
        ngx_destroy_pool(fill->pool);
    }
}


/* the database is down: what the cache had is better than nothing */

static ngx_int_t
ngx_shop_shared_stale(ngx_shop_request_t *sr)
{
    uint64_t            since;
    ngx_shop_ctx_t     *ctx;
    ngx_shop_cached_t   cached;

    ctx = ngx_shop_ctx(sr);

    if (ngx_shop_cache_get(&ctx->key, sr->r->pool, 1, &cached, &since)
        != NGX_OK)
    {
        return ngx_shop_unavailable(sr, "the database is not in reach");
    }

    ctx->cached = NGX_SHOP_CACHE_STALE;
    ngx_shop_metric_count(NGX_SHOP_METRIC_CACHE_STALE, 1);

    return ngx_shop_answer_cached(sr, &cached.body, &cached.etag);
}
