/*
 * What producers and consumers of the worker have in common: settings, log
 * lines and the topics.
 */

#ifndef _SHOP_KAFKA_H_INCLUDED_
#define _SHOP_KAFKA_H_INCLUDED_


#include <librdkafka/rdkafka.h>

#include "shop_worker.h"


typedef struct {
    const char          *name;
    const char          *value;
} shop_kafka_option_t;


/* A new handle with the common settings, then options (ended by a NULL name),
   then the operator's own; NULL after a log line. */
rd_kafka_t *shop_kafka_new(rd_kafka_type_t type, const shop_conf_t *conf,
    const char *part, const shop_kafka_option_t *options);

/* Makes the topics that are missing; SHOP_OK when all are there. */
int shop_kafka_topics(rd_kafka_t *rk, const shop_conf_t *conf,
    const char *part);


#endif /* _SHOP_KAFKA_H_INCLUDED_ */
