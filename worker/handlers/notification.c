/*
 * Notifications: mails to shoppers.  An event becomes a row
 * (notification.delivery, once for each event and template); the executor
 * renders and sends it.  Mail is at least once, under a stable Message-ID.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../breaker.h"
#include "../mail/mime.h"
#include "../mail/order.h"
#include "../mail/smtp.h"
#include "../mail/template.h"
#include "../mail/token.h"
#include "handlers.h"


#define SHOP_NOTIFICATION_BATCH    50
#define SHOP_NOTIFICATION_MS       30000     /* half of a lease */
#define SHOP_NOTIFICATION_SENT_MS  100       /* what a crash sends again */


/* columns of notification.claim() */

enum {
    SHOP_DELIVERY_ID = 0,
    SHOP_DELIVERY_RECIPIENT,
    SHOP_DELIVERY_LANGUAGE,
    SHOP_DELIVERY_STORE,
    SHOP_DELIVERY_REPLY_TO,
    SHOP_DELIVERY_SUBJECT,
    SHOP_DELIVERY_TEXT,
    SHOP_DELIVERY_HTML,
    SHOP_DELIVERY_DATA,
    SHOP_DELIVERY_ORDER,
    SHOP_DELIVERY_TRIES
};


static int shop_notification_run(shop_job_t *job);
static void shop_notification_end(shop_job_t *job);
static int shop_notification_claim(shop_job_t *job, PGresult **res);
static void shop_notification_deliver(shop_job_t *job, const PGresult *res,
    int i);
static int shop_notification_send(shop_job_t *job, const PGresult *res,
    int i, shop_buf_t *message);
static int shop_notification_fill(shop_job_t *job, const PGresult *res,
    int i, json_t *data);
static int shop_notification_token(shop_job_t *job, const PGresult *res,
    int i, json_t *data);
static int shop_notification_render(const PGresult *res, int i,
    const json_t *data, shop_buf_t *message);
static void shop_notification_record(shop_job_t *job, const PGresult *res,
    int i, int outcome);
static void shop_notification_sent(shop_job_t *job, const char *id);
static void shop_notification_flush(shop_job_t *job);


static const shop_stmt_t  shop_notification_take = {
    "notification_take", "select notification.take($1::jsonb)", 1
};

static const shop_stmt_t  shop_notification_claim_stmt = {
    "notification_claim",
    "select * from notification.claim($1::integer, interval '60 s', "
    "$2::text)", 2
};

static const shop_stmt_t  shop_notification_done = {
    "delivery_done",
    "select notification.delivery_done($1::uuid, $2::text, $3::text, "
    "make_interval(secs => $4::double precision))", 4
};

static const shop_stmt_t  shop_notification_sent_stmt = {
    "delivery_sent", "select notification.delivery_sent($1::uuid[])", 1
};

static const shop_stmt_t  shop_notification_token_stmt = {
    "delivery_token",
    "select notification.delivery_token($1::uuid, $2::bytea)", 2
};

static const shop_handler_t  shop_notification_handlers[] = {
    { "user.registered", &shop_notification_take },
    { "user.verification_requested", &shop_notification_take },
    { "user.password_reset_requested", &shop_notification_take },
    { "user.password_changed", &shop_notification_take },
    { "user.email_change_requested", &shop_notification_take },
    { "user.new_sign_in", &shop_notification_take },
    { "user.invited", &shop_notification_take },
    { "user.mfa_enabled", &shop_notification_take },
    { "user.mfa_disabled", &shop_notification_take },
    { "user.passkey_added", &shop_notification_take },
    { "user.passkey_removed", &shop_notification_take },
    { "order.created", &shop_notification_take },
    { "order.paid", &shop_notification_take },
    { "order.cancelled", &shop_notification_take },
    { "order.refunded", &shop_notification_take },
    { "order.partially_refunded", &shop_notification_take },
    { "stock.low", &shop_notification_take },
    { NULL, NULL }
};

static const char *const  shop_notification_topics[] = {
    "shop.users", "shop.orders", "shop.inventory", NULL
};

shop_group_t  shop_notification_group = {
    .name = "notification.events", .id = "shop.notification",
    .topics = shop_notification_topics,
    .handlers = shop_notification_handlers,
    .metric = SHOP_M_EVENTS_NOTIFICATION
};

shop_job_t  shop_notification_job = {
    .name = "notification.mail", .interval = 1000,
    .run = shop_notification_run, .end = shop_notification_end
};

static int64_t         shop_notification_claimed;
static int64_t         shop_notification_since;    /* of the first of ids */
static shop_buf_t      shop_notification_ids;
static shop_smtp_t     shop_notification_smtp;
static shop_breaker_t  shop_notification_breaker;


void
shop_notification_init(void)
{
    shop_breaker_add(&shop_notification_breaker, "smtp");
}


