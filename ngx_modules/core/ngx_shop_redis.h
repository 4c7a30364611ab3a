/*
 * Redis inside the event loop: hiredis, one command connection and one
 * subscriber connection a worker.  Commands written in one turn of the event
 * loop leave in one write.  done() is called once, never from inside the
 * submitting call, never after detach.
 */

#ifndef _NGX_SHOP_REDIS_H_INCLUDED_
#define _NGX_SHOP_REDIS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_event.h>
#include <hiredis/hiredis.h>


#define NGX_SHOP_REDIS_OK       0   /* reply holds the answer */
#define NGX_SHOP_REDIS_ERROR    1   /* reply is an error of the server */
#define NGX_SHOP_REDIS_DOWN     2   /* not sent */
#define NGX_SHOP_REDIS_UNKNOWN  3   /* sent, connection lost or deadline */


#define NGX_SHOP_REDIS_ARGS     64  /* arguments of a command, at most */


typedef struct ngx_shop_redis_cmd_s  ngx_shop_redis_cmd_t;
typedef void (*ngx_shop_redis_done_pt)(ngx_shop_redis_cmd_t *cmd);

/* A script known when the configuration is read: run by EVALSHA, loaded again
   on NOSCRIPT without the caller noticing. */
typedef struct {
    ngx_str_t                name;
    ngx_str_t                text;
    u_char                   sha[41];
} ngx_shop_redis_script_t;

struct ngx_shop_redis_cmd_s {
    ngx_msec_t               timeout;    /* 0: shop_redis_timeout */
    void                    *data;
    ngx_shop_redis_done_pt   done;
    ngx_log_t               *log;

    ngx_uint_t               rc;         /* valid inside done() */
    redisReply              *reply;      /* valid inside done() only: copy */

    ngx_queue_t              queue;      /* private from here */
    ngx_event_t              timer;
    ngx_shop_redis_script_t *script;
    ngx_str_t                packed;
    unsigned                 state:4;
    unsigned                 detached:1;
};

/* Registers a script while the configuration is read; the same name twice is
   the same script.  name and text must be static. */
ngx_shop_redis_script_t *ngx_shop_redis_script_add(ngx_conf_t *cf,
    ngx_str_t *name, ngx_str_t *text);

/* A zeroed command from the worker's free list, or NULL; one that is never
   submitted is given back with free. */
ngx_shop_redis_cmd_t *ngx_shop_redis_alloc(void);
void ngx_shop_redis_free(ngx_shop_redis_cmd_t *cmd);

/* Submits argv (copied); NGX_OK, or NGX_DECLINED at once (cmd is freed). */
ngx_int_t ngx_shop_redis_command(ngx_shop_redis_cmd_t *cmd, ngx_uint_t argc,
    ngx_str_t *argv);
/* keys and args of EVALSHA sha nkeys keys... args... */
ngx_int_t ngx_shop_redis_eval(ngx_shop_redis_cmd_t *cmd,
    ngx_shop_redis_script_t *script, ngx_uint_t nkeys, ngx_uint_t argc,
    ngx_str_t *argv);
void ngx_shop_redis_detach(ngx_shop_redis_cmd_t *cmd);
ngx_uint_t ngx_shop_redis_up(void);


/* Pub/sub.  A channel is subscribed at the server once a worker however many
   subscribers it has here; handler() sees NGX_SHOP_SUB_* in order. */

#define NGX_SHOP_SUB_READY      0   /* confirmed by the server: read now */
#define NGX_SHOP_SUB_MESSAGE    1
#define NGX_SHOP_SUB_LOST       2   /* connection lost; READY comes again */

typedef struct ngx_shop_redis_sub_s  ngx_shop_redis_sub_t;
typedef void (*ngx_shop_redis_sub_pt)(ngx_shop_redis_sub_t *sub,
    ngx_uint_t what, ngx_str_t *message);

struct ngx_shop_redis_sub_s {
    ngx_str_t                channel;    /* must live as long as sub */
    void                    *data;
    ngx_shop_redis_sub_pt    handler;
    ngx_queue_t              queue;      /* private */
    void                    *node;
};

/* NGX_OK: confirmed already; NGX_AGAIN: SUB_READY follows (not before the
   server is in reach); NGX_DECLINED: there is no Redis. */
ngx_int_t ngx_shop_redis_subscribe(ngx_shop_redis_sub_t *sub);
void ngx_shop_redis_unsubscribe(ngx_shop_redis_sub_t *sub);
ngx_uint_t ngx_shop_redis_sub_up(void);


#endif /* _NGX_SHOP_REDIS_H_INCLUDED_ */
