/*
 * What nobody shows any more: pictures that were made, and uploads that no row
 * tells of.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../buf.h"
#include "../store.h"
#include "handlers.h"


#define SHOP_MEDIA_TIDY  10000       /* ms between looks */
#define SHOP_MEDIA_OLD   3600        /* s until an upload is nobody's */
#define SHOP_MEDIA_OLDS  100


static int shop_media_remove(shop_job_t *job);
static void shop_media_old(void *data, const char *name);
static int shop_media_uploads(shop_job_t *job);


static const shop_stmt_t  shop_media_remove_claim = {
    "media_remove_claim",
    "select * from media.remove_claim(make_interval(secs => "
    "$1::double precision), interval '120 s')", 1
};

static const shop_stmt_t  shop_media_remove_done = {
    "media_remove_done", "select media.remove_done($1::text[])", 1
};

static const shop_stmt_t  shop_media_waiting = {
    "media_waiting", "select * from media.waiting($1::text[])", 1
};

static int64_t  shop_media_next;


/* from time to time, when there is nothing else to do */

int
shop_media_tidy(shop_job_t *job)
{
    int  rc;

    if (shop_now_ms() < shop_media_next) {
        return 0;
    }

    rc = shop_media_remove(job);

    if (rc == 0) {
        rc = shop_media_uploads(job);
    }

    if (rc == 0) {
        shop_media_next = shop_now_ms() + SHOP_MEDIA_TIDY;
    }

    return rc;
}


static int
shop_media_remove(shop_job_t *job)
{
    int          i, n, rc;
    char         secs[32];
    PGresult    *res;
    shop_buf_t   gone;
    const char  *params[1];

    snprintf(secs, sizeof(secs), "%.3f", job->conf->media_idle / 1000.0);
    params[0] = secs;

    rc = shop_pg_exec(&job->pg, &shop_media_remove_claim, params, &res);

    if (rc != SHOP_OK) {
        if (rc == SHOP_ERROR) {
            shop_pg_refused(&job->pg, &shop_media_remove_claim, res);
            PQclear(res);
        }

        return SHOP_DOWN;
    }

    n = 0;
    memset(&gone, 0, sizeof(gone));

    for (i = 0; i < PQntuples(res); i++) {
        if (shop_store_remove(job->conf, PQgetvalue(res, i, 0)) == SHOP_OK) {
            shop_buf_printf(&gone, "%s%s", n++ ? "," : "{",
                            PQgetvalue(res, i, 0));
        }
    }

    PQclear(res);
    rc = SHOP_OK;

    if (n) {
        shop_buf_str(&gone, "}");
        params[0] = gone.failed ? "{}" : gone.data;
        rc = shop_pg_number(&job->pg, &shop_media_remove_done, params, NULL);
    }

    shop_buf_free(&gone);

    return rc == SHOP_OK ? n : SHOP_DOWN;
}


/* names are those that the gateway gives: a key, or a key and random digits */

static void
shop_media_old(void *data, const char *name)
{
    shop_buf_t  *names = data;

    if (strspn(name, "0123456789abcdef.") == strlen(name)) {
        shop_buf_printf(names, "%s%s", names->len ? "," : "{", name);
    }
}


/* uploads that no row tells of: the gateway died between the two */

static int
shop_media_uploads(shop_job_t *job)
{
    int          i, rc;
    char        *name, *rest, path[SHOP_STORE_PATH];
    PGresult    *res;
    shop_buf_t   names;
    const char  *params[1];

    memset(&names, 0, sizeof(names));
    shop_store_uploads(job->conf, time(NULL) - SHOP_MEDIA_OLD,
                       SHOP_MEDIA_OLDS, shop_media_old, &names);

    if (names.len == 0 || names.failed) {
        shop_buf_free(&names);
        return 0;
    }

    shop_buf_str(&names, "}");
    params[0] = names.failed ? "{}" : names.data;
    rc = shop_pg_exec(&job->pg, &shop_media_waiting, params, &res);

    if (rc == SHOP_OK && !names.failed) {
        names.data[names.len - 1] = '\0';

        for (name = strtok_r(names.data + 1, ",", &rest); name;
             name = strtok_r(NULL, ",", &rest))
        {
            for (i = 0; i < PQntuples(res); i++) {
                if (strcmp(PQgetvalue(res, i, 0), name) == 0) {
                    break;
                }
            }

            if (i == PQntuples(res)) {
                shop_store_incoming(job->conf, name, path);
                (void) unlink(path);
            }
        }
    }

    PQclear(res);
    shop_buf_free(&names);

    return rc == SHOP_OK ? 0 : SHOP_DOWN;
}
