#include <string.h>

#include "csv.h"


static shop_csv_e shop_csv_quoted(shop_csv_t *csv, const char **p,
    const char *end);
static void shop_csv_plain(shop_csv_t *csv, const char **p, const char *end);
static shop_csv_e shop_csv_pass(shop_csv_t *csv, const char *start,
    const char *p, const char *end, int last, shop_csv_e why);
static int shop_csv_space(char c);


shop_csv_e
shop_csv_read(shop_csv_t *csv, const char *start, size_t len, int last)
{
    shop_csv_e   rc;
    const char  *p, *end;

    csv->ncells = 0;
    csv->lines = 0;
    csv->used = 0;
    shop_buf_reset(&csv->text);

    if (len == 0) {
        return last ? SHOP_CSV_END : SHOP_CSV_MORE;
    }

    p = start;
    end = start + len;

    for ( ;; ) {

        if (csv->ncells == SHOP_CSV_CELLS) {
            return shop_csv_pass(csv, start, p, end, last, SHOP_CSV_WIDE);
        }

        csv->cells[csv->ncells++] = csv->text.len;

        if (p < end && *p == '"') {
            rc = shop_csv_quoted(csv, &p, end);

            if (rc != SHOP_CSV_ROW) {
                return shop_csv_pass(csv, start, p, end, last, rc);
            }

        } else {
            shop_csv_plain(csv, &p, end);
        }

        shop_buf_add(&csv->text, "", 1);

        /* a CR that ends the text may be half of a line's end */

        if (p == end || (*p == '\r' && p + 1 == end)) {
            if (!last) {
                return len > SHOP_CSV_RECORD ? SHOP_CSV_LONG : SHOP_CSV_MORE;
            }

            csv->used = len;
            csv->lines++;
            break;
        }

        if (*p == csv->delimiter) {
            p++;
            continue;
        }

        p += (*p == '\r');
        p++;
        csv->used = (size_t) (p - start);
        csv->lines++;
        break;
    }

    /* an empty line is no record of one empty cell */

    if (csv->ncells == 1 && csv->text.len == 1 && *start != '"') {
        csv->ncells = 0;
    }

    return csv->used > SHOP_CSV_RECORD || csv->text.failed ? SHOP_CSV_LONG
                                                           : SHOP_CSV_ROW;
}


char *
shop_csv_cell(shop_csv_t *csv, int i)
{
    char    *s;
    size_t   n;

    s = csv->text.data + csv->cells[i];

    while (shop_csv_space(*s)) {
        s++;
    }

    n = strlen(s);

    while (n > 0 && shop_csv_space(s[n - 1])) {
        s[--n] = '\0';
    }

    n = strspn(s, "'");

    if (n > 0 && s[n] && strchr("=+-@\t\r", s[n])) {
        s++;
    }

    return s;
}


void
shop_csv_free(shop_csv_t *csv)
{
    shop_buf_free(&csv->text);
}


/* SHOP_CSV_ROW: *p is behind the closing quote; MORE: there is none yet */

static shop_csv_e
shop_csv_quoted(shop_csv_t *csv, const char **p, const char *end)
{
    const char  *from, *s;

    from = *p + 1;

    for (s = from; s < end; s++) {

        if (*s == '\n') {
            csv->lines++;
        }

        if (*s != '"') {
            continue;
        }

        shop_buf_add(&csv->text, from, (size_t) (s - from));

        if (s + 1 < end && s[1] == '"') {
            s++;
            from = s;
            continue;
        }

        *p = s + 1;

        if (*p == end || **p == csv->delimiter || **p == '\r' || **p == '\n')
        {
            return SHOP_CSV_ROW;
        }

        return SHOP_CSV_BAD;
    }

    *p = end;

    return SHOP_CSV_MORE;
}


static void
shop_csv_plain(shop_csv_t *csv, const char **p, const char *end)
{
    const char  *s;

    for (s = *p; s < end; s++) {
        if (*s == csv->delimiter || *s == '\n'
            || (*s == '\r' && (s + 1 == end || s[1] == '\n')))
        {
            break;
        }
    }

    shop_buf_add(&csv->text, *p, (size_t) (s - *p));
    *p = s;
}


/* What can't be read is passed over up to the end of its line. */

static shop_csv_e
shop_csv_pass(shop_csv_t *csv, const char *start, const char *p,
    const char *end, int last, shop_csv_e why)
{
    const char  *s;

    if (why == SHOP_CSV_MORE) {

        if ((size_t) (end - start) > SHOP_CSV_RECORD) {
            return SHOP_CSV_LONG;
        }

        if (!last) {
            return SHOP_CSV_MORE;
        }

        /* a quote that nothing closes: only its line is lost */

        p = start;
        csv->lines = 0;
        why = SHOP_CSV_BAD;
    }

    s = memchr(p, '\n', (size_t) (end - p));

    if (s == NULL) {

        if (!last) {
            return (size_t) (end - start) > SHOP_CSV_RECORD ? SHOP_CSV_LONG
                                                            : SHOP_CSV_MORE;
        }

        s = end - 1;
    }

    csv->lines++;
    csv->used = (size_t) (s + 1 - start);
    csv->ncells = 0;

    return why;
}


static int
shop_csv_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
