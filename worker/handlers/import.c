/*
 * products.import: a file of products, some hundred rows a step.  What its
 * columns are, what is wrong with a row and what becomes of it is SQL's
 * (catalog.import_*); here bytes become rows.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../csv.h"
#include "jobs.h"


#define SHOP_IMPORT_ROWS     500         /* of a step */
#define SHOP_IMPORT_BYTES    (512 * 1024)
#define SHOP_IMPORT_JSON     20000       /* bytes of a cell that is JSON */


/* columns of ops.upload_read() */

enum {
    SHOP_UPLOAD_START = 0,
    SHOP_UPLOAD_DATA,
    SHOP_UPLOAD_SIZE
};

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


static int shop_import_file(shop_import_t *im);
static shop_csv_e shop_import_next(shop_import_t *im, int *rc);
static int shop_import_more(shop_import_t *im);
static int shop_import_begin(shop_import_t *im);
static int shop_import_flush(shop_import_t *im, int finished);
static void shop_import_row(shop_import_t *im, shop_csv_e how,
    int64_t line);
static const char *shop_import_cells(shop_import_t *im);
static const char *shop_import_plain(shop_import_t *im, const char **sep);
static void shop_import_nested(shop_import_t *im, const char *parent,
    const char **sep);
static int shop_import_is_json(const char *cell);


static const shop_stmt_t  shop_import_read_stmt = {
    "upload_read",
    "select * from ops.upload_read($1::uuid, $2::uuid, $3::bigint)", 3
};

static const shop_stmt_t  shop_import_begin_stmt = {
    "import_begin",
    "select columns from catalog.import_begin($1::uuid, $2::uuid, "
    "$3::jsonb)", 3
};

static const shop_stmt_t  shop_import_step_stmt = {
    "import_step",
    "select held from catalog.import_step($1::uuid, $2::uuid, $3::jsonb, "
    "$4::bigint, $5::bigint, $6::boolean)", 6
};

/* what columns like "attributes.Material" are members of */

static const char *const  shop_import_parents[] = {
    "options", "attributes", "prices", "seo", "metadata"
};


int
shop_import_work(shop_claimed_t *c)
{
    int             rc;
    const char     *delimiter;
    shop_import_t  *im;

    im = calloc(1, sizeof(*im));
    if (im == NULL) {
        return SHOP_DOWN;
    }

    im->c = c;
    im->start = c->place;
    im->line = json_integer_value(json_object_get(c->state, "line"));
    im->columns = json_incref(json_object_get(c->state, "columns"));

    delimiter = json_string_value(json_object_get(c->options, "delimiter"));
    im->csv.delimiter = delimiter == NULL || strcmp(delimiter, "comma") == 0
                        ? ',' : strcmp(delimiter, "tab") == 0 ? '\t' : ';';

    rc = shop_import_file(im);

    json_decref(im->columns);
    shop_csv_free(&im->csv);
    shop_buf_free(&im->text);
    shop_buf_free(&im->rows);
    free(im);

    return rc;
}


static int
shop_import_file(shop_import_t *im)
{
    int         rc;
    int64_t     line;
    shop_csv_e  how;

    rc = 1;

    while (rc == 1) {

        if (shop_stopping()) {
            return SHOP_DOWN;
        }

        how = shop_import_next(im, &rc);

        if (rc != 1) {
            break;
        }

        line = im->line;
        im->line += im->csv.lines;
        im->at += im->csv.used;

        if (how == SHOP_CSV_END || how == SHOP_CSV_LONG) {
            if (how == SHOP_CSV_LONG) {
                shop_import_row(im, how, line);
            }

            im->at = im->text.len;
            rc = shop_import_flush(im, 1);
            return rc < 0 ? rc : SHOP_OK;
        }

        if (how == SHOP_CSV_ROW && im->csv.ncells == 0) {
            continue;
        }

        if (im->columns == NULL) {
            rc = shop_import_begin(im);
            continue;
        }

        shop_import_row(im, how, line);

        if (im->nrows == SHOP_IMPORT_ROWS
            || im->rows.len > SHOP_IMPORT_BYTES)
        {
            rc = shop_import_flush(im, 0);
        }
    }

    return rc;
}


/* the next record, with as much of the file as it takes */

