/*
 * Forms (application/x-www-form-urlencoded) as OAuth reads them: whatever is
 * broken refuses the whole form, what occurs twice is known, what is empty
 * counts as absent (RFC 6749, 3.1 and 3.2).  Knows no request and no pool;
 * reads whatever was sent, so it is fuzzed (t/fuzz).
 */

#ifndef _NGX_SHOP_FORM_H_INCLUDED_
#define _NGX_SHOP_FORM_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_FORM_MAX  64        /* parameters of a form */


typedef struct {
    ngx_str_t                name;       /* both NUL-terminated */
    ngx_str_t                value;
} ngx_shop_form_pair_t;

typedef struct {
    ngx_uint_t               n;
    ngx_shop_form_pair_t     pairs[NGX_SHOP_FORM_MAX];
} ngx_shop_form_t;


/* Reads len bytes of text in place; names and values point into it, so it is
   the caller's to keep, with one byte to write to after its end.  NGX_OK or
   NGX_DECLINED: too many pairs, or not UTF-8 in percent encoding without
   NUL. */
ngx_int_t ngx_shop_form_parse(ngx_shop_form_t *form, u_char *text,
    size_t len);

/* The first value of that name; NULL when it is absent or empty. */
ngx_str_t *ngx_shop_form_get(ngx_shop_form_t *form, const char *name);

/* 1 if the name occurs more than once; of any name when it is NULL. */
ngx_uint_t ngx_shop_form_repeated(ngx_shop_form_t *form, const char *name);

/* 1 if a Content-Type is that of a form. */
ngx_uint_t ngx_shop_form_is_type(const ngx_str_t *type);

/* Writes text with everything but letters, digits, "-", "." and "_" encoded;
   returns the end.  dst holds 3 * text->len bytes. */
u_char *ngx_shop_form_escape(u_char *dst, const ngx_str_t *text);


#endif /* _NGX_SHOP_FORM_H_INCLUDED_ */
