/*
 * CBOR (RFC 8949) as authenticators write it: definite lengths, no tags, no
 * floating point, a few levels.  Nothing is allocated: items point into what
 * is read.  It reads whatever was sent, so it is fuzzed (t/fuzz), and it goes
 * before libfido2, whose reader trusts the lengths that are written.
 */

#ifndef _NGX_SHOP_CBOR_H_INCLUDED_
#define _NGX_SHOP_CBOR_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_CBOR_DEPTH  4

/* types of an item */
#define NGX_SHOP_CBOR_UINT   0
#define NGX_SHOP_CBOR_NINT   1       /* -1 - value */
#define NGX_SHOP_CBOR_BYTES  2
#define NGX_SHOP_CBOR_TEXT   3
#define NGX_SHOP_CBOR_ARRAY  4       /* value: its items follow */
#define NGX_SHOP_CBOR_MAP    5       /* value: its pairs follow */
#define NGX_SHOP_CBOR_OTHER  7       /* false, true, null */


typedef struct {
    const u_char            *pos;
    const u_char            *last;
} ngx_shop_cbor_t;

typedef struct {
    ngx_uint_t               type;
    uint64_t                 value;
    ngx_str_t                text;       /* of BYTES and TEXT */
} ngx_shop_cbor_item_t;


/* The next item, of arrays and maps their head.  NGX_ERROR: not such CBOR, or
   cut short; a count never promises more items than there are bytes. */
ngx_int_t ngx_shop_cbor_next(ngx_shop_cbor_t *in, ngx_shop_cbor_item_t *item);

/* Passes over a whole item; all that is in it is looked at. */
ngx_int_t ngx_shop_cbor_skip(ngx_shop_cbor_t *in);

/* 1 if the item is this text. */
ngx_uint_t ngx_shop_cbor_is(const ngx_shop_cbor_item_t *item,
    const char *text);


#endif /* _NGX_SHOP_CBOR_H_INCLUDED_ */
