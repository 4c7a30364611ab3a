/*
 * The directives of tokens.
 */

#include <ngx_http.h>
#include "ngx_shop_key.h"
#include "ngx_shop_session.h"
#include "ngx_shop_token.h"
#include "ngx_shop_token_key.h"


#define NGX_SHOP_TOKEN_ISSUER       "ngx_shop"
#define NGX_SHOP_TOKEN_TTL          3600
#define NGX_SHOP_REFRESH_TTL        (7 * 24 * 3600)
#define NGX_SHOP_TOKEN_CACHE        4096
#define NGX_SHOP_REFRESH_KEY_MIN    32


static ngx_int_t ngx_shop_token_postconfiguration(ngx_conf_t *cf);
static void *ngx_shop_token_create_conf(ngx_conf_t *cf);
static char *ngx_shop_token_init_conf(ngx_conf_t *cf, void *conf);
static char *ngx_shop_token_key_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_shop_token_refresh_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
static char *ngx_shop_token_make_jwks(ngx_conf_t *cf,
    ngx_shop_token_conf_t *tcf);
static ngx_int_t ngx_shop_token_init_process(ngx_cycle_t *cycle);
static void ngx_shop_token_exit_process(ngx_cycle_t *cycle);


static ngx_conf_num_bounds_t  ngx_shop_token_cache_bounds = {
    ngx_conf_check_num_bounds, 0, 1048576
};


static ngx_command_t  ngx_shop_token_commands[] = {

    { ngx_string("shop_token_key"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_shop_token_key_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_token_issuer"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_str_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_token_conf_t, issuer),
      NULL },

    { ngx_string("shop_token_ttl"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_sec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_token_conf_t, ttl),
      NULL },

    { ngx_string("shop_token_cache"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_token_conf_t, cache),
      &ngx_shop_token_cache_bounds },

    { ngx_string("shop_refresh_key"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_shop_token_refresh_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_refresh_ttl"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_sec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_token_conf_t, refresh_ttl),
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_shop_token_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_shop_token_postconfiguration,      /* postconfiguration */
    ngx_shop_token_create_conf,            /* create main configuration */
    ngx_shop_token_init_conf,              /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_token_module = {
    NGX_MODULE_V1,
    &ngx_shop_token_module_ctx,            /* module context */
    ngx_shop_token_commands,               /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_token_init_process,           /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_shop_token_exit_process,           /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


ngx_shop_token_conf_t *
ngx_shop_token_conf(ngx_conf_t *cf)
{
    return ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_token_module);
}


ngx_int_t
ngx_shop_on_sign_in(ngx_conf_t *cf, ngx_shop_sign_in_pt hook)
{
    ngx_shop_sign_in_pt  *p;

    p = ngx_array_push(&ngx_shop_token_conf(cf)->sign_in);
    if (p == NULL) {
        return NGX_ERROR;
    }

    *p = hook;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_token_postconfiguration(ngx_conf_t *cf)
{
    ngx_shop_token_conf_t  *tcf;

    tcf = ngx_shop_token_conf(cf);

    if (tcf->keys.nelts == 0) {
        return NGX_OK;
    }

    if (ngx_shop_session_init(cf, tcf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_key_init(cf, tcf);
}


static ngx_int_t
ngx_shop_token_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_token_conf_t  *tcf;

    tcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_token_module);

    if (tcf == NULL || tcf->keys.nelts == 0) {
        return NGX_OK;
    }

    return ngx_shop_token_start(tcf, cycle->log);
}


static void
ngx_shop_token_exit_process(ngx_cycle_t *cycle)
{
    ngx_shop_token_stop();
}


static void *
ngx_shop_token_create_conf(ngx_conf_t *cf)
{
    ngx_shop_token_conf_t  *tcf;

    tcf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_token_conf_t));
    if (tcf == NULL) {
        return NULL;
    }

    tcf->ttl = NGX_CONF_UNSET;
    tcf->refresh_ttl = NGX_CONF_UNSET;
    tcf->cache = NGX_CONF_UNSET_UINT;

    if (ngx_array_init(&tcf->keys, cf->pool, 2,
                       sizeof(ngx_shop_token_key_t *))
        != NGX_OK
        || ngx_array_init(&tcf->sign_in, cf->pool, 2,
                          sizeof(ngx_shop_sign_in_pt))
           != NGX_OK)
    {
        return NULL;
    }

    return tcf;
}


static char *
ngx_shop_token_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_shop_token_conf_t *tcf = conf;

    ngx_shop_token_key_t  **keys;

    ngx_conf_init_value(tcf->ttl, NGX_SHOP_TOKEN_TTL);
    ngx_conf_init_value(tcf->refresh_ttl, NGX_SHOP_REFRESH_TTL);
    ngx_conf_init_uint_value(tcf->cache, NGX_SHOP_TOKEN_CACHE);

    if (tcf->issuer.data == NULL) {
        ngx_str_set(&tcf->issuer, NGX_SHOP_TOKEN_ISSUER);
    }

    if (tcf->issuer.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_token_issuer\" must not be empty");
        return NGX_CONF_ERROR;
    }

    if (tcf->ttl < 1 || tcf->ttl > 24 * 3600) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_token_ttl\" must be between 1s and 1d");
        return NGX_CONF_ERROR;
    }

    if (tcf->refresh_ttl <= tcf->ttl) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_refresh_ttl\" must be longer than "
                           "\"shop_token_ttl\"");
        return NGX_CONF_ERROR;
    }

    if (tcf->keys.nelts == 0) {
        return NGX_CONF_OK;
    }

    keys = tcf->keys.elts;
    tcf->signs = (keys[0]->private && tcf->refresh_key.len);

    return ngx_shop_token_make_jwks(cf, tcf);
}


