#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "consumer.h"
#include "kafka.h"


#define SHOP_CONSUMER_BATCH      500
#define SHOP_CONSUMER_POLL_MS    500
#define SHOP_CONSUMER_MORE_MS    5       /* partitions arrive one by one */
#define SHOP_CONSUMER_MAX        (1024 * 1024)


typedef struct {
    shop_group_t        *group;
    rd_kafka_t          *rk;
    shop_pg_t            pg;
    shop_backoff_t       backoff;
    shop_buf_t           buf;
    int                  n;
    rd_kafka_message_t  *msgs[SHOP_CONSUMER_BATCH];
    const shop_stmt_t   *stmts[SHOP_CONSUMER_BATCH];
} shop_consumer_t;


static int shop_consumer_open(shop_consumer_t *c);
static int shop_consumer_subscribe(shop_consumer_t *c);
static void shop_consumer_close(shop_consumer_t *c);
static void shop_consumer_collect(shop_consumer_t *c);
static int shop_consumer_route(shop_consumer_t *c,
    const rd_kafka_message_t *msg, const shop_stmt_t **stmt);
static int shop_consumer_handle(shop_consumer_t *c);
static int shop_consumer_apply(shop_consumer_t *c, int from, int to);
static int shop_consumer_once(shop_consumer_t *c, int from, int to);
static int shop_consumer_dead(shop_consumer_t *c,
    const rd_kafka_message_t *msg, const char *reason);
static void shop_consumer_store(shop_consumer_t *c);


static const shop_stmt_t  shop_consumer_dead_letter = {
    "dead_letter",
    "select 1 from ops.dead_letter($1::text, $2::text, $3::text, $4::text)", 4
};


void *
shop_consumer_thread(void *data)
{
    shop_group_t     *group = data;
    shop_consumer_t  *c;

    c = calloc(1, sizeof(*c));
    if (c == NULL) {
        shop_log(SHOP_LOG_ERROR, group->name, "msg=\"out of memory\"");
        return NULL;
    }

    c->group = group;
    c->backoff.base = 100;
    c->backoff.max = 5000;
    shop_pg_init(&c->pg, group->conf, group->name);

    while (!shop_stopping()) {
        if (shop_consumer_open(c) != SHOP_OK) {
            shop_part_set(&group->part, SHOP_PART_DOWN);
            (void) shop_wait(shop_backoff_next(&c->backoff));
            continue;
        }

        c->backoff.tries = 0;
        shop_consumer_collect(c);

        if (c->n == 0) {
            continue;
        }

        if (shop_consumer_handle(c) == SHOP_OK) {
            shop_consumer_store(c);
            shop_metric_add(group->metric, c->n);
        }

        while (c->n > 0) {
            rd_kafka_message_destroy(c->msgs[--c->n]);
        }
    }

    shop_consumer_close(c);
    shop_pg_close(&c->pg, "stop");
    shop_buf_free(&c->buf);
    free(c);

    return NULL;
}


/* The first connection to PostgreSQL is made before Kafka's, so that no batch
   is fetched that cannot be handled. */

static int
shop_consumer_open(shop_consumer_t *c)
{
    const shop_kafka_option_t  options[] = {
        { "group.id", c->group->id },
        { "isolation.level", "read_committed" },
        /* what shop_consumer_store() has stored */
        { "auto.commit.interval.ms", "1000" },
        { "enable.auto.offset.store", "false" },
        { "auto.offset.reset", "earliest" },
        /* partitions by the default, range: one that is closed while it joins
           by cooperative-sticky asserts (librdkafka before 2.2) or waits */
        { "session.timeout.ms", "10000" },
        { "max.poll.interval.ms", "600000" },
        { "queued.max.messages.kbytes", "4096" },
        { "fetch.message.max.bytes", "1048576" },
        /* what arrives is sent at once; this is how often nothing is said */
        { "fetch.wait.max.ms", "5000" },
        { "topic.metadata.refresh.interval.ms", "60000" },
        { NULL, NULL }
    };

    if (c->rk) {
        return SHOP_OK;
    }

    if (shop_pg_open(&c->pg) != SHOP_OK) {
        return SHOP_DOWN;
    }

    c->rk = shop_kafka_new(RD_KAFKA_CONSUMER, c->group->conf, c->group->name,
                           options);
    if (c->rk == NULL) {
        return SHOP_DOWN;
    }

    (void) rd_kafka_poll_set_consumer(c->rk);

    if (shop_kafka_topics(c->rk, c->group->conf, c->group->name) != SHOP_OK
        || shop_consumer_subscribe(c) != SHOP_OK)
    {
        rd_kafka_destroy(c->rk);
        c->rk = NULL;
        return SHOP_DOWN;
    }

    shop_part_set(&c->group->part, SHOP_PART_UP);
    shop_log(SHOP_LOG_INFO, c->group->name, "msg=\"kafka: subscribed\"");

    return SHOP_OK;
}


