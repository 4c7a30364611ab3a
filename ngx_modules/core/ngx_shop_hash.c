/*
 * Hashing of passwords.
 */

#include <ngx_event.h>
#include "ngx_shop_hash.h"
#include <argon2.h>
#include <crypt.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>


#if !(NGX_THREADS)
#error nginx must be configured with --with-threads
#endif


#define NGX_SHOP_HASH_LANES     1
#define NGX_SHOP_HASH_LEN       32
#define NGX_SHOP_HASH_NICE      10
#define NGX_SHOP_HASH_SLICE     (20 * 1000 * 1000)
#define NGX_SHOP_HASH_HOLD      1000  /* ms */

/* "$2b$12$" and 53 more; beyond that cost nobody would wait */
#define NGX_SHOP_HASH_BCRYPT      60
#define NGX_SHOP_HASH_BCRYPT_MAX  16

/* the memory of a job goes back to the system at its end */
#define NGX_SHOP_HASH_MMAP      (4 * 1024 * 1024)


static ngx_int_t ngx_shop_hash_submit(ngx_shop_hash_t *job,
    ngx_str_t *password);
static void ngx_shop_hash_run(void);
static void ngx_shop_hash_thread(void *data, ngx_log_t *log);
#if (NGX_LINUX)
static void ngx_shop_hash_nice(void);
#endif
static ngx_uint_t ngx_shop_hash_work_make(ngx_shop_hash_t *job);
static ngx_uint_t ngx_shop_hash_work_verify(ngx_shop_hash_t *job);
static ngx_uint_t ngx_shop_hash_is_bcrypt(const u_char *encoded);
static ngx_uint_t ngx_shop_hash_work_bcrypt(ngx_shop_hash_t *job);
static void ngx_shop_hash_finished(ngx_event_t *ev);
static void ngx_shop_hash_hold(void);
static void ngx_shop_hash_held_on(ngx_event_t *ev);
static void ngx_shop_hash_complete(ngx_shop_hash_t *job);
static ngx_uint_t ngx_shop_hash_is_outdated(ngx_shop_hash_t *job);
static ngx_int_t ngx_shop_hash_make_dummy(void);


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
    ngx_shop_hash_t  *job;

    if (ngx_shop_hash_conf == NULL
        || ngx_shop_hash_nwaiting + ngx_shop_hash_nheld
           >= ngx_shop_hash_conf->queue)
    {
        return NULL;
    }

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

    return ngx_shop_hash_make_dummy();
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
        job->task.handler = ngx_shop_hash_thread;
        job->task.event.data = job;
        job->task.event.handler = ngx_shop_hash_finished;
        job->task.event.log = ngx_shop_hash_log;

        if (ngx_thread_task_post(ngx_shop_hash_conf->threads, &job->task)
            != NGX_OK)
        {
            /* it stays the first in the queue; the next end tries again */
            return;
        }

        ngx_queue_remove(q);
        ngx_shop_hash_nwaiting--;
        ngx_shop_hash_nrunning++;
        job->running = 1;
    }
}


/* In a thread: touches nothing but the job. */

static void
ngx_shop_hash_thread(void *data, ngx_log_t *log)
{
    ngx_shop_hash_t  *job = data;

#if (NGX_LINUX)
    static __thread ngx_uint_t  niced;

    if (!niced) {
        ngx_shop_hash_nice();
        niced = 1;
    }
#endif

    job->rc = job->verify ? ngx_shop_hash_work_verify(job)
                          : ngx_shop_hash_work_make(job);

    OPENSSL_cleanse(job->password, sizeof(job->password));
}


#if (NGX_LINUX)

/*
 * The event loop goes before this thread, at once: Linux 6.12 and later lets a
 * thread finish its slice (3 ms) before another that wakes up, unless that
 * one's is shorter.  Older ones ignore the slice and go by the nice value.
 */

static void
ngx_shop_hash_nice(void)
{
    struct {
        uint32_t  size;
        uint32_t  policy;
        uint64_t  flags;
        int32_t   nice;
        uint32_t  priority;
        uint64_t  runtime;               /* of a slice, ns */
        uint64_t  deadline;
        uint64_t  period;
    } attr;

    ngx_memzero(&attr, sizeof(attr));

    attr.size = sizeof(attr);
    attr.policy = SCHED_BATCH;
    attr.nice = NGX_SHOP_HASH_NICE;
    attr.runtime = NGX_SHOP_HASH_SLICE;

    if (syscall(SYS_sched_setattr, 0, &attr, 0) == -1) {
        (void) setpriority(PRIO_PROCESS, (id_t) syscall(SYS_gettid),
                           NGX_SHOP_HASH_NICE);
    }
}

