/*
 * Private to issuers: the directive that makes them.
 */

#ifndef _NGX_SHOP_ISSUER_CONF_H_INCLUDED_
#define _NGX_SHOP_ISSUER_CONF_H_INCLUDED_


#include "ngx_shop_issuer.h"


typedef struct {
    ngx_array_t              issuers;    /* of ngx_shop_issuer_t * */
} ngx_shop_issuer_conf_t;


/* "shop_oidc" */
char *ngx_shop_issuer_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


#endif /* _NGX_SHOP_ISSUER_CONF_H_INCLUDED_ */
