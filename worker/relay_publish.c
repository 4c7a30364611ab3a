/*
 * The producer: one Kafka transaction a batch, under a fixed transactional.id.
 */

#include <string.h>

#include "relay.h"


#define SHOP_RELAY_INIT_MS      100
#define SHOP_RELAY_STEP_MS      300
#define SHOP_RELAY_COMMIT_MS    10000
#define SHOP_RELAY_ABORT_MS     1000
#define SHOP_RELAY_QUEUE_MS     5000


static int shop_relay_init(shop_relay_t *relay);
static int shop_relay_send(shop_relay_t *relay, const PGresult *rows, int i);
static int shop_relay_failed(shop_relay_t *relay, rd_kafka_error_t *error,
    const char *what);
static void shop_relay_envelope(shop_buf_t *b, const PGresult *rows, int i);


int
shop_relay_producer(shop_relay_t *relay)
{
    int  rc;

    const shop_kafka_option_t  options[] = {
        { "transactional.id", relay->conf->relay_id },
        { "transaction.timeout.ms", "15000" },
        { "message.timeout.ms", "10000" },
        { "partitioner", "murmur2_random" },
        { "queue.buffering.max.kbytes", "65536" },
        { "linger.ms", "5" },
        { NULL, NULL }
    };

    if (relay->ready) {
        return SHOP_OK;
    }

    if (shop_now_ms() < relay->next_try) {
        return SHOP_DOWN;
    }

    if (relay->rk == NULL) {
        relay->rk = shop_kafka_new(RD_KAFKA_PRODUCER, relay->conf, "relay",
                                   options);
    }

    rc = relay->rk ? shop_relay_init(relay) : SHOP_DOWN;

    if (rc == SHOP_OK) {
        relay->ready = 1;
        relay->backoff.tries = 0;
        shop_log(SHOP_LOG_INFO, "relay", "msg=\"kafka: producer ready\"");
        return SHOP_OK;
    }

    relay->next_try = shop_now_ms() + shop_backoff_next(&relay->backoff);

    return SHOP_DOWN;
}


int
shop_relay_publish(shop_relay_t *relay, const PGresult *rows)
{
    int                i, n;
    int64_t            until;
    rd_kafka_error_t  *error;

    error = rd_kafka_begin_transaction(relay->rk);
    if (error) {
        return shop_relay_failed(relay, error, "begin");
    }

    n = PQntuples(rows);

    for (i = 0; i < n; i++) {
        if (shop_relay_send(relay, rows, i) != SHOP_OK) {
            shop_relay_producer_close(relay);
            return SHOP_DOWN;
        }
    }

    /* a commit that takes long goes on behind: hints don't wait for it */

    until = shop_now_ms() + SHOP_RELAY_COMMIT_MS;

    for ( ;; ) {
        error = rd_kafka_commit_transaction(relay->rk, SHOP_RELAY_STEP_MS);
        if (error == NULL) {
            break;
        }

        if (!rd_kafka_error_is_retriable(error) || shop_now_ms() > until) {
            return shop_relay_failed(relay, error, "commit");
        }

        rd_kafka_error_destroy(error);
        shop_relay_hint_ahead(relay);

        if (relay->rk == NULL) {
            return SHOP_DOWN;            /* it had to resign */
        }
    }

    shop_metric_add(SHOP_M_PUBLISHED, n);

    return SHOP_OK;
}


