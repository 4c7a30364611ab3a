/*
 * The nightly check: stock against its ledger.  It may read for seconds, so
 * that it has a thread of its own; the statement knows when it is due.
 */

#include "handlers.h"


#define SHOP_INVENTORY_MS    60000


static int shop_inventory_run(shop_job_t *job);


static const shop_stmt_t  shop_inventory_check = {
    "inventory_check", "select inventory.check()", 0
};

shop_job_t  shop_inventory_job = {
    .name = "inventory.check", .interval = SHOP_INVENTORY_MS,
    .run = shop_inventory_run, .wake = -1
};


static int
shop_inventory_run(shop_job_t *job)
{
    long long  wrong;

    wrong = 0;

    if (shop_pg_number(&job->pg, &shop_inventory_check, NULL, &wrong)
        == SHOP_DOWN)
    {
        return SHOP_DOWN;
    }

    if (wrong > 0) {
        shop_metric_add(SHOP_M_MISMATCHES, wrong);
        shop_log(SHOP_LOG_ERROR, job->name, "msg=\"stock differs from its "
                 "ledger\" rows=%lld", wrong);
    }

    return 0;
}
