/*
 * What the parts of products.import share: a file as it is read, and a step's
 * rows as they are made.
 */

#ifndef _SHOP_IMPORT_H_INCLUDED_
#define _SHOP_IMPORT_H_INCLUDED_


#include "../csv.h"
#include "jobs.h"


typedef struct {
    shop_claimed_t      *c;
    shop_csv_t           csv;
    shop_buf_t           text;           /* a piece of the file */
    int64_t              start;          /* of text in it */
    size_t               at;             /* in text: the next record */
    int64_t              size;           /* of the file */
    int64_t              line;           /* of the next record */
    json_t              *columns;        /* NULL: not known yet */
    shop_buf_t           rows;           /* of the step, as JSON */
    int                  nrows;
} shop_import_t;


/* Adds the record that was read last, which began in a line, to the rows. */
void shop_import_row(shop_import_t *im, shop_csv_e how, int64_t line);


#endif /* _SHOP_IMPORT_H_INCLUDED_ */
