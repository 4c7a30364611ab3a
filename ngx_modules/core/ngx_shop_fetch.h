/*
 * Asking a server of the outside on behalf of a request, by nginx's own
 * upstream: a subrequest in memory to the location with "shop_fetch", whose
 * proxy_pass does the rest (names, TLS, its verification, timeouts).
 *
 *     location = /.fetch {
 *         internal;
 *         shop_fetch;
 *         proxy_pass $shop_fetch_url;
 *         ...
 *     }
 */

#ifndef _NGX_SHOP_FETCH_H_INCLUDED_
#define _NGX_SHOP_FETCH_H_INCLUDED_


#include "ngx_shop_endpoint.h"


#define NGX_SHOP_FETCH_DEADLINE  10000   /* ms, for all of it */


typedef struct ngx_shop_fetch_s  ngx_shop_fetch_t;

typedef ngx_int_t (*ngx_shop_fetch_pt)(ngx_shop_request_t *sr,
    ngx_shop_fetch_t *fetch);

/* In r->pool, zeroed; what is sent lives there, too. */
struct ngx_shop_fetch_s {
    ngx_str_t                url;        /* absolute, see ngx_shop_fetch_url */
    ngx_str_t                form;       /* "": GET; else the body of a POST */
    ngx_str_t                authorization;  /* "": none */
    ngx_shop_fetch_pt        done;
    void                    *data;

    ngx_uint_t               status;     /* 0: there was no answer */
    ngx_str_t                answer;     /* in r->pool */

    ngx_shop_request_t      *sr;         /* private */
    ngx_http_request_t      *sub;
    ngx_event_t              deadline;
};


/* Registers the location; refuses a configuration without one. */
ngx_int_t ngx_shop_fetch_wanted(ngx_conf_t *cf);

/* NGX_OK: done() follows once, unless the client goes away first, and like a
   handler's its return value NGX_DONE means that the request was answered or
   is waiting; any status else becomes a problem.  NGX_ERROR: nothing was
   begun.  One at a time a request. */
ngx_int_t ngx_shop_fetch(ngx_shop_request_t *sr, ngx_shop_fetch_t *fetch);

/* 1 if the text is an URL that may be asked: https, or with loopback http at
   this machine, and nothing in it that could end a line of a header. */
ngx_uint_t ngx_shop_fetch_url(const ngx_str_t *url, ngx_uint_t loopback);


#endif /* _NGX_SHOP_FETCH_H_INCLUDED_ */
