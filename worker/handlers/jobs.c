#include <stdlib.h>
#include <string.h>

#include "jobs.h"


#define SHOP_JOBS_TRIES    "5"
#define SHOP_JOBS_PAUSE    "5 seconds"


/* columns of ops.job_claim() */

enum {
    SHOP_CLAIM_ID = 0,
    SHOP_CLAIM_LEASE,
    SHOP_CLAIM_PLACE,
    SHOP_CLAIM_OPTIONS,
    SHOP_CLAIM_STATE
};


static int shop_jobs_run(shop_job_t *job);
static int shop_jobs_kind(shop_job_t *job, const char *kind,
    shop_work_pt work);
static int shop_jobs_work(shop_job_t *job, const PGresult *res,
    shop_work_pt work);
static int shop_jobs_stumbled(shop_claimed_t *c);


static const shop_stmt_t  shop_jobs_claim = {
    "job_claim",
    "select * from ops.job_claim($1::text, interval '15 s')", 1
};

static const shop_stmt_t  shop_jobs_stumbled_stmt = {
    "job_stumbled",
    "select ops.job_stumbled($1::uuid, $2::uuid, $3::text, $4::int, "
    "$5::interval)", 5
};

static const struct {
    const char          *kind;
    shop_work_pt         work;
} shop_jobs_kinds[] = {
    { "products.import", shop_import_work },
    { "prices.convert", shop_convert_work }
};

shop_job_t  shop_jobs_job = {
    .name = "jobs", .interval = 500, .run = shop_jobs_run, .wake = -1
};


static int
shop_jobs_run(shop_job_t *job)
{
    int     n, done;
    size_t  i;

    done = 0;

    for (i = 0; i < sizeof(shop_jobs_kinds) / sizeof(shop_jobs_kinds[0]); i++)
    {
        n = shop_jobs_kind(job, shop_jobs_kinds[i].kind,
                           shop_jobs_kinds[i].work);
        if (n < 0) {
            return n;
        }

        done += n;
    }

    return done;
}


/* 1: one was worked on; 0: there is none */

static int
shop_jobs_kind(shop_job_t *job, const char *kind, shop_work_pt work)
{
    int        rc;
    PGresult  *res;

    rc = shop_pg_exec(&job->pg, &shop_jobs_claim, &kind, &res);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&job->pg, &shop_jobs_claim, res);
        rc = SHOP_DOWN;
    }

    if (rc == SHOP_OK && PQntuples(res) > 0) {
        shop_log(SHOP_LOG_INFO, job->name, "msg=\"job claimed\" job=%s "
                 "kind=%s place=%s", PQgetvalue(res, 0, SHOP_CLAIM_ID), kind,
                 PQgetvalue(res, 0, SHOP_CLAIM_PLACE));
        rc = shop_jobs_work(job, res, work);
    }

    PQclear(res);

    return rc;
}


static int
shop_jobs_work(shop_job_t *job, const PGresult *res, shop_work_pt work)
{
    int             rc;
    json_error_t    err;
    shop_claimed_t  c;

    memset(&c, 0, sizeof(c));

    c.job = job;
    c.id = PQgetvalue(res, 0, SHOP_CLAIM_ID);
    c.lease = PQgetvalue(res, 0, SHOP_CLAIM_LEASE);
    c.place = strtoll(PQgetvalue(res, 0, SHOP_CLAIM_PLACE), NULL, 10);
    c.options = json_loads(PQgetvalue(res, 0, SHOP_CLAIM_OPTIONS), 0, &err);
    c.state = json_loads(PQgetvalue(res, 0, SHOP_CLAIM_STATE), 0, &err);

    rc = c.options && c.state ? work(&c) : SHOP_ERROR;

    if (rc == SHOP_ERROR) {
        rc = shop_jobs_stumbled(&c);
    }

    json_decref(c.options);
    json_decref(c.state);

    shop_log(SHOP_LOG_INFO, job->name, "msg=\"job left\" job=%s rc=%d", c.id,
             rc);

    return rc == SHOP_DOWN ? SHOP_DOWN : 1;
}


static int
shop_jobs_stumbled(shop_claimed_t *c)
{
    long long    dead;
    const char  *params[5] = {
        c->id, c->lease, "a step was refused", SHOP_JOBS_TRIES,
        SHOP_JOBS_PAUSE
    };

    if (shop_pg_number(&c->job->pg, &shop_jobs_stumbled_stmt, params, &dead)
        != SHOP_OK)
    {
        return SHOP_DOWN;
    }

    shop_log(SHOP_LOG_ERROR, c->job->name, "msg=\"job %s\" job=%s",
             dead ? "failed" : "stumbled", c->id);

    return SHOP_OK;
}


int
shop_jobs_step(shop_claimed_t *c, const shop_stmt_t *stmt,
    const char *const *params)
{
    int        rc;
    PGresult  *res;

    rc = shop_pg_exec(&c->job->pg, stmt, params, &res);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&c->job->pg, stmt, res);
    }

    if (rc == SHOP_OK) {
        shop_metric_add(SHOP_M_JOBS, 1);
        rc = PQntuples(res) > 0 && PQgetvalue(res, 0, 0)[0] == 't';
    }

    PQclear(res);

    return rc;
}
