/*
 * Publishing to Redis: live hints.  They may be lost (a subscriber reads the
 * database when it connects again), so nothing here is tried twice.
 */

#ifndef _SHOP_REDIS_H_INCLUDED_
#define _SHOP_REDIS_H_INCLUDED_


#include <hiredis/hiredis.h>

#include "shop_worker.h"


typedef struct {
    redisContext        *ctx;
    const shop_conf_t   *conf;
    const char          *part;
    shop_backoff_t       backoff;
    int64_t              next_try;
    int                  pending;        /* replies not read yet */
} shop_redis_t;


void shop_redis_init(shop_redis_t *redis, const shop_conf_t *conf,
    const char *part);

/* Queues one message; SHOP_DOWN when Redis is not there (for now). */
int shop_redis_publish(shop_redis_t *redis, const char *channel,
    const char *message, size_t len);

/* Sends what was queued and reads the replies; returns how many succeeded. */
int shop_redis_flush(shop_redis_t *redis);

void shop_redis_close(shop_redis_t *redis, const char *reason);


#endif /* _SHOP_REDIS_H_INCLUDED_ */
