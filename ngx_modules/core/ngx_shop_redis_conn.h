/*
 * One connection to Redis: connect, hand-shake, coalesced writes, replies in
 * order, reconnect with back-off.  Uses hiredis's buffers and reader, not its
 * asynchronous layer (docs/decisions/0501-redis-without-async.md).
 */

#ifndef _NGX_SHOP_REDIS_CONN_H_INCLUDED_
#define _NGX_SHOP_REDIS_CONN_H_INCLUDED_


#include "ngx_shop_redis.h"


typedef struct {
    ngx_addr_t                 *addr;      /* NULL: shop_redis is absent */
    ngx_str_t                   password;
    ngx_msec_t                  timeout;
    ngx_uint_t                  pending;   /* commands in flight, at most */
    ngx_array_t                 scripts;   /* of ngx_shop_redis_script_t * */
} ngx_shop_redis_conf_t;


typedef enum {
    NGX_SHOP_REDIS_IDLE = 0,     /* waits for the reconnect timer */
    NGX_SHOP_REDIS_CONNECTING,
    NGX_SHOP_REDIS_GREETING,     /* replies of the hand-shake come first */
    NGX_SHOP_REDIS_READY
} ngx_shop_redis_state_e;


typedef struct ngx_shop_redis_conn_s  ngx_shop_redis_conn_t;

struct ngx_shop_redis_conn_s {
    /* set by the user before ngx_shop_redis_conn_open() */
    const ngx_shop_redis_conf_t *conf;
    const char                  *name;     /* for the log: "redis", ... */
    unsigned                     scripts:1;/* load the scripts at connect */
    void                       (*ready)(ngx_shop_redis_conn_t *rc);
    /* owns reply */
    void                       (*reply)(ngx_shop_redis_conn_t *rc,
                                        redisReply *reply);
    void                       (*lost)(ngx_shop_redis_conn_t *rc);

    ngx_uint_t                   state;
    ngx_uint_t                   failures; /* in a row */

    redisContext                *ctx;
    ngx_connection_t            *c;
    ngx_event_t                  timer;    /* connect deadline or back-off */
    ngx_event_t                  flush;    /* posted: one write a turn */
    ngx_uint_t                   greetings;
    const char                  *doomed;   /* close when the callbacks end */
    unsigned                     entered:1;
    unsigned                     closing:1;
};


void ngx_shop_redis_conn_open(ngx_shop_redis_conn_t *rc);

/* Appends a command in wire format; it leaves at the end of this turn. */
ngx_int_t ngx_shop_redis_conn_send(ngx_shop_redis_conn_t *rc, char *wire,
    size_t len);

/* Loses the connection for a reason that is logged; lost() is called, then it
   is opened again.  Safe inside callbacks. */
void ngx_shop_redis_conn_close(ngx_shop_redis_conn_t *rc, const char *reason);

/* The worker exits: closes without lost() and never opens again. */
void ngx_shop_redis_conn_exit(ngx_shop_redis_conn_t *rc);

/* 1 if a command sent now will be answered or lost(), 0: refuse at once. */
ngx_uint_t ngx_shop_redis_conn_open_for_work(ngx_shop_redis_conn_t *rc);

/* The main configuration (ngx_shop_redis_module.c). */
ngx_shop_redis_conf_t *ngx_shop_redis_conf(ngx_conf_t *cf);

/* Start and stop of the two users of a connection. */
ngx_int_t ngx_shop_redis_start(const ngx_shop_redis_conf_t *conf);
void ngx_shop_redis_stop(void);
ngx_int_t ngx_shop_redis_sub_start(const ngx_shop_redis_conf_t *conf);
void ngx_shop_redis_sub_stop(void);


#endif /* _NGX_SHOP_REDIS_CONN_H_INCLUDED_ */