static char *
ngx_shop_token_key_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_token_conf_t  *tcf = conf;

    ngx_str_t              *value;
    ngx_uint_t              i;
    const char             *error;
    ngx_shop_token_key_t   *key, **keys;

    value = cf->args->elts;

    key = ngx_pcalloc(cf->pool, sizeof(ngx_shop_token_key_t));
    if (key == NULL) {
        return NGX_CONF_ERROR;
    }

    key->file = value[1];

    if (ngx_conf_full_name(cf->cycle, &key->file, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    error = ngx_shop_token_key_read(cf->pool, key);
    if (error) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the key file \"%V\" %s", &key->file, error);
        return NGX_CONF_ERROR;
    }

    keys = tcf->keys.elts;

    for (i = 0; i < tcf->keys.nelts; i++) {
        if (ngx_strcmp(keys[i]->kid, key->kid) == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "the key files \"%V\" and \"%V\" hold the "
                               "same key", &keys[i]->file, &key->file);
            return NGX_CONF_ERROR;
        }
    }

    keys = ngx_array_push(&tcf->keys);
    if (keys == NULL) {
        return NGX_CONF_ERROR;
    }

    *keys = key;

    return NGX_CONF_OK;
}


static char *
ngx_shop_token_refresh_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_shop_token_conf_t  *tcf = conf;

    ngx_str_t   *value;
    const char  *error;

    if (tcf->refresh_file.len) {
        return "is duplicate";
    }

    value = cf->args->elts;
    tcf->refresh_file = value[1];

    if (ngx_conf_full_name(cf->cycle, &tcf->refresh_file, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    error = ngx_shop_token_file(cf->pool, &tcf->refresh_file,
                                &tcf->refresh_key);

    if (error == NULL && tcf->refresh_key.len < NGX_SHOP_REFRESH_KEY_MIN) {
        error = "holds less than 32 bytes";
    }

    if (error) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "the key file \"%V\" %s",
                           &tcf->refresh_file, error);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_token_make_jwks(ngx_conf_t *cf, ngx_shop_token_conf_t *tcf)
{
    size_t                  len;
    u_char                 *p;
    ngx_uint_t              i;
    ngx_shop_token_key_t  **keys;

    keys = tcf->keys.elts;
    len = sizeof("{\"keys\":[]}");

    for (i = 0; i < tcf->keys.nelts; i++) {
        len += keys[i]->jwk.len + 1;
    }

    p = ngx_pnalloc(cf->pool, len);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    tcf->jwks.data = p;
    p = ngx_cpymem(p, "{\"keys\":[", sizeof("{\"keys\":[") - 1);

    for (i = 0; i < tcf->keys.nelts; i++) {
        if (i) {
            *p++ = ',';
        }

        p = ngx_cpymem(p, keys[i]->jwk.data, keys[i]->jwk.len);
    }

    p = ngx_cpymem(p, "]}", 2);
    tcf->jwks.len = p - tcf->jwks.data;

    return NGX_CONF_OK;
}
