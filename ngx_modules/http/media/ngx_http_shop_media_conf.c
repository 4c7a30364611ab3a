/*
 * Directives of pictures.
 */

#include "ngx_http_shop_media.h"
#include "../../core/ngx_shop_threads.h"


#define NGX_HTTP_SHOP_MEDIA_BYTES    (10 * 1024 * 1024)
#define NGX_HTTP_SHOP_MEDIA_SIDE     16384
#define NGX_HTTP_SHOP_MEDIA_PIXELS   50000000
#define NGX_HTTP_SHOP_MEDIA_THREADS  2


static ngx_uint_t ngx_http_shop_media_is_name(ngx_str_t *name);
static ngx_int_t ngx_http_shop_media_number(ngx_str_t *arg, const char *name,
    ngx_uint_t size, ngx_int_t *n);


/* shop_media_store PATH [name=NAME] */

char *
ngx_http_shop_media_store(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_shop_media_main_conf_t  *mcf = conf;

    ngx_str_t  *value, name;

    (void) cmd;

    if (mcf->store.len) {
        return "is duplicate";
    }

    value = cf->args->elts;
    mcf->store = value[1];

    if (ngx_conf_full_name(cf->cycle, &mcf->store, 0) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    while (mcf->store.len > 1
           && mcf->store.data[mcf->store.len - 1] == '/')
    {
        mcf->store.len--;
    }

    if (mcf->store.len > 1024) {
        return "has a path that is too long";
    }

    if (cf->args->nelts == 2) {
        return NGX_CONF_OK;
    }

    name = value[2];

    if (name.len < 6 || ngx_strncmp(name.data, "name=", 5) != 0) {
        return "knows \"name=\" only beside the path";
    }

    name.data += 5;
    name.len -= 5;
    mcf->name = name;

    return ngx_http_shop_media_is_name(&name)
           ? NGX_CONF_OK : "has a name that is not of a-z, 0-9 and \"-\"";
}


static ngx_uint_t
ngx_http_shop_media_is_name(ngx_str_t *name)
{
    size_t  i;
    u_char  ch;

    for (i = 0; i < name->len; i++) {

        ch = name->data[i];

        if (!(ch >= 'a' && ch <= 'z') && !(ch >= '0' && ch <= '9')
            && ch != '-')
        {
            return 0;
        }
    }

    return name->len <= 64;
}


/* shop_media_limits [bytes=SIZE] [side=N] [pixels=N] */

char *
ngx_http_shop_media_limits(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_shop_media_main_conf_t  *mcf = conf;

    ngx_int_t    n;
    ngx_str_t   *value;
    ngx_uint_t   i;

    (void) cmd;

    if (mcf->bytes != NGX_CONF_UNSET_SIZE || mcf->side != NGX_CONF_UNSET_UINT
        || mcf->pixels != NGX_CONF_UNSET_UINT)
    {
        return "is duplicate";
    }

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        if (ngx_http_shop_media_number(&value[i], "bytes=", 1, &n) == NGX_OK) {
            mcf->bytes = n;

        } else if (ngx_http_shop_media_number(&value[i], "side=", 0, &n)
                   == NGX_OK && n <= 65535)
        {
            mcf->side = n;

        } else if (ngx_http_shop_media_number(&value[i], "pixels=", 0, &n)
                   == NGX_OK)
        {
            mcf->pixels = n;

        } else {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "\"%V\" is no limit of \"shop_media_limits\"",
                               &value[i]);
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_shop_media_number(ngx_str_t *arg, const char *name, ngx_uint_t size,
    ngx_int_t *n)
{
    size_t     len;
    ngx_str_t  text;

    len = ngx_strlen(name);

    if (ngx_strncmp(arg->data, name, len) != 0) {
        return NGX_DECLINED;
    }

    text.data = arg->data + len;
    text.len = arg->len - len;

    *n = size ? ngx_parse_size(&text) : ngx_atoi(text.data, text.len);

    return *n > 0 && *n <= 1024 * 1024 * 1024 ? NGX_OK : NGX_DECLINED;
}


/* shop_pictures [@LOCATION] */

char *
ngx_http_shop_media_pictures(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t                       *value;
    ngx_http_shop_media_loc_conf_t  *lcf = conf;

    (void) cmd;

    if (cf->args->nelts == 1) {
        return NGX_CONF_OK;
    }

    value = cf->args->elts;

    if (value[1].len < 2 || value[1].data[0] != '@') {
        return "takes a named location only";
    }

    lcf->remote = value[1];

    return NGX_CONF_OK;
}


char *
ngx_http_shop_media_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_http_shop_media_main_conf_t  *mcf = conf;

    static ngx_str_t  threads = ngx_string("shop_media");

    ngx_conf_init_size_value(mcf->bytes, NGX_HTTP_SHOP_MEDIA_BYTES);
    ngx_conf_init_uint_value(mcf->side, NGX_HTTP_SHOP_MEDIA_SIDE);
    ngx_conf_init_uint_value(mcf->pixels, NGX_HTTP_SHOP_MEDIA_PIXELS);

    if (mcf->name.len == 0) {
        ngx_str_set(&mcf->name, "shared");
    }

    if (mcf->store.len == 0) {
        return NGX_CONF_OK;
    }

    mcf->threads = ngx_shop_threads(cf, &threads, NGX_HTTP_SHOP_MEDIA_THREADS);

    return mcf->threads ? NGX_CONF_OK : NGX_CONF_ERROR;
}