static int
shop_notification_run(shop_job_t *job)
{
    int        i, n;
    PGresult  *res;

    if (job->conf->smtp_url[0] == '\0') {
        return 0;
    }

    shop_notification_smtp.conf = job->conf;
    shop_notification_claimed = shop_now_ms();

    n = shop_notification_claim(job, &res);

    for (i = 0; i < n; i++) {
        shop_notification_deliver(job, res, i);
    }

    shop_notification_flush(job);

    if (n > 0) {
        PQclear(res);
    }

    return n;
}


static void
shop_notification_end(shop_job_t *job)
{
    (void) job;
    shop_smtp_close(&shop_notification_smtp);
    shop_buf_free(&shop_notification_ids);
}


static int
shop_notification_claim(shop_job_t *job, PGresult **res)
{
    int          n, rc;
    char         max[16];
    const char  *params[2];

    n = shop_breaker_allows(&shop_notification_breaker,
                            SHOP_NOTIFICATION_BATCH);
    if (n == 0) {
        return 0;
    }

    snprintf(max, sizeof(max), "%d", n);
    params[0] = max;
    params[1] = job->conf->public_url;

    rc = shop_pg_exec(&job->pg, &shop_notification_claim_stmt, params, res);

    if (rc == SHOP_OK && PQntuples(*res) > 0) {
        return PQntuples(*res);
    }

    if (rc == SHOP_ERROR) {
        shop_pg_refused(&job->pg, &shop_notification_claim_stmt, *res);
        rc = SHOP_DOWN;
    }

    PQclear(*res);

    return rc == SHOP_OK ? 0 : rc;
}


static void
shop_notification_deliver(shop_job_t *job, const PGresult *res, int i)
{
    int         outcome;
    shop_buf_t  message;

    /* the server went away in the middle of a batch, it is so slow that another
       worker may take the rest, or this one is to stop: the lease brings them
       back */

    if (shop_stopping()
        || shop_now_ms() - shop_notification_claimed > SHOP_NOTIFICATION_MS
        || !shop_breaker_allows(&shop_notification_breaker, 1))
    {
        return;
    }

    memset(&message, 0, sizeof(message));

    outcome = shop_notification_send(job, res, i, &message);
    shop_notification_record(job, res, i, outcome);
    shop_buf_free(&message);
}


static int
shop_notification_send(shop_job_t *job, const PGresult *res, int i,
    shop_buf_t *message)
{
    int           rc, outcome;
    char          from[256], to[256];
    json_t       *data;
    const char   *box;
    json_error_t  err;
    shop_smtp_t  *smtp = &shop_notification_smtp;

    data = json_loads(PQgetvalue(res, i, SHOP_DELIVERY_DATA), 0, &err);
    rc = data ? shop_notification_fill(job, res, i, data) : SHOP_ERROR;

    if (rc == SHOP_DOWN) {
        json_decref(data);
        snprintf(smtp->error, sizeof(smtp->error), "no token for its link");
        return SHOP_SMTP_LATER;
    }

    if (rc == SHOP_OK) {
        rc = shop_notification_render(res, i, data, message);
    }

    json_decref(data);

    box = smtp->conf->mail_from;

    if (rc != SHOP_OK
        || shop_mime_address(box, from, sizeof(from)) != SHOP_OK
        || shop_mime_address(PQgetvalue(res, i, SHOP_DELIVERY_RECIPIENT), to,
                             sizeof(to)) != SHOP_OK)
    {
        snprintf(smtp->error, sizeof(smtp->error),
                 "bad address, template or data");
        return SHOP_SMTP_REFUSED;
    }

    outcome = shop_smtp_send(smtp, from, to, message);
    shop_breaker_result(&shop_notification_breaker,
                        outcome != SHOP_SMTP_UNREACHED);

    return outcome;
}


/* What the row does not say itself: its order, and the secret of its link. */

static int
shop_notification_fill(shop_job_t *job, const PGresult *res, int i,
    json_t *data)
{
    if (!PQgetisnull(res, i, SHOP_DELIVERY_ORDER)
        && shop_mail_order(data, PQgetvalue(res, i, SHOP_DELIVERY_ORDER),
                           PQgetvalue(res, i, SHOP_DELIVERY_LANGUAGE))
           != SHOP_OK)
    {
        return SHOP_ERROR;
    }

    return shop_notification_token(job, res, i, data);
}


/* A mail that names a "token" gets a new one behind the "#" of its link, which
   no server ever sees; one that is sent again gets another. */

static int
shop_notification_token(shop_job_t *job, const PGresult *res, int i,
    json_t *data)
{
    int                rc;
    char               link[1024];
    long long          n;
    const char        *params[2], *path;
    shop_mail_token_t  token;

    path = json_string_value(json_object_get(data, "link"));

    if (!json_is_string(json_object_get(data, "token"))) {
        return SHOP_OK;
    }

    if (path == NULL || shop_mail_token(&token) != SHOP_OK) {
        return SHOP_ERROR;
    }

    params[0] = PQgetvalue(res, i, SHOP_DELIVERY_ID);
    params[1] = token.hash;

    rc = shop_pg_number(&job->pg, &shop_notification_token_stmt, params, &n);

    if (rc != SHOP_OK || n != 1) {
        return SHOP_DOWN;
    }

    snprintf(link, sizeof(link), "%s#token=%s", path, token.text);
    rc = json_object_set_new(data, "link", json_string(link));

    return rc == 0 ? SHOP_OK : SHOP_ERROR;
}


