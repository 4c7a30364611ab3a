/*
 * shop-worker: talks to the world outside on behalf of the shop.
 *
 *     shop-worker -c FILE [-t]
 *
 * Threads: the relay, a consumer for each group, an executor for each kind of
 * outside call, timers, health.  SIGTERM and SIGINT end it gracefully,
 * SIGUSR1 reopens the log.
 */

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "handlers/handlers.h"
#include "health.h"
#include "job.h"
#include "metric.h"
#include "relay.h"


#define SHOP_THREADS_MAX    16
#define SHOP_THREAD_STACK   (512 * 1024)


typedef struct {
    pthread_t            threads[SHOP_THREADS_MAX];
    int                  n;
    int                  listening;
} shop_main_t;


static int shop_main_options(int argc, char **argv, const char **path,
    int *test);
static int shop_main_parts(shop_main_t *m, shop_conf_t *conf);
static int shop_main_start(shop_main_t *m, shop_conf_t *conf);
static int shop_main_thread(shop_main_t *m, void *(*run)(void *),
    void *data);
static void shop_main_signals(sigset_t *set);
static void shop_main_join(shop_main_t *m, const shop_conf_t *conf);


/* a group and the executor that its statements make rows for, or NULL when
   timers work them off */

static const struct {
    shop_group_t        *group;
    shop_job_t          *job;
} shop_domains[] = {
    { &shop_payment_group, &shop_payment_job },
    { &shop_notification_group, &shop_notification_job },
    { &shop_shopper_group, NULL }
};

#define SHOP_DOMAINS    (sizeof(shop_domains) / sizeof(shop_domains[0]))

/* executors that no event wakes */

static shop_job_t *const  shop_jobs[] = {
    &shop_timer_job, &shop_inventory_job, &shop_media_job, &shop_vat_job,
    &shop_jobs_job, &shop_rates_job
};

#define SHOP_JOBS    (sizeof(shop_jobs) / sizeof(shop_jobs[0]))


int
main(int argc, char **argv)
{
    int                 test;
    sigset_t            set;
    const char         *path;
    static shop_conf_t  conf;
    static shop_main_t  m;

    if (shop_main_options(argc, argv, &path, &test) != SHOP_OK
        || shop_conf_read(&conf, path) != SHOP_OK)
    {
        return 2;
    }

    if (test) {
        fprintf(stderr, "shop-worker: %s is fine\n", path);
        return 0;
    }

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGUSR1);
    (void) pthread_sigmask(SIG_BLOCK, &set, NULL);
    (void) signal(SIGPIPE, SIG_IGN);

    if (shop_log_open(conf.log) != SHOP_OK || shop_stop_init() != SHOP_OK
        || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    {
        return 1;
    }

    if (shop_main_parts(&m, &conf) != SHOP_OK
        || shop_main_start(&m, &conf) != SHOP_OK)
    {
        return 1;
    }

    shop_log(SHOP_LOG_INFO, "main", "msg=\"started\" pid=%d", (int) getpid());

    shop_main_signals(&set);
    shop_main_join(&m, &conf);

    return 0;
}


static int
shop_main_options(int argc, char **argv, const char **path, int *test)
{
    int  opt;

    *path = NULL;
    *test = 0;

    while ((opt = getopt(argc, argv, "c:t")) != -1) {
        switch (opt) {

        case 'c':
            *path = optarg;
            break;

        case 't':
            *test = 1;
            break;

        default:
            *path = NULL;
            goto usage;
        }
    }

    if (*path && optind == argc) {
        return SHOP_OK;
    }

usage:

    fprintf(stderr, "usage: shop-worker -c FILE [-t]\n");

    return SHOP_ERROR;
}


static int
shop_main_parts(shop_main_t *m, shop_conf_t *conf)
{
    size_t         i;
    shop_job_t    *job;
    shop_group_t  *group;

    m->listening = -1;

    if (conf->health[0]) {
        m->listening = shop_health_listen(conf->health);
        if (m->listening == -1) {
            return SHOP_ERROR;
        }
    }

    shop_part_add(&shop_relay_part, "relay");

    for (i = 0; i < SHOP_DOMAINS; i++) {
        group = shop_domains[i].group;
        job = shop_domains[i].job;

        group->conf = conf;
        shop_part_add(&group->part, group->name);

        if (job == NULL) {
            continue;
        }

        job->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (job->wake == -1) {
            return SHOP_ERROR;
        }

        job->conf = conf;
        group->wake = job->wake;
        shop_part_add(&job->part, job->name);
    }

    for (i = 0; i < SHOP_JOBS; i++) {
        shop_jobs[i]->conf = conf;
        shop_part_add(&shop_jobs[i]->part, shop_jobs[i]->name);
    }

    shop_payment_init();
    shop_vat_init();
    shop_notification_init();
    shop_rates_init(conf);

    return SHOP_OK;
}


static int
shop_main_start(shop_main_t *m, shop_conf_t *conf)
{
    int     rc;
    size_t  i;

    rc = shop_main_thread(m, shop_relay_thread, conf);

    for (i = 0; i < SHOP_DOMAINS && rc == SHOP_OK; i++) {
        rc = shop_main_thread(m, shop_consumer_thread, shop_domains[i].group);

        if (rc == SHOP_OK && shop_domains[i].job) {
            rc = shop_main_thread(m, shop_job_thread, shop_domains[i].job);
        }
    }

    for (i = 0; i < SHOP_JOBS && rc == SHOP_OK; i++) {
        rc = shop_main_thread(m, shop_job_thread, shop_jobs[i]);
    }

    if (rc == SHOP_OK && m->listening != -1) {
        rc = shop_main_thread(m, shop_health_thread, &m->listening);
    }

    return rc;
}


static int
shop_main_thread(shop_main_t *m, void *(*run)(void *), void *data)
{
    int             rc;
    pthread_attr_t  attr;

    if (m->n == SHOP_THREADS_MAX || pthread_attr_init(&attr) != 0) {
        return SHOP_ERROR;
    }

    (void) pthread_attr_setstacksize(&attr, SHOP_THREAD_STACK);
    rc = pthread_create(&m->threads[m->n], &attr, run, data);
    (void) pthread_attr_destroy(&attr);

    if (rc != 0) {
        shop_log(SHOP_LOG_ERROR, "main", "msg=\"cannot start a thread\" "
                 "errno=%d", rc);
        return SHOP_ERROR;
    }

    m->n++;

    return SHOP_OK;
}


static void
shop_main_signals(sigset_t *set)
{
    int  sig;

    for ( ;; ) {
        if (sigwait(set, &sig) != 0) {
            continue;
        }

        if (sig == SIGUSR1) {
            shop_log_reopen();
            continue;
        }

        shop_log(SHOP_LOG_INFO, "main", "msg=\"stopping\" signal=%d", sig);
        shop_stop();

        return;
    }
}


/* Threads end what they have begun.  One that hangs in a library beyond the
   deadline is left behind: everything it holds is a lease or a lock that ends
   with the process. */

static void
shop_main_join(shop_main_t *m, const shop_conf_t *conf)
{
    int              i;
    struct timespec  until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += conf->stop_timeout / 1000 + 1;

    for (i = 0; i < m->n; i++) {
        if (pthread_timedjoin_np(m->threads[i], NULL, &until) != 0) {
            shop_log(SHOP_LOG_WARN, "main", "msg=\"deadline passed\"");
            _exit(1);
        }
    }

    shop_log(SHOP_LOG_INFO, "main", "msg=\"stopped\"");
    curl_global_cleanup();
}
