/*
 * The one place that turns an error of SQL into a status and a public code.
 */

#ifndef _NGX_SHOP_ERROR_H_INCLUDED_
#define _NGX_SHOP_ERROR_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    char                     sqlstate[6];
    ngx_uint_t               status;
    const char              *code;
    unsigned                 own:1;      /* raised by us: message is public */
} ngx_shop_error_t;


/* What a SQLSTATE means to a client; an unknown one is a 500. */
ngx_shop_error_t ngx_shop_error(const char *sqlstate);

/* 1 if the statement may be run once more (DATAPATH.md 8). */
ngx_uint_t ngx_shop_error_retry(const char *sqlstate);

/* Stable code and title of a status, and what is said when nothing more is
   known; the name of a method. */
const char *ngx_shop_status_code(ngx_uint_t status);
const char *ngx_shop_status_title(ngx_uint_t status);
const char *ngx_shop_status_detail(ngx_uint_t status);
ngx_str_t *ngx_shop_method_name(ngx_uint_t method);


#endif /* _NGX_SHOP_ERROR_H_INCLUDED_ */
