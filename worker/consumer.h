/*
 * A consumer group: events from Kafka to SQL functions.
 *
 * A batch is handed to one statement, which drops what the group has handled
 * before and does the rest, in one transaction.  Offsets are committed after
 * it; what comes twice in between is dropped by the inbox.  Outside calls are
 * never made here: the statement writes a row, an executor works it off.
 */

#ifndef _SHOP_CONSUMER_H_INCLUDED_
#define _SHOP_CONSUMER_H_INCLUDED_


#include "pg.h"
#include "shop_worker.h"


typedef struct {
    const char          *type;
    const shop_stmt_t   *stmt;           /* $1: the events, a JSON array */
} shop_handler_t;

typedef struct {
    const char           *name;          /* of the thread and its logs */
    const char           *id;            /* of the group in Kafka */
    const char *const    *topics;        /* ended by NULL */
    const shop_handler_t *handlers;      /* ended by a NULL type */
    shop_metric_e         metric;
    shop_part_t           part;
    int                   wake;          /* the executor's, set by main, or
                                            -1 */
    const shop_conf_t    *conf;
} shop_group_t;


void *shop_consumer_thread(void *group);


#endif /* _SHOP_CONSUMER_H_INCLUDED_ */
