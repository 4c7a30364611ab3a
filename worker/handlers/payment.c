/*
 * Payments: calls to providers.  What a call is, is a row (payment.attempt);
 * what came of it is given back to a function (sql/payment/README.md).
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../providers/provider.h"
#include "handlers.h"


#define SHOP_PAYMENT_BATCH    20


/* columns of payment.attempt_claim() */

enum {
    SHOP_ATTEMPT_ID = 0,
    SHOP_ATTEMPT_PAYMENT,
    SHOP_ATTEMPT_ORDER,
    SHOP_ATTEMPT_STORE,
    SHOP_ATTEMPT_KIND,
    SHOP_ATTEMPT_PROVIDER,
    SHOP_ATTEMPT_AMOUNT,
    SHOP_ATTEMPT_CURRENCY,
    SHOP_ATTEMPT_REFERENCE,
    SHOP_ATTEMPT_TRIES,
    SHOP_ATTEMPT_AGAIN
};


static int shop_payment_run(shop_job_t *job);
static int shop_payment_claim(shop_job_t *job, const shop_provider_t *p,
    PGresult **res);
static void shop_payment_call(shop_job_t *job, const shop_provider_t *p,
    const PGresult *res, int i, shop_buf_t *results);
static shop_pay_e shop_payment_ask(const shop_provider_t *p,
    const PGresult *res, int i, const shop_charge_t *charge,
    shop_charge_result_t *result);
static void shop_payment_result(shop_job_t *job, const PGresult *res, int i,
    shop_pay_e outcome, const shop_charge_result_t *result,
    shop_buf_t *results);


static const shop_stmt_t  shop_payment_begin = {
    "attempt_begin", "select payment.attempt_begin($1::jsonb)", 1
};

static const shop_stmt_t  shop_payment_claim_stmt = {
    "attempt_claim",
    "select * from payment.attempt_claim($1::integer, interval '30 s', "
    "$2::text)", 2
};

static const shop_stmt_t  shop_payment_done = {
    "attempt_done", "select payment.attempt_done($1::jsonb)", 1
};

static const shop_handler_t  shop_payment_handlers[] = {
    { "payment.requested", &shop_payment_begin },
    { "payment.refund_requested", &shop_payment_begin },
    { "payment.cancel_requested", &shop_payment_begin },
    { NULL, NULL }
};

static const char *const  shop_payment_topics[] = { "shop.payments", NULL };

shop_group_t  shop_payment_group = {
    .name = "payment.events", .id = "shop.payment",
    .topics = shop_payment_topics, .handlers = shop_payment_handlers,
    .metric = SHOP_M_EVENTS_PAYMENT
};

shop_job_t  shop_payment_job = {
    .name = "payment.calls", .interval = 1000, .run = shop_payment_run
};

static const shop_provider_t *const  shop_providers[] = {
    &shop_provider_sandbox
};

#define SHOP_PROVIDERS    (sizeof(shop_providers) / sizeof(shop_providers[0]))


void
shop_payment_init(void)
{
    size_t  i;

    for (i = 0; i < SHOP_PROVIDERS; i++) {
        shop_breaker_add(shop_providers[i]->breaker, shop_providers[i]->name);
    }
}


static int
shop_payment_run(shop_job_t *job)
{
    int          n, j, rc, done;
    size_t       i;
    PGresult    *res;
    shop_buf_t   results;
    const char  *params[1];

    done = 0;
    memset(&results, 0, sizeof(results));

    for (i = 0; i < SHOP_PROVIDERS; i++) {
        n = shop_payment_claim(job, shop_providers[i], &res);

        if (n <= 0) {
            if (n == SHOP_DOWN) {
                done = SHOP_DOWN;
                break;
            }

            continue;
        }

        shop_buf_reset(&results);

        for (j = 0; j < n; j++) {
            shop_buf_str(&results, j ? "," : "[");
            shop_payment_call(job, shop_providers[i], res, j, &results);
        }

        shop_buf_str(&results, "]");
        PQclear(res);

        /* when this is lost the lease ends, and the provider is asked */

        params[0] = results.failed ? "[]" : results.data;
        rc = shop_pg_number(&job->pg, &shop_payment_done, params, NULL);

        if (rc != SHOP_OK) {
            done = SHOP_DOWN;
            break;
        }

        done += n;
    }

    shop_buf_free(&results);

    return done;
}


/* How many attempts were claimed; *res is to be cleared when there are any.
   The claim is committed before the first call. */

