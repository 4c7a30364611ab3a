#include <stdlib.h>
#include <string.h>

#include "relay.h"


/* hints: 20 ms while there is traffic, what a shopper waits for at most; 40 ms
   when idle, so that every node knows of a change of stock within 100 ms: 25
   look-ups of an empty index a second cost nothing to speak of.  Kafka: what
   comes within 100 ms of a batch is the next one, since a transaction costs
   the broker and its readers more than its rows do */

#define SHOP_RELAY_BUSY_MS       20
#define SHOP_RELAY_PACE_MS       100
#define SHOP_RELAY_IDLE_MS       40
#define SHOP_RELAY_ACTIVE_MS     2000
#define SHOP_RELAY_STANDBY_MS    500

#define SHOP_RELAY_STR(n)        SHOP_RELAY_STR_(n)
#define SHOP_RELAY_STR_(n)       #n


static int shop_relay_elect(shop_relay_t *relay);
static void shop_relay_resign(shop_relay_t *relay, const char *reason);
static void shop_relay_cycle(shop_relay_t *relay);
static int shop_relay_pace(shop_relay_t *relay);
static int shop_relay_read(shop_relay_t *relay, PGresult **rows);
static int shop_relay_done(shop_relay_t *relay, const PGresult *rows);


shop_part_t  shop_relay_part;


/* The lock also takes care that this session's commits are flushed, whatever
   the role's default is. */

static const shop_stmt_t  shop_relay_lock = {
    "relay_lock",
    "select pg_try_advisory_lock(1936224112, 1)::int, set_config("
    "'synchronous_commit', case when current_setting('synchronous_commit') "
    "in ('off', 'local') then 'on' else current_setting('synchronous_commit') "
    "end, false)", 0
};

static const shop_stmt_t  shop_relay_select = {
    "relay_read",
    "select * from ops.outbox_read("
    SHOP_RELAY_STR(SHOP_RELAY_BATCH) "::integer)", 0
};

static const shop_stmt_t  shop_relay_flush = {
    "relay_barrier",
    "select pg_logical_emit_message(true, '', '')", 0
};

static const shop_stmt_t  shop_relay_delete = {
    "relay_done", "select ops.outbox_done($1::bigint[])", 1
};


void *
shop_relay_thread(void *conf)
{
    shop_relay_t  *relay;

    relay = calloc(1, sizeof(*relay));
    if (relay == NULL) {
        shop_log(SHOP_LOG_ERROR, "relay", "msg=\"out of memory\"");
        return NULL;
    }

    relay->conf = conf;
    relay->state = &shop_relay_part;
    relay->backoff.base = 100;
    relay->backoff.max = 1000;

    shop_pg_init(&relay->pg, conf, "relay");
    shop_redis_init(&relay->redis, conf, "relay");

    while (!shop_stopping()) {
        if (shop_relay_elect(relay) == SHOP_OK) {
            shop_relay_cycle(relay);
        }
    }

    shop_relay_resign(relay, "stop");
    shop_redis_close(&relay->redis, "stop");
    shop_buf_free(&relay->buf);
    shop_buf_free(&relay->ids);
    free(relay);

    return NULL;
}


static int
shop_relay_elect(shop_relay_t *relay)
{
    long long  got;

    if (relay->elected && relay->pg.conn) {
        return SHOP_OK;
    }

    if (relay->elected) {
        shop_relay_resign(relay, "connection lost");
    }

    if (shop_pg_open(&relay->pg) != SHOP_OK) {
        shop_part_set(relay->state, SHOP_PART_DOWN);
        return SHOP_DOWN;
    }

    if (shop_pg_number(&relay->pg, &shop_relay_lock, NULL, &got) != SHOP_OK) {
        shop_part_set(relay->state, SHOP_PART_DOWN);
        (void) shop_wait(SHOP_RELAY_STANDBY_MS);
        return SHOP_DOWN;
    }

    /* a blocked pg_advisory_lock() would tell sooner, but its snapshot would
       hold back vacuum for as long as the other relay lives */

    if (!got) {
        shop_part_set(relay->state, SHOP_PART_STANDBY);
        (void) shop_wait(SHOP_RELAY_STANDBY_MS);
        return SHOP_DOWN;
    }

    relay->elected = 1;
    relay->next_try = 0;
    relay->backoff.tries = 0;
    relay->nhinted = 0;
    relay->ntold = 0;
    relay->ahead = 0;
    relay->due = 0;

    shop_metric_add(SHOP_M_ELECTED, 1);
    shop_log(SHOP_LOG_INFO, "relay", "msg=\"elected\"");

    return SHOP_OK;
}


/* The producer goes first: nothing of this process can be published once
   another one may hold the lock. */

