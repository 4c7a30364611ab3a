/*
 * For tests of core/ only: a location that runs one statement of the test's
 * own, so that what a database does can be chosen (wait, fail, be deferred).
 *
 *   shop_probe read|write|slow SQL;    $n are the arguments a, b, c
 *   shop_probe_order PLACE FIND;       the item is the argument a, its id b
 *   shop_probe_die cache|zone;         dies while it holds that mutex
 *
 * The answer is "rc=N SQLSTATE body", where body is the first column.
 */

#include <ngx_http.h>
#include "ngx_shop_pg.h"
#include "ngx_shop_pg_batch.h"
#include "ngx_shop_cache_zone.h"
#include "ngx_shop_zone.h"


#define NGX_SHOP_PROBE_PARAMS  3


typedef struct {
    ngx_uint_t            cls;
    ngx_shop_pg_stmt_t   *stmt;
    ngx_uint_t            nparams;
} ngx_http_shop_probe_conf_t;


typedef struct {
    ngx_http_request_t   *request;
    ngx_shop_pg_query_t  *query;
    ngx_shop_pg_item_t   *item;
    const char           *params[NGX_SHOP_PROBE_PARAMS];
} ngx_http_shop_probe_ctx_t;


static ngx_int_t ngx_http_shop_probe_handler(ngx_http_request_t *r);
static ngx_int_t ngx_http_shop_probe_die_in_cache(ngx_http_request_t *r);
static ngx_int_t ngx_http_shop_probe_die_in_zone(ngx_http_request_t *r);
static ngx_int_t ngx_http_shop_probe_query(ngx_http_shop_probe_ctx_t *ctx,
    ngx_http_shop_probe_conf_t *conf);
static ngx_int_t ngx_http_shop_probe_item(ngx_http_shop_probe_ctx_t *ctx);
static ngx_int_t ngx_http_shop_probe_args(ngx_http_shop_probe_ctx_t *ctx);
static void ngx_http_shop_probe_query_done(ngx_shop_pg_query_t *q);
static void ngx_http_shop_probe_item_done(ngx_shop_pg_item_t *item);
static void ngx_http_shop_probe_gone(void *data);
static void ngx_http_shop_probe_answer(ngx_http_request_t *r, ngx_uint_t rc,
    PGresult *res, int row, int column);
