#include "job.h"


void *
shop_job_thread(void *data)
{
    int          n;
    shop_job_t  *job = data;

    shop_pg_init(&job->pg, job->conf, job->name);

    while (!shop_stopping()) {
        if (shop_pg_open(&job->pg) != SHOP_OK) {
            shop_part_set(&job->part, SHOP_PART_DOWN);
            continue;
        }

        n = job->run(job);
        shop_part_set(&job->part, n < 0 ? SHOP_PART_DOWN : SHOP_PART_UP);

        if (n <= 0) {
            (void) shop_wait_wake(job->interval, job->wake);
        }
    }

    if (job->end) {
        job->end(job);
    }

    shop_pg_close(&job->pg, "stop");

    return NULL;
}