static shop_csv_e
shop_import_next(shop_import_t *im, int *rc)
{
    shop_csv_e  how;

    for ( ;; ) {
        how = shop_csv_read(&im->csv, im->text.len ? im->text.data + im->at
                                                   : "",
                            im->text.len - im->at,
                            im->size
                            && im->start + (int64_t) im->text.len >= im->size);

        if (how != SHOP_CSV_MORE) {
            return how;
        }

        *rc = shop_import_more(im);

        if (*rc != 1) {
            return how;
        }
    }
}


/* 1, or 0: the job is not this worker's any more */

static int
shop_import_more(shop_import_t *im)
{
    int          rc;
    char         place[32];
    int64_t      start, skip;
    PGresult    *res;
    const char  *params[3], *data;

    snprintf(place, sizeof(place), "%lld",
             (long long) im->start + (long long) im->text.len);

    params[0] = im->c->id;
    params[1] = im->c->lease;
    params[2] = place;

    rc = shop_pg_exec(&im->c->job->pg, &shop_import_read_stmt, params, &res);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&im->c->job->pg, &shop_import_read_stmt, res);
    }

    if (rc == SHOP_OK && PQntuples(res) > 0) {

        /* what was read is let go */

        if (im->at) {
            memmove(im->text.data, im->text.data + im->at,
                    im->text.len - im->at + 1);
            im->start += (int64_t) im->at;
            im->text.len -= im->at;
            im->at = 0;
        }

        data = PQgetvalue(res, 0, SHOP_UPLOAD_DATA);
        start = strtoll(PQgetvalue(res, 0, SHOP_UPLOAD_START), NULL, 10);
        im->size = strtoll(PQgetvalue(res, 0, SHOP_UPLOAD_SIZE), NULL, 10);
        skip = im->start + (int64_t) im->text.len - start;

        if (im->start == 0 && im->text.len == 0
            && strncmp(data, "\xef\xbb\xbf", 3) == 0)
        {
            skip = 3;
            im->start = 3;
        }

        shop_buf_add(&im->text, data + skip,
                     (size_t) PQgetlength(res, 0, SHOP_UPLOAD_DATA)
                     - (size_t) skip);
        rc = im->text.failed ? SHOP_ERROR : 1;
    }

    PQclear(res);

    return rc;
}


/* the first line: 1 when it names columns, 0 when the job ended with it */

static int
shop_import_begin(shop_import_t *im)
{
    int            i, rc;
    PGresult      *res;
    shop_buf_t     header;
    const char    *params[3];
    json_error_t   err;

    memset(&header, 0, sizeof(header));

    for (i = 0; i < im->csv.ncells; i++) {
        shop_buf_str(&header, i ? "," : "[");
        shop_buf_json(&header, shop_csv_cell(&im->csv, i));
    }

    shop_buf_str(&header, i ? "]" : "[]");

    params[0] = im->c->id;
    params[1] = im->c->lease;
    params[2] = header.data;

    rc = shop_pg_exec(&im->c->job->pg, &shop_import_begin_stmt, params, &res);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&im->c->job->pg, &shop_import_begin_stmt, res);
    }

    if (rc == SHOP_OK && PQntuples(res) > 0) {
        im->columns = json_loads(PQgetvalue(res, 0, 0), 0, &err);
        rc = im->columns ? 1 : SHOP_ERROR;
    }

    PQclear(res);
    shop_buf_free(&header);

    return rc;
}


/* the rows so far, and where the next one is: 1, or 0 as above */

static int
shop_import_flush(shop_import_t *im, int finished)
{
    int          rc;
    char         place[32], line[32];
    const char  *params[6];

    shop_buf_str(&im->rows, im->nrows ? "]" : "[]");
    snprintf(place, sizeof(place), "%lld",
             (long long) im->start + (long long) im->at);
    snprintf(line, sizeof(line), "%lld", (long long) im->line);

    params[0] = im->c->id;
    params[1] = im->c->lease;
    params[2] = im->rows.data;
    params[3] = place;
    params[4] = line;
    params[5] = finished ? "t" : "f";

    rc = im->rows.failed ? SHOP_ERROR
                         : shop_jobs_step(im->c, &shop_import_step_stmt,
                                          params);
    shop_buf_reset(&im->rows);
    im->nrows = 0;

    return rc;
}


