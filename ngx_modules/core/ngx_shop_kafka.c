/*
 * The producer of clicks: librdkafka with an event descriptor in the event
 * loop, a bounded queue, and a drain with a deadline when the worker exits.
 */

#include <ngx_event.h>
#include <ngx_http.h>
#include <librdkafka/rdkafka.h>
#include <sys/eventfd.h>
#include <syslog.h>
#include "ngx_shop_kafka.h"


typedef struct {
    ngx_str_t        brokers;
    ngx_uint_t       queue;
    ngx_msec_t       drain;
    ngx_msec_t       window;
} ngx_shop_kafka_conf_t;


static ngx_int_t ngx_shop_kafka_open(const ngx_shop_kafka_conf_t *kcf);
static rd_kafka_conf_t *ngx_shop_kafka_settings(
    const ngx_shop_kafka_conf_t *kcf);
static ngx_int_t ngx_shop_kafka_watch(void);
static void ngx_shop_kafka_event(ngx_event_t *ev);
static void ngx_shop_kafka_delivered(rd_kafka_t *rk,
    const rd_kafka_message_t *message, void *opaque);
static void ngx_shop_kafka_reach(ngx_uint_t up);
static void ngx_shop_kafka_error(rd_kafka_t *rk, int err, const char *reason,
    void *opaque);
static int ngx_shop_kafka_state(rd_kafka_t *rk, char *json, size_t len,
    void *opaque);
static void ngx_shop_kafka_log(const rd_kafka_t *rk, int level,
    const char *facility, const char *text);
static void *ngx_shop_kafka_create_conf(ngx_conf_t *cf);
static char *ngx_shop_kafka_init_conf(ngx_conf_t *cf, void *conf);
static ngx_int_t ngx_shop_kafka_init_process(ngx_cycle_t *cycle);
static void ngx_shop_kafka_exit_process(ngx_cycle_t *cycle);


static ngx_conf_post_t  ngx_shop_kafka_brokers_post = {
    ngx_shop_kafka_brokers
};


static ngx_conf_num_bounds_t  ngx_shop_kafka_queue_bounds = {
    ngx_conf_check_num_bounds, 100, 1000000
};


