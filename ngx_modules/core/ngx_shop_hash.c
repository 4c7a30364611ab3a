/*
 * Hashing of passwords.
 */

#include "ngx_shop_hash.h"
#include "ngx_shop_timer.h"
#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>


#if !(NGX_THREADS)
#error nginx must be configured with --with-threads
#endif


#define NGX_SHOP_HASH_HOLD      1000  /* ms */

/* set at all, it keeps glibc from holding up to 64 MB that were freed */
#define NGX_SHOP_HASH_MMAP      (4 * 1024 * 1024)


static ngx_shop_hash_t *ngx_shop_hash_new(void);
static ngx_int_t ngx_shop_hash_submit(ngx_shop_hash_t *job,
    ngx_str_t *password);
static void ngx_shop_hash_run(void);
static void ngx_shop_hash_finished(ngx_event_t *ev);
static void ngx_shop_hash_hold(void);
static void ngx_shop_hash_held_on(ngx_event_t *ev);
static void ngx_shop_hash_complete(ngx_shop_hash_t *job);
static ngx_uint_t ngx_shop_hash_is_outdated(ngx_shop_hash_t *job);
static void ngx_shop_hash_make_dummy(void);


static const ngx_shop_hash_conf_t  *ngx_shop_hash_conf;
static ngx_log_t                   *ngx_shop_hash_log;
static ngx_queue_t                  ngx_shop_hash_waiting;
static ngx_uint_t                   ngx_shop_hash_nwaiting;
static ngx_uint_t                   ngx_shop_hash_nheld;
static ngx_uint_t                   ngx_shop_hash_nrunning;
static ngx_uint_t                   ngx_shop_hash_max;
static ngx_event_t                  ngx_shop_hash_held;

/* what the password of an account that is not there is compared with */
static u_char                       ngx_shop_hash_dummy[NGX_SHOP_HASH_MAX + 1];

/* "$argon2id$v=19$m=19456,t=2,p=1$": what a present hash begins with */
static u_char                       ngx_shop_hash_prefix[64];


ngx_shop_hash_t *
ngx_shop_hash_alloc(void)
{
    if (ngx_shop_hash_conf == NULL
        || ngx_shop_hash_nwaiting + ngx_shop_hash_nheld
           >= ngx_shop_hash_conf->queue)
    {
        return NULL;
    }

    return ngx_shop_hash_new();
}


ngx_shop_hash_t *
ngx_shop_hash_follow(void)
{
    return ngx_shop_hash_conf ? ngx_shop_hash_new() : NULL;
}


static ngx_shop_hash_t *
ngx_shop_hash_new(void)
{
    ngx_shop_hash_t  *job;

    job = ngx_calloc(sizeof(ngx_shop_hash_t), ngx_cycle->log);

    if (job) {
        job->held = 1;
        ngx_shop_hash_nheld++;
    }

    return job;
}


void
ngx_shop_hash_free(ngx_shop_hash_t *job)
{
    if (job->held) {
        ngx_shop_hash_nheld--;
    }

    OPENSSL_cleanse(job->password, sizeof(job->password));
    ngx_free(job);
}


ngx_int_t
ngx_shop_hash_make(ngx_shop_hash_t *job, ngx_str_t *password)
{
    if (RAND_bytes(job->salt, sizeof(job->salt)) != 1) {
        ngx_shop_hash_free(job);
        return NGX_DECLINED;
    }

    return ngx_shop_hash_submit(job, password);
}


ngx_int_t
ngx_shop_hash_verify(ngx_shop_hash_t *job, ngx_str_t *password,
    ngx_str_t *encoded)
{
    u_char  *text;
    size_t   len;

    text = encoded ? encoded->data : ngx_shop_hash_dummy;
    len = encoded ? encoded->len : ngx_strlen(ngx_shop_hash_dummy);

    if (len > NGX_SHOP_HASH_MAX) {
        ngx_shop_hash_free(job);
        return NGX_DECLINED;
    }

    ngx_memcpy(job->encoded, text, len);
    job->encoded[len] = '\0';
    job->verify = 1;

    return ngx_shop_hash_submit(job, password);
}


void
ngx_shop_hash_detach(ngx_shop_hash_t *job)
{
    if (job->running) {
        job->detached = 1;
        return;
    }

    ngx_queue_remove(&job->queue);
    ngx_shop_hash_nwaiting--;
    ngx_shop_hash_free(job);
}


