/*
 * Answers that are the same for everyone: from the shared cache, or from one
 * statement for all requests of this worker that miss the same key at a time.
 *
 * A fill belongs to no request.  It has a pool of its own, which holds its
 * parameters and later the result; whoever sends from it holds a reference.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_cache.h"
#include "ngx_shop_metrics.h"


#define NGX_SHOP_FILL_BUCKETS  256
#define NGX_SHOP_FILL_TTL      60000     /* milliseconds, of a row without */


struct ngx_shop_fill_s {
    ngx_queue_t              queue;      /* of its bucket */
    ngx_queue_t              waiting;    /* of ngx_shop_ctx_t */
    ngx_str_t                key;
    uint32_t                 hash;
    uint64_t                 since;
    ngx_msec_t               ttl;
    ngx_pool_t              *pool;
    ngx_uint_t               refs;
};


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
static void ngx_shop_shared_put(ngx_shop_fill_t *fill, PGresult *res);
static void ngx_shop_shared_answer(ngx_shop_fill_t *fill, ngx_shop_ctx_t *ctx,
    ngx_shop_pg_query_t *q, PGresult *res);
static ngx_int_t ngx_shop_shared_hold(ngx_shop_fill_t *fill,
    ngx_pool_t *pool);
static void ngx_shop_shared_release(void *data);
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
        ngx_shop_shared_release(fill);
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
    const char             **params;
    const ngx_shop_route_t  *route;
    ngx_shop_pg_query_t     *q;

    route = ngx_shop_ctx(sr)->route;

    params = ngx_shop_bind(sr, route->ep.bind, route->nbind, fill->pool);
    if (params == NULL) {
        return NGX_ERROR;
    }

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = route->ep.stmt;
    q->nparams = route->nbind;
    q->params = params;
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
    ngx_queue_t      *head;
    ngx_shop_ctx_t   *ctx;
    ngx_shop_fill_t  *fill;

    fill = q->data;
    res = NULL;

    ngx_queue_remove(&fill->queue);

    if (q->rc == NGX_SHOP_PG_OK) {
        res = ngx_shop_pg_take(q, fill->pool);

        if (res) {
            ngx_shop_shared_put(fill, res);
            ngx_shop_note(res);
        }
    }

    /* an answer may end further requests that wait */

    while (!ngx_queue_empty(&fill->waiting)) {

        head = ngx_queue_head(&fill->waiting);
        ctx = ngx_queue_data(head, ngx_shop_ctx_t, waiting);

        ngx_queue_remove(head);
        ctx->fill = NULL;

        ngx_shop_shared_answer(fill, ctx, q, res);
    }

    ngx_shop_shared_release(fill);
}


static void
ngx_shop_shared_put(ngx_shop_fill_t *fill, PGresult *res)
{
    int                body, etag, tags, status;
    ngx_str_t          names;
    ngx_shop_cached_t  cached;

    body = PQfnumber(res, "body");
    tags = PQfnumber(res, "tags");
    etag = PQfnumber(res, "etag");
    status = PQfnumber(res, "status");

    /* without tags nothing could drop it */

    if (PQntuples(res) == 0 || body < 0 || tags < 0
        || PQgetisnull(res, 0, body) || PQgetisnull(res, 0, tags)
        || (status >= 0 && !PQgetisnull(res, 0, status)
            && ngx_strcmp(PQgetvalue(res, 0, status), "200") != 0))
    {
        return;
    }

    ngx_memzero(&cached, sizeof(ngx_shop_cached_t));

    cached.status = NGX_HTTP_OK;
    cached.body.data = (u_char *) PQgetvalue(res, 0, body);
    cached.body.len = PQgetlength(res, 0, body);

    ngx_str_set(&cached.etag, "");

    if (etag >= 0) {
        cached.etag.data = (u_char *) PQgetvalue(res, 0, etag);
        cached.etag.len = PQgetlength(res, 0, etag);
    }

    names.data = (u_char *) PQgetvalue(res, 0, tags);
    names.len = PQgetlength(res, 0, tags);

    ngx_shop_cache_put(&fill->key, &names, fill->since, fill->ttl, &cached);
}


static void
ngx_shop_shared_answer(ngx_shop_fill_t *fill, ngx_shop_ctx_t *ctx,
    ngx_shop_pg_query_t *q, PGresult *res)
{
    ngx_connection_t    *c;
    ngx_shop_request_t  *sr;

    sr = &ctx->sr;
    c = sr->r->connection;

    ngx_http_set_log_request(c->log, sr->r);

    if (res && ngx_shop_shared_hold(fill, sr->r->pool) == NGX_OK) {
        (void) ngx_shop_answer_row(sr, res, 0);

    } else if (q->rc == NGX_SHOP_PG_OK) {
        (void) ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);

    } else if (q->rc == NGX_SHOP_PG_ERROR) {
        (void) ngx_shop_pg_problem(sr, q->rc, q->res);

    } else {
        (void) ngx_shop_shared_stale(sr);
    }

    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_shop_shared_hold(ngx_shop_fill_t *fill, ngx_pool_t *pool)
{
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    cln->handler = ngx_shop_shared_release;
    cln->data = fill;

    fill->refs++;

    return NGX_OK;
}


static void
ngx_shop_shared_release(void *data)
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