static ngx_command_t  ngx_shop_kafka_commands[] = {

    { ngx_string("shop_kafka"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_str_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_kafka_conf_t, brokers),
      &ngx_shop_kafka_brokers_post },

    { ngx_string("shop_kafka_queue"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_kafka_conf_t, queue),
      &ngx_shop_kafka_queue_bounds },

    { ngx_string("shop_kafka_drain"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_kafka_conf_t, drain),
      NULL },

    { ngx_string("shop_kafka_window"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_kafka_conf_t, window),
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_shop_kafka_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    ngx_shop_kafka_create_conf,            /* create main configuration */
    ngx_shop_kafka_init_conf,              /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_kafka_module = {
    NGX_MODULE_V1,
    &ngx_shop_kafka_module_ctx,            /* module context */
    ngx_shop_kafka_commands,               /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_kafka_init_process,           /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_shop_kafka_exit_process,           /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


/* of this worker */
static rd_kafka_t              *ngx_shop_kafka;
static ngx_connection_t        *ngx_shop_kafka_connection;
static ngx_shop_kafka_stats_t   ngx_shop_kafka_counts;
static ngx_uint_t               ngx_shop_kafka_down;
static ngx_msec_t               ngx_shop_kafka_alike;


ngx_int_t
ngx_shop_kafka_send(const char *topic, ngx_str_t *key, ngx_str_t *value)
{
    rd_kafka_resp_err_t  err;

    if (ngx_shop_kafka == NULL) {
        return NGX_DECLINED;
    }

    err = rd_kafka_producev(ngx_shop_kafka,
                            RD_KAFKA_V_TOPIC(topic),
                            RD_KAFKA_V_KEY(key->data, key->len),
                            RD_KAFKA_V_VALUE(value->data, value->len),
                            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                            RD_KAFKA_V_END);

    if (err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        ngx_shop_kafka_counts.dropped++;
        return NGX_DECLINED;
    }

    return NGX_OK;
}


ngx_uint_t
ngx_shop_kafka_on(void)
{
    return ngx_shop_kafka != NULL;
}


ngx_msec_t
ngx_shop_kafka_window(void)
{
    return ngx_shop_kafka_alike;
}


ngx_uint_t
ngx_shop_kafka_up(void)
{
    return ngx_shop_kafka != NULL && !ngx_shop_kafka_down;
}


void
ngx_shop_kafka_stats(ngx_shop_kafka_stats_t *stats)
{
    *stats = ngx_shop_kafka_counts;
    stats->queued = ngx_shop_kafka ? rd_kafka_outq_len(ngx_shop_kafka) : 0;
}


static ngx_int_t
ngx_shop_kafka_open(const ngx_shop_kafka_conf_t *kcf)
{
    char              why[256];
    rd_kafka_conf_t  *conf;

    conf = ngx_shop_kafka_settings(kcf);
    if (conf == NULL) {
        return NGX_ERROR;
    }

    ngx_shop_kafka = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof(why));
    if (ngx_shop_kafka == NULL) {
        rd_kafka_conf_destroy(conf);
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "kafka: no producer: %s", why);
        return NGX_ERROR;
    }

    /* log lines come through the event loop too: nginx's log is not for the
       library's threads */

    (void) rd_kafka_set_log_queue(ngx_shop_kafka, NULL);

    return ngx_shop_kafka_watch();
}


static rd_kafka_conf_t *
ngx_shop_kafka_settings(const ngx_shop_kafka_conf_t *kcf)
{
    char              queue[NGX_INT_T_LEN + 1], why[256];
    ngx_uint_t        i;
    rd_kafka_conf_t  *conf;

    ngx_sprintf((u_char *) queue, "%ui%Z", kcf->queue);

    const char  *set[][2] = {
        { "bootstrap.servers",            (char *) kcf->brokers.data },
        { "client.id",                    "ngx_shop" },
        { "log.queue",                    "true" },
        { "queue.buffering.max.messages", queue },
        { "queue.buffering.max.kbytes",   "16384" },
        { "linger.ms",                    "100" },
        { "acks",                         "1" },
        { "message.timeout.ms",           "30000" },
        { "socket.keepalive.enable",      "true" },
        { "log.connection.close",         "false" },

        /* come back at once, not with the next click */
        { "enable.sparse.connections",    "false" },
        { "reconnect.backoff.max.ms",     "2000" },

        { "statistics.interval.ms",       "2000" }
    };

    conf = rd_kafka_conf_new();

    for (i = 0; i < sizeof(set) / sizeof(set[0]); i++) {
        if (rd_kafka_conf_set(conf, set[i][0], set[i][1], why, sizeof(why))
            != RD_KAFKA_CONF_OK)
        {
            ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                          "kafka: %s: %s", set[i][0], why);
            rd_kafka_conf_destroy(conf);
            return NULL;
        }
    }

    rd_kafka_conf_set_dr_msg_cb(conf, ngx_shop_kafka_delivered);
    rd_kafka_conf_set_error_cb(conf, ngx_shop_kafka_error);
    rd_kafka_conf_set_stats_cb(conf, ngx_shop_kafka_state);
    rd_kafka_conf_set_log_cb(conf, ngx_shop_kafka_log);

    return conf;
}


static ngx_int_t
ngx_shop_kafka_watch(void)
{
    int                fd;
    uint64_t           one = 1;
    rd_kafka_queue_t  *queue;
    ngx_connection_t  *c;

    fd = eventfd(0, EFD_NONBLOCK|EFD_CLOEXEC);
    if (fd == -1) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, ngx_errno,
                      "kafka: eventfd() failed");
        return NGX_ERROR;
    }

    c = ngx_get_connection(fd, ngx_cycle->log);
    if (c == NULL) {
        (void) close(fd);
        return NGX_ERROR;
    }

    ngx_shop_kafka_connection = c;
    c->read->handler = ngx_shop_kafka_event;
    c->read->log = ngx_cycle->log;

    if (ngx_add_event(c->read, NGX_READ_EVENT, NGX_LEVEL_EVENT) != NGX_OK) {
        return NGX_ERROR;
    }

    queue = rd_kafka_queue_get_main(ngx_shop_kafka);
    rd_kafka_queue_io_event_enable(queue, fd, &one, sizeof(one));
    rd_kafka_queue_destroy(queue);

    /* only an empty queue tells of what is put into it: of what came before
       (a broker that refuses at once) nobody would ever hear */

    (void) rd_kafka_poll(ngx_shop_kafka, 0);

    return NGX_OK;
}


static void
ngx_shop_kafka_event(ngx_event_t *ev)
{
    uint64_t           count;
    ngx_connection_t  *c = ev->data;

    if (read(c->fd, &count, sizeof(count)) == -1 && ngx_errno != NGX_EAGAIN) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, ngx_errno,
                      "kafka: read() of the event descriptor failed");
    }

    (void) rd_kafka_poll(ngx_shop_kafka, 0);
}


