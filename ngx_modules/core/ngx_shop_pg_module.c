/*
 * The directives of PostgreSQL, and its start and stop with the worker.
 */

#include <ngx_http.h>
#include "ngx_shop_pg_conn.h"
#include "ngx_shop_pg_batch.h"


#define NGX_SHOP_PG_CONNECTIONS_MAX  64
#define NGX_SHOP_PG_BATCH_MAX        1024


static void *ngx_shop_pg_create_conf(ngx_conf_t *cf);
static char *ngx_shop_pg_init_conf(ngx_conf_t *cf, void *conf);
static ngx_int_t ngx_shop_pg_postconfiguration(ngx_conf_t *cf);
static char *ngx_shop_pg_postgres(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_shop_pg_replica(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_shop_pg_connections(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static ngx_int_t ngx_shop_pg_init_module(ngx_cycle_t *cycle);
static ngx_int_t ngx_shop_pg_init_process(ngx_cycle_t *cycle);
static void ngx_shop_pg_exit_process(ngx_cycle_t *cycle);


static ngx_conf_enum_t  ngx_shop_pg_commits[] = {
    { ngx_string("auto"), NGX_SHOP_PG_COMMIT_AUTO },
    { ngx_string("grouped"), NGX_SHOP_PG_COMMIT_GROUPED },
    { ngx_string("single"), NGX_SHOP_PG_COMMIT_SINGLE },
    { ngx_null_string, 0 }
};

static ngx_conf_num_bounds_t  ngx_shop_pg_slots_bounds = {
    ngx_conf_check_num_bounds, 1, 2
};

static ngx_conf_num_bounds_t  ngx_shop_pg_batch_bounds = {
    ngx_conf_check_num_bounds, 1, NGX_SHOP_PG_BATCH_MAX
};

static ngx_conf_num_bounds_t  ngx_shop_pg_queue_bounds = {
    ngx_conf_check_num_bounds, 1, 1000000
};


static ngx_command_t  ngx_shop_pg_commands[] = {

    { ngx_string("shop_postgres"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_shop_pg_postgres,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_postgres_replica"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_shop_pg_replica,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_postgres_connections"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE123,
      ngx_shop_pg_connections,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_postgres_queue"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_pg_conf_t, queue),
      &ngx_shop_pg_queue_bounds },

    { ngx_string("shop_postgres_timeout"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_pg_conf_t, timeout),
      NULL },

    { ngx_string("shop_order_commit"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_pg_conf_t, commit),
      &ngx_shop_pg_commits },

    { ngx_string("shop_order_slots"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_pg_conf_t, slots),
      &ngx_shop_pg_slots_bounds },

    { ngx_string("shop_order_batch"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_pg_conf_t, batch),
      &ngx_shop_pg_batch_bounds },

      ngx_null_command
};


static ngx_http_module_t  ngx_shop_pg_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_shop_pg_postconfiguration,         /* postconfiguration */
    ngx_shop_pg_create_conf,               /* create main configuration */
    ngx_shop_pg_init_conf,                 /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_pg_module = {
    NGX_MODULE_V1,
    &ngx_shop_pg_module_ctx,               /* module context */
    ngx_shop_pg_commands,                  /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    ngx_shop_pg_init_module,               /* init module */
    ngx_shop_pg_init_process,              /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_shop_pg_exit_process,              /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


ngx_shop_pg_conf_t *
ngx_shop_pg_conf(ngx_conf_t *cf)
{
    return ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_pg_module);
}


ngx_shop_pg_conf_t *
ngx_shop_pg_cycle_conf(ngx_cycle_t *cycle)
{
    ngx_shop_pg_conf_t  *conf;

    conf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_shop_pg_module);

    return conf && conf->primary ? conf : NULL;
}


ngx_shop_pg_stmt_t *
ngx_shop_pg_stmt_add(ngx_conf_t *cf, ngx_str_t *text)
{
    ngx_uint_t            i;
    ngx_shop_pg_conf_t   *conf;
    ngx_shop_pg_stmt_t   *stmt, **stmts;

    conf = ngx_shop_pg_conf(cf);
    stmts = conf->stmts.elts;

    for (i = 0; i < conf->stmts.nelts; i++) {
        if (stmts[i]->text.len == text->len
            && ngx_memcmp(stmts[i]->text.data, text->data, text->len) == 0)
        {
            return stmts[i];
        }
    }

    stmts = ngx_array_push(&conf->stmts);
    stmt = ngx_palloc(cf->pool, sizeof(ngx_shop_pg_stmt_t));
    if (stmts == NULL || stmt == NULL) {
        return NULL;
    }

    stmt->index = conf->stmts.nelts - 1;
    stmt->text.len = text->len;
    stmt->text.data = ngx_pnalloc(cf->pool, text->len + 1);
    if (stmt->text.data == NULL) {
        return NULL;
    }

    ngx_memcpy(stmt->text.data, text->data, text->len);
    stmt->text.data[text->len] = '\0';
    *stmts = stmt;

    return stmt;
}


static ngx_int_t
ngx_shop_pg_init_module(ngx_cycle_t *cycle)
{
    ngx_shop_pg_conf_t  *conf;

    conf = ngx_shop_pg_cycle_conf(cycle);

    return conf && conf->place ? ngx_shop_pg_wake_make(cycle, conf) : NGX_OK;
}


static ngx_int_t
ngx_shop_pg_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_pg_conf_t  *conf;

    conf = ngx_shop_pg_cycle_conf(cycle);

    if (conf == NULL || (ngx_process != NGX_PROCESS_WORKER
                         && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    if (ngx_shop_pg_start(cycle, conf) != NGX_OK) {
        return NGX_ERROR;
    }

    return conf->place ? ngx_shop_pg_batch_start(cycle, conf) : NGX_OK;
}


static void
ngx_shop_pg_exit_process(ngx_cycle_t *cycle)
{
    (void) cycle;

    ngx_shop_pg_batch_stop();
    ngx_shop_pg_stop();
}


static void *
ngx_shop_pg_create_conf(ngx_conf_t *cf)
{
    ngx_shop_pg_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_pg_conf_t));
    if (conf == NULL
        || ngx_array_init(&conf->replicas, cf->pool, 2,
                          sizeof(ngx_shop_pg_target_t *)) != NGX_OK
        || ngx_array_init(&conf->stmts, cf->pool, 64,
                          sizeof(ngx_shop_pg_stmt_t *)) != NGX_OK)
    {
        return NULL;
    }

    conf->read = NGX_CONF_UNSET_UINT;
    conf->write = NGX_CONF_UNSET_UINT;
    conf->slow = NGX_CONF_UNSET_UINT;
    conf->queue = NGX_CONF_UNSET_UINT;
    conf->timeout = NGX_CONF_UNSET_MSEC;
    conf->commit = NGX_CONF_UNSET_UINT;
    conf->slots = NGX_CONF_UNSET_UINT;
    conf->batch = NGX_CONF_UNSET_UINT;

    return conf;
}


static char *
ngx_shop_pg_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_shop_pg_conf_t  *pcf = conf;

    ngx_conf_init_uint_value(pcf->read, 1);
    ngx_conf_init_uint_value(pcf->write, 2);
    ngx_conf_init_uint_value(pcf->slow, 1);
    ngx_conf_init_uint_value(pcf->queue, 1024);
    ngx_conf_init_msec_value(pcf->timeout, 5000);
    ngx_conf_init_uint_value(pcf->commit, NGX_SHOP_PG_COMMIT_AUTO);
    ngx_conf_init_uint_value(pcf->slots, 1);
    ngx_conf_init_uint_value(pcf->batch, 64);

    if (pcf->timeout < 100 || pcf->timeout > 3600000) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_postgres_timeout must be between 100ms "
                           "and 1h");
        return NGX_CONF_ERROR;
    }

    if (pcf->primary == NULL && pcf->replicas.nelts) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_postgres_replica needs shop_postgres");
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* With a resolver in http{} names are resolved when it connects, else now. */

