/*
 * Pages of the storefront: a template built by html/ with holes that are
 * filled from one row of SQL (sql/page/).
 */

#ifndef _NGX_HTTP_SHOP_PAGES_H_INCLUDED_
#define _NGX_HTTP_SHOP_PAGES_H_INCLUDED_


#include "../../core/ngx_shop_endpoint.h"


/* holes of a template: {{name}} or <!--{{name}}--> */
typedef enum {
    NGX_HTTP_SHOP_PAGES_TEXT = 0,        /* no hole: text up to the end */
    NGX_HTTP_SHOP_PAGES_SCHEME,          /* light, dark or auto */
    NGX_HTTP_SHOP_PAGES_HEAD,            /* title, meta, links, JSON-LD */
    NGX_HTTP_SHOP_PAGES_MAIN,            /* the page's HTML: nothing yet */
    NGX_HTTP_SHOP_PAGES_DATA,            /* JSON for the scripts */
    NGX_HTTP_SHOP_PAGES_HOLES
} ngx_http_shop_pages_hole_e;

/* text, then the hole that follows it */
typedef struct {
    ngx_str_t                text;
    ngx_uint_t               hole;
} ngx_http_shop_pages_part_t;

typedef struct {
    ngx_str_t                name;       /* "product" */
    ngx_array_t              parts;      /* of ngx_http_shop_pages_part_t */
} ngx_http_shop_pages_template_t;

typedef struct {
    ngx_array_t             *templates;  /* of ngx_http_shop_pages_template_t */
    ngx_shop_pg_stmt_t      *theme;
} ngx_http_shop_pages_conf_t;


/* what differs from one page to another; nothing of it knows who looks */
typedef struct {
    ngx_str_t                name;       /* of the template */
    ngx_uint_t               status;
    ngx_str_t                head;
    ngx_str_t                data;       /* a JSON object, "" for none */
} ngx_http_shop_pages_page_t;


extern ngx_module_t  ngx_http_shop_pages_module;


/* Handlers of rows. */
ngx_int_t ngx_http_shop_pages_page(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_pages_file(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_pages_robots(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_pages_sitemap(ngx_shop_request_t *sr);

/* Runs the row's statement with the base as its last parameter. */
ngx_int_t ngx_http_shop_pages_run(ngx_shop_request_t *sr, ngx_uint_t cls,
    ngx_shop_next_pt next);

/* Registers the statement of theme sheets. */
ngx_int_t ngx_http_shop_pages_files_init(ngx_conf_t *cf,
    ngx_http_shop_pages_conf_t *conf);

/* Reads DIR/pages/NAME.html while the configuration is read; NGX_ERROR was
   logged. */
ngx_int_t ngx_http_shop_pages_template_read(ngx_conf_t *cf, ngx_str_t *dir,
    ngx_http_shop_pages_template_t *template);

/* The template of a name, or NULL. */
ngx_http_shop_pages_template_t *ngx_http_shop_pages_template(
    ngx_http_shop_pages_conf_t *conf, ngx_str_t *name);

/* The template with its holes filled, in the pool. */
ngx_int_t ngx_http_shop_pages_fill(ngx_pool_t *pool,
    ngx_http_shop_pages_template_t *template, ngx_str_t *holes,
    ngx_str_t *html);

/* The page from the shared cache, with stale also an old one (after a first
   call without); NGX_DECLINED: ask the database. */
ngx_int_t ngx_http_shop_pages_cached(ngx_shop_request_t *sr, ngx_uint_t stale,
    ngx_http_shop_pages_page_t *page);

/* Keeps a page for strangers until one of the tags changes. */
void ngx_http_shop_pages_keep(ngx_shop_request_t *sr, ngx_str_t *tags,
    ngx_http_shop_pages_page_t *page);

/* What <head> says of a row of page.answer; base: "https://host". */
ngx_int_t ngx_http_shop_pages_head(ngx_pool_t *pool, const PGresult *res,
    ngx_str_t *base, ngx_str_t *head);

/* JSON that can stand in a <script>: "<" becomes \u003c.  Points into json
   where nothing is to be done. */
ngx_int_t ngx_http_shop_pages_json(ngx_pool_t *pool, ngx_str_t *json,
    ngx_str_t *out);

/* A column of the first row by its name; "" when it is null. */
void ngx_http_shop_pages_column(const PGresult *res, const char *name,
    ngx_str_t *value);

/* "https://host" as the client sees the shop, NUL-terminated. */
ngx_int_t ngx_http_shop_pages_base(ngx_http_request_t *r, ngx_str_t *base);


#endif /* _NGX_HTTP_SHOP_PAGES_H_INCLUDED_ */