static void
shop_import_row(shop_import_t *im, shop_csv_e how, int64_t line)
{
    const char  *bad;

    shop_buf_str(&im->rows, im->nrows ? "," : "[");
    shop_buf_printf(&im->rows, "{\"line\":%lld,\"cells\":{",
                    (long long) line);

    switch (how) {

    case SHOP_CSV_ROW:
        bad = shop_import_cells(im);
        break;

    case SHOP_CSV_WIDE:
        bad = "has too many cells";
        break;

    case SHOP_CSV_LONG:
        bad = "is longer than a row may be, and the end of what is read";
        break;

    default:
        bad = "has a quote that is not closed, or text behind one that is";
        break;
    }

    shop_buf_str(&im->rows, "}");

    if (bad) {
        shop_buf_str(&im->rows, ",\"bad\":");
        shop_buf_json(&im->rows, bad);
    }

    shop_buf_str(&im->rows, "}");
    im->nrows++;
}


/* what is wrong with them, or NULL */

static const char *
shop_import_cells(shop_import_t *im)
{
    int          i;
    size_t       k;
    const char  *bad, *sep;

    sep = "";
    bad = shop_import_plain(im, &sep);

    for (k = 0; k < sizeof(shop_import_parents) / sizeof(char *); k++) {
        shop_import_nested(im, shop_import_parents[k], &sep);
    }

    for (i = (int) json_array_size(im->columns); i < im->csv.ncells; i++) {
        if (*shop_csv_cell(&im->csv, i)) {
            return "has more cells than the first line";
        }
    }

    return bad;
}


static const char *
shop_import_plain(shop_import_t *im, const char **sep)
{
    int          i;
    char        *cell;
    size_t       len;
    const char  *name, *bad;

    bad = NULL;

    for (i = 0; i < im->csv.ncells; i++) {
        name = json_string_value(json_array_get(im->columns, (size_t) i));

        if (name == NULL || *name == '\0' || strchr(name, '.')) {
            continue;
        }

        cell = shop_csv_cell(&im->csv, i);

        if (*cell == '\0') {
            continue;
        }

        len = strlen(name);

        if (name[len - 1] == '}' && !shop_import_is_json(cell)) {
            bad = "has a cell that must be a JSON object and is not";
            continue;
        }

        shop_buf_str(&im->rows, *sep);
        shop_buf_json(&im->rows, name);
        shop_buf_str(&im->rows, ":");

        if (name[len - 1] == '}') {
            shop_buf_str(&im->rows, cell);
        } else {
            shop_buf_json(&im->rows, cell);
        }

        *sep = ",";
    }

    return bad;
}


static void
shop_import_nested(shop_import_t *im, const char *parent, const char **sep)
{
    int          i, n;
    char        *cell;
    size_t       len;
    const char  *name;

    n = 0;
    len = strlen(parent);

    for (i = 0; i < im->csv.ncells; i++) {
        name = json_string_value(json_array_get(im->columns, (size_t) i));

        if (name == NULL || strncmp(name, parent, len) != 0
            || name[len] != '.')
        {
            continue;
        }

        cell = shop_csv_cell(&im->csv, i);

        if (*cell == '\0') {
            continue;
        }

        if (n++ == 0) {
            shop_buf_str(&im->rows, *sep);
            shop_buf_json(&im->rows, parent);
            shop_buf_str(&im->rows, ":{");

        } else {
            shop_buf_str(&im->rows, ",");
        }

        shop_buf_json(&im->rows, name + len + 1);
        shop_buf_str(&im->rows, ":");
        shop_buf_json(&im->rows, cell);
    }

    if (n) {
        shop_buf_str(&im->rows, "}");
        *sep = ",";
    }
}


/* A JSON object is passed on as it was written: numbers are not touched. */

static int
shop_import_is_json(const char *cell)
{
    int            ok;
    size_t         len;
    json_t        *value;
    json_error_t   err;

    len = strlen(cell);

    if (len > SHOP_IMPORT_JSON) {
        return 0;
    }

    value = json_loadb(cell, len, JSON_REJECT_DUPLICATES, &err);
    ok = json_is_object(value);
    json_decref(value);

    return ok;
}
