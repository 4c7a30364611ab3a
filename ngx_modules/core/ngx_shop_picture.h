/*
 * What kind of picture bytes are, how large it is, and whether it is whole:
 * read from its structure, nothing is decoded.  Knows no request and no pool;
 * reads whatever was sent, so it is fuzzed (t/fuzz).
 */

#ifndef _NGX_SHOP_PICTURE_H_INCLUDED_
#define _NGX_SHOP_PICTURE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    const char              *type;       /* "jpeg", "png" or "webp" */
    ngx_uint_t               width;
    ngx_uint_t               height;
} ngx_shop_picture_t;


/* NGX_OK; NGX_DECLINED: it is no JPEG, PNG or WebP; NGX_ERROR: it claims to
   be, and *why is a phrase that tells what is wrong. */
ngx_int_t ngx_shop_picture_read(ngx_shop_picture_t *picture,
    const u_char *p, size_t len, const char **why);

/* The same of one type. */
ngx_int_t ngx_shop_picture_jpeg(ngx_shop_picture_t *picture, const u_char *p,
    size_t len, const char **why);
ngx_int_t ngx_shop_picture_png(ngx_shop_picture_t *picture, const u_char *p,
    size_t len, const char **why);
ngx_int_t ngx_shop_picture_webp(ngx_shop_picture_t *picture, const u_char *p,
    size_t len, const char **why);


#endif /* _NGX_SHOP_PICTURE_H_INCLUDED_ */
