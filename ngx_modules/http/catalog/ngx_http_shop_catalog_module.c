/*
 * Products, and the tree of categories.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"
#include "ngx_http_shop_catalog_transfer.h"


#define NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX  99999999999
#define NGX_HTTP_SHOP_CATALOG_STOCK_MAX   999999999
#define NGX_HTTP_SHOP_CATALOG_GRAMS_MAX   100000000
#define NGX_HTTP_SHOP_CATALOG_QUANTITY_MAX  1000000
#define NGX_HTTP_SHOP_CATALOG_JSON_MAX    20000
#define NGX_HTTP_SHOP_CATALOG_TTL         300000


static char *ngx_http_shop_catalog(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


static ngx_shop_field_t  ngx_http_shop_catalog_list_input[] = {
    { ngx_string("q"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("category"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 128, NULL },
    { ngx_string("min_price"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 0,
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },
    { ngx_string("max_price"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 0,
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },
    { ngx_string("in_stock"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("attr."), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY|NGX_SHOP_PREFIX,
      1, 200, NULL },
    { ngx_string("sort"), NGX_SHOP_ENUM, NGX_SHOP_IN_QUERY, 0, 0,
      "relevance price -price newest rating popular" },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 100, NULL },
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_show_input[] = {
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_QUERY, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_page_input[] = {
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 100, NULL },
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_text =
    { ngx_null_string, NGX_SHOP_TEXT, 0, 1, 100, NULL };

static ngx_shop_field_t  ngx_http_shop_catalog_money_input[] = {
    { ngx_string("amount"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_money =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_money_input };

static ngx_shop_field_t  ngx_http_shop_catalog_option_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 60, NULL },
    { ngx_string("values"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 100,
      &ngx_http_shop_catalog_text },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_option =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_option_input };

static ngx_shop_field_t  ngx_http_shop_catalog_image_input[] = {
    { ngx_string("url"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 2000, NULL },
    { ngx_string("alt"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 500, NULL },
    { ngx_string("width"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1, 100000, NULL },
    { ngx_string("height"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1, 100000,
      NULL },
    { ngx_string("variant_id"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 20, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_image =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_image_input };


/* members that a variant may have itself, or all of them from the product */
#define ngx_http_shop_catalog_item_fields(required)                         \
    { ngx_string("price"), NGX_SHOP_MONEY, required, 0,                     \
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },                             \
    { ngx_string("compare_at_price"), NGX_SHOP_MONEY, NGX_SHOP_NULLABLE, 0, \
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },                             \
    { ngx_string("prices"), NGX_SHOP_ARRAY, 0, 0, 20,                       \
      &ngx_http_shop_catalog_money },                                       \
    { ngx_string("sku"), NGX_SHOP_TEXT, 0, 1, 64, NULL },                   \
    { ngx_string("barcode"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 64,       \
      NULL },                                                               \
    { ngx_string("weight_grams"), NGX_SHOP_INT, 0, 0,                       \
      NGX_HTTP_SHOP_CATALOG_GRAMS_MAX, NULL },                              \
    { ngx_string("requires_shipping"), NGX_SHOP_BOOL, 0, 0, 0, NULL },      \
    { ngx_string("min_quantity"), NGX_SHOP_INT, 0, 1,                       \
      NGX_HTTP_SHOP_CATALOG_QUANTITY_MAX, NULL },                           \
    { ngx_string("max_quantity"), NGX_SHOP_INT, NGX_SHOP_NULLABLE, 1,       \
      NGX_HTTP_SHOP_CATALOG_QUANTITY_MAX, NULL },                           \
    { ngx_string("quantity_step"), NGX_SHOP_INT, 0, 1,                      \
      NGX_HTTP_SHOP_CATALOG_QUANTITY_MAX, NULL }

/* members of the product alone */
#define ngx_http_shop_catalog_product_fields                                \
    { ngx_string("slug"), NGX_SHOP_TEXT, 0, 1, 128, NULL },                 \
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 20000, NULL },        \
    { ngx_string("category"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 128,       \
      NULL },                                                               \
    { ngx_string("currency"), NGX_SHOP_CURRENCY, 0, 0, 0, NULL },           \
    { ngx_string("status"), NGX_SHOP_ENUM, 0, 0, 0,                         \
      "draft published archived" },                                         \
    { ngx_string("tax_class"), NGX_SHOP_ID, 0, 1, 40, NULL },               \
    { ngx_string("images"), NGX_SHOP_ARRAY, 0, 0, 50,                       \
      &ngx_http_shop_catalog_image },                                       \
    { ngx_string("attributes"), NGX_SHOP_OBJECT, 0, 0,                      \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("seo"), NGX_SHOP_OBJECT, 0, 0,                             \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,                        \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("tags"), NGX_SHOP_ARRAY, 0, 0, 100,                        \
      &ngx_http_shop_catalog_text }


static ngx_shop_field_t  ngx_http_shop_catalog_variant_add[] = {
    ngx_http_shop_catalog_item_fields(0),
    { ngx_string("options"), NGX_SHOP_OBJECT, 0, 0, 2000, NULL },
    { ngx_string("stock"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_STOCK_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_new_variant =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_variant_add };

static ngx_shop_field_t  ngx_http_shop_catalog_add_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    ngx_http_shop_catalog_item_fields(NGX_SHOP_REQUIRED),
    ngx_http_shop_catalog_product_fields,
    { ngx_string("stock"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_STOCK_MAX, NULL },
    { ngx_string("options"), NGX_SHOP_ARRAY, 0, 0, 5,
      &ngx_http_shop_catalog_option },
    { ngx_string("variants"), NGX_SHOP_ARRAY, 0, 0, 200,
      &ngx_http_shop_catalog_new_variant },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_variant_change[] = {
    { ngx_string("id"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 20, NULL },
    ngx_http_shop_catalog_item_fields(0),
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_old_variant =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_variant_change };

static ngx_shop_field_t  ngx_http_shop_catalog_change_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_http_shop_catalog_item_fields(0),
    ngx_http_shop_catalog_product_fields,
    { ngx_string("variants"), NGX_SHOP_ARRAY, 0, 0, 200,
      &ngx_http_shop_catalog_old_variant },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_category_add[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("slug"), NGX_SHOP_TEXT, 0, 1, 128, NULL },
    { ngx_string("parent_id"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 128, NULL },
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 20000, NULL },
    { ngx_string("image"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 2000, NULL },
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 1000000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_category_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("slug"), NGX_SHOP_TEXT, 0, 1, 128, NULL },
    { ngx_string("parent_id"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 128, NULL },
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 20000, NULL },
    { ngx_string("image"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 1, 2000, NULL },
    { ngx_string("position"), NGX_SHOP_INT, 0, 0, 1000000, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_catalog_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/products"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_list_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED|NGX_SHOP_EP_NOTES,
      .sql = ngx_string("select body, tags, note from search.list($1::bigint, "
          "$2::text, $3::text, $4::text, $5::bigint, $6::bigint, "
          "$7::boolean, $8::jsonb, $9::text, coalesce($10::int, 20), "
          "$11::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_QUERY("category"), NGX_SHOP_BIND_QUERY("q"),
                NGX_SHOP_BIND_QUERY("min_price"),
                NGX_SHOP_BIND_QUERY("max_price"),
                NGX_SHOP_BIND_QUERY("in_stock"), NGX_SHOP_BIND_FILTERS,
                NGX_SHOP_BIND_QUERY("sort"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET, .path = ngx_string("/products/{product}"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_show_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, etag, tags from catalog.product_show("
          "$1::bigint, $2::text, $3::text, $4::uuid, $5::boolean)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_QUERY("currency"),
                NGX_SHOP_BIND_ACTOR_IF("catalog:write"),
                NGX_SHOP_BIND_CAN("catalog:manage") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL,
      .click = "product.viewed", .click_of = "product" },

    { .method = NGX_HTTP_POST, .path = ngx_string("/products"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_add_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.product_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/products/{product}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_change_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.product_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/products/{product}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.product_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("product"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/categories"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_catalog_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, tags from catalog.category_list("
          "$1::bigint, coalesce($2::int, 20), $3::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_GET, .path = ngx_string("/categories/{category}"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_CACHED,
      .sql = ngx_string("select body, etag, tags from "
          "catalog.category_show($1::bigint, $2::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category") },
      .ttl = NGX_HTTP_SHOP_CATALOG_TTL },

    { .method = NGX_HTTP_POST, .path = ngx_string("/categories"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_category_add,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from catalog.category_add($1::bigint, "
          "$2::uuid, $3::boolean, $4::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/categories/{category}"),
      .permission = ngx_string("catalog:write"),
      .input = ngx_http_shop_catalog_category_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from catalog.category_change($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint, $6::jsonb)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/categories/{category}"),
      .permission = ngx_string("catalog:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from catalog.category_remove($1::bigint, "
          "$2::text, $3::uuid, $4::boolean, $5::bigint)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_PATH("category"),
                NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("catalog:manage"),
                NGX_SHOP_BIND_VERSION } },

    ngx_shop_no_more_endpoints
};


static ngx_command_t  ngx_http_shop_catalog_commands[] = {

    { ngx_string("shop_catalog"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_shop_catalog,
      0,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_catalog_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_catalog_module = {
    NGX_MODULE_V1,
    &ngx_http_shop_catalog_module_ctx,     /* module context */
    ngx_http_shop_catalog_commands,        /* module directives */
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


static char *
ngx_http_shop_catalog(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_endpoint_t  *tables[] = {
        ngx_http_shop_catalog_endpoints,
        ngx_http_shop_catalog_transfer_endpoints,
        NULL
    };

    if (ngx_http_shop_catalog_upload_init(cf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_shop_endpoints_add_tables(cf, tables);
}
