/*
 * prices.convert: prices that follow an exchange rate (store.convert_step).
 */

#include "jobs.h"


static const shop_stmt_t  shop_convert_step = {
    "convert_step",
    "select held from store.convert_step($1::uuid, $2::uuid, 200)", 2
};


int
shop_convert_work(shop_claimed_t *c)
{
    int          rc;
    const char  *params[2] = { c->id, c->lease };

    do {
        if (shop_stopping()) {
            return SHOP_DOWN;
        }

        rc = shop_jobs_step(c, &shop_convert_step, params);

    } while (rc == 1);

    return rc;
}
