/*
 * Bodies of products: one that is added, changed, or a row of many.
 */

#include "ngx_http_shop_catalog.h"


/* members of the product alone */
#define ngx_http_shop_catalog_product_fields                                \
    ngx_http_shop_catalog_shown_fields,                                     \
    { ngx_string("category"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 128,       \
      NULL },                                                               \
    { ngx_string("type"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 60, NULL },    \
    { ngx_string("currency"), NGX_SHOP_CURRENCY, 0, 0, 0, NULL },           \
    { ngx_string("status"), NGX_SHOP_ENUM, 0, 0, 0,                         \
      "draft published archived" },                                         \
    { ngx_string("publish_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,     \
      NULL },                                                               \
    { ngx_string("unpublish_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,   \
      NULL },                                                               \
    { ngx_string("tax_class"), NGX_SHOP_ID, 0, 1, 40, NULL },               \
    { ngx_string("images"), NGX_SHOP_ARRAY, 0, 0, 50,                       \
      &ngx_http_shop_catalog_image },                                       \
    { ngx_string("attributes"), NGX_SHOP_OBJECT, 0, 0,                      \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("stores"), NGX_SHOP_ARRAY, 0, 0, 100,                      \
      &ngx_http_shop_catalog_store },                                       \
    { ngx_string("tags"), NGX_SHOP_ARRAY, 0, 0, 100,                        \
      &ngx_http_shop_catalog_text }


ngx_shop_field_t  ngx_http_shop_catalog_show_input[] = {
    NGX_SHOP_FIELD_CURRENCY,
    NGX_SHOP_FIELD_LOCALE,
    ngx_shop_no_more_fields
};

ngx_shop_field_t  ngx_http_shop_catalog_text =
    { ngx_null_string, NGX_SHOP_TEXT, 0, 1, 100, NULL };

ngx_shop_field_t  ngx_http_shop_catalog_seo[] = {
    { ngx_string("title"), NGX_SHOP_TEXT, 0, 0, 200, NULL },
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    { ngx_string("keywords"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    { ngx_string("image"), NGX_SHOP_TEXT, 0, 1, 2000, NULL },
    { ngx_string("robots"), NGX_SHOP_ENUM, 0, 0, 0,
      "index noindex" },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_money_input[] = {
    { ngx_string("amount"), NGX_SHOP_INT, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX, NULL },
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};

ngx_shop_field_t  ngx_http_shop_catalog_money =
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

/* an option that is there already may get another name */
static ngx_shop_field_t  ngx_http_shop_catalog_option_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 60, NULL },
    { ngx_string("was"), NGX_SHOP_TEXT, 0, 1, 60, NULL },
    { ngx_string("values"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1, 100,
      &ngx_http_shop_catalog_text },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_old_option =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_option_change };

static ngx_shop_field_t  ngx_http_shop_catalog_store_input[] = {
    { ngx_string("store"), NGX_SHOP_ID, NGX_SHOP_REQUIRED, 1, 63, NULL },
    { ngx_string("category"), NGX_SHOP_ID, NGX_SHOP_NULLABLE, 1, 128, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_store =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_store_input };

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

static ngx_shop_field_t  ngx_http_shop_catalog_variant_add[] = {
    ngx_http_shop_catalog_item_fields(0),
    { ngx_string("options"), NGX_SHOP_OBJECT, 0, 0, 2000, NULL },
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },
    { ngx_string("stock"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_STOCK_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_new_variant =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_variant_add };

ngx_shop_field_t  ngx_http_shop_catalog_add_input[] = {
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
    { ngx_string("options"), NGX_SHOP_OBJECT, 0, 0, 2000, NULL },
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },
    { ngx_string("position"), NGX_SHOP_INT, 0, 1, 10000, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_old_variant =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_variant_change };

ngx_shop_field_t  ngx_http_shop_catalog_change_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_http_shop_catalog_item_fields(0),
    ngx_http_shop_catalog_product_fields,
    { ngx_string("options"), NGX_SHOP_ARRAY, 0, 0, 5,
      &ngx_http_shop_catalog_old_option },
    { ngx_string("variants"), NGX_SHOP_ARRAY, 0, 0, 200,
      &ngx_http_shop_catalog_old_variant },
    ngx_shop_no_more_fields
};


/* with an id it is a change, else a new product: what only one of them takes
   is refused row by row */

static ngx_shop_field_t  ngx_http_shop_catalog_row_variant_input[] = {
    { ngx_string("id"), NGX_SHOP_ID, 0, 1, 20, NULL },
    ngx_http_shop_catalog_item_fields(0),
    { ngx_string("options"), NGX_SHOP_OBJECT, 0, 0, 2000, NULL },
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },
    { ngx_string("position"), NGX_SHOP_INT, 0, 1, 10000, NULL },
    { ngx_string("stock"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_STOCK_MAX, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_row_variant =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_row_variant_input };

static ngx_shop_field_t  ngx_http_shop_catalog_row_input[] = {
    { ngx_string("id"), NGX_SHOP_ID, 0, 1, 128, NULL },
    { ngx_string("version"), NGX_SHOP_INT, 0, 0, 0, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    ngx_http_shop_catalog_item_fields(0),
    ngx_http_shop_catalog_product_fields,
    { ngx_string("stock"), NGX_SHOP_INT, 0, 0,
      NGX_HTTP_SHOP_CATALOG_STOCK_MAX, NULL },
    { ngx_string("options"), NGX_SHOP_ARRAY, 0, 0, 5,
      &ngx_http_shop_catalog_old_option },
    { ngx_string("variants"), NGX_SHOP_ARRAY, 0, 0, 200,
      &ngx_http_shop_catalog_row_variant },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_catalog_row =
    { ngx_null_string, NGX_SHOP_OBJECT, 0, 0, 0,
      ngx_http_shop_catalog_row_input };

ngx_shop_field_t  ngx_http_shop_catalog_bulk_input[] = {
    { ngx_string("items"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_CATALOG_BULK_MAX, &ngx_http_shop_catalog_row },
    { ngx_string("atomic"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};
