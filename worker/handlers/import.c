/*
 * products.import: a file of products, some hundred rows a step.  What its
 * columns are, what is wrong with a row and what becomes of it is SQL's
 * (catalog.import_*); here bytes become rows.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"


#define SHOP_IMPORT_ROWS     500         /* of a step */
#define SHOP_IMPORT_BYTES    (512 * 1024)


/* columns of ops.upload_read() */

enum {
    SHOP_UPLOAD_START = 0,
    SHOP_UPLOAD_DATA,
    SHOP_UPLOAD_SIZE
};


static int shop_import_file(shop_import_t *im);
static shop_csv_e shop_import_next(shop_import_t *im, int *rc);
static int shop_import_more(shop_import_t *im);
static int shop_import_begin(shop_import_t *im);
static int shop_import_flush(shop_import_t *im, int finished);


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
