/*
 * Asking a server of the outside on behalf of a request.
 */

#include "ngx_shop_fetch.h"
#include "ngx_shop_engine.h"


#define NGX_SHOP_FETCH_AGAIN  1000   /* ms, to look at the deadline again */


typedef struct {
    ngx_str_t                uri;        /* of the location */
    void                    *location;   /* the last one that has it */
    ngx_flag_t               wanted;
} ngx_shop_fetch_conf_t;


static ngx_int_t ngx_shop_fetch_answered(ngx_http_request_t *sub, void *data,
    ngx_int_t rc);
static void ngx_shop_fetch_woken(ngx_http_request_t *r);
static void ngx_shop_fetch_late(ngx_event_t *ev);
static void ngx_shop_fetch_cleanup(void *data);
static ngx_int_t ngx_shop_fetch_variables(ngx_conf_t *cf);
static ngx_int_t ngx_shop_fetch_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static void *ngx_shop_fetch_create_conf(ngx_conf_t *cf);
static char *ngx_shop_fetch_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static ngx_int_t ngx_shop_fetch_postconfiguration(ngx_conf_t *cf);


static ngx_command_t  ngx_shop_fetch_commands[] = {

    { ngx_string("shop_fetch"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_fetch_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_shop_fetch_module_ctx = {
    ngx_shop_fetch_variables,              /* preconfiguration */
    ngx_shop_fetch_postconfiguration,      /* postconfiguration */
    ngx_shop_fetch_create_conf,            /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_fetch_module = {
    NGX_MODULE_V1,
    &ngx_shop_fetch_module_ctx,            /* module context */
    ngx_shop_fetch_commands,               /* module directives */
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


/* the offset of a string in ngx_shop_fetch_t is the variable's data; what a
   subrequest asks for is not what its parent has in the same place */

static ngx_http_variable_t  ngx_shop_fetch_vars[] = {

    { ngx_string("shop_fetch_url"), NULL, ngx_shop_fetch_variable,
      offsetof(ngx_shop_fetch_t, url), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("shop_fetch_form"), NULL, ngx_shop_fetch_variable,
      offsetof(ngx_shop_fetch_t, form), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("shop_fetch_authorization"), NULL, ngx_shop_fetch_variable,
      offsetof(ngx_shop_fetch_t, authorization), NGX_HTTP_VAR_NOCACHEABLE,
      0 },

    { ngx_string("shop_fetch_method"), NULL, ngx_shop_fetch_variable,
      (uintptr_t) -1, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("shop_fetch_type"), NULL, ngx_shop_fetch_variable,
      (uintptr_t) -2, NGX_HTTP_VAR_NOCACHEABLE, 0 },

      ngx_http_null_variable
};


ngx_int_t
ngx_shop_fetch_wanted(ngx_conf_t *cf)
{
    ngx_shop_fetch_conf_t  *fcf;

    fcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_fetch_module);
    fcf->wanted = 1;

    return NGX_OK;
}


ngx_int_t
ngx_shop_fetch(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch)
{
    ngx_http_cleanup_t          *cln;
    ngx_http_request_t          *r;
    ngx_shop_fetch_conf_t       *fcf;
    ngx_http_post_subrequest_t  *ps;

    r = sr->r;
    fcf = ngx_http_get_module_main_conf(r, ngx_http_shop_fetch_module);

    cln = ngx_http_cleanup_add(r, 0);
    ps = ngx_palloc(r->pool, sizeof(ngx_http_post_subrequest_t));

    if (cln == NULL || ps == NULL || fcf->uri.len == 0) {
        return NGX_ERROR;
    }

    ps->handler = ngx_shop_fetch_answered;
    ps->data = fetch;

    if (ngx_http_subrequest(r, &fcf->uri, NULL, &fetch->sub, ps,
                            NGX_HTTP_SUBREQUEST_IN_MEMORY)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    /* the client's body is none of the other server's business */
    fetch->sub->request_body = ngx_pcalloc(r->pool,
                                           sizeof(ngx_http_request_body_t));
    if (fetch->sub->request_body == NULL) {
        return NGX_ERROR;
    }

    ngx_http_set_ctx(fetch->sub, fetch, ngx_http_shop_fetch_module);

    fetch->sr = sr;
    fetch->status = 0;
    ngx_str_null(&fetch->answer);

    cln->handler = ngx_shop_fetch_cleanup;
    cln->data = fetch;

    ngx_memzero(&fetch->deadline, sizeof(ngx_event_t));
    fetch->deadline.handler = ngx_shop_fetch_late;
    fetch->deadline.data = fetch;
    fetch->deadline.log = r->connection->log;
    ngx_add_timer(&fetch->deadline, NGX_SHOP_FETCH_DEADLINE);

    return NGX_OK;
}


ngx_uint_t
ngx_shop_fetch_url(const ngx_str_t *url, ngx_uint_t loopback)
{
    size_t       i, len;
    ngx_uint_t   k;

    static ngx_str_t  local[] = {
        ngx_string("http://127.0.0.1"),
        ngx_string("http://localhost"),
        ngx_string("http://[::1]")
    };

    for (i = 0; i < url->len; i++) {
        if (url->data[i] <= ' ' || url->data[i] >= 0x7f
            || url->data[i] == '"' || url->data[i] == '\\')
        {
            return 0;
        }
    }

    if (url->len > sizeof("https://") - 1
        && ngx_strncasecmp(url->data, (u_char *) "https://",
                           sizeof("https://") - 1) == 0)
    {
        return 1;
    }

    for (k = 0; loopback && k < sizeof(local) / sizeof(local[0]); k++) {
        len = local[k].len;

        if (url->len >= len
            && ngx_strncmp(url->data, local[k].data, len) == 0
            && (url->len == len || url->data[len] == ':'
                || url->data[len] == '/'))
        {
            return 1;
        }
    }

    return 0;
}


/* The subrequest ends; its parent goes on when it is woken, since nginx still
   works on this one.  A failure is an answer, too, unless it is the client's:
   then all ends. */

static ngx_int_t
ngx_shop_fetch_answered(ngx_http_request_t *sub, void *data, ngx_int_t rc)
{
    ngx_buf_t         *b;
    ngx_shop_fetch_t  *fetch = data;

    /* nothing of a subrequest in memory is sent to the client: what was too
       large for it is no error of the client's connection */

    if (rc == NGX_ERROR) {
        sub->connection->error = 0;
    }

    if (sub->connection->error || rc == NGX_HTTP_CLIENT_CLOSED_REQUEST
        || rc == NGX_HTTP_REQUEST_TIME_OUT || rc == NGX_HTTP_CLOSE)
    {
        return rc;
    }

    if (fetch->deadline.timer_set) {
        ngx_del_timer(&fetch->deadline);
    }

    if (rc == NGX_OK && sub->headers_out.status) {
        fetch->status = sub->headers_out.status;

        if (sub->out && sub->out->buf) {
            b = sub->out->buf;
            fetch->answer.data = b->pos;
            fetch->answer.len = b->last - b->pos;
        }
    }

    fetch->sub = NULL;
    fetch->sr->r->write_event_handler = ngx_shop_fetch_woken;
    ngx_http_set_ctx(fetch->sr->r, fetch, ngx_http_shop_fetch_module);

    return NGX_OK;
}


static void
ngx_shop_fetch_woken(ngx_http_request_t *r)
{
    ngx_int_t            rc;
    ngx_shop_fetch_t    *fetch;
    ngx_shop_request_t  *sr;

    fetch = ngx_http_get_module_ctx(r, ngx_http_shop_fetch_module);
    sr = fetch->sr;

    r->write_event_handler = ngx_http_request_empty_handler;

    rc = fetch->done(sr, fetch);

    if (rc != NGX_DONE) {
        ngx_shop_request_end(sr, rc);
    }
}


/* The upstream's own timeouts are a read each.  This one ends it as those
   would, wherever it is; while a name is resolved that has its own. */

static void
ngx_shop_fetch_late(ngx_event_t *ev)
{
    ngx_connection_t    *c, *pc;
    ngx_shop_fetch_t    *fetch = ev->data;
    ngx_http_request_t  *sub;

    sub = fetch->sub;
    c = sub->connection;

    ngx_http_set_log_request(c->log, sub);

    pc = sub->upstream ? sub->upstream->peer.connection : NULL;

    if (pc == NULL) {
        ngx_add_timer(ev, NGX_SHOP_FETCH_AGAIN);
        return;
    }

    pc->read->timedout = 1;
    pc->write->timedout = 1;
    pc->read->handler(pc->read);

    ngx_http_run_posted_requests(c);
}


static void
ngx_shop_fetch_cleanup(void *data)
{
    ngx_shop_fetch_t  *fetch = data;

    if (fetch->deadline.timer_set) {
        ngx_del_timer(&fetch->deadline);
    }
}


static ngx_int_t
ngx_shop_fetch_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var, *v;

    for (v = ngx_shop_fetch_vars; v->name.len; v++) {
        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_shop_fetch_variable(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    ngx_str_t         *value;
    ngx_shop_fetch_t  *fetch;

    static ngx_str_t   get = ngx_string("GET");
    static ngx_str_t   post = ngx_string("POST");
    static ngx_str_t   none = ngx_string("");
    static ngx_str_t   form = ngx_string("application/x-www-form-urlencoded");

    fetch = ngx_http_get_module_ctx(r, ngx_http_shop_fetch_module);

    if (fetch == NULL || r == r->main) {
        v->not_found = 1;
        return NGX_OK;
    }

    if (data == (uintptr_t) -1) {
        value = fetch->form.len ? &post : &get;

    } else if (data == (uintptr_t) -2) {
        value = fetch->form.len ? &form : &none;

    } else {
        value = (ngx_str_t *) ((u_char *) fetch + data);
    }

    v->len = value->len;
    v->data = value->data ? value->data : none.data;
    v->valid = 1;
    v->no_cacheable = 1;
    v->not_found = 0;

    return NGX_OK;
}


static void *
ngx_shop_fetch_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_shop_fetch_conf_t));
}


static char *
ngx_shop_fetch_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_fetch_conf_t *fcf = conf;

    ngx_http_core_loc_conf_t  *clcf;

    (void) cmd;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (fcf->location == clcf) {
        return "is duplicate";
    }

    if (fcf->uri.len && (fcf->uri.len != clcf->name.len
                         || ngx_memcmp(fcf->uri.data, clcf->name.data,
                                       clcf->name.len) != 0))
    {
        return "must be in a location of the same name in every server";
    }

    if (clcf->name.len == 0 || clcf->name.data[0] != '/') {
        return "must be in a location with a path";
    }

    fcf->uri = clcf->name;
    fcf->location = clcf;

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_shop_fetch_postconfiguration(ngx_conf_t *cf)
{
    ngx_shop_fetch_conf_t  *fcf;

    fcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_fetch_module);

    if (fcf->wanted && fcf->uri.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_oidc\" needs a location with "
                           "\"shop_fetch\"");
        return NGX_ERROR;
    }

    return NGX_OK;
}
