/*
 * Templates: read and cut at their holes once, filled for each answer.
 */

#include "ngx_http_shop_pages.h"


#define NGX_HTTP_SHOP_PAGES_SIZE  (1024 * 1024)


static ngx_int_t ngx_http_shop_pages_template_load(ngx_conf_t *cf,
    ngx_str_t *path, ngx_str_t *text);
static ngx_int_t ngx_http_shop_pages_template_cut(ngx_conf_t *cf,
    ngx_str_t *path, ngx_str_t *text,
    ngx_http_shop_pages_template_t *template);
static u_char *ngx_http_shop_pages_template_hole(u_char *p, u_char *last,
    ngx_uint_t *hole);


static ngx_str_t  ngx_http_shop_pages_holes[] = {
    ngx_null_string,
    ngx_string("scheme"),
    ngx_string("head"),
    ngx_string("main"),
    ngx_string("data")
};


ngx_int_t
ngx_http_shop_pages_template_read(ngx_conf_t *cf, ngx_str_t *dir,
    ngx_http_shop_pages_template_t *template)
{
    ngx_str_t  path, text;

    path.len = dir->len + sizeof("/pages/.html") - 1 + template->name.len;

    path.data = ngx_pnalloc(cf->pool, path.len + 1);
    if (path.data == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(path.data, "%V/pages/%V.html%Z", dir, &template->name);

    if (ngx_http_shop_pages_template_load(cf, &path, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_shop_pages_template_cut(cf, &path, &text, template);
}


static ngx_int_t
ngx_http_shop_pages_template_load(ngx_conf_t *cf, ngx_str_t *path,
    ngx_str_t *text)
{
    ssize_t          n;
    ngx_int_t        rc;
    ngx_file_t       file;
    ngx_file_info_t  info;

    ngx_memzero(&file, sizeof(ngx_file_t));
    file.name = *path;
    file.log = cf->log;

    file.fd = ngx_open_file(path->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);

    if (file.fd == NGX_INVALID_FILE) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno, ngx_open_file_n
                           " \"%V\" failed: \"shop_pages\" needs the built "
                           "pages of html/", path);
        return NGX_ERROR;
    }

    rc = NGX_ERROR;

    if (ngx_fd_info(file.fd, &info) == NGX_FILE_ERROR
        || ngx_file_size(&info) > NGX_HTTP_SHOP_PAGES_SIZE)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is not a template of a page", path);
        goto done;
    }

    text->len = (size_t) ngx_file_size(&info);

    text->data = ngx_pnalloc(cf->pool, text->len);
    if (text->data == NULL) {
        goto done;
    }

    n = ngx_read_file(&file, text->data, text->len, 0);

    if (n != (ssize_t) text->len) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"%V\" could not be read",
                           path);
        goto done;
    }

    rc = NGX_OK;

done:

    if (ngx_close_file(file.fd) == NGX_FILE_ERROR) {
        ngx_conf_log_error(NGX_LOG_ALERT, cf, ngx_errno,
                           ngx_close_file_n " \"%V\" failed", path);
    }

    return rc;
}


static ngx_int_t
ngx_http_shop_pages_template_cut(ngx_conf_t *cf, ngx_str_t *path,
    ngx_str_t *text, ngx_http_shop_pages_template_t *template)
{
    u_char                      *p, *start, *next, *last;
    ngx_uint_t                   hole, found;
    ngx_http_shop_pages_part_t  *part;

    if (ngx_array_init(&template->parts, cf->pool, 8,
                       sizeof(ngx_http_shop_pages_part_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    found = 0;
    start = text->data;
    last = text->data + text->len;

    for (p = start; start < last; p = start) {

        hole = NGX_HTTP_SHOP_PAGES_TEXT;
        next = last;

        while (p < last) {

            next = ngx_http_shop_pages_template_hole(p, last, &hole);
            if (next) {
                break;
            }

            p++;
            next = last;
        }

        part = ngx_array_push(&template->parts);
        if (part == NULL) {
            return NGX_ERROR;
        }

        part->text.data = start;
        part->text.len = p - start;
        part->hole = hole;

        found |= 1 << hole;
        start = next;
    }

    if (!(found & (1 << NGX_HTTP_SHOP_PAGES_HEAD))
        || !(found & (1 << NGX_HTTP_SHOP_PAGES_DATA)))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" has no {{head}} or no {{data}}", path);
        return NGX_ERROR;
    }

    return NGX_OK;
}


/* what follows a hole that begins at p, or NULL if there is none */

static u_char *
ngx_http_shop_pages_template_hole(u_char *p, u_char *last, ngx_uint_t *hole)
{
    size_t      len;
    ngx_str_t  *name;
    ngx_uint_t  i, comment;

    comment = (last - p > 4 && ngx_strncmp(p, "<!--", 4) == 0);

    if (comment) {
        p += 4;
    }

    if (last - p < 4 || p[0] != '{' || p[1] != '{') {
        return NULL;
    }

    p += 2;

    for (i = 1; i < NGX_HTTP_SHOP_PAGES_HOLES; i++) {

        name = &ngx_http_shop_pages_holes[i];
        len = name->len + 2 + (comment ? 3 : 0);

        if ((size_t) (last - p) < len
            || ngx_strncmp(p, name->data, name->len) != 0
            || ngx_strncmp(p + name->len, "}}-->", len - name->len) != 0)
        {
            continue;
        }

        *hole = i;

        return p + len;
    }

    return NULL;
}


ngx_http_shop_pages_template_t *
ngx_http_shop_pages_template(ngx_http_shop_pages_conf_t *conf,
    ngx_str_t *name)
{
    ngx_uint_t                       i;
    ngx_http_shop_pages_template_t  *template;

    template = conf->templates->elts;

    for (i = 0; i < conf->templates->nelts; i++) {

        if (template[i].name.len == name->len
            && ngx_memcmp(template[i].name.data, name->data, name->len) == 0)
        {
            return &template[i];
        }
    }

    return NULL;
}


ngx_int_t
ngx_http_shop_pages_fill(ngx_pool_t *pool,
    ngx_http_shop_pages_template_t *template, ngx_str_t *holes,
    ngx_str_t *html)
{
    size_t                       len;
    u_char                      *p;
    ngx_str_t                   *hole;
    ngx_uint_t                   i;
    ngx_http_shop_pages_part_t  *part;

    len = 0;
    part = template->parts.elts;

    for (i = 0; i < template->parts.nelts; i++) {
        len += part[i].text.len + holes[part[i].hole].len;
    }

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    html->data = p;
    html->len = len;

    for (i = 0; i < template->parts.nelts; i++) {

        hole = &holes[part[i].hole];

        p = ngx_cpymem(p, part[i].text.data, part[i].text.len);

        if (hole->len) {
            p = ngx_cpymem(p, hole->data, hole->len);
        }
    }

    return NGX_OK;
}
