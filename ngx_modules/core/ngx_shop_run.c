/*
 * A statement, or a script of Redis, for a request: counted, repeated where
 * that is safe, and detached when the request dies first.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_error.h"


#define NGX_SHOP_RUN_REPEATS  2      /* of 40001 and 40P01 */


typedef struct {
    ngx_shop_request_t      *sr;
    ngx_shop_pg_query_t     *q;          /* NULL: none under way */
    ngx_shop_pg_stmt_t      *stmt;
    ngx_uint_t               cls;
    ngx_uint_t               nparams;
    const char *const       *params;
    ngx_shop_next_pt         next;
    ngx_uint_t               repeats;
} ngx_shop_run_t;

typedef struct {
    ngx_shop_request_t      *sr;
    ngx_shop_redis_cmd_t    *cmd;        /* NULL: none under way */
    ngx_shop_redis_next_pt   next;
} ngx_shop_eval_t;


static ngx_uint_t ngx_shop_run_primary(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_run_submit(ngx_shop_run_t *run);
static void ngx_shop_run_done(ngx_shop_pg_query_t *q);
static void ngx_shop_run_cleanup(void *data);
static void ngx_shop_eval_done(ngx_shop_redis_cmd_t *cmd);
static void ngx_shop_eval_cleanup(void *data);
static void ngx_shop_run_document_free(void *data);


ngx_int_t
ngx_shop_run(ngx_shop_request_t *sr, ngx_uint_t cls, ngx_shop_pg_stmt_t *stmt,
    ngx_uint_t n, const char *const *params, ngx_shop_next_pt next)
{
    ngx_shop_run_t      *run;
    ngx_http_cleanup_t  *cln;

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_run_t));
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    run = cln->data;
    ngx_memzero(run, sizeof(ngx_shop_run_t));

    run->sr = sr;
    run->cls = cls;
    run->stmt = stmt;
    run->nparams = n;
    run->params = params;
    run->next = next;

    cln->handler = ngx_shop_run_cleanup;

    sr->sql_trips++;

    return ngx_shop_run_submit(run) == NGX_OK ? NGX_DONE
                                              : NGX_HTTP_SERVICE_UNAVAILABLE;
}


/* A replica may be behind what a session has written. */

static ngx_uint_t
ngx_shop_run_primary(ngx_shop_request_t *sr)
{
    return sr->signed_in || sr->cart.len
           || (sr->ep && (sr->ep->flags & NGX_SHOP_EP_PRIMARY));
}


static ngx_int_t
ngx_shop_run_submit(ngx_shop_run_t *run)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_DECLINED;
    }

    q->stmt = run->stmt;
    q->nparams = run->nparams;
    q->params = run->params;
    q->primary = ngx_shop_run_primary(run->sr);
    q->data = run;
    q->done = ngx_shop_run_done;
    q->log = run->sr->r->connection->log;

    if (ngx_shop_pg_query(q, run->cls) != NGX_OK) {
        return NGX_DECLINED;
    }

    run->q = q;

    return NGX_OK;
}


static void
ngx_shop_run_done(ngx_shop_pg_query_t *q)
{
    ngx_connection_t    *c;
    ngx_shop_run_t      *run;
    ngx_shop_request_t  *sr;

    run = q->data;
    sr = run->sr;
    c = sr->r->connection;

    run->q = NULL;

    ngx_http_set_log_request(c->log, sr->r);

    if (q->rc == NGX_SHOP_PG_ERROR && run->repeats < NGX_SHOP_RUN_REPEATS
        && ngx_shop_error_retry(PQresultErrorField(q->res,
                                                   PG_DIAG_SQLSTATE)))
    {
        run->repeats++;

        if (ngx_shop_run_submit(run) == NGX_OK) {
            return;
        }
    }

    ngx_shop_run_next(sr, c, run->next(sr, q));
}


/* at the end of the request, or before when its client went away */

static void
ngx_shop_run_cleanup(void *data)
{
    ngx_shop_run_t  *run = data;

    if (run->q) {
        ngx_shop_pg_detach(run->q);
        run->q = NULL;
    }
}


