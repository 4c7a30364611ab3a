/*
 * Hashing of passwords: the turns of a node.  A hash keeps a core busy and its
 * memory bus too; all workers together run as many at a time as there are
 * cores but one, so that reads find a core free, and rest between two hashes,
 * so that a flood of sign-ins never takes more of the cores than its share.
 */

#include "ngx_shop_hash.h"
#include "ngx_shop_zone.h"
#include <pthread.h>
#include <time.h>


#define NGX_SHOP_HASH_TURNS     64
#define NGX_SHOP_HASH_REST_MAX  1000000000ULL  /* ns */


/* times are those of CLOCK_MONOTONIC in nanoseconds, the same in all workers */

typedef struct {
    pthread_mutex_t        lock;
    uint64_t               taken;
    uint64_t               rested;       /* from when on it may be used again */
} ngx_shop_hash_turn_t;

typedef struct {
    ngx_uint_t             ready;
    ngx_shop_hash_turn_t   turns[NGX_SHOP_HASH_TURNS];
} ngx_shop_hash_shared_t;


static ngx_int_t ngx_shop_hash_turn_make(ngx_shop_hash_shared_t *shared);
static ngx_uint_t ngx_shop_hash_turn_wait(void);
static ngx_uint_t ngx_shop_hash_turn_held(ngx_shop_hash_turn_t *turn, int rc);
static uint64_t ngx_shop_hash_turn_now(void);


static ngx_shop_zone_part_t     ngx_shop_hash_part = {
    "hash", sizeof(ngx_shop_hash_shared_t)
};

static ngx_shop_hash_shared_t  *ngx_shop_hash_shared;
static ngx_uint_t               ngx_shop_hash_nturns;
static ngx_uint_t               ngx_shop_hash_share;    /* percent */


ngx_int_t
ngx_shop_hash_turn_add(ngx_conf_t *cf)
{
    return ngx_shop_zone_add(cf, &ngx_shop_hash_part);
}


ngx_int_t
ngx_shop_hash_turn_open(ngx_cycle_t *cycle, ngx_uint_t share)
{
    ngx_int_t                rc;
    ngx_shop_hash_shared_t  *shared;

    shared = ngx_shop_zone_open(cycle, &ngx_shop_hash_part);

    if (shared == NULL) {
        return NGX_ERROR;
    }

    ngx_shop_zone_lock();
    rc = shared->ready ? NGX_OK : ngx_shop_hash_turn_make(shared);
    ngx_shop_zone_unlock();

    ngx_shop_hash_shared = shared;
    ngx_shop_hash_share = share;
    ngx_shop_hash_nturns = ngx_max(ngx_min(ngx_ncpu - 1, NGX_SHOP_HASH_TURNS),
                                   1);

    return rc;
}


static ngx_int_t
ngx_shop_hash_turn_make(ngx_shop_hash_shared_t *shared)
{
    ngx_int_t            rc;
    ngx_uint_t           i;
    pthread_mutexattr_t  attr;

    if (pthread_mutexattr_init(&attr) != 0) {
        return NGX_ERROR;
    }

    /* robust: a worker that is killed while it hashes gives its turn back */

    rc = pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED) == 0
         && pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST) == 0
         ? NGX_OK : NGX_ERROR;

    for (i = 0; rc == NGX_OK && i < NGX_SHOP_HASH_TURNS; i++) {
        if (pthread_mutex_init(&shared->turns[i].lock, &attr) != 0) {
            rc = NGX_ERROR;
        }
    }

    (void) pthread_mutexattr_destroy(&attr);

    shared->ready = (rc == NGX_OK);

    return rc;
}


ngx_uint_t
ngx_shop_hash_turn_take(void)
{
    ngx_uint_t             n;
    struct timespec        until;
    ngx_shop_hash_turn_t  *turn;

    n = ngx_shop_hash_turn_wait();

    if (n == NGX_SHOP_HASH_NO_TURN) {
        return n;
    }

    turn = &ngx_shop_hash_shared->turns[n];

    if (ngx_shop_hash_turn_now() < turn->rested) {
        until.tv_sec = turn->rested / 1000000000;
        until.tv_nsec = turn->rested % 1000000000;

        (void) clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    }

    turn->taken = ngx_shop_hash_turn_now();

    return n;
}


static ngx_uint_t
ngx_shop_hash_turn_wait(void)
{
    ngx_uint_t             i, n;
    ngx_shop_hash_turn_t  *turns;

    turns = ngx_shop_hash_shared->turns;

    for (i = 0; i < ngx_shop_hash_nturns; i++) {
        n = (ngx_worker + i) % ngx_shop_hash_nturns;

        if (ngx_shop_hash_turn_held(&turns[n],
                                    pthread_mutex_trylock(&turns[n].lock)))
        {
            return n;
        }
    }

    n = ngx_worker % ngx_shop_hash_nturns;

    return ngx_shop_hash_turn_held(&turns[n],
                                   pthread_mutex_lock(&turns[n].lock))
           ? n : NGX_SHOP_HASH_NO_TURN;
}


static ngx_uint_t
ngx_shop_hash_turn_held(ngx_shop_hash_turn_t *turn, int rc)
{
    return rc == 0
           || (rc == EOWNERDEAD
               && pthread_mutex_consistent(&turn->lock) == 0);
}


void
ngx_shop_hash_turn_leave(ngx_uint_t n)
{
    uint64_t               now, rest;
    ngx_shop_hash_turn_t  *turn;

    if (n == NGX_SHOP_HASH_NO_TURN) {
        return;
    }

    turn = &ngx_shop_hash_shared->turns[n];

    now = ngx_shop_hash_turn_now();
    rest = (now - turn->taken) * (100 - ngx_shop_hash_share)
           / ngx_shop_hash_share;
    turn->rested = now + ngx_min(rest, NGX_SHOP_HASH_REST_MAX);

    (void) pthread_mutex_unlock(&turn->lock);
}


static uint64_t
ngx_shop_hash_turn_now(void)
{
    struct timespec  now;

    (void) clock_gettime(CLOCK_MONOTONIC, &now);

    return (uint64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}
