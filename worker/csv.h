/*
 * CSV (RFC 4180), a record at a time out of a text that comes in pieces.
 * Lines end with LF or CRLF; a quote counts at the beginning of a cell only.
 */

#ifndef _SHOP_CSV_H_INCLUDED_
#define _SHOP_CSV_H_INCLUDED_


#include "buf.h"


#define SHOP_CSV_CELLS     500           /* of a record */
#define SHOP_CSV_RECORD    (1024 * 1024) /* bytes */


typedef enum {
    SHOP_CSV_ROW = 0,                    /* cells were read */
    SHOP_CSV_MORE,                       /* the record goes on: more text */
    SHOP_CSV_END,                        /* there is none any more */
    SHOP_CSV_BAD,                        /* misquoted: passed over */
    SHOP_CSV_WIDE,                       /* too many cells: passed over */
    SHOP_CSV_LONG                        /* no record can be that long */
} shop_csv_e;

typedef struct {
    char                 delimiter;      /* set by the caller */

    int                  ncells;
    size_t               cells[SHOP_CSV_CELLS];    /* where in text */
    shop_buf_t           text;           /* each cell NUL-terminated */
    size_t               used;           /* bytes of the record */
    int                  lines;          /* that it took */
} shop_csv_t;


/* Reads the record that p begins with; last: nothing follows these bytes. */
shop_csv_e shop_csv_read(shop_csv_t *csv, const char *p, size_t len,
    int last);

/* A cell without the space around it; what an export put before a formula is
   taken off. */
char *shop_csv_cell(shop_csv_t *csv, int i);

void shop_csv_free(shop_csv_t *csv);


#endif /* _SHOP_CSV_H_INCLUDED_ */
