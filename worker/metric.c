#include <string.h>
#include <time.h>

#include "breaker.h"
#include "metric.h"


#define SHOP_PARTS_MAX    16


typedef struct {
    const char          *name;
    const char          *labels;
    const char          *type;
    const char          *help;
    atomic_llong         value;
} shop_metric_t;


static void shop_metrics_breakers(shop_buf_t *b);


/* all rows of one name stand together, in the order of shop_metric_e */

static shop_metric_t  shop_metrics[SHOP_M_LAST] = {
    { "shop_worker_published_total", "", "counter",
      "Outbox rows that Kafka acknowledged", 0 },
    { "shop_worker_aborted_total", "", "counter",
      "Relay transactions given up and begun again", 0 },
    { "shop_worker_hints_total", "", "counter",
      "Live hints published to Redis", 0 },
    { "shop_worker_elected_total", "", "counter",
      "Times this process became the active relay", 0 },
    { "shop_worker_outbox_age_milliseconds", "", "gauge",
      "Age of the oldest row of the last batch", 0 },
    { "shop_worker_events_total", "group=\"payment\"", "counter",
      "Events taken from Kafka, redeliveries included", 0 },
    { "shop_worker_events_total", "group=\"notification\"", "counter",
      "Events taken from Kafka, redeliveries included", 0 },
    { "shop_worker_events_total", "group=\"shopper\"", "counter",
      "Events taken from Kafka, redeliveries included", 0 },
    { "shop_worker_dead_total", "", "counter",
      "Events that were put aside in shop.dead", 0 },
    { "shop_worker_calls_total", "result=\"ok\"", "counter",
      "Calls to payment providers", 0 },
    { "shop_worker_calls_total", "result=\"retry\"", "counter",
      "Calls to payment providers", 0 },
    { "shop_worker_calls_total", "result=\"dead\"", "counter",
      "Calls to payment providers", 0 },
    { "shop_worker_mails_total", "result=\"ok\"", "counter",
      "Mails handed to the mail server", 0 },
    { "shop_worker_mails_total", "result=\"retry\"", "counter",
      "Mails handed to the mail server", 0 },
    { "shop_worker_mails_total", "result=\"dead\"", "counter",
      "Mails handed to the mail server", 0 },
    { "shop_worker_expired_total", "", "counter",
      "Orders whose reservation ran out", 0 },
    { "shop_worker_stock_mismatches_total", "", "counter",
      "Rows of stock that differed from their ledger", 0 },
    { "shop_worker_pictures_total", "result=\"ok\"", "counter",
      "Uploads that were worked on", 0 },
    { "shop_worker_pictures_total", "result=\"retry\"", "counter",
      "Uploads that were worked on", 0 },
    { "shop_worker_pictures_total", "result=\"failed\"", "counter",
      "Uploads that were worked on", 0 },
    { "shop_worker_job_steps_total", "", "counter",
      "Steps of imports and other jobs", 0 },
    { "shop_worker_rates_total", "", "counter",
      "Exchange rates that were new", 0 },
    { "shop_worker_rate_fetches_total", "result=\"ok\"", "counter",
      "Fetches of exchange rates; refused: what came holds none", 0 },
    { "shop_worker_rate_fetches_total", "result=\"retry\"", "counter",
      "Fetches of exchange rates; refused: what came holds none", 0 },
    { "shop_worker_rate_fetches_total", "result=\"refused\"", "counter",
      "Fetches of exchange rates; refused: what came holds none", 0 }
};

static shop_part_t  *shop_parts[SHOP_PARTS_MAX];
static int           shop_nparts;

static const char   *shop_part_states[] = { "down", "standby", "up" };


void
shop_metric_add(shop_metric_e m, int64_t n)
{
    atomic_fetch_add(&shop_metrics[m].value, n);
}


void
shop_metric_set(shop_metric_e m, int64_t value)
{
    atomic_store(&shop_metrics[m].value, value);
}


void
shop_part_add(shop_part_t *part, const char *name)
{
    if (shop_nparts == SHOP_PARTS_MAX) {
        return;
    }

    part->name = name;
    atomic_store(&part->since, (long long) time(NULL));
    shop_parts[shop_nparts++] = part;
}


void
shop_part_set(shop_part_t *part, int state)
{
    if (atomic_exchange(&part->state, state) != state) {
        atomic_store(&part->since, (long long) time(NULL));
    }
}


int
shop_parts_json(shop_buf_t *b)
{
    int           i, ok, state;
    const char   *sep;
    shop_buf_t    parts;

    memset(&parts, 0, sizeof(parts));
    ok = 1;
    sep = "";

    for (i = 0; i < shop_nparts; i++) {
        state = atomic_load(&shop_parts[i]->state);

        if (state == SHOP_PART_DOWN) {
            ok = 0;
        }

        shop_buf_printf(&parts, "%s\"%s\":{\"state\":\"%s\",\"since\":%lld}",
                        sep, shop_parts[i]->name, shop_part_states[state],
                        (long long) atomic_load(&shop_parts[i]->since));
        sep = ",";
    }

    shop_buf_printf(b, "{\"status\":\"%s\",\"parts\":{", ok ? "ok"
                                                            : "degraded");
    shop_buf_add(b, parts.data ? parts.data : "", parts.len);
    shop_buf_str(b, "}}\n");
    shop_buf_free(&parts);

    return ok;
}


void
shop_metrics_text(shop_buf_t *b)
{
    int             i;
    shop_metric_t  *m;

    for (i = 0; i < SHOP_M_LAST; i++) {
        m = &shop_metrics[i];

        if (i == 0 || strcmp(m[-1].name, m->name) != 0) {
            shop_buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n", m->name,
                            m->help, m->name, m->type);
        }

        shop_buf_printf(b, "%s%s%s%s %lld\n", m->name,
                        *m->labels ? "{" : "", m->labels,
                        *m->labels ? "}" : "",
                        (long long) atomic_load(&m->value));
    }

    shop_buf_str(b, "# HELP shop_worker_part_up State of a part: 0 down, "
                 "1 standby, 2 up\n# TYPE shop_worker_part_up gauge\n");

    for (i = 0; i < shop_nparts; i++) {
        shop_buf_printf(b, "shop_worker_part_up{part=\"%s\"} %d\n",
                        shop_parts[i]->name,
                        atomic_load(&shop_parts[i]->state));
    }

    shop_metrics_breakers(b);
}


static void
shop_metrics_breakers(shop_buf_t *b)
{
    const shop_breaker_t  *br;

    shop_buf_str(b, "# HELP shop_worker_breaker_open Endpoints that are left "
                 "alone for a while\n"
                 "# TYPE shop_worker_breaker_open gauge\n");

    for (br = shop_breakers(); br; br = br->next) {
        shop_buf_printf(b, "shop_worker_breaker_open{endpoint=\"%s\"} %d\n",
                        br->name, atomic_load(&br->open));
    }
}