#endif


static ngx_uint_t
ngx_shop_hash_work_make(ngx_shop_hash_t *job)
{
    int  rc;

    rc = argon2id_hash_encoded(job->passes, job->memory, NGX_SHOP_HASH_LANES,
                               job->password, job->len,
                               job->salt, sizeof(job->salt),
                               NGX_SHOP_HASH_LEN,
                               (char *) job->encoded, sizeof(job->encoded));

    return rc == ARGON2_OK ? NGX_SHOP_HASH_OK : NGX_SHOP_HASH_FAILED;
}


static ngx_uint_t
ngx_shop_hash_work_verify(ngx_shop_hash_t *job)
{
    if (ngx_shop_hash_is_bcrypt(job->encoded)) {
        return ngx_shop_hash_work_bcrypt(job);
    }

    switch (argon2id_verify((char *) job->encoded, job->password, job->len)) {

    case ARGON2_OK:
        return NGX_SHOP_HASH_OK;

    case ARGON2_VERIFY_MISMATCH:
        return NGX_SHOP_HASH_WRONG;

    default:
        return NGX_SHOP_HASH_FAILED;
    }
}


static ngx_uint_t
ngx_shop_hash_is_bcrypt(const u_char *encoded)
{
    return encoded[0] == '$' && encoded[1] == '2'
           && (encoded[2] == 'a' || encoded[2] == 'b' || encoded[2] == 'y')
           && encoded[3] == '$';
}


/* Hashes that were made elsewhere; what a password has behind its 72nd byte
   never counted there. */

static ngx_uint_t
ngx_shop_hash_work_bcrypt(ngx_shop_hash_t *job)
{
    char               *made;
    ngx_int_t           cost;
    ngx_uint_t          rc;
    struct crypt_data  *data;

    cost = ngx_atoi(job->encoded + 4, 2);

    if (ngx_strlen(job->encoded) != NGX_SHOP_HASH_BCRYPT
        || cost == NGX_ERROR || cost > NGX_SHOP_HASH_BCRYPT_MAX)
    {
        return NGX_SHOP_HASH_FAILED;
    }

    /* a NUL would end it there */
    if (memchr(job->password, '\0', job->len)) {
        return NGX_SHOP_HASH_WRONG;
    }

    data = calloc(1, sizeof(struct crypt_data));
    if (data == NULL) {
        return NGX_SHOP_HASH_FAILED;
    }

    job->password[job->len] = '\0';
    made = crypt_r((char *) job->password, (char *) job->encoded, data);

    if (made == NULL || ngx_strlen(made) != NGX_SHOP_HASH_BCRYPT) {
        rc = NGX_SHOP_HASH_FAILED;

    } else {
        rc = CRYPTO_memcmp(made, job->encoded, NGX_SHOP_HASH_BCRYPT) == 0
             ? NGX_SHOP_HASH_OK : NGX_SHOP_HASH_WRONG;
    }

    OPENSSL_cleanse(data, sizeof(struct crypt_data));
    free(data);

    return rc;
}


static void
ngx_shop_hash_finished(ngx_event_t *ev)
{
    ngx_shop_hash_t  *job = ev->data;

    ngx_shop_hash_nrunning--;

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
        ev->handler = ngx_shop_hash_held_on;
        ev->log = ngx_shop_hash_log;
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


static ngx_int_t
ngx_shop_hash_make_dummy(void)
{
    u_char     *p, raw[NGX_SHOP_HASH_LEN];
    ngx_str_t   src, dst;

    p = ngx_sprintf(ngx_shop_hash_prefix, "$argon2id$v=%d$m=%ui,t=%ui,p=%d$",
                    ARGON2_VERSION_NUMBER, ngx_shop_hash_conf->memory,
                    ngx_shop_hash_conf->passes, NGX_SHOP_HASH_LANES);
    *p = '\0';

    if (RAND_bytes(raw, sizeof(raw)) != 1) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(ngx_shop_hash_dummy, ngx_shop_hash_prefix,
                   p - ngx_shop_hash_prefix);

    /* any salt and any hash will do: nobody knows a password to them */

    src.data = raw;
    src.len = 15;
    dst.data = p;
    ngx_encode_base64(&dst, &src);
    p += dst.len;
    *p++ = '$';

    src.len = 30;
    dst.data = p;
    ngx_encode_base64(&dst, &src);
    p[dst.len] = '\0';

    return NGX_OK;
}
