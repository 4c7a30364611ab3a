/*
 * A string that grows.  When memory runs out the buffer is marked failed and
 * later additions do nothing, so that only the end has to be checked.
 */

#ifndef _SHOP_BUF_H_INCLUDED_
#define _SHOP_BUF_H_INCLUDED_


#include <stddef.h>


typedef struct {
    char                *data;           /* NUL-terminated once not NULL */
    size_t               len;
    size_t               size;
    int                  failed;
} shop_buf_t;


void shop_buf_add(shop_buf_t *b, const char *data, size_t len);
void shop_buf_str(shop_buf_t *b, const char *s);
void shop_buf_printf(shop_buf_t *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds s as a JSON string with its quotes, or null. */
void shop_buf_json(shop_buf_t *b, const char *s);

/* Empties, keeping the memory. */
void shop_buf_reset(shop_buf_t *b);
void shop_buf_free(shop_buf_t *b);


#endif /* _SHOP_BUF_H_INCLUDED_ */