ngx_int_t
ngx_shop_eval(ngx_shop_request_t *sr, ngx_shop_redis_script_t *script,
    ngx_uint_t nkeys, ngx_uint_t argc, ngx_str_t *argv,
    ngx_shop_redis_next_pt next)
{
    ngx_shop_eval_t       *eval;
    ngx_http_cleanup_t    *cln;
    ngx_shop_redis_cmd_t  *cmd;

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_eval_t));
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    eval = cln->data;
    ngx_memzero(eval, sizeof(ngx_shop_eval_t));

    eval->sr = sr;
    eval->next = next;

    cln->handler = ngx_shop_eval_cleanup;

    sr->redis_trips++;

    cmd = ngx_shop_redis_alloc();

    if (cmd) {
        cmd->data = eval;
        cmd->done = ngx_shop_eval_done;
        cmd->log = sr->r->connection->log;

        if (ngx_shop_redis_eval(cmd, script, nkeys, argc, argv) == NGX_OK) {
            eval->cmd = cmd;
            return NGX_DONE;
        }
    }

    return NGX_HTTP_SERVICE_UNAVAILABLE;
}


static void
ngx_shop_eval_done(ngx_shop_redis_cmd_t *cmd)
{
    ngx_connection_t    *c;
    ngx_shop_eval_t     *eval;
    ngx_shop_request_t  *sr;

    eval = cmd->data;
    sr = eval->sr;
    c = sr->r->connection;

    eval->cmd = NULL;

    ngx_http_set_log_request(c->log, sr->r);

    ngx_shop_run_next(sr, c, eval->next(sr, cmd));
}


static void
ngx_shop_eval_cleanup(void *data)
{
    ngx_shop_eval_t  *eval = data;

    if (eval->cmd) {
        ngx_shop_redis_detach(eval->cmd);
        eval->cmd = NULL;
    }
}


void
ngx_shop_run_next(ngx_shop_request_t *sr, ngx_connection_t *c, ngx_int_t rc)
{
    if (rc != NGX_DONE) {
        ngx_shop_request_end(sr, rc);
    }

    ngx_http_run_posted_requests(c);
}


ngx_int_t
ngx_shop_statement(ngx_shop_request_t *sr)
{
    const char             **params;
    const ngx_shop_route_t  *route;

    route = ngx_shop_ctx(sr)->route;

    if (sr->idempotency_key.len && route->ep.stmt_idempotent) {
        return ngx_shop_idempotency_run(sr);
    }

    params = ngx_shop_bind(sr, route->ep.bind, route->nbind, sr->r->pool);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, ngx_shop_class(&route->ep), route->ep.stmt,
                        route->nbind, params, ngx_shop_statement_done);
}


ngx_int_t
ngx_shop_statement_done(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    return ngx_shop_if_match_next(sr, q) ? ngx_shop_statement(sr)
                                         : ngx_shop_answer(sr, q);
}


ngx_int_t
ngx_shop_run_document(ngx_shop_request_t *sr, json_t *document)
{
    ngx_shop_ctx_t      *ctx;
    ngx_pool_cleanup_t  *cln;

    ctx = ngx_shop_ctx(sr);

    cln = ngx_pool_cleanup_add(sr->r->pool, 0);

    if (cln == NULL) {
        json_decref(document);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln->handler = ngx_shop_run_document_free;
    cln->data = document;

    sr->body = document;

    ctx->raw.len = json_dumpb(document, NULL, 0, JSON_COMPACT);
    ctx->raw.data = ngx_pnalloc(sr->r->pool, ctx->raw.len + 1);

    if (ctx->raw.data == NULL || ctx->raw.len == 0) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    (void) json_dumpb(document, (char *) ctx->raw.data, ctx->raw.len,
                      JSON_COMPACT);

    return ngx_shop_statement(sr);
}


static void
ngx_shop_run_document_free(void *data)
{
    json_decref(data);
}


ngx_uint_t
ngx_shop_class(const ngx_shop_endpoint_t *ep)
{
    if (ep->flags & NGX_SHOP_EP_SLOW) {
        return NGX_SHOP_PG_SLOW;
    }

    if ((ep->flags & NGX_SHOP_EP_WRITE)
        || (!(ep->flags & NGX_SHOP_EP_READ) && ep->method != NGX_HTTP_GET))
    {
        return NGX_SHOP_PG_WRITE;
    }

    return NGX_SHOP_PG_READ;
}