static int
shop_notification_render(const PGresult *res, int i, const json_t *data,
    shop_buf_t *message)
{
    int          rc;
    shop_buf_t   subject, text, html;
    shop_mail_t  mail;

    memset(&subject, 0, sizeof(subject));
    memset(&text, 0, sizeof(text));
    memset(&html, 0, sizeof(html));

    rc = SHOP_ERROR;

    if (!PQgetisnull(res, i, SHOP_DELIVERY_SUBJECT)
        && shop_template(&subject, PQgetvalue(res, i, SHOP_DELIVERY_SUBJECT),
                         data, SHOP_TEMPLATE_TEXT) == SHOP_OK
        && shop_template(&text, PQgetvalue(res, i, SHOP_DELIVERY_TEXT), data,
                         SHOP_TEMPLATE_TEXT) == SHOP_OK
        && shop_template(&html, PQgetvalue(res, i, SHOP_DELIVERY_HTML), data,
                         SHOP_TEMPLATE_HTML) == SHOP_OK)
    {
        mail.id = PQgetvalue(res, i, SHOP_DELIVERY_ID);
        mail.from = shop_notification_smtp.conf->mail_from;
        mail.from_name = PQgetvalue(res, i, SHOP_DELIVERY_STORE);
        mail.reply_to = PQgetvalue(res, i, SHOP_DELIVERY_REPLY_TO);
        mail.to = PQgetvalue(res, i, SHOP_DELIVERY_RECIPIENT);
        mail.to_name = json_string_value(json_object_get(data, "name"));
        mail.language = PQgetvalue(res, i, SHOP_DELIVERY_LANGUAGE);
        mail.subject = subject.data;
        mail.text = text.data;
        mail.html = html.data;
        mail.unsubscribe = json_string_value(json_object_get(data,
                                                             "unsubscribe"));

        rc = shop_mime(message, &mail);
    }

    shop_buf_free(&subject);
    shop_buf_free(&text);
    shop_buf_free(&html);

    return rc;
}


static void
shop_notification_record(shop_job_t *job, const PGresult *res, int i,
    int outcome)
{
    int          tries, wait;
    char         after[32];
    const char  *params[4];

    tries = atoi(PQgetvalue(res, i, SHOP_DELIVERY_TRIES));
    wait = shop_backoff_at(job->conf->retry_base, job->conf->retry_max,
                           tries - 1);
    snprintf(after, sizeof(after), "%.3f", wait / 1000.0);

    params[0] = PQgetvalue(res, i, SHOP_DELIVERY_ID);
    params[1] = "due";
    params[2] = shop_notification_smtp.error;
    params[3] = after;

    if (outcome == SHOP_SMTP_SENT) {
        params[1] = "sent";
        params[2] = NULL;
        shop_metric_add(SHOP_M_MAILS_SENT, 1);

    } else if (outcome == SHOP_SMTP_REFUSED
               || tries >= job->conf->retry_tries)
    {
        params[1] = "dead";
        shop_metric_add(SHOP_M_MAILS_DEAD, 1);

    } else {
        shop_metric_add(SHOP_M_MAILS_RETRY, 1);
    }

    shop_log(outcome == SHOP_SMTP_SENT ? SHOP_LOG_INFO : SHOP_LOG_WARN,
             job->name, "msg=\"mail %s\" delivery=%s tries=%d detail=\"%s\"",
             params[1], params[0], tries, params[2] ? params[2] : "");

    /* when this is lost the mail goes again, under its Message-ID */

    if (outcome == SHOP_SMTP_SENT) {
        shop_notification_sent(job, params[0]);
    } else {
        (void) shop_pg_number(&job->pg, &shop_notification_done, params, NULL);
    }
}


/* Mails that go quickly are recorded together. */

static void
shop_notification_sent(shop_job_t *job, const char *id)
{
    shop_buf_t  *b = &shop_notification_ids;

    if (b->len == 0) {
        shop_notification_since = shop_now_ms();
    }

    shop_buf_str(b, b->len ? "," : "{");
    shop_buf_str(b, id);

    if (shop_now_ms() - shop_notification_since > SHOP_NOTIFICATION_SENT_MS) {
        shop_notification_flush(job);
    }
}


static void
shop_notification_flush(shop_job_t *job)
{
    const char  *params[1];
    shop_buf_t  *b = &shop_notification_ids;

    if (b->len == 0) {
        return;
    }

    shop_buf_str(b, "}");

    if (!b->failed) {
        params[0] = b->data;
        (void) shop_pg_number(&job->pg, &shop_notification_sent_stmt, params,
                              NULL);
    }

    shop_buf_reset(b);
}
