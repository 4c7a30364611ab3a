/*
 * The endpoint engine as a module: its settings, variables and log phase.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_click.h"
#include "ngx_shop_metrics.h"
#include "ngx_shop_text.h"


static ngx_int_t ngx_http_shop_core_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_shop_core_asked(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_shop_core_log(ngx_http_request_t *r);
static ngx_int_t ngx_http_shop_core_add_variables(ngx_conf_t *cf);
static char *ngx_http_shop_core_nested(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_shop_core_create_main_conf(ngx_conf_t *cf);
static void *ngx_http_shop_core_create_srv_conf(ngx_conf_t *cf);
static void *ngx_http_shop_core_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_shop_core_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_shop_core_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_shop_core_init_process(ngx_cycle_t *cycle);
static void ngx_http_shop_core_exit_process(ngx_cycle_t *cycle);


enum {
    NGX_HTTP_SHOP_CORE_REQUEST_ID = 0,
    NGX_HTTP_SHOP_CORE_TRACE_ID,
    NGX_HTTP_SHOP_CORE_USER,
    NGX_HTTP_SHOP_CORE_ROUTE
};


static ngx_command_t  ngx_http_shop_core_commands[] = {

    { ngx_string("shop_debug_trips"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_shop_loc_conf_t, debug_trips),
      NULL },

    { ngx_string("shop_problems"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_shop_loc_conf_t, problems),
      NULL },

    { ngx_string("shop_nested"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_core_nested,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_core_module_ctx = {
    ngx_http_shop_core_add_variables,      /* preconfiguration */
    ngx_http_shop_core_init,               /* postconfiguration */

    ngx_http_shop_core_create_main_conf,   /* create main configuration */
    NULL,                                  /* init main configuration */

    ngx_http_shop_core_create_srv_conf,    /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_shop_core_create_loc_conf,    /* create location configuration */
    ngx_http_shop_core_merge_loc_conf      /* merge location configuration */
};


ngx_module_t  ngx_http_shop_core_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_core_module_ctx,        /* module context */
    ngx_http_shop_core_commands,           /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_http_shop_core_init_process,       /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_http_shop_core_exit_process,       /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_http_variable_t  ngx_http_shop_core_vars[] = {

    { ngx_string("shop_request_id"), NULL, ngx_http_shop_core_variable,
      NGX_HTTP_SHOP_CORE_REQUEST_ID, 0, 0 },

    { ngx_string("shop_trace_id"), NULL, ngx_http_shop_core_variable,
      NGX_HTTP_SHOP_CORE_TRACE_ID, 0, 0 },

    { ngx_string("shop_user"), NULL, ngx_http_shop_core_variable,
      NGX_HTTP_SHOP_CORE_USER, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("shop_route"), NULL, ngx_http_shop_core_variable,
      NGX_HTTP_SHOP_CORE_ROUTE, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("shop_path"), NULL, ngx_http_shop_core_asked,
      offsetof(ngx_http_request_t, uri), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("shop_host"), NULL, ngx_http_shop_core_asked,
      offsetof(ngx_http_request_t, headers_in.server), 0, 0 },

      ngx_http_null_variable
};


