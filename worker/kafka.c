#include <string.h>

#include "kafka.h"


#define SHOP_KAFKA_ERRSTR           512
#define SHOP_KAFKA_TOPICS_TIMEOUT   10000


static int shop_kafka_set(rd_kafka_conf_t *rc, const char *part,
    const char *name, const char *value);
static int shop_kafka_created(rd_kafka_event_t *event, const char *part);
static void shop_kafka_log(const rd_kafka_t *rk, int level, const char *fac,
    const char *buf);


static const char  *shop_kafka_topic_names[] = {
    "shop.users", "shop.catalog", "shop.inventory", "shop.orders",
    "shop.payments", "shop.shipments", "shop.clicks", "shop.dead"
};

#define SHOP_KAFKA_TOPICS                                                     \
    (sizeof(shop_kafka_topic_names) / sizeof(shop_kafka_topic_names[0]))


/* fail fast against a dead broker, be there at once when it is back */

static const shop_kafka_option_t  shop_kafka_common[] = {
    { "client.id", "shop-worker" },
    { "socket.keepalive.enable", "true" },
    { "socket.connection.setup.timeout.ms", "5000" },
    { "reconnect.backoff.ms", "100" },
    { "reconnect.backoff.max.ms", "1000" },
    { "log.connection.close", "false" },
    { NULL, NULL }
};


rd_kafka_t *
shop_kafka_new(rd_kafka_type_t type, const shop_conf_t *conf,
    const char *part, const shop_kafka_option_t *options)
{
    int                         i, rc;
    char                        err[SHOP_KAFKA_ERRSTR];
    rd_kafka_t                 *rk;
    rd_kafka_conf_t            *kc;
    const shop_kafka_option_t  *o;

    kc = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(kc, shop_kafka_log);

    /* the thread's name is what a log line can be traced by */
    rd_kafka_conf_set_opaque(kc, (void *) (uintptr_t) part);

    rc = shop_kafka_set(kc, part, "bootstrap.servers", conf->kafka);

    for (o = shop_kafka_common; o->name && rc == SHOP_OK; o++) {
        rc = shop_kafka_set(kc, part, o->name, o->value);
    }

    for (o = options; o->name && rc == SHOP_OK; o++) {
        rc = shop_kafka_set(kc, part, o->name, o->value);
    }

    for (i = 0; i < conf->nkafka_conf && rc == SHOP_OK; i++) {
        rc = shop_kafka_set(kc, part, conf->kafka_conf[i].name,
                            conf->kafka_conf[i].value);
    }

    if (rc != SHOP_OK) {
        rd_kafka_conf_destroy(kc);
        return NULL;
    }

    rk = rd_kafka_new(type, kc, err, sizeof(err));
    if (rk == NULL) {
        shop_log(SHOP_LOG_ERROR, part, "msg=\"kafka: %s\"", err);
        rd_kafka_conf_destroy(kc);
    }

    return rk;
}


int
shop_kafka_topics(rd_kafka_t *rk, const shop_conf_t *conf, const char *part)
{
    int                    rc;
    size_t                 i, n;
    char                   err[SHOP_KAFKA_ERRSTR];
    rd_kafka_queue_t      *queue;
    rd_kafka_event_t      *event;
    rd_kafka_NewTopic_t   *topics[SHOP_KAFKA_TOPICS];
    rd_kafka_AdminOptions_t  *options;

    for (n = 0; n < SHOP_KAFKA_TOPICS; n++) {
        topics[n] = rd_kafka_NewTopic_new(shop_kafka_topic_names[n],
                                          conf->partitions, conf->replication,
                                          err, sizeof(err));
        if (topics[n] == NULL) {
            shop_log(SHOP_LOG_ERROR, part, "msg=\"kafka: topic %s: %s\"",
                     shop_kafka_topic_names[n], err);
            break;
        }
    }

    queue = rd_kafka_queue_new(rk);
    options = rd_kafka_AdminOptions_new(rk, RD_KAFKA_ADMIN_OP_CREATETOPICS);
    (void) rd_kafka_AdminOptions_set_request_timeout(options,
               SHOP_KAFKA_TOPICS_TIMEOUT / 2, err, sizeof(err));

    rd_kafka_CreateTopics(rk, topics, n, options, queue);

    rc = SHOP_DOWN;
    event = rd_kafka_queue_poll(queue, SHOP_KAFKA_TOPICS_TIMEOUT);

    if (event) {
        rc = shop_kafka_created(event, part);
        rd_kafka_event_destroy(event);
    }

    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_queue_destroy(queue);

    for (i = 0; i < n; i++) {
        rd_kafka_NewTopic_destroy(topics[i]);
    }

    return n == SHOP_KAFKA_TOPICS ? rc : SHOP_ERROR;
}


static int
shop_kafka_created(rd_kafka_event_t *event, const char *part)
{
    int                                  rc;
    size_t                               i, n;
    const rd_kafka_topic_result_t      **topics;
    const rd_kafka_CreateTopics_result_t  *result;

    if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        shop_log(SHOP_LOG_WARN, part, "msg=\"kafka: cannot make topics\" "
                 "detail=\"%s\"", rd_kafka_event_error_string(event));
        return SHOP_DOWN;
    }

    rc = SHOP_OK;
    result = rd_kafka_event_CreateTopics_result(event);
    topics = rd_kafka_CreateTopics_result_topics(result, &n);

    for (i = 0; i < n; i++) {
        switch (rd_kafka_topic_result_error(topics[i])) {

        case RD_KAFKA_RESP_ERR_NO_ERROR:
        case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
            break;

        default:
            rc = SHOP_DOWN;
            shop_log(SHOP_LOG_WARN, part, "msg=\"kafka: cannot make a topic\" "
                     "topic=%s detail=\"%s\"",
                     rd_kafka_topic_result_name(topics[i]),
                     rd_kafka_topic_result_error_string(topics[i]));
        }
    }

    return rc;
}


static int
shop_kafka_set(rd_kafka_conf_t *kc, const char *part, const char *name,
    const char *value)
{
    char  err[SHOP_KAFKA_ERRSTR];

    if (rd_kafka_conf_set(kc, name, value, err, sizeof(err))
        != RD_KAFKA_CONF_OK)
    {
        shop_log(SHOP_LOG_ERROR, part, "msg=\"kafka: %s\"", err);
        return SHOP_ERROR;
    }

    return SHOP_OK;
}


static void
shop_kafka_log(const rd_kafka_t *rk, int level, const char *fac,
    const char *buf)
{
    const char  *part;

    /* syslog levels: 3 is error, 4 warning; the rest is of no use here */

    if (level > 4) {
        return;
    }

    part = rk ? rd_kafka_opaque(rk) : NULL;

    shop_log(SHOP_LOG_WARN, part ? part : "kafka", "msg=\"kafka: %s\" fac=%s",
             buf, fac);
}
