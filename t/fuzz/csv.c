/*
 * CSV as imports read it: the same wherever its text is cut, and never beyond.
 * The first byte chooses the delimiter, the second where pieces end.
 *
 * worker: buf csv
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"


static void shop_fuzz_records(const char *text, size_t len, size_t piece,
    char delimiter, shop_buf_t *out);
static shop_csv_e shop_fuzz_record(shop_csv_t *csv, const char *text,
    size_t len, int last);
static void shop_fuzz_tell(shop_csv_t *csv, shop_csv_e rc, shop_buf_t *out);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char                 delimiter;
    size_t               piece;
    shop_buf_t           whole, pieces;
    static const char    delimiters[] = { ',', ';', '\t' };

    if (size < 2) {
        return 0;
    }

    delimiter = delimiters[data[0] % sizeof(delimiters)];
    piece = 1 + data[1];
    memset(&whole, 0, sizeof(whole));
    memset(&pieces, 0, sizeof(pieces));

    shop_fuzz_records((const char *) data + 2, size - 2, size, delimiter,
                      &whole);
    shop_fuzz_records((const char *) data + 2, size - 2, piece, delimiter,
                      &pieces);

    if (whole.len != pieces.len
        || (whole.len && memcmp(whole.data, pieces.data, whole.len) != 0))
    {
        abort();
    }

    shop_buf_free(&whole);
    shop_buf_free(&pieces);

    return 0;
}


static void
shop_fuzz_records(const char *text, size_t len, size_t piece, char delimiter,
    shop_buf_t *out)
{
    size_t      at, end;
    shop_csv_e  rc;
    shop_csv_t  csv;

    memset(&csv, 0, sizeof(csv));
    csv.delimiter = delimiter;
    at = 0;
    end = piece < len ? piece : len;

    for ( ;; ) {
        rc = shop_fuzz_record(&csv, text + at, end - at, end == len);

        if (rc == SHOP_CSV_MORE) {
            end = end + piece < len ? end + piece : len;
            continue;
        }

        if (rc == SHOP_CSV_END || rc == SHOP_CSV_LONG) {
            break;
        }

        shop_fuzz_tell(&csv, rc, out);
        at += csv.used;
    }

    if (rc == SHOP_CSV_LONG || at != len) {
        abort();
    }

    shop_csv_free(&csv);
}


/* a block of its own shows what is read beyond */

static shop_csv_e
shop_fuzz_record(shop_csv_t *csv, const char *text, size_t len, int last)
{
    char        *own;
    shop_csv_e   rc;

    own = malloc(len ? len : 1);
    memcpy(own, text, len);
    rc = shop_csv_read(csv, own, len, last);
    free(own);

    if ((rc == SHOP_CSV_MORE && last)
        || (rc == SHOP_CSV_END && (!last || len))
        || (rc != SHOP_CSV_MORE && rc != SHOP_CSV_END
            && (csv->used == 0 || csv->used > len || csv->lines == 0)))
    {
        abort();
    }

    return rc;
}


static void
shop_fuzz_tell(shop_csv_t *csv, shop_csv_e rc, shop_buf_t *out)
{
    int    i;
    char  *cell;

    shop_buf_printf(out, "%d %zu %d", rc, csv->used, csv->lines);

    for (i = 0; rc == SHOP_CSV_ROW && i < csv->ncells; i++) {
        cell = shop_csv_cell(csv, i);

        if (cell < csv->text.data
            || cell + strlen(cell) >= csv->text.data + csv->text.len)
        {
            abort();
        }

        shop_buf_str(out, "|");
        shop_buf_str(out, cell);
    }

    shop_buf_str(out, "\n");
}
