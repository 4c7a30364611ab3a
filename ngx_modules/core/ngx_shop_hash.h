/*
 * Hashing of passwords: argon2id (and checking of bcrypt) in the thread pool
 * "shop_hash", behind a bounded queue of its own.  A job owns its memory and
 * outlives the request that asked for it; done() is called once, never from
 * inside the submitting call, never after ngx_shop_hash_detach().
 */

#ifndef _NGX_SHOP_HASH_H_INCLUDED_
#define _NGX_SHOP_HASH_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_thread_pool.h>


#define NGX_SHOP_HASH_LANES    1
#define NGX_SHOP_HASH_LEN      32    /* bytes of a raw hash */
#define NGX_SHOP_HASH_MAX      255   /* bytes of an encoded hash */
#define NGX_SHOP_PASSWORD_MAX  512   /* bytes: 128 characters */
#define NGX_SHOP_HASH_NO_TURN  ((ngx_uint_t) -1)

/* rc of a completed job */
#define NGX_SHOP_HASH_OK       0     /* made, or the password is right */
#define NGX_SHOP_HASH_WRONG    1     /* the password is wrong */
#define NGX_SHOP_HASH_FAILED   2     /* no memory, or not a hash at all */


typedef struct {
    ngx_thread_pool_t       *threads;
    ngx_uint_t               memory;     /* KiB */
    ngx_uint_t               passes;
    ngx_uint_t               share;      /* of a core, percent */
    ngx_uint_t               queue;      /* jobs waiting, a worker */
} ngx_shop_hash_conf_t;

/* an algorithm with its parameters: bcrypt's cost, or 0 and argon2id's */
typedef struct {
    ngx_uint_t               cost;
    ngx_uint_t               memory;     /* KiB */
    ngx_uint_t               passes;
    ngx_uint_t               lanes;
} ngx_shop_hash_kind_t;

typedef struct ngx_shop_hash_s  ngx_shop_hash_t;
typedef void (*ngx_shop_hash_done_pt)(ngx_shop_hash_t *job);

struct ngx_shop_hash_s {
    /* set by the caller */
    void                    *data;
    ngx_shop_hash_done_pt    done;

    /* valid inside done() */
    ngx_uint_t               rc;
    unsigned                 outdated:1; /* right, but of other parameters */
    u_char                   encoded[NGX_SHOP_HASH_MAX + 1];

    /* private */
    ngx_queue_t              queue;
    ngx_thread_task_t        task;
    size_t                   len;
    u_char                   password[NGX_SHOP_PASSWORD_MAX + 1];
    u_char                   salt[16];
    ngx_uint_t               memory;
    ngx_uint_t               passes;
    void                    *arena;      /* what argon2id works in */
    size_t                   arena_size;
    unsigned                 held:1;     /* a place in the queue */
    unsigned                 verify:1;
    unsigned                 running:1;
    unsigned                 detached:1;
};


/* A zeroed job, which has a place in the queue from now on, so that nothing is
   done in vain for what can't be hashed; NULL when the queue is full, hashing
   is off or memory short: answer 503 at once.  One that was never submitted is
   given back by free. */
ngx_shop_hash_t *ngx_shop_hash_alloc(void);

/* Likewise for who had a job done before: a full queue doesn't refuse it, the
   place of the other has become free. */
ngx_shop_hash_t *ngx_shop_hash_follow(void);
void ngx_shop_hash_free(ngx_shop_hash_t *job);

/* Submits: NGX_OK (done() follows), or NGX_DECLINED when hashing is off: answer
   503 at once (job is freed).  The password is copied. */
ngx_int_t ngx_shop_hash_make(ngx_shop_hash_t *job, ngx_str_t *password);

/* Likewise; encoded is what make left, a bcrypt hash of elsewhere ($2a$, $2b$
   or $2y$; outdated when right), or NULL for an account that is not there: the
   work is then that of the present kind and the outcome always WRONG. */
ngx_int_t ngx_shop_hash_verify(ngx_shop_hash_t *job, ngx_str_t *password,
    ngx_str_t *encoded);

/* The caller dies first. */
void ngx_shop_hash_detach(ngx_shop_hash_t *job);

/* kind.c: the kind of a hash, or of what it begins with (NGX_DECLINED: of none
   that is known); whether a text is a hash at all; whether wrong passwords of
   others can be hashed in a kind, too; what hashes of a kind begin with, at
   most 64 bytes; one of it that no password is right for, with its NUL */
ngx_int_t ngx_shop_hash_kind_read(ngx_shop_hash_kind_t *kind,
    const ngx_str_t *text);
ngx_uint_t ngx_shop_hash_known(const ngx_str_t *encoded);
ngx_uint_t ngx_shop_hash_kind_fair(const ngx_shop_hash_kind_t *kind);
ngx_uint_t ngx_shop_hash_kind_same(const ngx_shop_hash_kind_t *one,
    const ngx_shop_hash_kind_t *other);
u_char *ngx_shop_hash_kind_begin(u_char *p, const ngx_shop_hash_kind_t *kind);
void ngx_shop_hash_kind_example(u_char *encoded,
    const ngx_shop_hash_kind_t *kind);

/* that of new hashes */
void ngx_shop_hash_kind_present(ngx_shop_hash_kind_t *kind);

/* In a thread; data is the job. */
void ngx_shop_hash_work(void *data, ngx_log_t *log);

/* argon2id in the job's memory: take and give are the event loop's; memory that
   is not used for some seconds goes back to the system. */
void ngx_shop_hash_memory_start(ngx_uint_t kib, ngx_log_t *log);
void ngx_shop_hash_memory_take(ngx_shop_hash_t *job);
void ngx_shop_hash_memory_give(ngx_shop_hash_t *job);

/* In a thread: the rc of the job; make leaves its encoded form. */
ngx_uint_t ngx_shop_hash_argon2_make(ngx_shop_hash_t *job);
ngx_uint_t ngx_shop_hash_argon2_verify(ngx_shop_hash_t *job);

/* "$argon2id$v=19$m=19456,t=2,p=1$"; the end of it. */
u_char *ngx_shop_hash_argon2_prefix(u_char *out, ngx_uint_t memory,
    ngx_uint_t passes);

/* The turns of all workers of the node: added while the configuration is read,
   opened in init_process; share is the part of the time, in percent, in which
   each is used.  In a thread, take waits for one and leave gives it back; no
   turn is taken only if the system refuses its lock. */
ngx_int_t ngx_shop_hash_turn_add(ngx_conf_t *cf);
ngx_int_t ngx_shop_hash_turn_open(ngx_cycle_t *cycle, ngx_uint_t share);
ngx_uint_t ngx_shop_hash_turn_take(void);
void ngx_shop_hash_turn_leave(ngx_uint_t turn);


/* The configuration: "shop_hash argon2id memory=19456 passes=2", its defaults
   and its threads; start and stop with the worker. */
char *ngx_shop_hash_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
char *ngx_shop_hash_init(ngx_conf_t *cf, ngx_shop_hash_conf_t *conf);
ngx_int_t ngx_shop_hash_start(const ngx_shop_hash_conf_t *conf,
    ngx_cycle_t *cycle);
void ngx_shop_hash_stop(void);


#endif /* _NGX_SHOP_HASH_H_INCLUDED_ */
