/*
 * The relay: outbox rows to Kafka, live hints to Redis, cache tags to NOTIFY.
 *
 * One process is active at a time.  It holds an advisory lock on the one
 * connection that also reads and deletes the rows, so that losing the
 * connection is losing the lead.  The fixed transactional.id fences a
 * predecessor that has not noticed yet.
 */

#ifndef _SHOP_RELAY_H_INCLUDED_
#define _SHOP_RELAY_H_INCLUDED_


#include "buf.h"
#include "kafka.h"
#include "pg.h"
#include "redis.h"


#define SHOP_RELAY_BATCH    1000
#define SHOP_RELAY_TOLD     4000     /* more may be hinted twice */


/* columns of ops.outbox_read() */

enum {
    SHOP_ROW_ID = 0,
    SHOP_ROW_EVENT,
    SHOP_ROW_TOPIC,
    SHOP_ROW_KEY,
    SHOP_ROW_SEQ,
    SHOP_ROW_TYPE,
    SHOP_ROW_STORE,
    SHOP_ROW_TIME,
    SHOP_ROW_DATA,
    SHOP_ROW_LIVE,
    SHOP_ROW_TAG,
    SHOP_ROW_AGE
};

typedef struct {
    const shop_conf_t   *conf;
    shop_part_t         *state;
    shop_pg_t            pg;
    shop_redis_t         redis;
    rd_kafka_t          *rk;
    int                  ready;          /* rk has fenced its predecessors */
    shop_backoff_t       backoff;        /* of Kafka */
    int64_t              next_try;
    int64_t              active;         /* when rows were last seen */
    int                  elected;
    int                  nhinted;        /* rows of the last batch */
    int64_t              hinted[SHOP_RELAY_BATCH];
    int64_t              ahead;          /* the last hinted before its batch */
    int                  ntold;          /* rows that were */
    int64_t              told[SHOP_RELAY_TOLD];
    int64_t              due;            /* when the next batch may go */
    shop_buf_t           buf;
    shop_buf_t           ids;
} shop_relay_t;


void *shop_relay_thread(void *conf);
extern shop_part_t  shop_relay_part;


/* Everything read before it is durable once it returns SHOP_OK. */

int shop_relay_barrier(shop_relay_t *relay);


/* relay_hint.c: tells what is durable to those who watch, Kafka or not. */

void shop_relay_hint(shop_relay_t *relay, const PGresult *rows);
void shop_relay_hint_ahead(shop_relay_t *relay);


/* relay_publish.c */

/* SHOP_OK when there is a producer that fenced its predecessors. */
int shop_relay_producer(shop_relay_t *relay);

/* Publishes the rows in one Kafka transaction; SHOP_OK once it is committed.
   SHOP_ERROR: fenced by another relay.  SHOP_DOWN: nothing was published, or
   it is not known; the rows are published again. */
int shop_relay_publish(shop_relay_t *relay, const PGresult *rows);

void shop_relay_producer_close(shop_relay_t *relay);


#endif /* _SHOP_RELAY_H_INCLUDED_ */
