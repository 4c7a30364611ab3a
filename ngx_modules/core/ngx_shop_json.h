/*
 * JSON from outside: stricter than jansson alone.  Knows no request.
 */

#ifndef _NGX_SHOP_JSON_H_INCLUDED_
#define _NGX_SHOP_JSON_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <jansson.h>


#define NGX_SHOP_JSON_DEPTH  32


/*
 * Parses one object of at most NGX_SHOP_JSON_DEPTH levels, without duplicate
 * keys, NUL, invalid UTF-8 or numbers beyond 64 bits.  The value is the
 * caller's to json_decref().  NULL: *why is a static sentence.
 */
json_t *ngx_shop_json_parse(const u_char *text, size_t len, const char **why);

/* Length of the text with what JSON strings need escaped; with dst the text
   is written there.  Bytes that are not UTF-8 become U+FFFD. */
size_t ngx_shop_json_escape(u_char *dst, const u_char *text, size_t len);


#endif /* _NGX_SHOP_JSON_H_INCLUDED_ */
