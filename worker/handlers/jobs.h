/*
 * Jobs: work that people ask for and look at (ops.job).  A worker claims one
 * and takes it a step at a time; each step is a transaction that also keeps
 * where the next one begins, so that whoever has it next goes on from there.
 */

#ifndef _SHOP_JOBS_H_INCLUDED_
#define _SHOP_JOBS_H_INCLUDED_


#include <jansson.h>

#include "handlers.h"


typedef struct {
    shop_job_t          *job;            /* the executor */
    const char          *id;
    const char          *lease;
    int64_t              place;
    json_t              *options;
    json_t              *state;
} shop_claimed_t;


/* What a kind of job does with a claimed one: SHOP_OK when it ended or is not
   this worker's any more, SHOP_ERROR when a step was refused, SHOP_DOWN when
   the database went away or the worker stops: the lease brings it back. */
typedef int (*shop_work_pt)(shop_claimed_t *c);

int shop_import_work(shop_claimed_t *c);
int shop_convert_work(shop_claimed_t *c);

/* Runs a statement whose first value tells whether the job is still held:
   1, 0, SHOP_ERROR or SHOP_DOWN. */
int shop_jobs_step(shop_claimed_t *c, const shop_stmt_t *stmt,
    const char *const *params);


#endif /* _SHOP_JOBS_H_INCLUDED_ */