static int
shop_consumer_subscribe(shop_consumer_t *c)
{
    const char *const                *topic;
    rd_kafka_resp_err_t               err;
    rd_kafka_topic_partition_list_t  *list;

    list = rd_kafka_topic_partition_list_new(4);

    for (topic = c->group->topics; *topic; topic++) {
        (void) rd_kafka_topic_partition_list_add(list, *topic,
                                                 RD_KAFKA_PARTITION_UA);
    }

    err = rd_kafka_subscribe(c->rk, list);
    rd_kafka_topic_partition_list_destroy(list);

    if (err) {
        shop_log(SHOP_LOG_ERROR, c->group->name, "msg=\"kafka: cannot "
                 "subscribe\" detail=\"%s\"", rd_kafka_err2str(err));
        return SHOP_DOWN;
    }

    return SHOP_OK;
}


static void
shop_consumer_close(shop_consumer_t *c)
{
    if (c->rk == NULL) {
        return;
    }

    (void) rd_kafka_consumer_close(c->rk);
    rd_kafka_destroy(c->rk);
    c->rk = NULL;
}


/* Waits for the first message, and takes what comes within some milliseconds
   with it, up to a batch. */

static void
shop_consumer_collect(shop_consumer_t *c)
{
    int                  wait;
    int64_t              until;
    rd_kafka_message_t  *msg;

    c->n = 0;
    until = shop_now_ms() + SHOP_CONSUMER_POLL_MS;

    while (c->n < SHOP_CONSUMER_BATCH) {
        wait = (int) (until - shop_now_ms());

        msg = rd_kafka_consumer_poll(c->rk, wait > 0 ? wait : 0);
        if (msg == NULL) {
            return;
        }

        if (msg->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            if (c->n == 0) {
                until = shop_now_ms() + SHOP_CONSUMER_MORE_MS;
            }

            c->msgs[c->n++] = msg;
            continue;
        }

        if (msg->err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            shop_log(SHOP_LOG_WARN, c->group->name, "msg=\"kafka: %s\"",
                     rd_kafka_message_errstr(msg));
        }

        rd_kafka_message_destroy(msg);
        return;
    }
}


/* Runs of messages for the same statement are handled together; what the group
   does not care for breaks none.  Returns SHOP_OK when all are; else the batch
   comes again from Kafka. */

static int
shop_consumer_handle(shop_consumer_t *c)
{
    int  i, from;

    for (i = 0; i < c->n; i++) {
        if (shop_consumer_route(c, c->msgs[i], &c->stmts[i]) != SHOP_OK) {
            goto failed;
        }
    }

    for (from = 0; from < c->n; from = i) {
        i = from + 1;

        if (c->stmts[from] == NULL) {
            continue;
        }

        while (i < c->n && (c->stmts[i] == c->stmts[from] || !c->stmts[i])) {
            i++;
        }

        if (shop_consumer_apply(c, from, i) != SHOP_OK) {
            goto failed;
        }
    }

    return SHOP_OK;

failed:

    /* only when the worker is to stop: the offsets stay where they are */

    return SHOP_DOWN;
}


/* What is no event at all is put aside here; *stmt is NULL for that and for
   types that the group does not care for. */

static int
shop_consumer_route(shop_consumer_t *c, const rd_kafka_message_t *msg,
    const shop_stmt_t **stmt)
{
    json_t                *json;
    const char            *type, *id;
    json_error_t           err;
    const shop_handler_t  *h;

    *stmt = NULL;

    if (msg->len > SHOP_CONSUMER_MAX) {
        return shop_consumer_dead(c, msg, "too large");
    }

    json = json_loadb(msg->payload, msg->len, JSON_REJECT_DUPLICATES, &err);
    type = json_string_value(json_object_get(json, "type"));
    id = json_string_value(json_object_get(json, "id"));

    if (type == NULL || id == NULL || strlen(id) != 36) {
        json_decref(json);
        return shop_consumer_dead(c, msg, "not a CloudEvents envelope");
    }

    for (h = c->group->handlers; h->type; h++) {
        if (strcmp(h->type, type) == 0) {
            *stmt = h->stmt;
            break;
        }
    }

    json_decref(json);

    return SHOP_OK;
}


/* Tries until it is done, put aside, or the worker is to stop. */