ngx_int_t
ngx_shop_hash_start(const ngx_shop_hash_conf_t *conf, ngx_cycle_t *cycle)
{
    ngx_core_conf_t  *ccf;

    ccf = (ngx_core_conf_t *) ngx_get_conf(cycle->conf_ctx, ngx_core_module);

    ngx_shop_hash_conf = conf;
    ngx_shop_hash_log = cycle->log;
    ngx_shop_hash_max = (ngx_ncpu - 1) / ngx_max(ccf->worker_processes, 1);

    if (ngx_shop_hash_max == 0) {
        ngx_shop_hash_max = 1;
    }

    ngx_queue_init(&ngx_shop_hash_waiting);
    ngx_shop_hash_nwaiting = 0;
    ngx_shop_hash_nheld = 0;
    ngx_shop_hash_nrunning = 0;

    (void) mallopt(M_MMAP_THRESHOLD, NGX_SHOP_HASH_MMAP);
    ngx_shop_hash_memory_start(conf->memory, cycle->log);

    if (ngx_shop_hash_turn_open(cycle, conf->share) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_shop_hash_make_dummy();

    return NGX_OK;
}


void
ngx_shop_hash_stop(void)
{
    ngx_queue_t  *q;

    if (ngx_shop_hash_conf == NULL) {
        return;
    }

    while (!ngx_queue_empty(&ngx_shop_hash_waiting)) {
        q = ngx_queue_head(&ngx_shop_hash_waiting);
        ngx_queue_remove(q);
        ngx_shop_hash_free(ngx_queue_data(q, ngx_shop_hash_t, queue));
    }

    ngx_shop_hash_conf = NULL;
}


static ngx_int_t
ngx_shop_hash_submit(ngx_shop_hash_t *job, ngx_str_t *password)
{
    if (ngx_shop_hash_conf == NULL || password->len > NGX_SHOP_PASSWORD_MAX) {
        ngx_shop_hash_free(job);
        return NGX_DECLINED;
    }

    ngx_memcpy(job->password, password->data, password->len);
    job->len = password->len;
    job->memory = ngx_shop_hash_conf->memory;
    job->passes = ngx_shop_hash_conf->passes;

    job->held = 0;
    ngx_shop_hash_nheld--;

    ngx_queue_insert_tail(&ngx_shop_hash_waiting, &job->queue);
    ngx_shop_hash_nwaiting++;

    ngx_shop_hash_run();
    ngx_shop_hash_hold();

    if (ngx_shop_hash_nrunning == 0) {
        /* the pool takes nothing, and no job's end would try again */
        ngx_shop_hash_detach(job);
        return NGX_DECLINED;
    }

    return NGX_OK;
}


static void
ngx_shop_hash_run(void)
{
    ngx_queue_t      *q;
    ngx_shop_hash_t  *job;

    while (ngx_shop_hash_nrunning < ngx_shop_hash_max
           && ngx_shop_hash_nwaiting)
    {
        q = ngx_queue_head(&ngx_shop_hash_waiting);
        job = ngx_queue_data(q, ngx_shop_hash_t, queue);

        job->task.ctx = job;
        job->task.handler = ngx_shop_hash_work;
        job->task.event.data = job;
        job->task.event.handler = ngx_shop_hash_finished;
        job->task.event.log = ngx_shop_hash_log;

        ngx_shop_hash_memory_take(job);

        if (ngx_thread_task_post(ngx_shop_hash_conf->threads, &job->task)
            != NGX_OK)
        {
            /* it stays the first in the queue; the next end tries again */
            ngx_shop_hash_memory_give(job);
            return;
        }

        ngx_queue_remove(q);
        ngx_shop_hash_nwaiting--;
        ngx_shop_hash_nrunning++;
        job->running = 1;
    }
}


static void
ngx_shop_hash_finished(ngx_event_t *ev)
{
    ngx_shop_hash_t  *job = ev->data;

    ngx_shop_hash_nrunning--;
    ngx_shop_hash_memory_give(job);

    if (ngx_shop_hash_conf == NULL) {
        ngx_shop_hash_free(job);
        return;
    }

    ngx_shop_hash_run();
    ngx_shop_hash_hold();
    ngx_shop_hash_complete(job);
}


/* A worker that exits stays while a timer that is not cancelable is set, so
   one is while somebody waits for a hash. */

static void
ngx_shop_hash_hold(void)
{
    ngx_event_t  *ev = &ngx_shop_hash_held;

    if (ngx_shop_hash_nrunning == 0) {
        if (ev->timer_set) {
            ngx_del_timer(ev);
        }

        return;
    }

    if (!ev->timer_set) {
        ngx_shop_timer_init(ev, ngx_shop_hash_held_on, ngx_shop_hash_log);
        ngx_add_timer(ev, NGX_SHOP_HASH_HOLD);
    }
}


static void
ngx_shop_hash_held_on(ngx_event_t *ev)
{
    (void) ev;

    ngx_shop_hash_hold();
}


static void
ngx_shop_hash_complete(ngx_shop_hash_t *job)
{
    if (!job->detached) {
        if (job->rc == NGX_SHOP_HASH_FAILED) {
            ngx_log_error(NGX_LOG_ERR, ngx_shop_hash_log, 0,
                          "hash: a password could not be hashed");
        }

        job->outdated = ngx_shop_hash_is_outdated(job);
        job->done(job);
    }

    ngx_shop_hash_free(job);
}


static ngx_uint_t
ngx_shop_hash_is_outdated(ngx_shop_hash_t *job)
{
    return job->rc == NGX_SHOP_HASH_OK
           && ngx_strncmp(job->encoded, ngx_shop_hash_prefix,
                          ngx_strlen(ngx_shop_hash_prefix))
              != 0;
}


void
ngx_shop_hash_kind_present(ngx_shop_hash_kind_t *kind)
{
    kind->cost = 0;
    kind->memory = ngx_shop_hash_conf->memory;
    kind->passes = ngx_shop_hash_conf->passes;
    kind->lanes = NGX_SHOP_HASH_LANES;
}


static void
ngx_shop_hash_make_dummy(void)
{
    ngx_shop_hash_kind_t  kind;

    ngx_shop_hash_kind_present(&kind);

    *ngx_shop_hash_kind_begin(ngx_shop_hash_prefix, &kind) = '\0';
    ngx_shop_hash_kind_example(ngx_shop_hash_dummy, &kind);
}
