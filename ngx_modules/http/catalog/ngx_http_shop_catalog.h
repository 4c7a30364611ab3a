/*
 * What the tables of the catalog share: limits, and the fields of bodies that
 * several endpoints take.
 */

#ifndef _NGX_HTTP_SHOP_CATALOG_H_INCLUDED_
#define _NGX_HTTP_SHOP_CATALOG_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


#define NGX_HTTP_SHOP_CATALOG_AMOUNT_MAX  99999999999
#define NGX_HTTP_SHOP_CATALOG_STOCK_MAX   999999999
#define NGX_HTTP_SHOP_CATALOG_GRAMS_MAX   100000000
#define NGX_HTTP_SHOP_CATALOG_QUANTITY_MAX  1000000
#define NGX_HTTP_SHOP_CATALOG_QUANTITY_MAX  1000000
#define NGX_HTTP_SHOP_CATALOG_JSON_MAX    20000
#define NGX_HTTP_SHOP_CATALOG_WORDS_MAX   200000    /* all translations */
#define NGX_HTTP_SHOP_CATALOG_BULK_MAX    1000
#define NGX_HTTP_SHOP_CATALOG_TTL         300000


/* what pages, collections and categories have in common */
#define ngx_http_shop_catalog_shown_fields                                  \
    { ngx_string("slug"), NGX_SHOP_SLUG, 0, 0, 0, NULL },                   \
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 20000, NULL },        \
    { ngx_string("seo"), NGX_SHOP_OBJECT, 0, 0, 0,                          \
      ngx_http_shop_catalog_seo },                                          \
    { ngx_string("metadata"), NGX_SHOP_OBJECT, 0, 0,                        \
      NGX_HTTP_SHOP_CATALOG_JSON_MAX, NULL },                               \
    { ngx_string("translations"), NGX_SHOP_OBJECT, 0, 0,                    \
      NGX_HTTP_SHOP_CATALOG_WORDS_MAX, NULL }

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


extern ngx_shop_field_t  ngx_http_shop_catalog_show_input[];
extern ngx_shop_field_t  ngx_http_shop_catalog_text;
extern ngx_shop_field_t  ngx_http_shop_catalog_money;
extern ngx_shop_field_t  ngx_http_shop_catalog_seo[];
extern ngx_shop_field_t  ngx_http_shop_catalog_add_input[];
extern ngx_shop_field_t  ngx_http_shop_catalog_change_input[];
extern ngx_shop_field_t  ngx_http_shop_catalog_bulk_input[];

extern ngx_shop_endpoint_t  ngx_http_shop_catalog_category_endpoints[];
extern ngx_shop_endpoint_t  ngx_http_shop_catalog_collection_endpoints[];
extern ngx_shop_endpoint_t  ngx_http_shop_catalog_type_endpoints[];
extern ngx_shop_endpoint_t  ngx_http_shop_catalog_variant_endpoints[];


#endif /* _NGX_HTTP_SHOP_CATALOG_H_INCLUDED_ */
