/*
 * Clicks (views, searches) to Kafka.  They may be lost: facts go through the
 * outbox and shop-worker.  librdkafka's threads talk to the brokers; this side
 * never waits for them.
 */

#ifndef _NGX_SHOP_KAFKA_H_INCLUDED_
#define _NGX_SHOP_KAFKA_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    ngx_uint_t    sent;        /* acknowledged by a broker */
    ngx_uint_t    failed;      /* given up after their deadline */
    ngx_uint_t    dropped;     /* refused here: the queue is full */
    ngx_uint_t    queued;      /* under way now */
} ngx_shop_kafka_stats_t;


/* Copies key and value into the producer's queue.  NGX_OK: queued;
   NGX_DECLINED: no producer, or its queue is full. */
ngx_int_t ngx_shop_kafka_send(const char *topic, ngx_str_t *key,
    ngx_str_t *value);

/* 1 if this worker has a producer. */
ngx_uint_t ngx_shop_kafka_on(void);

/* How long clicks that are alike are counted; 0: each is told by itself. */
ngx_msec_t ngx_shop_kafka_window(void);

/* 1 while at least one broker is in reach. */
ngx_uint_t ngx_shop_kafka_up(void);

/* Refuses what is no list of HOST:PORT: the handler of an ngx_conf_post_t. */
char *ngx_shop_kafka_brokers(ngx_conf_t *cf, void *post, void *data);

/* Of this worker, since its start. */
void ngx_shop_kafka_stats(ngx_shop_kafka_stats_t *stats);


#endif /* _NGX_SHOP_KAFKA_H_INCLUDED_ */
