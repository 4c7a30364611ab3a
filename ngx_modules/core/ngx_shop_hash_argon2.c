/*
 * Hashing of passwords: argon2id (RFC 9106) in memory that a worker keeps from
 * job to job.  Fresh memory would be cleared by the kernel, page by page, and
 * unmapped again with an interrupt of every core: a third of a hash.
 */

#include <ngx_event.h>
#include "ngx_shop_hash.h"
#include <argon2.h>
#include <openssl/crypto.h>
#include <sys/mman.h>


#define NGX_SHOP_HASH_IDLE     5000  /* ms until the memory is given back */
#define NGX_SHOP_HASH_SALT     64    /* bytes of a salt, at most */
#define NGX_SHOP_HASH_RAW      64    /* bytes of a raw hash, at most */
#define NGX_SHOP_HASH_KIB_MAX  (1024 * 1024)


typedef struct ngx_shop_hash_memory_s  ngx_shop_hash_memory_t;

struct ngx_shop_hash_memory_s {
    ngx_shop_hash_memory_t  *next;
};

typedef struct {
    uint32_t  memory;                    /* KiB */
    uint32_t  passes;
    uint32_t  lanes;
    uint32_t  version;
    uint32_t  salt_len;
    uint32_t  hash_len;
    u_char    salt[NGX_SHOP_HASH_SALT];
    u_char    hash[NGX_SHOP_HASH_RAW];
} ngx_shop_hash_argon2_t;


static void ngx_shop_hash_memory_idle(ngx_event_t *ev);
static int ngx_shop_hash_memory_use(uint8_t **memory, size_t size);
static void ngx_shop_hash_memory_done(uint8_t *memory, size_t size);
static int ngx_shop_hash_argon2_run(ngx_shop_hash_t *job,
    ngx_shop_hash_argon2_t *a, u_char *raw);
static ngx_int_t ngx_shop_hash_argon2_read(const u_char *encoded,
    ngx_shop_hash_argon2_t *a);
static const char *ngx_shop_hash_argon2_base64(const char *text, char end,
    u_char *out, size_t size, uint32_t *len);
static u_char *ngx_shop_hash_argon2_text(u_char *out, u_char *bytes,
    size_t len);


static ngx_shop_hash_memory_t     *ngx_shop_hash_memory_free;
static size_t                      ngx_shop_hash_memory_size;
static ngx_event_t                 ngx_shop_hash_memory_timer;

/* the callbacks of the library know nothing but the size */
static __thread ngx_shop_hash_t   *ngx_shop_hash_memory_job;


void
ngx_shop_hash_memory_start(ngx_uint_t kib, ngx_log_t *log)
{
    ngx_event_t  *ev = &ngx_shop_hash_memory_timer;

    ngx_shop_hash_memory_size = (size_t) kib * 1024;

    ngx_memzero(ev, sizeof(ngx_event_t));
    ev->handler = ngx_shop_hash_memory_idle;
    ev->log = log;
    ev->data = ev;
    ev->cancelable = 1;
}


void
ngx_shop_hash_memory_take(ngx_shop_hash_t *job)
{
    void  *start;

    start = ngx_shop_hash_memory_free;

    if (start) {
        ngx_shop_hash_memory_free = ngx_shop_hash_memory_free->next;

    } else {
        start = mmap(NULL, ngx_shop_hash_memory_size, PROT_READ|PROT_WRITE,
                     MAP_PRIVATE|MAP_ANONYMOUS, -1, 0);

        if (start == MAP_FAILED) {
            /* the job asks malloc() and fails by itself */
            start = NULL;
        }

#ifdef MADV_HUGEPAGE
        if (start) {
            (void) madvise(start, ngx_shop_hash_memory_size, MADV_HUGEPAGE);
        }
#endif
    }

    job->arena = start;
    job->arena_size = start ? ngx_shop_hash_memory_size : 0;
}


void
ngx_shop_hash_memory_give(ngx_shop_hash_t *job)
{
    ngx_shop_hash_memory_t  *memory = job->arena;

    if (memory) {
        memory->next = ngx_shop_hash_memory_free;
        ngx_shop_hash_memory_free = memory;
        job->arena = NULL;

        ngx_add_timer(&ngx_shop_hash_memory_timer, NGX_SHOP_HASH_IDLE);
    }
}


static void
ngx_shop_hash_memory_idle(ngx_event_t *ev)
{
    ngx_shop_hash_memory_t  *memory;

    (void) ev;

    while (ngx_shop_hash_memory_free) {
        memory = ngx_shop_hash_memory_free;
        ngx_shop_hash_memory_free = memory->next;
        (void) munmap(memory, ngx_shop_hash_memory_size);
    }
}


static int
ngx_shop_hash_memory_use(uint8_t **memory, size_t size)
{
    ngx_shop_hash_t  *job = ngx_shop_hash_memory_job;

    /* a hash of elsewhere may want more than today's do */
    *memory = size <= job->arena_size ? job->arena : malloc(size);

    return *memory ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}


