/*
 * Hashing of passwords: the turns of a node.  A hash keeps a core busy and its
 * memory bus too; all workers together run as many at a time as there are
 * cores but one, so that reads find a core free.
 */

#include "ngx_shop_hash.h"
#include "ngx_shop_zone.h"
#include <pthread.h>


#define NGX_SHOP_HASH_TURNS  64


typedef struct {
    ngx_uint_t       ready;
    pthread_mutex_t  turns[NGX_SHOP_HASH_TURNS];
} ngx_shop_hash_shared_t;


static ngx_int_t ngx_shop_hash_turn_make(ngx_shop_hash_shared_t *shared);
static ngx_uint_t ngx_shop_hash_turn_held(pthread_mutex_t *turn, int rc);


static ngx_shop_zone_part_t     ngx_shop_hash_part = {
    "hash", sizeof(ngx_shop_hash_shared_t)
};

static ngx_shop_hash_shared_t  *ngx_shop_hash_shared;
static ngx_uint_t               ngx_shop_hash_nturns;


ngx_int_t
ngx_shop_hash_turn_add(ngx_conf_t *cf)
{
    return ngx_shop_zone_add(cf, &ngx_shop_hash_part);
}


ngx_int_t
ngx_shop_hash_turn_open(ngx_cycle_t *cycle)
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
        if (pthread_mutex_init(&shared->turns[i], &attr) != 0) {
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
    ngx_uint_t        i, turn;
    pthread_mutex_t  *turns;

    turns = ngx_shop_hash_shared->turns;

    for (i = 0; i < ngx_shop_hash_nturns; i++) {
        turn = (ngx_worker + i) % ngx_shop_hash_nturns;

        if (ngx_shop_hash_turn_held(&turns[turn],
                                    pthread_mutex_trylock(&turns[turn])))
        {
            return turn;
        }
    }

    turn = ngx_worker % ngx_shop_hash_nturns;

    return ngx_shop_hash_turn_held(&turns[turn],
                                   pthread_mutex_lock(&turns[turn]))
           ? turn : NGX_SHOP_HASH_NO_TURN;
}


static ngx_uint_t
ngx_shop_hash_turn_held(pthread_mutex_t *turn, int rc)
{
    return rc == 0
           || (rc == EOWNERDEAD && pthread_mutex_consistent(turn) == 0);
}


void
ngx_shop_hash_turn_leave(ngx_uint_t turn)
{
    if (turn != NGX_SHOP_HASH_NO_TURN) {
        (void) pthread_mutex_unlock(&ngx_shop_hash_shared->turns[turn]);
    }
}
