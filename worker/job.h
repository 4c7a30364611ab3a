/*
 * Executors: threads that work off rows.
 *
 * run() claims rows and commits that, does what they ask for, and records what
 * came of it.  A row whose worker died is claimed again when its lease ends.
 */

#ifndef _SHOP_JOB_H_INCLUDED_
#define _SHOP_JOB_H_INCLUDED_


#include "pg.h"
#include "shop_worker.h"


typedef struct shop_job_s  shop_job_t;

struct shop_job_s {
    const char          *name;
    int                  interval;       /* ms between looks for rows */

    /* how many rows were done (0: wait), or SHOP_DOWN */
    int                (*run)(shop_job_t *job);
    void               (*end)(shop_job_t *job);

    /* set by main and the thread */
    const shop_conf_t   *conf;
    shop_part_t          part;
    int                  wake;
    shop_pg_t            pg;
};


void *shop_job_thread(void *job);

extern shop_job_t  shop_timer_job;


#endif /* _SHOP_JOB_H_INCLUDED_ */