static void
ngx_shop_hash_memory_done(uint8_t *memory, size_t size)
{
    (void) size;

    /* the library has wiped it */

    if (memory != ngx_shop_hash_memory_job->arena) {
        free(memory);
    }
}


ngx_uint_t
ngx_shop_hash_argon2_make(ngx_shop_hash_t *job)
{
    u_char                  *p, raw[NGX_SHOP_HASH_RAW];
    ngx_shop_hash_argon2_t   a;

    a.memory = job->memory;
    a.passes = job->passes;
    a.lanes = NGX_SHOP_HASH_LANES;
    a.version = ARGON2_VERSION_NUMBER;
    a.salt_len = sizeof(job->salt);
    a.hash_len = NGX_SHOP_HASH_LEN;
    ngx_memcpy(a.salt, job->salt, sizeof(job->salt));

    if (ngx_shop_hash_argon2_run(job, &a, raw) != ARGON2_OK) {
        return NGX_SHOP_HASH_FAILED;
    }

    p = ngx_shop_hash_argon2_prefix(job->encoded, job->memory, job->passes);
    p = ngx_shop_hash_argon2_text(p, job->salt, sizeof(job->salt));
    *p++ = '$';
    p = ngx_shop_hash_argon2_text(p, raw, NGX_SHOP_HASH_LEN);
    *p = '\0';

    return NGX_SHOP_HASH_OK;
}


ngx_uint_t
ngx_shop_hash_argon2_verify(ngx_shop_hash_t *job)
{
    u_char                  raw[NGX_SHOP_HASH_RAW];
    ngx_shop_hash_argon2_t  a;

    if (ngx_shop_hash_argon2_read(job->encoded, &a) != NGX_OK
        || ngx_shop_hash_argon2_run(job, &a, raw) != ARGON2_OK)
    {
        return NGX_SHOP_HASH_FAILED;
    }

    return CRYPTO_memcmp(raw, a.hash, a.hash_len) == 0 ? NGX_SHOP_HASH_OK
                                                       : NGX_SHOP_HASH_WRONG;
}


static int
ngx_shop_hash_argon2_run(ngx_shop_hash_t *job, ngx_shop_hash_argon2_t *a,
    u_char *raw)
{
    int             rc;
    argon2_context  context;

    ngx_memzero(&context, sizeof(context));

    context.out = raw;
    context.outlen = a->hash_len;
    context.pwd = job->password;
    context.pwdlen = job->len;
    context.salt = a->salt;
    context.saltlen = a->salt_len;
    context.t_cost = a->passes;
    context.m_cost = a->memory;
    context.lanes = a->lanes;
    context.threads = 1;
    context.version = a->version;
    context.allocate_cbk = ngx_shop_hash_memory_use;
    context.free_cbk = ngx_shop_hash_memory_done;

    ngx_shop_hash_memory_job = job;
    rc = argon2id_ctx(&context);
    ngx_shop_hash_memory_job = NULL;

    return rc;
}


u_char *
ngx_shop_hash_argon2_prefix(u_char *out, ngx_uint_t memory, ngx_uint_t passes)
{
    return ngx_sprintf(out, "$argon2id$v=%d$m=%ui,t=%ui,p=%d$",
                       ARGON2_VERSION_NUMBER, memory, passes,
                       NGX_SHOP_HASH_LANES);
}


/* "$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH", base64 without padding. */

static ngx_int_t
ngx_shop_hash_argon2_read(const u_char *encoded, ngx_shop_hash_argon2_t *a)
{
    int          end = 0;
    const char  *p = (const char *) encoded;

    if (sscanf(p, "$argon2id$v=%u$m=%u,t=%u,p=%u$%n", &a->version, &a->memory,
               &a->passes, &a->lanes, &end)
        != 4
        || end == 0 || a->memory > NGX_SHOP_HASH_KIB_MAX)
    {
        return NGX_ERROR;
    }

    p = ngx_shop_hash_argon2_base64(p + end, '$', a->salt, sizeof(a->salt),
                                    &a->salt_len);

    if (p) {
        p = ngx_shop_hash_argon2_base64(p + 1, '\0', a->hash, sizeof(a->hash),
                                        &a->hash_len);
    }

    return p ? NGX_OK : NGX_ERROR;
}


static const char *
ngx_shop_hash_argon2_base64(const char *text, char end, u_char *out,
    size_t size, uint32_t *len)
{
    ngx_str_t  src, dst;

    src.data = (u_char *) text;
    src.len = strcspn(text, "$");

    if (text[src.len] != end || ngx_base64_decoded_length(src.len) > size) {
        return NULL;
    }

    dst.data = out;

    if (ngx_decode_base64(&dst, &src) != NGX_OK) {
        return NULL;
    }

    *len = dst.len;

    return text + src.len;
}


static u_char *
ngx_shop_hash_argon2_text(u_char *out, u_char *bytes, size_t len)
{
    ngx_str_t  src, dst;

    src.data = bytes;
    src.len = len;
    dst.data = out;

    ngx_encode_base64(&dst, &src);

    while (dst.data[dst.len - 1] == '=') {
        dst.len--;
    }

    return dst.data + dst.len;
}
