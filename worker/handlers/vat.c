/*
 * VAT ids: the registry (VIES, or what answers like it) is asked whether it
 * knows them.  What an answer means is SQL's to say.
 */

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../breaker.h"
#include "../buf.h"
#include "handlers.h"


#define SHOP_VAT_BATCH    10
#define SHOP_VAT_CONNECT  5000L
#define SHOP_VAT_TIMEOUT  20000L         /* less than a lease */
#define SHOP_VAT_URL      1024
#define SHOP_VAT_ANSWER   (16 * 1024)


/* columns of store.vat_id_claim() */

enum {
    SHOP_VAT_ID = 0,
    SHOP_VAT_COUNTRY,
    SHOP_VAT_NUMBER
};


static int shop_vat_run(shop_job_t *job);
static int shop_vat_ask(shop_job_t *job, const PGresult *res, int i);
static long shop_vat_call(const char *url, shop_buf_t *answer);
static size_t shop_vat_take(char *data, size_t size, size_t n, void *own);
static int shop_vat_record(shop_job_t *job, const char *id, long status,
    shop_buf_t *answer);


static const shop_stmt_t  shop_vat_claim = {
    "vat_id_claim",
    "select * from store.vat_id_claim($1::integer, interval '60 s')", 1
};

static const shop_stmt_t  shop_vat_done = {
    "vat_id_done",
    "select store.vat_id_done($1::text, $2::integer, $3::text, "
    "make_interval(secs => $4::double precision), $5::integer)", 5
};

static shop_breaker_t  shop_vat_breaker;

shop_job_t  shop_vat_job = {
    .name = "store.vat_ids", .interval = 1000, .run = shop_vat_run, .wake = -1
};


void
shop_vat_init(void)
{
    shop_breaker_add(&shop_vat_breaker, "vat");
}


static int
shop_vat_run(shop_job_t *job)
{
    int          i, n, rc;
    char         text[16];
    PGresult    *res;
    const char  *params[1];

    if (job->conf->vat_registry[0] == '\0') {
        return 0;
    }

    n = shop_breaker_allows(&shop_vat_breaker, SHOP_VAT_BATCH);
    if (n == 0) {
        return 0;
    }

    (void) snprintf(text, sizeof(text), "%d", n);
    params[0] = text;

    rc = shop_pg_exec(&job->pg, &shop_vat_claim, params, &res);

    if (rc != SHOP_OK) {
        if (rc == SHOP_ERROR) {
            shop_pg_refused(&job->pg, &shop_vat_claim, res);
            PQclear(res);
        }

        return SHOP_DOWN;
    }

    n = PQntuples(res);

    for (i = 0; i < n && rc == SHOP_OK && !shop_stopping(); i++) {
        rc = shop_vat_ask(job, res, i);
    }

    PQclear(res);

    return rc == SHOP_OK ? n : SHOP_DOWN;
}


static int
shop_vat_ask(shop_job_t *job, const PGresult *res, int i)
{
    int         rc;
    char        url[SHOP_VAT_URL];
    long        status;
    shop_buf_t  answer;

    /* an id is capital letters, digits, + and *: nothing to escape in a path
       but those two, which only Irish ones have */

    (void) snprintf(url, sizeof(url), "%s/ms/%s/vat/%s",
                    job->conf->vat_registry,
                    PQgetvalue(res, i, SHOP_VAT_COUNTRY),
                    PQgetvalue(res, i, SHOP_VAT_NUMBER));

    memset(&answer, 0, sizeof(answer));
    status = shop_vat_call(url, &answer);

    shop_breaker_result(&shop_vat_breaker, status != 0);

    rc = shop_vat_record(job, PQgetvalue(res, i, SHOP_VAT_ID), status,
                         &answer);
    shop_buf_free(&answer);

    return rc;
}


/* The status of the answer; 0: nobody answered. */

static long
shop_vat_call(const char *url, shop_buf_t *answer)
{
    CURL      *curl;
    long       status;
    CURLcode   code;

    curl = curl_easy_init();
    if (curl == NULL) {
        return 0;
    }

    (void) curl_easy_setopt(curl, CURLOPT_URL, url);
    (void) curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    (void) curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    (void) curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                            SHOP_VAT_CONNECT);
    (void) curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, SHOP_VAT_TIMEOUT);
    (void) curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, shop_vat_take);
    (void) curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);

    status = 0;
    code = curl_easy_perform(curl);

    if (code == CURLE_OK) {
        (void) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);

    } else {
        shop_log(SHOP_LOG_WARN, "store", "msg=\"the registry of VAT ids was "
                 "not reached\" detail=\"%s\"", curl_easy_strerror(code));
    }

    curl_easy_cleanup(curl);

    return status;
}


/* what is longer than any answer ends the call */

static size_t
shop_vat_take(char *data, size_t size, size_t n, void *own)
{
    shop_buf_t  *answer = own;

    if (answer->len + size * n > SHOP_VAT_ANSWER) {
        return 0;
    }

    shop_buf_add(answer, data, size * n);

    return size * n;
}


static int
shop_vat_record(shop_job_t *job, const char *id, long status,
    shop_buf_t *answer)
{
    char         code[24], pause[24], tries[16];
    const char  *params[5];

    (void) snprintf(code, sizeof(code), "%ld", status);
    (void) snprintf(pause, sizeof(pause), "%d.%03d",
                    (int) job->conf->retry_base / 1000,
                    (int) job->conf->retry_base % 1000);
    (void) snprintf(tries, sizeof(tries), "%d", (int) job->conf->retry_tries);

    params[0] = id;
    params[1] = code;
    params[2] = answer->len ? answer->data : "";
    params[3] = pause;
    params[4] = tries;

    return shop_pg_number(&job->pg, &shop_vat_done, params, NULL) == SHOP_DOWN
           ? SHOP_DOWN : SHOP_OK;
}
