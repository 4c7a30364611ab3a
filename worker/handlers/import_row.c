/*
 * A record of a file of products as JSON.
 */

#include <string.h>

#include "import.h"


static const char *shop_import_cells(shop_import_t *im);
static const char *shop_import_plain(shop_import_t *im, const char **sep);
static void shop_import_nested(shop_import_t *im, const char *parent,
    const char **sep);
static int shop_import_is_json(const char *cell);


/* what columns like "attributes.Material" are members of */

static const char *const  shop_import_parents[] = {
    "options", "attributes", "prices", "seo", "metadata", "translations"
};


void
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
    json_t        *value;
    json_error_t   err;

    value = json_loadb(cell, strlen(cell), JSON_REJECT_DUPLICATES, &err);
    ok = json_is_object(value);
    json_decref(value);

    return ok;
}
