/*
 * Forms with files (multipart/form-data, RFC 7578).  Knows no request and no
 * pool; reads whatever was sent, so it is fuzzed (t/fuzz).
 */

#ifndef _NGX_SHOP_MULTIPART_H_INCLUDED_
#define _NGX_SHOP_MULTIPART_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_BOUNDARY_MAX  70        /* RFC 2046, 5.1.1 */
#define NGX_SHOP_PART_HEADERS  4096      /* bytes of a part's headers */


typedef struct {
    u_char                  *pos;
    u_char                  *last;
    size_t                   len;        /* of mark */
    u_char                   mark[NGX_SHOP_BOUNDARY_MAX + 4];
} ngx_shop_multipart_t;

/* all of it points into the body */
typedef struct {
    ngx_str_t                name;
    ngx_str_t                type;       /* "" when the part names none */
    ngx_str_t                value;
    unsigned                 file:1;     /* it has a filename */
} ngx_shop_part_t;


/* The boundary of a Content-Type.  NGX_OK, NGX_DECLINED: it is no
   multipart/form-data, or NGX_ERROR: without a good boundary. */
ngx_int_t ngx_shop_multipart_type(ngx_shop_multipart_t *m,
    const ngx_str_t *type);

/* Begins with a body; it stays the caller's. */
ngx_int_t ngx_shop_multipart_open(ngx_shop_multipart_t *m, u_char *body,
    size_t len);

/* The next part: NGX_OK, NGX_DONE after the last one, or NGX_ERROR: the body
   is not what RFC 7578 says. */
ngx_int_t ngx_shop_multipart_next(ngx_shop_multipart_t *m,
    ngx_shop_part_t *part);


#endif /* _NGX_SHOP_MULTIPART_H_INCLUDED_ */