static void
ngx_shop_kafka_delivered(rd_kafka_t *rk, const rd_kafka_message_t *message,
    void *opaque)
{
    (void) rk;
    (void) opaque;

    if (message->err) {
        ngx_shop_kafka_counts.failed++;
        return;
    }

    ngx_shop_kafka_counts.sent++;
    ngx_shop_kafka_reach(1);
}


static void
ngx_shop_kafka_error(rd_kafka_t *rk, int err, const char *reason, void *opaque)
{
    (void) rk;
    (void) opaque;

    (void) reason;

    if (err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
        ngx_shop_kafka_reach(0);
    }
}


/* No call back tells that a broker is in reach again: the library's own
   statistics do. */

static int
ngx_shop_kafka_state(rd_kafka_t *rk, char *json, size_t len, void *opaque)
{
    u_char  *end = (u_char *) json + len;

    (void) rk;
    (void) opaque;

    ngx_shop_kafka_reach(ngx_strlcasestrn((u_char *) json, end,
                                          (u_char *) "\"state\":\"UP\"",
                                          sizeof("\"state\":\"UP\"") - 2)
                         != NULL);

    return 0;                              /* the library frees json */
}


static void
ngx_shop_kafka_reach(ngx_uint_t up)
{
    ngx_uint_t  level;

    if (ngx_shop_kafka_down == !up) {
        return;
    }

    level = up ? NGX_LOG_INFO : NGX_LOG_WARN;

    ngx_log_error(level, ngx_cycle->log, 0, "kafka: %s broker is in reach",
                  up ? "a" : "no");

    ngx_shop_kafka_down = !up;
}


static void
ngx_shop_kafka_log(const rd_kafka_t *rk, int level, const char *facility,
    const char *text)
{
    ngx_uint_t  mine;

    (void) rk;

    /* syslog's levels: only what concerns an operator */

    mine = (level <= LOG_ERR) ? NGX_LOG_WARN : NGX_LOG_INFO;

    ngx_log_error(mine, ngx_cycle->log, 0, "kafka: %s: %s", facility, text);
}


static ngx_int_t
ngx_shop_kafka_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_kafka_conf_t  *kcf;

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NGX_OK;
    }

    kcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_kafka_module);

    if (kcf == NULL || kcf->brokers.len == 0) {
        return NGX_OK;
    }

    /* a shop without clicks is a shop */

    ngx_shop_kafka_alike = kcf->window;
    (void) ngx_shop_kafka_open(kcf);

    return NGX_OK;
}


static void
ngx_shop_kafka_exit_process(ngx_cycle_t *cycle)
{
    int                     fd;
    ngx_connection_t       *c;
    ngx_shop_kafka_conf_t  *kcf;

    if (ngx_shop_kafka == NULL) {
        return;
    }

    kcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_kafka_module);

    (void) rd_kafka_flush(ngx_shop_kafka, (int) kcf->drain);
    (void) rd_kafka_purge(ngx_shop_kafka,
                          RD_KAFKA_PURGE_F_QUEUE|RD_KAFKA_PURGE_F_INFLIGHT);
    (void) rd_kafka_poll(ngx_shop_kafka, 0);
    rd_kafka_destroy(ngx_shop_kafka);
    ngx_shop_kafka = NULL;

    c = ngx_shop_kafka_connection;

    if (c) {
        if (c->read->active) {
            (void) ngx_del_event(c->read, NGX_READ_EVENT, NGX_CLOSE_EVENT);
        }

        fd = c->fd;
        ngx_free_connection(c);
        c->fd = (ngx_socket_t) -1;
        (void) close(fd);
        ngx_shop_kafka_connection = NULL;
    }
}


static void *
ngx_shop_kafka_create_conf(ngx_conf_t *cf)
{
    ngx_shop_kafka_conf_t  *kcf;

    kcf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_kafka_conf_t));
    if (kcf == NULL) {
        return NULL;
    }

    kcf->queue = NGX_CONF_UNSET_UINT;
    kcf->drain = NGX_CONF_UNSET_MSEC;
    kcf->window = NGX_CONF_UNSET_MSEC;

    return kcf;
}


static char *
ngx_shop_kafka_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_shop_kafka_conf_t  *kcf = conf;

    (void) cf;

    ngx_conf_init_uint_value(kcf->queue, 10000);
    ngx_conf_init_msec_value(kcf->drain, 2000);
    ngx_conf_init_msec_value(kcf->window, 1000);

    return NGX_CONF_OK;
}
