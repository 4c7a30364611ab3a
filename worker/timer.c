/*
 * Statements that run from time to time: reservations that end, rows that
 * nobody needs any more.  Each runs in one worker at a time.
 */

#include "job.h"


typedef struct {
    shop_stmt_t          stmt;           /* how many rows were done */
    int                  interval;       /* ms */
    int                  batch;          /* rows a run at most */
    int                  metric;         /* or -1 */
    int64_t              next;
} shop_timer_t;


#define shop_timer(name, call, lock, interval, batch, metric)                 \
    { { name, "select " call " where pg_try_advisory_xact_lock(1936224112, "  \
        lock ")", 0 }, interval, batch, metric, 0 }


static int shop_timer_run(shop_job_t *job);


shop_job_t  shop_timer_job = {
    .name = "timers", .interval = 1000, .run = shop_timer_run, .wake = -1
};

static shop_timer_t  shop_timers[] = {
    shop_timer("expire", "\"order\".expire()", "10", 1000, 100,
               SHOP_M_EXPIRED),
    shop_timer("publish_due", "catalog.publish_due(100)", "503", 1000, 100,
               -1),
    shop_timer("prices_due", "pricing.publish_due(100)", "565", 1000, 100,
               -1),
    shop_timer("collection_work", "catalog.collection_work(5000)", "504",
               1000, 1, -1),
    shop_timer("render_work", "catalog.render_work(1000)", "505", 1000, 1, -1),
    shop_timer("idempotency_clean", "api.idempotency_clean(1000)", "11",
               60000, 1000, -1),
    shop_timer("inbox_clean", "ops.inbox_clean(1000)", "12", 60000, 1000, -1),
    shop_timer("identity_clean", "identity.clean(1000)", "13", 60000, 1000,
               -1),
    shop_timer("vat_id_clean", "store.vat_id_clean(1000)", "57", 60000, 1000,
               -1),
    shop_timer("notification_clean", "notification.clean(1000)", "14", 60000,
               1000, -1),
    shop_timer("wishlist_tell", "wishlist.tell(500)", "521", 1000, 500, -1),
    shop_timer("wishlist_clean", "wishlist.clean(1000)", "524", 600000, 1000,
               -1),
    shop_timer("review_ask", "review.ask(500)", "520", 5000, 500, -1),
    shop_timer("recommendation_learn", "recommendation.learn(200)", "522",
               5000, 200, -1),
    shop_timer("recommendation_clean", "recommendation.clean(1000)", "523",
               600000, 1000, -1),
    shop_timer("media_clean", "media.clean(1000)", "53", 60000, 1000, -1),
    shop_timer("job_clean", "ops.job_clean(100)", "54", 60000, 100, -1),
    shop_timer("search_sales", "search.count_sales()", "510", 10000, 1000000,
               -1),
    shop_timer("search_clean", "search.clean(1000)", "511", 60000, 1000, -1)
};


static int
shop_timer_run(shop_job_t *job)
{
    int            rc;
    size_t         i;
    int64_t        now;
    long long      n;
    shop_timer_t  *t;

    for (i = 0; i < sizeof(shop_timers) / sizeof(shop_timers[0]); i++) {
        t = &shop_timers[i];
        now = shop_now_ms();

        if (now < t->next) {
            continue;
        }

        n = 0;
        rc = shop_pg_number(&job->pg, &t->stmt, NULL, &n);

        if (rc == SHOP_DOWN) {
            return SHOP_DOWN;
        }

        if (rc == SHOP_OK && t->metric >= 0) {
            shop_metric_add((shop_metric_e) t->metric, n);
        }

        /* a full batch: there is more; a refusal: not at once again */

        t->next = now + (rc == SHOP_ERROR ? 10 * (int64_t) t->interval
                         : n >= t->batch ? 0 : t->interval);
    }

    return 0;
}
