/*
 * The directives of Redis, and its start and stop with the worker.
 */

#include <ngx_http.h>
#include <ngx_sha1.h>
#include "ngx_shop_redis_conn.h"


#define NGX_SHOP_REDIS_PORT     6379
#define NGX_SHOP_REDIS_PENDING  8192


static void *ngx_shop_redis_create_conf(ngx_conf_t *cf);
static char *ngx_shop_redis_init_conf(ngx_conf_t *cf, void *conf);
static char *ngx_shop_redis_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_shop_redis_password(ngx_conf_t *cf, ngx_str_t *file,
    ngx_str_t *password);
static ngx_int_t ngx_shop_redis_init_process(ngx_cycle_t *cycle);
static void ngx_shop_redis_exit_process(ngx_cycle_t *cycle);


static ngx_command_t  ngx_shop_redis_commands[] = {

    { ngx_string("shop_redis"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_shop_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("shop_redis_timeout"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_redis_conf_t, timeout),
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_shop_redis_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    ngx_shop_redis_create_conf,            /* create main configuration */
    ngx_shop_redis_init_conf,              /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_redis_module = {
    NGX_MODULE_V1,
    &ngx_shop_redis_module_ctx,            /* module context */
    ngx_shop_redis_commands,               /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_redis_init_process,           /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_shop_redis_exit_process,           /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


ngx_shop_redis_conf_t *
ngx_shop_redis_conf(ngx_conf_t *cf)
{
    return ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_redis_module);
}


ngx_shop_redis_script_t *
ngx_shop_redis_script_add(ngx_conf_t *cf, ngx_str_t *name, ngx_str_t *text)
{
    u_char                     digest[20];
    ngx_uint_t                 i;
    ngx_sha1_t                 sha;
    ngx_shop_redis_conf_t     *conf;
    ngx_shop_redis_script_t  **p, *script;

    conf = ngx_shop_redis_conf(cf);
    p = conf->scripts.elts;

    for (i = 0; i < conf->scripts.nelts; i++) {
        if (p[i]->name.len == name->len
            && ngx_strncmp(p[i]->name.data, name->data, name->len) == 0)
        {
            return p[i];
        }
    }

    p = ngx_array_push(&conf->scripts);
    script = ngx_pcalloc(cf->pool, sizeof(ngx_shop_redis_script_t));
    if (p == NULL || script == NULL) {
        return NULL;
    }

    script->name = *name;
    script->text = *text;

    ngx_sha1_init(&sha);
    ngx_sha1_update(&sha, text->data, text->len);
    ngx_sha1_final(digest, &sha);
    ngx_hex_dump(script->sha, digest, 20);

    *p = script;

    return script;
}


static ngx_int_t
ngx_shop_redis_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_redis_conf_t  *conf;

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NGX_OK;
    }

    conf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_shop_redis_module);

    if (conf == NULL || conf->addr == NULL) {
        return NGX_OK;
    }

    if (ngx_shop_redis_start(conf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_redis_sub_start(conf);
}


static void
ngx_shop_redis_exit_process(ngx_cycle_t *cycle)
{
    ngx_shop_redis_conf_t  *conf;

    conf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_shop_redis_module);

    if (conf && conf->addr) {
        ngx_shop_redis_stop();
        ngx_shop_redis_sub_stop();
    }
}


static void *
ngx_shop_redis_create_conf(ngx_conf_t *cf)
{
    ngx_shop_redis_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_redis_conf_t));
    if (conf == NULL) {
        return NULL;
    }

    conf->timeout = NGX_CONF_UNSET_MSEC;

    if (ngx_array_init(&conf->scripts, cf->pool, 8,
                       sizeof(ngx_shop_redis_script_t *))
        != NGX_OK)
    {
        return NULL;
    }

    return conf;
}


static char *
ngx_shop_redis_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_shop_redis_conf_t  *rcf = conf;

    ngx_conf_init_msec_value(rcf->timeout, 1000);

    if (rcf->timeout == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_redis_timeout must be above 0");
        return NGX_CONF_ERROR;
    }

    rcf->pending = NGX_SHOP_REDIS_PENDING;

    return NGX_CONF_OK;
}


static char *
ngx_shop_redis_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_redis_conf_t  *rcf = conf;

    ngx_url_t   u;
    ngx_str_t  *value, file;

    (void) cmd;

    if (rcf->addr) {
        return "is duplicate";
    }

    value = cf->args->elts;

    ngx_memzero(&u, sizeof(ngx_url_t));
    u.url = value[1];
    u.default_port = NGX_SHOP_REDIS_PORT;

    if (ngx_parse_url(cf->pool, &u) != NGX_OK) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_redis: %s in \"%V\"",
                           u.err ? u.err : "no address", &u.url);
        return NGX_CONF_ERROR;
    }

    rcf->addr = &u.addrs[0];

    if (cf->args->nelts == 3) {
        if (ngx_strncmp(value[2].data, "password=", 9) != 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "shop_redis: \"%V\" is not known, the only "
                               "parameter is password=FILE", &value[2]);
            return NGX_CONF_ERROR;
        }

        file.data = value[2].data + 9;
        file.len = value[2].len - 9;

        return ngx_shop_redis_password(cf, &file, &rcf->password);
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_redis_password(ngx_conf_t *cf, ngx_str_t *file, ngx_str_t *password)
{
    u_char   buf[512];
    ssize_t  n;
    ngx_fd_t fd;

    if (ngx_conf_full_name(cf->cycle, file, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    fd = ngx_open_file(file->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);
    if (fd == NGX_INVALID_FILE) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           "shop_redis: cannot open the password file \"%V\"",
                           file);
        return NGX_CONF_ERROR;
    }

    n = ngx_read_fd(fd, buf, sizeof(buf));
    (void) ngx_close_file(fd);

    while (n > 0 && (buf[n - 1] == LF || buf[n - 1] == CR)) {
        n--;
    }

    if (n <= 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_redis: the password file \"%V\" is empty",
                           file);
        return NGX_CONF_ERROR;
    }

    password->len = n;
    password->data = ngx_pnalloc(cf->pool, n);
    if (password->data == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memcpy(password->data, buf, n);

    return NGX_CONF_OK;
}
