/*
 * Hashing of passwords: what a thread does.  It touches nothing but the job.
 */

#include "ngx_shop_hash.h"
#include <crypt.h>
#include <openssl/crypto.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>


#define NGX_SHOP_HASH_NICE        10
#define NGX_SHOP_HASH_SLICE       (20 * 1000 * 1000)

/* "$2b$12$" and 53 more; beyond that cost nobody would wait */
#define NGX_SHOP_HASH_BCRYPT      60
#define NGX_SHOP_HASH_BCRYPT_MAX  16


#if (NGX_LINUX)
static void ngx_shop_hash_nice(void);
#endif
static ngx_uint_t ngx_shop_hash_is_bcrypt(const u_char *encoded);
static ngx_uint_t ngx_shop_hash_work_bcrypt(ngx_shop_hash_t *job);


void
ngx_shop_hash_work(void *data, ngx_log_t *log)
{
    ngx_uint_t        turn;
    ngx_shop_hash_t  *job = data;

#if (NGX_LINUX)
    static __thread ngx_uint_t  niced;

    if (!niced) {
        ngx_shop_hash_nice();
        niced = 1;
    }
#endif

    turn = ngx_shop_hash_turn_take();

    if (!job->verify) {
        job->rc = ngx_shop_hash_argon2_make(job);

    } else if (ngx_shop_hash_is_bcrypt(job->encoded)) {
        job->rc = ngx_shop_hash_work_bcrypt(job);

    } else {
        job->rc = ngx_shop_hash_argon2_verify(job);
    }

    ngx_shop_hash_turn_leave(turn);

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
