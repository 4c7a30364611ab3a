/*
 * Pictures in a bucket: the address of one and the headers of a signed request
 * for it, as variables of the location that fetches it.
 */

#include "ngx_http_shop_media.h"
#include "../../core/ngx_shop_sigv4.h"


/* of nothing: a GET has no body */
#define NGX_HTTP_SHOP_MEDIA_EMPTY                                            \
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

#define NGX_HTTP_SHOP_MEDIA_SECRET  256
#define NGX_HTTP_SHOP_MEDIA_SIGNED  "host;x-amz-content-sha256;x-amz-date"


static ngx_int_t ngx_http_shop_media_s3_url(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_shop_media_s3_date(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_shop_media_s3_authorization(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_shop_media_s3_canonical(ngx_http_request_t *r,
    const ngx_http_shop_media_s3_t *s3, const u_char *date, ngx_str_t *out);
static ngx_int_t ngx_http_shop_media_s3_value(ngx_http_variable_value_t *v,
    ngx_str_t *value);
static char *ngx_http_shop_media_s3_split(ngx_http_shop_media_s3_t *s3);
static char *ngx_http_shop_media_s3_secret(ngx_conf_t *cf, ngx_str_t *file,
    ngx_str_t *secret);


static ngx_http_variable_t  ngx_http_shop_media_s3_list[] = {

    { ngx_string("shop_picture_url"), NULL, ngx_http_shop_media_s3_url, 0,
      0, 0 },

    { ngx_string("shop_picture_date"), NULL, ngx_http_shop_media_s3_date, 0,
      0, 0 },

    { ngx_string("shop_picture_authorization"), NULL,
      ngx_http_shop_media_s3_authorization, 0, 0, 0 },

      ngx_http_null_variable
};


ngx_int_t
ngx_http_shop_media_s3_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *v, *var;

    for (v = ngx_http_shop_media_s3_list; v->name.len; v++) {

        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


/* the object's address; empty outside of pictures */

static ngx_int_t
ngx_http_shop_media_s3_url(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t                         object, url;
    ngx_http_shop_media_main_conf_t  *mcf;

    (void) data;

    mcf = ngx_http_get_module_main_conf(r, ngx_http_shop_media_module);

    if (mcf->s3.url.len == 0
        || ngx_http_shop_media_object(r, &object) != NGX_OK)
    {
        v->not_found = 1;
        return NGX_OK;
    }

    url.len = mcf->s3.url.len + sizeof("/pictures/") - 1 + object.len;

    url.data = ngx_pnalloc(r->pool, url.len);
    if (url.data == NULL) {
        return NGX_ERROR;
    }

    (void) ngx_sprintf(url.data, "%V/pictures/%V", &mcf->s3.url, &object);

    return ngx_http_shop_media_s3_value(v, &url);
}


static ngx_int_t
ngx_http_shop_media_s3_date(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t  date;

    (void) data;

    date.len = NGX_SHOP_SIGV4_DATE;

    date.data = ngx_pnalloc(r->pool, date.len + 1);
    if (date.data == NULL) {
        return NGX_ERROR;
    }

    ngx_shop_sigv4_date(date.data, ngx_time());

    return ngx_http_shop_media_s3_value(v, &date);
}


static ngx_int_t
ngx_http_shop_media_s3_authorization(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                            date[NGX_SHOP_SIGV4_DATE + 1];
    u_char                            hex[NGX_SHOP_SIGV4_HEX + 1];
    ngx_str_t                         canonical, value;
    ngx_http_shop_media_s3_t         *s3;
    ngx_http_shop_media_main_conf_t  *mcf;

    (void) data;

    mcf = ngx_http_get_module_main_conf(r, ngx_http_shop_media_module);
    s3 = &mcf->s3;

    ngx_shop_sigv4_date(date, ngx_time());

    if (s3->url.len == 0
        || ngx_http_shop_media_s3_canonical(r, s3, date, &canonical) != NGX_OK
        || ngx_shop_sigv4_sign(&s3->secret, &s3->region, date, &canonical, hex)
           != NGX_OK)
    {
        v->not_found = 1;
        return NGX_OK;
    }

    value.data = ngx_pnalloc(r->pool, s3->key.len + s3->region.len + 256);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = ngx_sprintf(value.data, "AWS4-HMAC-SHA256 Credential=%V/%*s/"
                            "%V/s3/aws4_request, SignedHeaders="
                            NGX_HTTP_SHOP_MEDIA_SIGNED ", Signature=%s",
                            &s3->key, (size_t) 8, date, &s3->region, hex)
                - value.data;

    return ngx_http_shop_media_s3_value(v, &value);
}


static ngx_int_t
ngx_http_shop_media_s3_canonical(ngx_http_request_t *r,
    const ngx_http_shop_media_s3_t *s3, const u_char *date, ngx_str_t *out)
{
    ngx_str_t  object;

    if (ngx_http_shop_media_object(r, &object) != NGX_OK) {
        return NGX_DECLINED;
    }

    out->data = ngx_pnalloc(r->pool, s3->path.len + object.len + s3->host.len
                                     + 512);
    if (out->data == NULL) {
        return NGX_ERROR;
    }

    out->len = ngx_sprintf(out->data, "GET\n%V/pictures/%V\n\nhost:%V\n"
                           "x-amz-content-sha256:" NGX_HTTP_SHOP_MEDIA_EMPTY
                           "\nx-amz-date:%s\n\n" NGX_HTTP_SHOP_MEDIA_SIGNED
                           "\n" NGX_HTTP_SHOP_MEDIA_EMPTY,
                           &s3->path, &object, &s3->host, date)
               - out->data;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_s3_value(ngx_http_variable_value_t *v, ngx_str_t *value)
{
    v->data = value->data;
    v->len = value->len;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/* shop_media_s3 URL region=REGION key=KEY secret=FILE */

char *
ngx_http_shop_media_s3(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_shop_media_main_conf_t  *mcf = conf;

    char                      *rv;
    ngx_str_t                 *value, file;
    ngx_uint_t                 i;
    ngx_http_shop_media_s3_t  *s3;

    (void) cmd;

    s3 = &mcf->s3;

    if (s3->url.len) {
        return "is duplicate";
    }

    value = cf->args->elts;
    s3->url = value[1];

    rv = ngx_http_shop_media_s3_split(s3);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    ngx_str_null(&file);

    for (i = 2; i < cf->args->nelts; i++) {

        if (value[i].len > 7 && ngx_strncmp(value[i].data, "region=", 7) == 0)
        {
            s3->region.data = value[i].data + 7;
            s3->region.len = value[i].len - 7;

        } else if (value[i].len > 4
                   && ngx_strncmp(value[i].data, "key=", 4) == 0)
        {
            s3->key.data = value[i].data + 4;
            s3->key.len = value[i].len - 4;

        } else if (value[i].len > 7
                   && ngx_strncmp(value[i].data, "secret=", 7) == 0)
        {
            file.data = value[i].data + 7;
            file.len = value[i].len - 7;

        } else {
            return "knows \"region=\", \"key=\" and \"secret=\"";
        }
    }

    if (s3->region.len == 0 || s3->key.len == 0 || file.len == 0) {
        return "needs \"region=\", \"key=\" and \"secret=\"";
    }

    return ngx_http_shop_media_s3_secret(cf, &file, &s3->secret);
}


/* what is signed is the path as it stands: nothing in it may need escaping */

static char *
ngx_http_shop_media_s3_split(ngx_http_shop_media_s3_t *s3)
{
    u_char  *p, *last;

    p = s3->url.data;
    last = p + s3->url.len;

    if (ngx_strncmp(p, "http://", 7) == 0) {
        p += 7;

    } else if (ngx_strncmp(p, "https://", 8) == 0) {
        p += 8;

    } else {
        return "needs an address of http:// or https://";
    }

    s3->host.data = p;

    while (p < last && *p != '/') {
        p++;
    }

    s3->host.len = p - s3->host.data;
    s3->path.data = p;
    s3->path.len = last - p;

    if (s3->path.len && last[-1] == '/') {
        s3->path.len--;
        s3->url.len--;
        last--;
    }

    for ( /* void */ ; p < last; p++) {
        if (!(*p >= 'a' && *p <= 'z') && !(*p >= 'A' && *p <= 'Z')
            && !(*p >= '0' && *p <= '9') && *p != '/' && *p != '-'
            && *p != '.' && *p != '_' && *p != '~')
        {
            return "has a path with characters that would be escaped";
        }
    }

    return s3->host.len ? NGX_CONF_OK : "needs a host";
}


static char *
ngx_http_shop_media_s3_secret(ngx_conf_t *cf, ngx_str_t *file,
    ngx_str_t *secret)
{
    u_char    buf[NGX_HTTP_SHOP_MEDIA_SECRET + 1];
    size_t    len;
    ssize_t   n;
    ngx_fd_t  fd;

    if (ngx_conf_full_name(cf->cycle, file, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    fd = ngx_open_file(file->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);

    if (fd == NGX_INVALID_FILE) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           "shop_media_s3: cannot open the secret \"%V\"",
                           file);
        return NGX_CONF_ERROR;
    }

    n = ngx_read_fd(fd, buf, sizeof(buf));
    (void) ngx_close_file(fd);

    for (len = 0; n > 0 && len < (size_t) n; len++) {
        if (buf[len] == CR || buf[len] == LF) {
            break;
        }
    }

    if (len == 0 || len > NGX_HTTP_SHOP_MEDIA_SECRET) {
        return "has a file without a secret in its first line";
    }

    secret->len = len;
    secret->data = ngx_pnalloc(cf->pool, len);

    if (secret->data == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memcpy(secret->data, buf, len);
    ngx_explicit_memzero(buf, sizeof(buf));

    return NGX_CONF_OK;
}
