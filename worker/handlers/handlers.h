/*
 * The domains of the worker: which events a group takes, and the executor of
 * the rows that come of them.  A new domain is a file here, a line in main.c,
 * and SQL functions.
 */

#ifndef _SHOP_HANDLERS_H_INCLUDED_
#define _SHOP_HANDLERS_H_INCLUDED_


#include "../consumer.h"
#include "../job.h"


extern shop_group_t  shop_payment_group;
extern shop_job_t    shop_payment_job;
void shop_payment_init(void);

extern shop_group_t  shop_notification_group;
extern shop_job_t    shop_notification_job;
void shop_notification_init(void);

extern shop_job_t    shop_inventory_job;

extern shop_group_t  shop_shopper_group;
extern shop_job_t    shop_media_job;

extern shop_job_t    shop_vat_job;
void shop_vat_init(void);

/* from time to time, when there is no upload: how much was done, SHOP_DOWN */
int shop_media_tidy(shop_job_t *job);

extern shop_job_t    shop_jobs_job;
extern shop_job_t    shop_rates_job;
void shop_rates_init(const shop_conf_t *conf);


#endif /* _SHOP_HANDLERS_H_INCLUDED_ */