static void *ngx_http_shop_probe_create_conf(ngx_conf_t *cf);
static char *ngx_http_shop_probe(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_shop_probe_order(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_shop_probe_die(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


static ngx_command_t  ngx_http_shop_probe_commands[] = {

    { ngx_string("shop_probe"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE2,
      ngx_http_shop_probe,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_probe_order"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE2,
      ngx_http_shop_probe_order,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_probe_die"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_shop_probe_die,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_probe_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    ngx_http_shop_probe_create_conf,       /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_probe_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_probe_module_ctx,       /* module context */
    ngx_http_shop_probe_commands,          /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_http_shop_probe_handler(ngx_http_request_t *r)
{
    ngx_int_t                    rc;
    ngx_pool_cleanup_t          *cln;
    ngx_http_shop_probe_ctx_t   *ctx;
    ngx_http_shop_probe_conf_t  *conf;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_shop_probe_module);

    if (ngx_http_discard_request_body(r) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln = ngx_pool_cleanup_add(r->pool, sizeof(ngx_http_shop_probe_ctx_t));
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx = cln->data;
    ngx_memzero(ctx, sizeof(ngx_http_shop_probe_ctx_t));
    cln->handler = ngx_http_shop_probe_gone;
    ctx->request = r;

    if (ngx_http_shop_probe_args(ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = conf->stmt ? ngx_http_shop_probe_query(ctx, conf)
                    : ngx_http_shop_probe_item(ctx);

    if (rc != NGX_OK) {
        return NGX_HTTP_SERVICE_UNAVAILABLE;
    }

    r->main->count++;
    r->read_event_handler = ngx_http_test_reading;

    return NGX_DONE;
}


static ngx_int_t
ngx_http_shop_probe_die_in_cache(ngx_http_request_t *r)
{
    (void) r;

    (void) ngx_shop_cache_lock();
    (void) raise(SIGKILL);

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_probe_die_in_zone(ngx_http_request_t *r)
{
    (void) r;

    ngx_shop_zone_lock();
    (void) raise(SIGKILL);

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_probe_query(ngx_http_shop_probe_ctx_t *ctx,
    ngx_http_shop_probe_conf_t *conf)
{
    ngx_shop_pg_query_t  *q;

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        return NGX_ERROR;
    }

    q->stmt = conf->stmt;
    q->nparams = conf->nparams;
    q->params = ctx->params;
    q->data = ctx;
    q->done = ngx_http_shop_probe_query_done;
    q->log = ctx->request->connection->log;

    if (ngx_shop_pg_query(q, conf->cls) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->query = q;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_probe_item(ngx_http_shop_probe_ctx_t *ctx)
{
    ngx_shop_pg_item_t  *item;

    item = ngx_shop_pg_item_alloc();
    if (item == NULL || ctx->params[0] == NULL || ctx->params[1] == NULL) {
        return NGX_ERROR;
    }

    item->json.data = (u_char *) ctx->params[0];
    item->json.len = ngx_strlen(ctx->params[0]);
    item->id.data = (u_char *) ctx->params[1];
    item->id.len = ngx_strlen(ctx->params[1]);
    item->data = ctx;
    item->done = ngx_http_shop_probe_item_done;
    item->log = ctx->request->connection->log;

    if (ngx_shop_pg_item_submit(item) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->item = item;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_probe_args(ngx_http_shop_probe_ctx_t *ctx)
{
    u_char      *dst, *src;
    ngx_str_t    value;
    ngx_uint_t   i;

    for (i = 0; i < NGX_SHOP_PROBE_PARAMS; i++) {

        if (ngx_http_arg(ctx->request, (u_char *) &"abc"[i], 1, &value)
            != NGX_OK)
        {
            continue;
        }

        dst = ngx_pcalloc(ctx->request->pool, value.len + 1);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        ctx->params[i] = (char *) dst;
        src = value.data;
        ngx_unescape_uri(&dst, &src, value.len, 0);
    }

    return NGX_OK;
}


static void
ngx_http_shop_probe_query_done(ngx_shop_pg_query_t *q)
{
    PGresult                   *res;
    ngx_http_shop_probe_ctx_t  *ctx;

    ctx = q->data;
    ctx->query = NULL;

    res = ngx_shop_pg_take(q, ctx->request->pool);

    ngx_http_shop_probe_answer(ctx->request, q->rc, res, 0, 0);
}


static void
ngx_http_shop_probe_item_done(ngx_shop_pg_item_t *item)
{
    PGresult                   *res;
    ngx_http_shop_probe_ctx_t  *ctx;

    ctx = item->data;
    ctx->item = NULL;

    res = ngx_shop_pg_item_take(item, ctx->request->pool);

    ngx_http_shop_probe_answer(ctx->request, item->rc, res, item->row,
                               res ? PQfnumber(res, "body") : 0);
}


static void
ngx_http_shop_probe_gone(void *data)
{
    ngx_http_shop_probe_ctx_t  *ctx = data;

    if (ctx->query) {
        ngx_shop_pg_detach(ctx->query);
    }

    if (ctx->item) {
        ngx_shop_pg_item_detach(ctx->item);
    }
}


static void
ngx_http_shop_probe_answer(ngx_http_request_t *r, ngx_uint_t rc,
    PGresult *res, int row, int column)
{
    u_char       head[64];
    ngx_buf_t   *b;
    ngx_chain_t  out[2];
    const char  *state;

    state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;

    b = ngx_create_temp_buf(r->pool, sizeof(head));
    if (b == NULL) {
        ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return;
    }

    b->last = ngx_sprintf(b->last, "rc=%ui %s ", rc, state ? state : "-");
    out[0].buf = b;
    out[0].next = NULL;

    if (res && PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) > row
        && PQgetlength(res, row, column))
    {
        b = ngx_calloc_buf(r->pool);
        if (b == NULL) {
            ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
            return;
        }

        b->pos = (u_char *) PQgetvalue(res, row, column);
        b->last = b->pos + PQgetlength(res, row, column);
        b->memory = 1;
        out[1].buf = b;
        out[1].next = NULL;
        out[0].next = &out[1];
    }

    b->last_buf = 1;
    r->headers_out.status = NGX_HTTP_OK;
    r->headers_out.content_length_n = out[0].buf->last - out[0].buf->pos
                         + (out[0].next ? b->last - b->pos : 0);

    rc = ngx_http_send_header(r);
    ngx_http_finalize_request(r, rc == NGX_OK
                              ? ngx_http_output_filter(r, &out[0])
                              : (ngx_int_t) rc);
}


static void *
ngx_http_shop_probe_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_shop_probe_conf_t));
}


static char *
ngx_http_shop_probe(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    u_char                      *p;
    ngx_str_t                   *value;
    ngx_http_core_loc_conf_t    *clcf;
    ngx_http_shop_probe_conf_t  *pcf = conf;

    (void) cmd;

    value = cf->args->elts;

    pcf->cls = value[1].data[0] == 'r' ? NGX_SHOP_PG_READ
               : value[1].data[0] == 'w' ? NGX_SHOP_PG_WRITE
               : NGX_SHOP_PG_SLOW;

    for (p = value[2].data; *p; p++) {
        if (*p == '$' && p[1] >= '1' && p[1] <= '3') {
            pcf->nparams = ngx_max(pcf->nparams, (ngx_uint_t) (p[1] - '0'));
        }
    }

    pcf->stmt = ngx_shop_pg_stmt_add(cf, &value[2]);
    if (pcf->stmt == NULL) {
        return NGX_CONF_ERROR;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_shop_probe_handler;

    return NGX_CONF_OK;
}


static char *
ngx_http_shop_probe_order(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t                 *value;
    ngx_http_core_loc_conf_t  *clcf;

    (void) cmd;
    (void) conf;

    value = cf->args->elts;

    if (ngx_shop_pg_batch_init(cf, &value[1], &value[2]) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_shop_probe_handler;

    return NGX_CONF_OK;
}


static char *
ngx_http_shop_probe_die(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t                 *value;
    ngx_http_core_loc_conf_t  *clcf;

    (void) cmd;
    (void) conf;

    value = cf->args->elts;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = value[1].data[0] == 'c' ? ngx_http_shop_probe_die_in_cache
                                            : ngx_http_shop_probe_die_in_zone;

    return NGX_CONF_OK;
}
