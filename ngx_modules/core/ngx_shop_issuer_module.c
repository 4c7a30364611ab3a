/*
 * Outside issuers: which there are.
 */

#include "ngx_shop_issuer_conf.h"


static void *ngx_shop_issuer_create_conf(ngx_conf_t *cf);
static ngx_int_t ngx_shop_issuer_postconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_shop_issuer_init_process(ngx_cycle_t *cycle);
static void ngx_shop_issuer_exit_process(ngx_cycle_t *cycle);


static ngx_command_t  ngx_shop_issuer_commands[] = {

    { ngx_string("shop_oidc"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_2MORE,
      ngx_shop_issuer_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_shop_issuer_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_shop_issuer_postconfiguration,     /* postconfiguration */
    ngx_shop_issuer_create_conf,           /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_issuer_module = {
    NGX_MODULE_V1,
    &ngx_shop_issuer_module_ctx,           /* module context */
    ngx_shop_issuer_commands,              /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_issuer_init_process,          /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_shop_issuer_exit_process,          /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


/* of this process; none before init_process */
static ngx_array_t  ngx_shop_issuers_none;
static ngx_array_t  *ngx_shop_issuers_used = &ngx_shop_issuers_none;


const ngx_array_t *
ngx_shop_issuers(void)
{
    return ngx_shop_issuers_used;
}


const ngx_shop_issuer_t *
ngx_shop_issuer_named(ngx_shop_request_t *sr, const ngx_str_t *name)
{
    ngx_uint_t           i;
    ngx_shop_issuer_t  **issuer;

    issuer = ngx_shop_issuers_used->elts;

    for (i = 0; i < ngx_shop_issuers_used->nelts; i++) {

        if (issuer[i]->sign_in
            && issuer[i]->name.len == name->len
            && ngx_memcmp(issuer[i]->name.data, name->data, name->len) == 0
            && ngx_shop_issuer_serves(sr, issuer[i]))
        {
            return issuer[i];
        }
    }

    return NULL;
}


const ngx_shop_issuer_t *
ngx_shop_issuer_of(ngx_shop_request_t *sr, const ngx_str_t *iss)
{
    ngx_uint_t           i;
    ngx_shop_issuer_t  **issuer;

    issuer = ngx_shop_issuers_used->elts;

    for (i = 0; i < ngx_shop_issuers_used->nelts; i++) {

        if (issuer[i]->bearer
            && ngx_shop_issuer_serves(sr, issuer[i])
            && ((issuer[i]->issuer.len == iss->len
                 && ngx_memcmp(issuer[i]->issuer.data, iss->data, iss->len)
                    == 0)
                || (issuer[i]->alias.len == iss->len
                    && ngx_memcmp(issuer[i]->alias.data, iss->data, iss->len)
                       == 0)))
        {
            return issuer[i];
        }
    }

    return NULL;
}


ngx_uint_t
ngx_shop_issuer_serves(ngx_shop_request_t *sr,
    const ngx_shop_issuer_t *issuer)
{
    const ngx_str_t  *code;

    if (issuer->store.len == 0) {
        return 1;
    }

    code = sr->store ? &sr->store->code : NULL;

    return code && code->len == issuer->store.len
           && ngx_memcmp(code->data, issuer->store.data, code->len) == 0;
}


ngx_uint_t
ngx_shop_issuer_bearers(void)
{
    ngx_uint_t           i;
    ngx_shop_issuer_t  **issuer;

    issuer = ngx_shop_issuers_used->elts;

    for (i = 0; i < ngx_shop_issuers_used->nelts; i++) {
        if (issuer[i]->bearer) {
            return 1;
        }
    }

    return 0;
}


static ngx_int_t
ngx_shop_issuer_postconfiguration(ngx_conf_t *cf)
{
    ngx_shop_issuer_conf_t  *icf;

    icf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_issuer_module);

    if (icf->issuers.nelts == 0) {
        return NGX_OK;
    }

    return ngx_shop_issuer_zone_add(cf);
}


static ngx_int_t
ngx_shop_issuer_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_issuer_conf_t  *icf;

    icf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_issuer_module);

    if (icf == NULL || icf->issuers.nelts == 0
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    if (ngx_shop_issuer_zone_open(cycle) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_shop_issuers_used = &icf->issuers;

    return NGX_OK;
}


static void
ngx_shop_issuer_exit_process(ngx_cycle_t *cycle)
{
    (void) cycle;

    ngx_shop_issuers_used = &ngx_shop_issuers_none;
    ngx_shop_issuer_zone_close();
}


static void *
ngx_shop_issuer_create_conf(ngx_conf_t *cf)
{
    ngx_shop_issuer_conf_t  *icf;

    icf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_issuer_conf_t));
    if (icf == NULL) {
        return NULL;
    }

    if (ngx_array_init(&icf->issuers, cf->pool, 4,
                       sizeof(ngx_shop_issuer_t *))
        != NGX_OK)
    {
        return NULL;
    }

    return icf;
}