static void
shop_relay_resign(shop_relay_t *relay, const char *reason)
{
    shop_relay_producer_close(relay);
    shop_pg_close(&relay->pg, reason);

    if (relay->elected) {
        shop_log(SHOP_LOG_INFO, "relay", "msg=\"resigned\" reason=\"%s\"",
                 reason);
    }

    relay->elected = 0;
    shop_part_set(relay->state, SHOP_PART_DOWN);
}


/* One batch.  Rows are read, made durable by a barrier on the same connection
   (it counts only because the connection stood before they were read), hinted,
   published and deleted. */

static void
shop_relay_cycle(shop_relay_t *relay)
{
    int        n, rc;
    int64_t    begun;
    PGresult  *rows;

    if (shop_relay_pace(relay)) {
        return;
    }

    begun = shop_now_ms();

    if (shop_relay_read(relay, &rows) != SHOP_OK) {
        return;
    }

    if (PQntuples(rows) == 0) {
        PQclear(rows);

        /* fences a predecessor at once, and has the topics made */

        shop_part_set(relay->state, shop_relay_producer(relay) == SHOP_OK
                                    ? SHOP_PART_UP : SHOP_PART_DOWN);
        (void) shop_wait(shop_now_ms() - relay->active < SHOP_RELAY_ACTIVE_MS
                         ? SHOP_RELAY_BUSY_MS : SHOP_RELAY_IDLE_MS);
        return;
    }

    relay->active = shop_now_ms();
    shop_metric_set(SHOP_M_OLDEST_MS,
                    strtoll(PQgetvalue(rows, 0, SHOP_ROW_AGE), NULL, 10));

    if (shop_relay_barrier(relay) != SHOP_OK) {
        PQclear(rows);
        return;
    }

    shop_relay_hint(relay, rows);

    rc = shop_relay_producer(relay);

    if (rc == SHOP_OK) {
        rc = shop_relay_publish(relay, rows);
    }

    if (rc == SHOP_OK) {
        shop_part_set(relay->state, SHOP_PART_UP);
        (void) shop_relay_done(relay, rows);
        n = PQntuples(rows);
        PQclear(rows);

        relay->due = n < SHOP_RELAY_BATCH ? begun + SHOP_RELAY_PACE_MS : 0;
        return;
    }

    PQclear(rows);
    shop_part_set(relay->state, SHOP_PART_DOWN);

    if (rc == SHOP_ERROR) {
        shop_relay_resign(relay, "fenced");
        (void) shop_wait(SHOP_RELAY_STANDBY_MS);
        return;
    }

    shop_relay_hint_ahead(relay);
    (void) shop_wait(SHOP_RELAY_IDLE_MS);
}


/* 1 while the next batch gathers; those who watch are told meanwhile. */

static int
shop_relay_pace(shop_relay_t *relay)
{
    int64_t  left;

    left = relay->due - shop_now_ms();

    if (left <= 0) {
        return 0;
    }

    (void) shop_wait((int) (left < SHOP_RELAY_BUSY_MS ? left
                                                      : SHOP_RELAY_BUSY_MS));
    shop_relay_hint_ahead(relay);

    return 1;
}


static int
shop_relay_read(shop_relay_t *relay, PGresult **rows)
{
    int  rc;

    rc = shop_pg_exec(&relay->pg, &shop_relay_select, NULL, rows);

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&relay->pg, &shop_relay_select, *rows);
        PQclear(*rows);
        shop_relay_resign(relay, "cannot read the outbox");
        (void) shop_wait(SHOP_RELAY_STANDBY_MS);
    }

    return rc;
}


/* A WARNING on a commit means that a wait for a standby was cancelled: the
   success that follows says nothing. */

int
shop_relay_barrier(shop_relay_t *relay)
{
    relay->pg.warned = 0;

    if (shop_pg_number(&relay->pg, &shop_relay_flush, NULL, NULL) != SHOP_OK
        || relay->pg.warned)
    {
        shop_relay_resign(relay, "barrier failed");
        return SHOP_DOWN;
    }

    return SHOP_OK;
}


static int
shop_relay_done(shop_relay_t *relay, const PGresult *rows)
{
    int          i, rc;
    const char  *params[1];

    shop_buf_reset(&relay->ids);

    for (i = 0; i < PQntuples(rows); i++) {
        shop_buf_str(&relay->ids, i ? "," : "{");
        shop_buf_str(&relay->ids, PQgetvalue(rows, i, SHOP_ROW_ID));
    }

    shop_buf_str(&relay->ids, "}");

    if (relay->ids.failed) {
        shop_relay_resign(relay, "out of memory");
        return SHOP_DOWN;
    }

    params[0] = relay->ids.data;

    rc = shop_pg_number(&relay->pg, &shop_relay_delete, params, NULL);

    if (rc == SHOP_ERROR) {
        shop_relay_resign(relay, "cannot delete published rows");
        (void) shop_wait(SHOP_RELAY_STANDBY_MS);
    }

    return rc;
}
