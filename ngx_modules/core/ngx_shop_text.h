/*
 * Checks of single values that came from outside.  Knows no request and no
 * pool: everything works in place on the caller's bytes.
 */

#ifndef _NGX_SHOP_TEXT_H_INCLUDED_
#define _NGX_SHOP_TEXT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_ID_MAX      128
#define NGX_SHOP_EMAIL_MAX   254     /* RFC 5321, 4.5.3.1.3 */
#define NGX_SHOP_LOCALE_MAX  35
#define NGX_SHOP_SLUG_MAX    128
#define NGX_SHOP_COOKIE_MAX  4096


/* Characters of strict UTF-8 without NUL (no overlong forms, no surrogates),
   or -1 when it is not that. */
ssize_t ngx_shop_utf8_count(const u_char *p, size_t len);

/* Decodes %XX (and "+" with plus) in place; NGX_ERROR for a broken or NUL
   escape, or when the result is not UTF-8. */
ngx_int_t ngx_shop_percent_decode(ngx_str_t *text, ngx_uint_t plus);

/* A decimal integer of 64 bits, without leading zeros or spaces. */
ngx_int_t ngx_shop_text_int(const ngx_str_t *text, int64_t *value);

/* 1 if the text has the form. */
ngx_uint_t ngx_shop_text_is_uuid(const ngx_str_t *text);
ngx_uint_t ngx_shop_text_is_id(const ngx_str_t *text);
ngx_uint_t ngx_shop_text_is_email(const ngx_str_t *text);
ngx_uint_t ngx_shop_text_is_upper(const ngx_str_t *text, size_t len);
ngx_uint_t ngx_shop_text_is_time(const ngx_str_t *text);
ngx_uint_t ngx_shop_text_is_locale(const ngx_str_t *text);
ngx_uint_t ngx_shop_text_is_slug(const ngx_str_t *text);

/* 1 if the text is one of the words, which a space separates. */
ngx_uint_t ngx_shop_text_is_word(const ngx_str_t *text, const char *words);

/* The next pair of a query string; NGX_DONE at the end.  Both are raw. */
ngx_int_t ngx_shop_query_next(u_char **pos, u_char *end, ngx_str_t *name,
    ngx_str_t *value);

/* A cookie's value in one Cookie header (RFC 6265); NGX_DECLINED when it is
   not there or longer than NGX_SHOP_COOKIE_MAX. */
ngx_int_t ngx_shop_cookie_find(const ngx_str_t *header, const ngx_str_t *name,
    ngx_str_t *value);

/* The opaque key of an Idempotency-Key header: a quoted structured-field
   string or bare, 1 to 255 printable characters. */
ngx_int_t ngx_shop_text_key(ngx_str_t *text);


#endif /* _NGX_SHOP_TEXT_H_INCLUDED_ */
