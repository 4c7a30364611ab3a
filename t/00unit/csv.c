/*
 * CSV is read the same wherever its text is cut, and what is wrong costs a
 * line.
 */

#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "unit.h"


typedef struct {
    const char  *name;
    const char  *text;
    const char  *expected;           /* cells as [a|b], other records by name */
} unit_csv_t;


static void unit_cases(void);
static void unit_limits(void);
static void unit_read(const char *text, size_t piece, char delimiter,
    shop_buf_t *out);


static const unit_csv_t  unit_csv_cases[] = {
    { "cells", "a,b,c\n", "[a|b|c]" },
    { "CRLF", "a,b\r\nc,d\r\n", "[a|b][c|d]" },
    { "no end of the last line", "a,b\nc", "[a|b][c]" },
    { "empty cells", ",a,\n", "[|a|]" },
    { "empty lines", "\n\na\n\n", "[][][a][]" },
    { "an empty cell in quotes is one", "\"\"\n", "[]" },
    { "quotes", "\"a,b\",\"c\"\"d\"\n", "[a,b|c\"d]" },
    { "a line break in quotes", "\"a\nb\",c\nd\n", "[a\nb|c][d]" },
    { "quotes of nothing but a quote", "\"\"\"\"\n", "[\"]" },
    { "a quote inside a cell", "a\"b,c\n", "[a\"b|c]" },
    { "space around", " a ,\tb\n", "[a|b]" },
    { "text behind a quote", "\"a\"b,c\nd\n", "<bad>[d]" },
    { "a quote that stays open", "a\n\"b,c\nd,e\n", "[a]<bad>[d|e]" },
    { "an apostrophe before a formula", "'=1,'a,'-\n", "[=1|'a|-]" },
    { "an apostrophe that was there before", "'\'=1,''a\n", "['=1|''a]" },
    { "a CR alone is text", "a\rb,c\n", "[a\rb|c]" },
    { "a CR at the end", "a,b\r", "[a|b]" },
    { "nothing", "", "" },
    { NULL, NULL, NULL }
};


int
main(void)
{
    unit_cases();
    unit_limits();

    return unit_end();
}


/* no pools here */

void
ngx_unit_cleanup(void)
{
}


static void
unit_cases(void)
{
    int                same;
    size_t             piece;
    char               name[200];
    shop_buf_t         out;
    const unit_csv_t  *c;

    memset(&out, 0, sizeof(out));

    for (c = unit_csv_cases; c->name; c++) {
        same = 1;

        for (piece = 1; piece <= strlen(c->text) + 1; piece++) {
            unit_read(c->text, piece, ',', &out);
            same &= strcmp(out.data, c->expected) == 0;
        }

        snprintf(name, sizeof(name), "%s: %s", c->name, same ? "as it is"
                                                             : out.data);
        ok(same, name);
    }

    unit_read("a;b,c\n", 100, ';', &out);
    ok(strcmp(out.data, "[a|b,c]") == 0, "another delimiter");

    shop_buf_free(&out);
}


static void
unit_limits(void)
{
    int          i;
    char        *big;
    shop_buf_t   text, out;

    memset(&text, 0, sizeof(text));
    memset(&out, 0, sizeof(out));

    for (i = 0; i < SHOP_CSV_CELLS + 10; i++) {
        shop_buf_str(&text, "x,");
    }

    shop_buf_str(&text, "\na\n");
    unit_read(text.data, text.len, ',', &out);
    ok(strcmp(out.data, "<wide>[a]") == 0, "too many cells cost their line");

    big = malloc(SHOP_CSV_RECORD + 100);
    memset(big, 'x', SHOP_CSV_RECORD + 99);
    big[0] = '"';
    big[SHOP_CSV_RECORD + 99] = '\0';
    unit_read(big, SHOP_CSV_RECORD + 99, ',', &out);
    ok(strcmp(out.data, "<long>") == 0, "a record has an end");

    free(big);
    shop_buf_free(&text);
    shop_buf_free(&out);
}


/* as if the text came in pieces of that size */

static void
unit_read(const char *text, size_t piece, char delimiter, shop_buf_t *out)
{
    int                 i;
    size_t              at, end, len;
    shop_csv_e          rc;
    static shop_csv_t   csv;
    static const char  *names[] = { "", "", "", "<bad>", "<wide>", "<long>" };

    csv.delimiter = delimiter;
    shop_buf_reset(out);
    shop_buf_str(out, "");
    len = strlen(text);
    at = 0;
    end = piece < len ? piece : len;

    for ( ;; ) {
        rc = shop_csv_read(&csv, text + at, end - at, end == len);

        if (rc == SHOP_CSV_MORE) {
            end = end + piece < len ? end + piece : len;
            continue;
        }

        if (rc == SHOP_CSV_END) {
            break;
        }

        shop_buf_str(out, rc == SHOP_CSV_ROW ? "[" : names[rc]);

        for (i = 0; i < csv.ncells && rc == SHOP_CSV_ROW; i++) {
            shop_buf_str(out, i ? "|" : "");
            shop_buf_str(out, shop_csv_cell(&csv, i));
        }

        shop_buf_str(out, rc == SHOP_CSV_ROW ? "]" : "");

        if (rc == SHOP_CSV_LONG) {
            break;
        }

        at += csv.used;
    }

    shop_csv_free(&csv);
}
