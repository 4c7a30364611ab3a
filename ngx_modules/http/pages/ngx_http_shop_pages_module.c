/*
 * The storefront: an address a page, each answered from one row of SQL.
 */

#include "ngx_http_shop_pages.h"


#define NGX_HTTP_SHOP_PAGES_FLAGS                                           \
    (NGX_SHOP_EP_ROOT|NGX_SHOP_EP_READ|NGX_SHOP_EP_ANY_QUERY)


static ngx_int_t ngx_http_shop_pages_unknown(ngx_http_request_t *r);
static void *ngx_http_shop_pages_create_conf(ngx_conf_t *cf);
static char *ngx_http_shop_pages(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


/* whatever is in the address, a page is shown: SQL ignores what is no value */

static ngx_shop_field_t  ngx_http_shop_pages_search_input[] = {
    { ngx_string("q"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("category"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("min_price"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("max_price"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("in_stock"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("attr."), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_PREFIX,
      0, 500, NULL },
    { ngx_string("sort"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 2000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pages_member_input[] = {
    { ngx_string("request"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 0, 500, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_pages_path_input[] = {
    { ngx_string("ref"), NGX_SHOP_TEXT, NGX_SHOP_IN_PATH, 1, 500, NULL },
    ngx_shop_no_more_fields
};


/* the last $n of each statement is the base: "https://host" */

#define ngx_http_shop_pages_plain(address, template)                        \
    { .method = NGX_HTTP_GET,                                               \
      .path = ngx_string(address),                                          \
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS,                                   \
      .sql = ngx_string("select * from page.plain($1::bigint, $2::uuid, "   \
                        "$4::text, $3::text)"),                             \
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,                   \
                NGX_SHOP_BIND_LITERAL(template) },                          \
      .handler = ngx_http_shop_pages_page }

/* strangers sign in first */

#define ngx_http_shop_pages_member(address, template)                       \
    { .method = NGX_HTTP_GET,                                               \
      .path = ngx_string(address),                                          \
      .input = ngx_http_shop_pages_member_input,                            \
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS|NGX_SHOP_EP_PRIMARY,               \
      .sql = ngx_string("select * from page.member($1::bigint, $2::uuid, "  \
                        "$5::text, $3::text, $4::text)"),                   \
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,                   \
                NGX_SHOP_BIND_LITERAL(template),                            \
                NGX_SHOP_BIND_QUERY("request") },                           \
      .handler = ngx_http_shop_pages_page }

static ngx_shop_endpoint_t  ngx_http_shop_pages_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/"),
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS,
      .sql = ngx_string("select * from page.home($1::bigint, $2::uuid, "
                        "$3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR },
      .handler = ngx_http_shop_pages_page },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/products/{ref}"),
      .input = ngx_http_shop_pages_path_input,
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS,
      .sql = ngx_string("select * from page.product($1::bigint, $2::uuid, "
                        "$3::text, $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("ref") },
      .handler = ngx_http_shop_pages_page,
      .click = "product.viewed", .click_of = "ref" },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/categories/{ref}"),
      .input = ngx_http_shop_pages_path_input,
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS,
      .sql = ngx_string("select * from page.category($1::bigint, $2::uuid, "
                        "$3::text, $4::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("ref") },
      .handler = ngx_http_shop_pages_page },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/search"),
      .input = ngx_http_shop_pages_search_input,
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS,
      .sql = ngx_string("select * from page.search($1::bigint, $2::uuid, "
                        "$3::text, $4::text, $5::text, $6::text, $7::text, "
                        "$8::jsonb, $9::text, $10::text, $11::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_QUERY("q"), NGX_SHOP_BIND_QUERY("category"),
                NGX_SHOP_BIND_QUERY("min_price"),
                NGX_SHOP_BIND_QUERY("max_price"),
                NGX_SHOP_BIND_QUERY("in_stock"),
                NGX_SHOP_BIND_FILTERS,
                NGX_SHOP_BIND_QUERY("sort"),
                NGX_SHOP_BIND_QUERY("cursor") },
      .handler = ngx_http_shop_pages_page,
      .click = "catalog.searched", .click_of = "q" },

    ngx_http_shop_pages_plain("/cart", "cart"),
    ngx_http_shop_pages_plain("/checkout", "checkout"),
    ngx_http_shop_pages_plain("/sign-in", "sign-in"),
    ngx_http_shop_pages_plain("/register", "register"),
    ngx_http_shop_pages_plain("/not-found", "not-found"),
    ngx_http_shop_pages_plain("/forgot-password", "forgot-password"),
    ngx_http_shop_pages_plain("/reset-password", "reset-password"),
    ngx_http_shop_pages_plain("/verify-email", "verify-email"),
    ngx_http_shop_pages_plain("/accept-invitation", "accept-invitation"),

    ngx_http_shop_pages_member("/account", "account"),
    ngx_http_shop_pages_member("/account/addresses", "addresses"),
    ngx_http_shop_pages_member("/account/security", "security"),
    ngx_http_shop_pages_member("/account/privacy", "privacy"),
    ngx_http_shop_pages_member("/consent", "consent"),

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/orders/{ref}"),
      .input = ngx_http_shop_pages_path_input,
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS|NGX_SHOP_EP_PRIMARY
               |NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from page.\"order\"($1::bigint, $2::uuid, "
                        "$3::uuid, $4::text, $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CART, NGX_SHOP_BIND_PATH("ref") },
      .handler = ngx_http_shop_pages_page },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/robots.txt"),
      .flags = NGX_SHOP_EP_ROOT|NGX_SHOP_EP_ANY_QUERY,
      .handler = ngx_http_shop_pages_robots },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/sitemap.xml"),
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS,
      .sql = ngx_string("select * from page.sitemap($1::bigint, $2::text)"),
      .bind = { NGX_SHOP_BIND_STORE },
      .handler = ngx_http_shop_pages_sitemap },

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/{ref}"),
      .input = ngx_http_shop_pages_path_input,
      .flags = NGX_HTTP_SHOP_PAGES_FLAGS|NGX_SHOP_EP_IMMUTABLE,
      .sql = ngx_string("select * from page.plain($1::bigint, $2::uuid, "
                        "$4::text, $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_LITERAL("not-found") },
      .handler = ngx_http_shop_pages_file },

    ngx_shop_no_more_endpoints
};


static ngx_str_t  ngx_http_shop_pages_names[] = {
    ngx_string("home"),
    ngx_string("product"),
    ngx_string("listing"),
    ngx_string("cart"),
    ngx_string("checkout"),
    ngx_string("order"),
    ngx_string("sign-in"),
    ngx_string("register"),
    ngx_string("forgot-password"),
    ngx_string("reset-password"),
    ngx_string("verify-email"),
    ngx_string("accept-invitation"),
    ngx_string("account"),
    ngx_string("addresses"),
    ngx_string("security"),
    ngx_string("privacy"),
    ngx_string("consent"),
    ngx_string("not-found"),
    ngx_string("error"),
    ngx_null_string
};


static ngx_command_t  ngx_http_shop_pages_commands[] = {

    { ngx_string("shop_pages"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_shop_pages,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_pages_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    ngx_http_shop_pages_create_conf,       /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_pages_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_http_shop_pages_module_ctx,
    .commands = ngx_http_shop_pages_commands,
    .type = NGX_HTTP_MODULE
};


/* an address that no row has: the page tells so within the shop's frame */

static ngx_int_t
ngx_http_shop_pages_unknown(ngx_http_request_t *r)
{
    ngx_str_t  uri;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return NGX_HTTP_NOT_FOUND;
    }

    ngx_str_set(&uri, "/not-found");

    return ngx_http_internal_redirect(r, &uri, NULL);
}


static void *
ngx_http_shop_pages_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_shop_pages_conf_t));
}


static char *
ngx_http_shop_pages(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_shop_pages_conf_t *pcf = conf;

    char                            *rv;
    ngx_str_t                       *value, *name, dir;
    ngx_http_shop_pages_template_t  *template;

    (void) cmd;

    if (pcf->templates) {
        return "is duplicate";
    }

    value = cf->args->elts;
    dir = value[1];

    if (ngx_conf_full_name(cf->cycle, &dir, 0) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    pcf->templates = ngx_array_create(cf->pool, 20,
                                      sizeof(ngx_http_shop_pages_template_t));
    if (pcf->templates == NULL) {
        return NGX_CONF_ERROR;
    }

    for (name = ngx_http_shop_pages_names; name->len; name++) {

        template = ngx_array_push(pcf->templates);
        if (template == NULL) {
            return NGX_CONF_ERROR;
        }

        template->name = *name;

        if (ngx_http_shop_pages_template_read(cf, &dir, template) != NGX_OK) {
            return NGX_CONF_ERROR;
        }
    }

    if (ngx_http_shop_pages_files_init(cf, pcf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    rv = ngx_shop_endpoints_fallback(cf, ngx_http_shop_pages_unknown);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    return ngx_shop_endpoints_add(cf, ngx_http_shop_pages_endpoints);
}