static int
shop_consumer_apply(shop_consumer_t *c, int from, int to)
{
    int             i, rc;
    shop_backoff_t  backoff = { 50, 5000, 0 };

    for ( ;; ) {
        rc = shop_consumer_once(c, from, to);

        if (rc == SHOP_OK) {
            shop_part_set(&c->group->part, SHOP_PART_UP);
            shop_wake(c->group->wake);
            return SHOP_OK;
        }

        if (rc == SHOP_ERROR) {
            break;
        }

        shop_part_set(&c->group->part, SHOP_PART_DOWN);

        if (shop_wait(shop_backoff_next(&backoff))) {
            return SHOP_DOWN;
        }
    }

    if (to - from == 1) {
        return shop_consumer_dead(c, c->msgs[from], "refused by the handler");
    }

    /* one of them is bad: the others must not suffer */

    for (i = from; i < to; i++) {
        rc = c->stmts[i] ? shop_consumer_apply(c, i, i + 1) : SHOP_OK;
        if (rc != SHOP_OK) {
            return rc;
        }
    }

    return SHOP_OK;
}


static int
shop_consumer_once(shop_consumer_t *c, int from, int to)
{
    int          i, rc;
    PGresult    *res;
    const char  *params[1];

    if (shop_pg_open(&c->pg) != SHOP_OK) {
        return SHOP_DOWN;
    }

    shop_buf_reset(&c->buf);

    for (i = from; i < to; i++) {
        if (c->stmts[i]) {
            shop_buf_str(&c->buf, i == from ? "[" : ",");
            shop_buf_add(&c->buf, c->msgs[i]->payload, c->msgs[i]->len);
        }
    }

    shop_buf_str(&c->buf, "]");

    if (c->buf.failed) {
        return SHOP_DOWN;
    }

    params[0] = c->buf.data;
    rc = shop_pg_exec(&c->pg, c->stmts[from], params, &res);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&c->pg, c->stmts[from], res);

        if (shop_pg_transient(res)) {
            rc = SHOP_DOWN;
        }
    }

    PQclear(res);

    return rc;
}


static int
shop_consumer_dead(shop_consumer_t *c, const rd_kafka_message_t *msg,
    const char *reason)
{
    int             rc;
    char            source[128];
    json_t         *text;
    shop_backoff_t  backoff = { 50, 5000, 0 };
    const char     *params[4];

    snprintf(source, sizeof(source), "%s %s/%d/%lld", c->group->id,
             rd_kafka_topic_name(msg->rkt), msg->partition,
             (long long) msg->offset);

    /* the message may be anything; jansson checks that it is UTF-8 */

    text = json_stringn_nocheck("", 0);

    if (msg->payload && memchr(msg->payload, '\0', msg->len) == NULL) {
        (void) json_string_setn(text, msg->payload, msg->len);
    }

    params[0] = source;
    params[1] = NULL;
    params[2] = reason;
    params[3] = json_string_value(text);

    do {
        rc = shop_pg_open(&c->pg);

        if (rc == SHOP_OK) {
            rc = shop_pg_number(&c->pg, &shop_consumer_dead_letter, params,
                                NULL);
        }

    } while (rc != SHOP_OK && !shop_wait(shop_backoff_next(&backoff)));

    json_decref(text);

    if (rc == SHOP_OK) {
        shop_metric_add(SHOP_M_DEAD, 1);
        shop_log(SHOP_LOG_ERROR, c->group->name, "msg=\"put aside\" "
                 "source=\"%s\" reason=\"%s\"", source, reason);
    }

    return rc == SHOP_OK ? SHOP_OK : SHOP_DOWN;
}


/* The library commits these offsets each second, and when it closes or a
   partition goes to another worker.  What is handled and not committed comes
   again: the statements know it by its id. */

static void
shop_consumer_store(shop_consumer_t *c)
{
    int                               i;
    const char                       *topic;
    rd_kafka_resp_err_t               err;
    rd_kafka_topic_partition_t       *p;
    rd_kafka_topic_partition_list_t  *list;

    list = rd_kafka_topic_partition_list_new(4);

    for (i = 0; i < c->n; i++) {
        topic = rd_kafka_topic_name(c->msgs[i]->rkt);

        p = rd_kafka_topic_partition_list_find(list, topic,
                                               c->msgs[i]->partition);
        if (p == NULL) {
            p = rd_kafka_topic_partition_list_add(list, topic,
                                                  c->msgs[i]->partition);
        }

        p->offset = c->msgs[i]->offset + 1;
    }

    err = rd_kafka_offsets_store(c->rk, list);
    rd_kafka_topic_partition_list_destroy(list);

    /* a partition that is another worker's now */

    if (err) {
        shop_log(SHOP_LOG_WARN, c->group->name, "msg=\"kafka: cannot store "
                 "offsets\" detail=\"%s\"", rd_kafka_err2str(err));
    }
}
