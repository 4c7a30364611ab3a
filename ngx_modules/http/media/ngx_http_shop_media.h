/*
 * Pictures: their upload, which ends in a file for shop-worker and a row, and
 * what the worker made of them.
 */

#ifndef _NGX_HTTP_SHOP_MEDIA_H_INCLUDED_
#define _NGX_HTTP_SHOP_MEDIA_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include <ngx_thread_pool.h>
#include "../../core/ngx_shop_endpoint.h"
#include "../../core/ngx_shop_multipart.h"
#include "../../core/ngx_shop_picture.h"


#define NGX_HTTP_SHOP_MEDIA_KEY    32    /* hex digits: half of a SHA-256 */
#define NGX_HTTP_SHOP_MEDIA_PARTS  8     /* of a form */
#define NGX_HTTP_SHOP_MEDIA_TYPE   255   /* bytes of a Content-Type */

#define NGX_HTTP_SHOP_MEDIA_WIDTHS  "160 320 640 960 1280 1920"


/* a bucket: scheme://host/path of its objects */
typedef struct {
    ngx_str_t                url;
    ngx_str_t                host;
    ngx_str_t                path;       /* "/bucket", or "" */
    ngx_str_t                region;
    ngx_str_t                key;
    ngx_str_t                secret;
} ngx_http_shop_media_s3_t;

typedef struct {
    ngx_str_t                store;      /* directory; "" when not set */
    ngx_str_t                name;       /* of the workers that see it */
    ngx_thread_pool_t       *threads;
    size_t                   bytes;      /* limits of a picture */
    ngx_uint_t               side;
    ngx_uint_t               pixels;
    ngx_http_shop_media_s3_t s3;         /* url "" when not set */
} ngx_http_shop_media_main_conf_t;

typedef struct {
    ngx_str_t                remote;     /* named location, "" if none */
} ngx_http_shop_media_loc_conf_t;


/* An upload in a thread's hands: lives on its own, as the client may leave. */
typedef struct {
    ngx_thread_task_t        task;
    ngx_event_t              hold;       /* an exiting worker waits for it */
    ngx_shop_request_t      *sr;         /* NULL: nobody waits any more */
    ngx_http_cleanup_t      *cleanup;    /* the request's end, while it waits */
    const ngx_http_shop_media_main_conf_t  *conf;
    ngx_fd_t                 fd;         /* a copy of the body's */
    off_t                    size;
    u_char                  *body;       /* what parts point into */
    u_char                   declared[NGX_HTTP_SHOP_MEDIA_TYPE + 1];
    ngx_str_t                type;       /* the picture's, as declared */
    ngx_shop_multipart_t     form;
    unsigned                 is_form:1;

    /* what came of it: status 0, or a problem */
    ngx_uint_t               status;
    const char              *code;
    const char              *pointer;    /* of a bad field */
    const char              *detail;
    ngx_err_t                err;        /* of status 503 */
    u_char                   text[128];  /* for detail */
    ngx_shop_picture_t       picture;
    size_t                   bytes;
    u_char                   key[NGX_HTTP_SHOP_MEDIA_KEY + 1];
    ngx_uint_t               nparts;     /* fields beside the file */
    ngx_shop_part_t          parts[NGX_HTTP_SHOP_MEDIA_PARTS];
} ngx_http_shop_media_job_t;


extern ngx_module_t  ngx_http_shop_media_module;


/* upload.c: handler of rows that take a picture */
ngx_int_t ngx_http_shop_media_upload(ngx_shop_request_t *sr);

/* work.c: what a thread does; touches nothing but the job */
void ngx_http_shop_media_work(void *data, ngx_log_t *log);

/* serve.c: handler of a picture's address, and the object that it names;
   NGX_DECLINED: none */
ngx_int_t ngx_http_shop_media_serve(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_media_object(ngx_http_request_t *r,
    ngx_str_t *object);

/* s3.c: $shop_picture_url and the headers of its request */
ngx_int_t ngx_http_shop_media_s3_variables(ngx_conf_t *cf);
char *ngx_http_shop_media_s3(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);

/* conf.c: directives that are more than a slot */
char *ngx_http_shop_media_store(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_shop_media_limits(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_shop_media_pictures(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_shop_media_init_conf(ngx_conf_t *cf, void *conf);


#endif /* _NGX_HTTP_SHOP_MEDIA_H_INCLUDED_ */