static int
shop_payment_claim(shop_job_t *job, const shop_provider_t *p, PGresult **res)
{
    int          rc, n;
    char         max[16];
    const char  *params[2];

    n = shop_breaker_allows(p->breaker, SHOP_PAYMENT_BATCH);
    if (n == 0) {
        return 0;
    }

    snprintf(max, sizeof(max), "%d", n);
    params[0] = max;
    params[1] = p->name;

    rc = shop_pg_exec(&job->pg, &shop_payment_claim_stmt, params, res);

    if (rc == SHOP_OK && PQntuples(*res) > 0) {
        return PQntuples(*res);
    }

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&job->pg, &shop_payment_claim_stmt, *res);
        rc = SHOP_DOWN;
    }

    PQclear(*res);

    return rc == SHOP_OK ? 0 : rc;
}


static void
shop_payment_call(shop_job_t *job, const shop_provider_t *p,
    const PGresult *res, int i, shop_buf_t *results)
{
    shop_pay_e            outcome;
    shop_charge_t         charge;
    shop_charge_result_t  result;

    memset(&result, 0, sizeof(result));

    charge.key = PQgetvalue(res, i, SHOP_ATTEMPT_ID);
    charge.payment = PQgetvalue(res, i, SHOP_ATTEMPT_PAYMENT);
    charge.order = PQgetvalue(res, i, SHOP_ATTEMPT_ORDER);
    charge.amount = PQgetvalue(res, i, SHOP_ATTEMPT_AMOUNT);
    charge.currency = PQgetvalue(res, i, SHOP_ATTEMPT_CURRENCY);
    charge.reference = PQgetisnull(res, i, SHOP_ATTEMPT_REFERENCE)
                       ? NULL : PQgetvalue(res, i, SHOP_ATTEMPT_REFERENCE);
    charge.conf = job->conf;

    outcome = shop_payment_ask(p, res, i, &charge, &result);
    shop_breaker_result(p->breaker, outcome != SHOP_PAY_UNREACHED);
    shop_payment_result(job, res, i, outcome, &result, results);
    shop_buf_free(&result.action);
}


/* An attempt whose worker died may have reached the provider: it is asked
   first, and called only if it never heard of it. */

static shop_pay_e
shop_payment_ask(const shop_provider_t *p, const PGresult *res, int i,
    const shop_charge_t *charge, shop_charge_result_t *result)
{
    size_t      n;
    shop_pay_e  outcome;

    const struct {
        const char        *kind;
        shop_provider_pt   call;
    } kinds[] = {
        { "create", p->create }, { "capture", p->capture },
        { "cancel", p->cancel }, { "refund", p->refund }
    };

    if (*PQgetvalue(res, i, SHOP_ATTEMPT_AGAIN) == 't') {
        outcome = p->status(charge, result);

        if (outcome != SHOP_PAY_ABSENT) {
            return outcome;
        }
    }

    for (n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
        if (strcmp(kinds[n].kind, PQgetvalue(res, i, SHOP_ATTEMPT_KIND)) == 0)
        {
            return kinds[n].call(charge, result);
        }
    }

    snprintf(result->error, sizeof(result->error), "unknown kind of attempt");

    return SHOP_PAY_DECLINED;
}


static void
shop_payment_result(shop_job_t *job, const PGresult *res, int i,
    shop_pay_e outcome, const shop_charge_result_t *result,
    shop_buf_t *results)
{
    int          tries, wait;
    const char  *name;

    static const char  *names[] = {
        "accepted", "succeeded", "declined", "retry", "retry", "retry"
    };

    tries = atoi(PQgetvalue(res, i, SHOP_ATTEMPT_TRIES));
    wait = shop_backoff_at(job->conf->retry_base, job->conf->retry_max,
                           tries - 1);
    name = names[outcome];

    if (outcome < SHOP_PAY_RETRY) {
        shop_metric_add(SHOP_M_CALLS_OK, 1);

    } else if (tries >= job->conf->retry_tries) {
        name = "dead";
        shop_metric_add(SHOP_M_CALLS_DEAD, 1);
        shop_log(SHOP_LOG_ERROR, job->name, "msg=\"given up\" attempt=%s "
                 "tries=%d detail=\"%s\"",
                 PQgetvalue(res, i, SHOP_ATTEMPT_ID), tries, result->error);

    } else {
        shop_metric_add(SHOP_M_CALLS_RETRY, 1);
    }

    shop_buf_printf(results, "{\"attempt\":\"%s\",\"outcome\":\"%s\","
                    "\"after\":%.3f,\"reference\":",
                    PQgetvalue(res, i, SHOP_ATTEMPT_ID), name, wait / 1000.0);
    shop_buf_json(results, *result->reference ? result->reference : NULL);
    shop_buf_str(results, ",\"action\":");
    shop_buf_str(results, result->action.len ? result->action.data : "null");
    shop_buf_str(results, ",\"error\":");
    shop_buf_json(results, *result->error ? result->error : NULL);
    shop_buf_str(results, "}");
}
