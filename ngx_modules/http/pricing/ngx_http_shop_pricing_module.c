/*
 * The directive of prices: shop_pricing.
 */

#include "ngx_http_shop_pricing.h"


ngx_shop_field_t  ngx_http_shop_pricing_id =
    { ngx_null_string, NGX_SHOP_ID, 0, 1, 20, NULL };


static ngx_shop_domain_t  ngx_http_shop_pricing = {
    {
        ngx_http_shop_pricing_groups,
        ngx_http_shop_pricing_lists,
        ngx_http_shop_pricing_promotions,
        ngx_http_shop_pricing_gifts
    },
    NULL
};


static ngx_command_t  ngx_http_shop_pricing_commands[] = {

    { ngx_string("shop_pricing"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_pricing },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_pricing_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_pricing_commands,
    .type = NGX_HTTP_MODULE
};
