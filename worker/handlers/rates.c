/*
 * Exchange rates: the XML of the European Central Bank, or what looks like it,
 * fetched from time to time and handed to store.rates_take().
 */

#include <curl/curl.h>
#include <string.h>

#include "../breaker.h"
#include "../buf.h"
#include "handlers.h"


#define SHOP_RATES_SIZE       (1024 * 1024)
#define SHOP_RATES_CONNECT    5000L          /* ms */


static int shop_rates_run(shop_job_t *job);
static int shop_rates_pause(const shop_conf_t *conf, int rc);
static int shop_rates_fetch(shop_job_t *job, shop_buf_t *body);
static void shop_rates_options(CURL *curl, const shop_conf_t *conf,
    shop_buf_t *body);
static size_t shop_rates_write(char *data, size_t size, size_t n, void *arg);
static int shop_rates_stop(void *arg, curl_off_t all, curl_off_t now,
    curl_off_t up, curl_off_t sent);
static int shop_rates_take(shop_job_t *job, const char *body);


static const shop_stmt_t  shop_rates_stmt = {
    "rates_take", "select store.rates_take($1::text)", 1
};

shop_job_t  shop_rates_job = {
    .name = "store.rates", .interval = 1000, .run = shop_rates_run, .wake = -1
};

static int             shop_rates_failed;    /* in a row */
static int64_t         shop_rates_next;
static shop_breaker_t  shop_rates_breaker;


void
shop_rates_init(const shop_conf_t *conf)
{
    if (conf->rates_url[0]) {
        shop_breaker_add(&shop_rates_breaker, "rates");
    }
}


static int
shop_rates_run(shop_job_t *job)
{
    int         rc;
    shop_buf_t  body;

    if (job->conf->rates_url[0] == '\0' || shop_now_ms() < shop_rates_next
        || !shop_breaker_allows(&shop_rates_breaker, 1))
    {
        return 0;
    }

    memset(&body, 0, sizeof(body));

    rc = shop_rates_fetch(job, &body);
    shop_breaker_result(&shop_rates_breaker, rc == SHOP_OK);

    if (rc == SHOP_OK) {
        rc = shop_rates_take(job, body.data ? body.data : "");

    } else {
        shop_metric_add(SHOP_M_FETCHES_RETRY, 1);
    }

    shop_buf_free(&body);
    shop_rates_next = shop_now_ms() + shop_rates_pause(job->conf, rc);

    return rc == SHOP_DOWN && job->pg.conn == NULL ? SHOP_DOWN : 0;
}


/* what failed is tried again soon, then later, but no later than usual */

static int
shop_rates_pause(const shop_conf_t *conf, int rc)
{
    int  pause;

    if (rc == SHOP_OK) {
        shop_rates_failed = 0;
        return conf->rates_interval;
    }

    pause = shop_backoff_at(conf->retry_base, conf->retry_max,
                            shop_rates_failed++);

    return pause < conf->rates_interval ? pause : conf->rates_interval;
}


static int
shop_rates_fetch(shop_job_t *job, shop_buf_t *body)
{
    CURL      *curl;
    long       status;
    CURLcode   rc;

    curl = curl_easy_init();
    if (curl == NULL) {
        return SHOP_DOWN;
    }

    shop_rates_options(curl, job->conf, body);

    status = 0;
    rc = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);

    if (rc != CURLE_OK || status != 200) {
        shop_log(SHOP_LOG_WARN, job->name, "msg=\"rates not fetched\" "
                 "status=%ld detail=\"%s\"", status, curl_easy_strerror(rc));
        return SHOP_DOWN;
    }

    return SHOP_OK;
}


static void
shop_rates_options(CURL *curl, const shop_conf_t *conf, shop_buf_t *body)
{
    curl_easy_setopt(curl, CURLOPT_URL, conf->rates_url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, SHOP_RATES_CONNECT);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long) conf->rates_timeout);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, shop_rates_write);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, shop_rates_stop);
}


/* what is longer than any document ends the fetch */

static size_t
shop_rates_write(char *data, size_t size, size_t n, void *arg)
{
    shop_buf_t  *body = arg;

    if (body->len + size * n > SHOP_RATES_SIZE) {
        return 0;
    }

    shop_buf_add(body, data, size * n);

    return body->failed ? 0 : size * n;
}


/* a worker that is stopped does not wait for a slow server */

static int
shop_rates_stop(void *arg, curl_off_t all, curl_off_t now, curl_off_t up,
    curl_off_t sent)
{
    (void) arg;
    (void) all;
    (void) now;
    (void) up;
    (void) sent;

    return shop_stopping();
}


static int
shop_rates_take(shop_job_t *job, const char *body)
{
    int        rc;
    long long  n;

    rc = shop_pg_number(&job->pg, &shop_rates_stmt, &body, &n);

    if (rc == SHOP_OK) {
        shop_log(SHOP_LOG_INFO, job->name, "msg=\"rates taken\" new=%lld", n);
        shop_metric_add(SHOP_M_RATES, n);
        shop_metric_add(SHOP_M_FETCHES_OK, 1);

    } else if (rc == SHOP_ERROR) {
        shop_metric_add(SHOP_M_FETCHES_REFUSED, 1);
    }

    return rc;
}
