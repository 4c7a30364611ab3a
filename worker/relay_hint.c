/*
 * Hints: a message for those who watch an order, and cache tags to drop.
 *
 * They depend on the barrier only, so that they go on while Kafka is away.
 * A hint may come twice and may be lost: whoever gets one reads the database.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "relay.h"


/* below the 8000 bytes of a NOTIFY payload, "drop " included */
#define SHOP_RELAY_TAGS_MAX    7000


static int64_t shop_relay_id(const PGresult *rows, int i);
static int shop_relay_known(const shop_relay_t *relay, int64_t id);
static int shop_relay_among(const int64_t *ids, int n, int64_t id);
static void shop_relay_keep(shop_relay_t *relay, const PGresult *rows);
static void shop_relay_drop_told(shop_relay_t *relay);
static void shop_relay_tell(shop_relay_t *relay, const PGresult *rows);
static void shop_relay_live(shop_relay_t *relay, const PGresult *rows, int i);
static void shop_relay_tag(shop_relay_t *relay, const char *tag);
static void shop_relay_drop(shop_relay_t *relay);


static const shop_stmt_t  shop_relay_ahead = {
    "relay_ahead", "select * from ops.outbox_ahead($1::bigint, $2::integer)", 2
};

static const shop_stmt_t  shop_relay_notify = {
    "relay_notify", "select ops.notify_drop($1::text)::text", 1
};


void
shop_relay_hint(shop_relay_t *relay, const PGresult *rows)
{
    int  i, n;

    shop_relay_tell(relay, rows);

    /* a batch that cannot be published is read again: not hinted again */

    n = PQntuples(rows);

    for (i = 0; i < n && i < SHOP_RELAY_BATCH; i++) {
        relay->hinted[i] = shop_relay_id(rows, i);
    }

    relay->nhinted = i;
    shop_relay_drop_told(relay);
}


/* While a batch gathers or waits for Kafka, what came after the last one is
   hinted here, by a cursor.  A row that it misses (ids are not in the order of
   commits) is hinted when its batch is published. */

void
shop_relay_hint_ahead(shop_relay_t *relay)
{
    int          n;
    char         from[24], max[24];
    PGresult    *rows;
    const char  *params[2];

    if (relay->pg.conn == NULL || relay->nhinted == 0) {
        return;
    }

    if (relay->ahead < relay->hinted[relay->nhinted - 1]) {
        relay->ahead = relay->hinted[relay->nhinted - 1];
    }

    snprintf(from, sizeof(from), "%lld", (long long) relay->ahead);
    snprintf(max, sizeof(max), "%d", SHOP_RELAY_BATCH);
    params[0] = from;
    params[1] = max;

    if (shop_pg_exec(&relay->pg, &shop_relay_ahead, params, &rows) == SHOP_OK
        && PQntuples(rows) > 0
        && shop_relay_barrier(relay) == SHOP_OK)
    {
        n = PQntuples(rows);
        shop_relay_tell(relay, rows);
        shop_relay_keep(relay, rows);
        relay->ahead = shop_relay_id(rows, n - 1);
    }

    PQclear(rows);
}


static int64_t
shop_relay_id(const PGresult *rows, int i)
{
    return strtoll(PQgetvalue(rows, i, SHOP_ROW_ID), NULL, 10);
}


static int
shop_relay_known(const shop_relay_t *relay, int64_t id)
{
    return shop_relay_among(relay->hinted, relay->nhinted, id)
           || shop_relay_among(relay->told, relay->ntold, id);
}


/* The ids of a batch ascend. */

static int
shop_relay_among(const int64_t *ids, int n, int64_t id)
{
    int  low, high, mid;

    low = 0;
    high = n;

    while (low < high) {
        mid = (low + high) / 2;

        if (ids[mid] == id) {
            return 1;
        }

        if (ids[mid] < id) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }

    return 0;
}


/* What was hinted before its batch, so that it isn't again with it. */

static void
shop_relay_keep(shop_relay_t *relay, const PGresult *rows)
{
    int  i;

    for (i = 0; i < PQntuples(rows) && relay->ntold < SHOP_RELAY_TOLD; i++) {
        relay->told[relay->ntold++] = shop_relay_id(rows, i);
    }
}


/* Those up to the end of the batch that has just been hinted are done with. */

static void
shop_relay_drop_told(shop_relay_t *relay)
{
    int  i;

    for (i = 0; i < relay->ntold; i++) {
        if (relay->told[i] > relay->hinted[relay->nhinted - 1]) {
            break;
        }
    }

    relay->ntold -= i;
    memmove(relay->told, relay->told + i,
            (size_t) relay->ntold * sizeof(relay->told[0]));
}


static void
shop_relay_tell(shop_relay_t *relay, const PGresult *rows)
{
    int  i;

    shop_buf_reset(&relay->ids);

    for (i = 0; i < PQntuples(rows); i++) {
        if (shop_relay_known(relay, shop_relay_id(rows, i))) {
            continue;
        }

        if (!PQgetisnull(rows, i, SHOP_ROW_LIVE)) {
            shop_relay_live(relay, rows, i);
        }

        if (!PQgetisnull(rows, i, SHOP_ROW_TAG)) {
            shop_relay_tag(relay, PQgetvalue(rows, i, SHOP_ROW_TAG));
        }
    }

    shop_metric_add(SHOP_M_HINTS, shop_redis_flush(&relay->redis));
    shop_relay_drop(relay);
}


static void
shop_relay_live(shop_relay_t *relay, const PGresult *rows, int i)
{
    shop_buf_t  *b = &relay->buf;

    shop_buf_reset(b);
    shop_buf_str(b, "{\"id\":");
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_SEQ));
    shop_buf_str(b, ",\"event\":");
    shop_buf_json(b, PQgetvalue(rows, i, SHOP_ROW_TYPE));
    shop_buf_str(b, ",\"data\":");
    shop_buf_str(b, PQgetvalue(rows, i, SHOP_ROW_DATA));
    shop_buf_str(b, "}");

    if (!b->failed) {
        (void) shop_redis_publish(&relay->redis,
                                  PQgetvalue(rows, i, SHOP_ROW_LIVE), b->data,
                                  b->len);
    }
}


static void
shop_relay_tag(shop_relay_t *relay, const char *tag)
{
    if (relay->ids.len > SHOP_RELAY_TAGS_MAX) {
        shop_relay_drop(relay);
    }

    if (relay->ids.len) {
        shop_buf_str(&relay->ids, " ");
    }

    shop_buf_str(&relay->ids, tag);
}


/* One NOTIFY a batch: orders themselves never notify. */

static void
shop_relay_drop(shop_relay_t *relay)
{
    const char  *params[1];

    if (relay->ids.len == 0 || relay->ids.failed || relay->pg.conn == NULL) {
        return;
    }

    params[0] = relay->ids.data;
    (void) shop_pg_number(&relay->pg, &shop_relay_notify, params, NULL);
    shop_buf_reset(&relay->ids);
}
