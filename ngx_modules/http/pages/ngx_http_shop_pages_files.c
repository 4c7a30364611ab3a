/*
 * What stands beside the pages: the store's sheet, robots.txt, sitemap.xml.
 */

#include "ngx_http_shop_pages.h"


#define NGX_HTTP_SHOP_PAGES_HASH_MAX  64


static ngx_int_t ngx_http_shop_pages_theme(ngx_shop_request_t *sr,
    u_char *hash);
static ngx_int_t ngx_http_shop_pages_theme_sent(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_pages_sitemap_sent(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_pages_send(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q, const char *type);


ngx_int_t
ngx_http_shop_pages_files_init(ngx_conf_t *cf,
    ngx_http_shop_pages_conf_t *conf)
{
    static ngx_str_t  theme = ngx_string(
        "select * from page.theme($1::bigint, $2::text)");

    conf->theme = ngx_shop_pg_stmt_add(cf, &theme);

    return conf->theme ? NGX_OK : NGX_ERROR;
}


/* "/theme.HASH.css"; any other name at the root is no page */

ngx_int_t
ngx_http_shop_pages_file(ngx_shop_request_t *sr)
{
    size_t       before, after;
    u_char      *hash;
    ngx_str_t   *file;

    file = ngx_shop_path(sr, "ref");

    before = sizeof("theme.") - 1;
    after = sizeof(".css") - 1;

    if (file->len <= before + after
        || file->len > before + after + NGX_HTTP_SHOP_PAGES_HASH_MAX
        || ngx_strncmp(file->data, "theme.", before) != 0
        || ngx_strncmp(file->data + file->len - after, ".css", after) != 0)
    {
        return ngx_http_shop_pages_page(sr);
    }

    hash = ngx_pnalloc(sr->r->pool, file->len);
    if (hash == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    *ngx_cpymem(hash, file->data + before, file->len - before - after) = '\0';

    return ngx_http_shop_pages_theme(sr, hash);
}


static ngx_int_t
ngx_http_shop_pages_theme(ngx_shop_request_t *sr, u_char *hash)
{
    ngx_uint_t                    n;
    const char                  **params;
    ngx_http_shop_pages_conf_t   *conf;

    conf = ngx_http_get_module_loc_conf(sr->r, ngx_http_shop_pages_module);

    /* the row begins with the store */

    params = ngx_shop_params(sr, sr->ep->bind, &n);

    if (params == NULL || n < 2) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    params[1] = (const char *) hash;

    return ngx_shop_run(sr, NGX_SHOP_PG_READ, conf->theme, 2, params,
                        ngx_http_shop_pages_theme_sent);
}


static ngx_int_t
ngx_http_shop_pages_theme_sent(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    return ngx_http_shop_pages_send(sr, q, "text/css; charset=utf-8");
}


ngx_int_t
ngx_http_shop_pages_sitemap(ngx_shop_request_t *sr)
{
    return ngx_http_shop_pages_run(sr, NGX_SHOP_PG_SLOW,
                                   ngx_http_shop_pages_sitemap_sent);
}


static ngx_int_t
ngx_http_shop_pages_sitemap_sent(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    return ngx_http_shop_pages_send(sr, q, "application/xml");
}


static ngx_int_t
ngx_http_shop_pages_send(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q,
    const char *type)
{
    PGresult   *res;
    ngx_str_t   body;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_answer(sr, q);
    }

    res = ngx_shop_pg_take(q, sr->r->pool);
    if (res == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_shop_pages_column(res, "body", &body);

    if (body.len == 0) {
        return NGX_HTTP_NOT_FOUND;
    }

    return ngx_shop_reply_type(sr, NGX_HTTP_OK, type, &body);
}


ngx_int_t
ngx_http_shop_pages_robots(ngx_shop_request_t *sr)
{
    u_char            *p;
    ngx_str_t          base, body;

    static const char  text[] =
        "User-agent: *\n"
        "Disallow: /account\n"
        "Disallow: /api/\n"
        "Disallow: /cart\n"
        "Disallow: /checkout\n"
        "Disallow: /orders/\n"
        "\n"
        "Sitemap: ";

    if (ngx_http_shop_pages_base(sr->r, &base) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.data = ngx_pnalloc(sr->r->pool, sizeof(text) + base.len
                                         + sizeof("/sitemap.xml\n"));
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = ngx_sprintf(body.data, "%s%V/sitemap.xml\n", text, &base);
    body.len = p - body.data;

    return ngx_shop_reply_type(sr, NGX_HTTP_OK, "text/plain; charset=utf-8",
                               &body);
}