void
shop_relay_producer_close(shop_relay_t *relay)
{
    if (relay->rk == NULL) {
        return;
    }

    (void) rd_kafka_purge(relay->rk,
                          RD_KAFKA_PURGE_F_QUEUE|RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(relay->rk);
    relay->rk = NULL;
    relay->ready = 0;
}


/* A call that was too short is taken up by the next one, so that hints never
   wait long for a broker that is away. */

static int
shop_relay_init(shop_relay_t *relay)
{
    rd_kafka_error_t  *error;

    error = rd_kafka_init_transactions(relay->rk, SHOP_RELAY_INIT_MS);

    if (error && rd_kafka_error_is_retriable(error)) {
        rd_kafka_error_destroy(error);
        return SHOP_DOWN;
    }

    if (error) {
        (void) shop_relay_failed(relay, error, "init");
        return SHOP_DOWN;
    }

    if (shop_kafka_topics(relay->rk, relay->conf, "relay") != SHOP_OK) {
        shop_relay_producer_close(relay);
        return SHOP_DOWN;
    }

    return SHOP_OK;
}


static int
shop_relay_send(shop_relay_t *relay, const PGresult *rows, int i)
{
    int64_t              until;
    shop_buf_t          *b;
    const char          *key;
    rd_kafka_resp_err_t  err;

    b = &relay->buf;
    key = PQgetvalue(rows, i, SHOP_ROW_KEY);
    shop_relay_envelope(b, rows, i);

    if (b->failed) {
        shop_log(SHOP_LOG_ERROR, "relay", "msg=\"out of memory\"");
        return SHOP_DOWN;
    }

    until = shop_now_ms() + SHOP_RELAY_QUEUE_MS;

    do {
        err = rd_kafka_producev(relay->rk,
                  RD_KAFKA_V_TOPIC(PQgetvalue(rows, i, SHOP_ROW_TOPIC)),
                  RD_KAFKA_V_KEY(key, strlen(key)),
                  RD_KAFKA_V_VALUE(b->data, b->len),
                  RD_KAFKA_V_HEADER("content-type",
                      "application/cloudevents+json; charset=UTF-8", -1),
                  RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                  RD_KAFKA_V_END);

        if (err != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            break;
        }

        (void) rd_kafka_poll(relay->rk, 50);

    } while (shop_now_ms() < until && !shop_stopping());

    if (err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        return SHOP_OK;
    }

    shop_log(SHOP_LOG_WARN, "relay", "msg=\"kafka: cannot send\" row=%s "
             "detail=\"%s\"", PQgetvalue(rows, i, SHOP_ROW_ID),
             rd_kafka_err2str(err));

    return SHOP_DOWN;
}


/* After an abort the producer goes on.  In any other state it is made anew:
   init_transactions() then ends at the broker what this one left open. */

static int
shop_relay_failed(shop_relay_t *relay, rd_kafka_error_t *error,
    const char *what)
{
    int                abort, fenced;
    rd_kafka_error_t  *again;

    abort = rd_kafka_error_txn_requires_abort(error);
    fenced = rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__FENCED
             || rd_kafka_error_code(error)
                == RD_KAFKA_RESP_ERR_PRODUCER_FENCED
             || rd_kafka_error_code(error)
                == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;

    shop_log(SHOP_LOG_WARN, "relay", "msg=\"kafka: %s failed\" detail=\"%s\" "
             "fenced=%d", what, rd_kafka_error_string(error), fenced);

    rd_kafka_error_destroy(error);
    shop_metric_add(SHOP_M_ABORTED, 1);

    if (fenced) {
        shop_relay_producer_close(relay);
        return SHOP_ERROR;
    }

    if (abort) {
        again = rd_kafka_abort_transaction(relay->rk, SHOP_RELAY_ABORT_MS);
        if (again == NULL) {
            return SHOP_DOWN;
        }

        rd_kafka_error_destroy(again);
    }

    shop_relay_producer_close(relay);

    return SHOP_DOWN;
}


static void
shop_relay_envelope(shop_buf_t *b, const PGresult *rows, int i)
{
    shop_buf_reset(b);
    shop_buf_str(b, "{\"specversion\":\"1.0\",\"id\":");
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_EVENT));
    shop_buf_printf(b, ",\"source\":\"/stores/%s\",\"type\":",
                    PQgetvalue(rows, i, SHOP_ROW_STORE));
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_TYPE));
    shop_buf_str(b, ",\"subject\":");
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_KEY));
    shop_buf_str(b, ",\"time\":");
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_TIME));
    shop_buf_str(b, ",\"datacontenttype\":\"application/json\","
                 "\"sequence\":");
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_SEQ));
    shop_buf_str(b, ",\"data\":");
    shop_buf_str(b, PQgetvalue(rows, i, SHOP_ROW_DATA));
    shop_buf_str(b, "}");
}