static ngx_int_t
ngx_http_shop_core_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t        value;
    ngx_shop_ctx_t  *ctx;

    ctx = ngx_shop_ctx_get(r);
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    ngx_str_null(&value);

    switch (data) {

    case NGX_HTTP_SHOP_CORE_REQUEST_ID:
        value = ctx->sr.request_id;
        break;

    case NGX_HTTP_SHOP_CORE_TRACE_ID:
        if (ctx->sr.traceparent.len) {
            value.data = ctx->sr.traceparent.data + 3;
            value.len = NGX_SHOP_TRACE_ID_LEN;
        }
        break;

    case NGX_HTTP_SHOP_CORE_USER:
        if (ctx->sr.signed_in) {
            value = ctx->sr.claims.user;
        }
        break;

    default:
        if (ctx->route) {
            value = ctx->route->name;
        }
        break;
    }

    if (value.len == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->data = value.data;
    v->len = value.len;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/* what was asked for, as text: what is no UTF-8 keeps its escapes */

static ngx_int_t
ngx_http_shop_core_asked(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char     *p;
    size_t      len;
    ngx_str_t  *value;

    value = (ngx_str_t *) ((char *) r + data);

    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;
    v->data = value->data;
    v->len = value->len;

    if (ngx_shop_utf8_count(value->data, value->len) >= 0) {
        return NGX_OK;
    }

    len = value->len + 2 * ngx_escape_uri(NULL, value->data, value->len,
                                          NGX_ESCAPE_URI);

    p = ngx_pnalloc(r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    (void) ngx_escape_uri(p, value->data, value->len, NGX_ESCAPE_URI);

    v->data = p;
    v->len = len;

    return NGX_OK;
}


/* counts what went through a location with endpoints */

static ngx_int_t
ngx_http_shop_core_log(ngx_http_request_t *r)
{
    ngx_time_t           *tp;
    ngx_uint_t            status;
    ngx_msec_int_t        ms;
    ngx_shop_ctx_t       *ctx;
    ngx_shop_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_shop_core_module);
    ctx = ngx_http_get_module_ctx(r, ngx_http_shop_core_module);

    if (lcf->router == NULL || ctx == NULL) {
        return NGX_OK;
    }

    tp = ngx_timeofday();

    ms = (ngx_msec_int_t) ((tp->sec - r->start_sec) * 1000
                           + (tp->msec - r->start_msec));

    status = r->err_status ? r->err_status : r->headers_out.status;

    ngx_shop_metric_request(ctx->route ? ctx->route->metric : 0, status,
                            ngx_max(ms, 0));

    if (ctx->sr.sql_trips) {
        ngx_shop_metric_count(NGX_SHOP_METRIC_SQL, ctx->sr.sql_trips);
    }

    if (ctx->sr.redis_trips) {
        ngx_shop_metric_count(NGX_SHOP_METRIC_REDIS, ctx->sr.redis_trips);
    }

    if (ctx->route && ctx->route->ep.click && status < NGX_HTTP_BAD_REQUEST) {
        ngx_shop_click(&ctx->sr);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_core_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var, *v;

    for (v = ngx_http_shop_core_vars; v->name.len; v++) {

        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


static void *
ngx_http_shop_core_create_main_conf(ngx_conf_t *cf)
{
    ngx_shop_main_conf_t  *mcf;

    mcf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_main_conf_t));
    if (mcf == NULL) {
        return NULL;
    }

    if (ngx_array_init(&mcf->routes, cf->pool, 64, sizeof(ngx_shop_route_t *))
        != NGX_OK
        || ngx_array_init(&mcf->kept, cf->pool, 16, sizeof(ngx_shop_kept_t))
           != NGX_OK)
    {
        return NULL;
    }

    return mcf;
}


static void *
ngx_http_shop_core_create_srv_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_shop_srv_conf_t));
}


static void *
ngx_http_shop_core_create_loc_conf(ngx_conf_t *cf)
{
    ngx_shop_loc_conf_t  *lcf;

    lcf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_loc_conf_t));
    if (lcf == NULL) {
        return NULL;
    }

    lcf->nested = NGX_CONF_UNSET;
    lcf->debug_trips = NGX_CONF_UNSET;
    lcf->problems = NGX_CONF_UNSET;

    return lcf;
}


static char *
ngx_http_shop_core_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_shop_loc_conf_t  *prev = parent;
    ngx_shop_loc_conf_t  *conf = child;

    if (conf->nested == 1) {

        if (prev->router == NULL) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"shop_nested\" is not "
                               "in a location with endpoints around it");
            return NGX_CONF_ERROR;
        }

        conf->router = prev->router;
        conf->prefix = prev->prefix;
        conf->fallback = prev->fallback;
    }

    ngx_conf_merge_value(conf->debug_trips, prev->debug_trips, 0);

    /* unset stays unset: then it follows from what the location has */

    if (conf->problems == NGX_CONF_UNSET) {
        conf->problems = prev->problems;
    }

    return NGX_CONF_OK;
}


/* what is set here (client_max_body_size ...) counts for some of the endpoints
   of the location around this one */

static char *
ngx_http_shop_core_nested(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_loc_conf_t       *lcf = conf;
    ngx_http_core_loc_conf_t  *clcf;

    (void) cmd;

    if (lcf->nested != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->handler) {
        return "conflicts with another directive that answers in this "
               "location";
    }

    clcf->handler = ngx_shop_request_handler;
    lcf->nested = 1;

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_shop_core_init(ngx_conf_t *cf)
{
    ngx_http_handler_pt        *h;
    ngx_shop_main_conf_t       *mcf;
    ngx_http_core_main_conf_t  *cmcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_core_module);

    if (mcf->routes.nelts == 0) {
        return NGX_OK;
    }

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_LOG_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_shop_core_log;

    if (ngx_shop_metrics_init(cf, &mcf->routes, &ngx_http_shop_core_module)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_filter_init(cf);
}


static ngx_int_t
ngx_http_shop_core_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_main_conf_t  *mcf;

    mcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_core_module);

    if (mcf) {
        ngx_shop_keep_restore(mcf);
    }

    return ngx_shop_metrics_init_process(cycle);
}


/* before the producer of Kafka, whose module comes later */

static void
ngx_http_shop_core_exit_process(ngx_cycle_t *cycle)
{
    (void) cycle;

    ngx_shop_click_flush();
}