static ngx_int_t
ngx_shop_pg_postconfiguration(ngx_conf_t *cf)
{
    ngx_uint_t                  i;
    ngx_shop_pg_conf_t         *conf;
    ngx_shop_pg_target_t      **replicas;
    ngx_http_core_loc_conf_t   *clcf;

    conf = ngx_shop_pg_conf(cf);

    if (conf->primary == NULL) {
        return NGX_OK;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->resolver && clcf->resolver->connections.nelts) {
        conf->resolver = clcf->resolver;
        conf->resolver_timeout =
                      clcf->resolver_timeout == NGX_CONF_UNSET_MSEC
                      ? 30000 : clcf->resolver_timeout;
        return NGX_OK;
    }

    if (ngx_shop_pg_target_resolve(cf, conf->primary) != NGX_OK) {
        return NGX_ERROR;
    }

    replicas = conf->replicas.elts;

    for (i = 0; i < conf->replicas.nelts; i++) {
        if (ngx_shop_pg_target_resolve(cf, replicas[i]) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static char *
ngx_shop_pg_postgres(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t           *value;
    ngx_shop_pg_conf_t  *pcf = conf;

    (void) cmd;

    if (pcf->primary) {
        return "is duplicate";
    }

    value = cf->args->elts;
    pcf->primary = ngx_shop_pg_target_parse(cf, &value[1]);

    return pcf->primary ? NGX_CONF_OK : NGX_CONF_ERROR;
}


static char *
ngx_shop_pg_replica(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t              *value;
    ngx_shop_pg_conf_t     *pcf = conf;
    ngx_shop_pg_target_t  **target;

    (void) cmd;

    target = ngx_array_push(&pcf->replicas);
    if (target == NULL) {
        return NGX_CONF_ERROR;
    }

    value = cf->args->elts;

    *target = ngx_shop_pg_target_parse(cf, &value[1]);
    if (*target == NULL) {
        return NGX_CONF_ERROR;
    }

    (*target)->replica = 1;

    return NGX_CONF_OK;
}


static char *
ngx_shop_pg_connections(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    size_t               len;
    ngx_int_t            n;
    ngx_str_t           *value;
    ngx_uint_t           i, k, *slot;
    ngx_shop_pg_conf_t  *pcf = conf;

    static const char   *names[] = { "read=", "write=", "slow=", NULL };
    ngx_uint_t          *slots[] = { &pcf->read, &pcf->write, &pcf->slow };

    (void) cmd;

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {
        slot = NULL;
        n = NGX_ERROR;

        for (k = 0; names[k]; k++) {
            len = ngx_strlen(names[k]);

            if (ngx_strncmp(value[i].data, names[k], len) == 0) {
                slot = slots[k];
                n = ngx_atoi(value[i].data + len, value[i].len - len);
                break;
            }
        }

        if (slot == NULL || n < 1 || n > NGX_SHOP_PG_CONNECTIONS_MAX) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "shop_postgres_connections: \"%V\" is not "
                               "read=N, write=N or slow=N with N from 1 "
                               "to %d", &value[i], NGX_SHOP_PG_CONNECTIONS_MAX);
            return NGX_CONF_ERROR;
        }

        if (*slot != NGX_CONF_UNSET_UINT) {
            return "is duplicate";
        }

        *slot = n;
    }

    return NGX_CONF_OK;
}
