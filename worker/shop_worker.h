/*
 * What every part of the worker shares: the settings, stopping, waiting, log
 * lines, counters and the state that /health shows.
 *
 * A part is a thread with its own connections.  It blocks only in calls that
 * have a deadline, and it looks at shop_stopping() between them.
 */

#ifndef _SHOP_WORKER_H_INCLUDED_
#define _SHOP_WORKER_H_INCLUDED_


#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>


#define SHOP_OK          0
#define SHOP_ERROR      -1   /* refused: trying again changes nothing */
#define SHOP_DOWN       -2   /* not reached: try again later */


/* Settings, read once before the first thread starts, never changed. */

typedef struct {
    char                *name;           /* of a librdkafka property */
    char                *value;
} shop_pair_t;

typedef struct {
    char                *database;       /* conninfo */
    char                *redis;          /* unix:PATH, host:port, redis://... */
    char                *redis_password_file;
    char                *kafka;          /* host:port,... */
    char                *relay_id;       /* transactional.id */
    int                  partitions;     /* of topics that are made here */
    int                  replication;    /* -1: the broker's default */
    char                *smtp_url;       /* empty: no mail is sent */
    char                *smtp_user;
    char                *smtp_password_file;
    char                *smtp_tls;       /* require, off or auto */
    char                *mail_from;
    char                *public_url;
    char                *media_path;     /* empty: no pictures are made */
    char                *media_name;     /* of uploads that are seen here */
    char                *media_tool;     /* shop-picture */
    int                  media_idle;     /* ms until a file that nobody shows
                                            is removed */
    char                *vat_registry;   /* empty: VAT ids wait */
    char                *s3_url;         /* empty: files of this machine */
    char                *s3_region;
    char                *s3_key;
    char                *s3_secret_file;
    char                *rates_url;      /* empty: no rates are fetched */
    int                  rates_interval; /* ms */
    int                  rates_timeout;  /* ms, of a fetch as a whole */
    char                *health;         /* host:port or unix:PATH */
    char                *log;            /* file, empty: standard error */
    int                  retry_base;     /* ms before the first retry */
    int                  retry_max;      /* ms, the longest wait */
    int                  retry_tries;
    int                  stop_timeout;   /* ms */
    shop_pair_t         *kafka_conf;
    int                  nkafka_conf;
} shop_conf_t;

/* Reads "KEY=value" lines; SHOP_OK or SHOP_ERROR after a message on standard
   error that names the line. */
int shop_conf_read(shop_conf_t *conf, const char *path);

/* The first line of a file as a string of its own, or NULL. */
char *shop_conf_secret(const char *path);


/* Stopping.  The descriptor stays readable once stopping began. */

int shop_stop_init(void);
void shop_stop(void);
int shop_stopping(void);
int shop_stop_fd(void);


/* Time. */

int64_t shop_now_ms(void);           /* monotonic */

/* Waits; returns 1 at once when the worker is to stop, else 0. */
int shop_wait(int ms);

/* The same, but ends early when wake (an eventfd, or -1) was signalled. */
int shop_wait_wake(int ms, int wake);
void shop_wake(int wake);            /* -1: nobody waits */

typedef struct {
    int                  base;           /* ms */
    int                  max;
    int                  tries;
} shop_backoff_t;

/* The next wait: doubled each time up to max, the upper half random. */
int shop_backoff_next(shop_backoff_t *b);

/* The wait before try number tries + 1, without state. */
int shop_backoff_at(int base, int max, int tries);


/* Log lines: time, level, part and a message in key=value form, never a
   secret or personal data. */

enum {
    SHOP_LOG_ERROR = 0,
    SHOP_LOG_WARN,
    SHOP_LOG_INFO
};

int shop_log_open(const char *path);
void shop_log_reopen(void);
void shop_log(int level, const char *part, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));


/* Parts, as /health shows them. */

enum {
    SHOP_PART_DOWN = 0,
    SHOP_PART_STANDBY,
    SHOP_PART_UP
};

typedef struct {
    const char          *name;
    atomic_int           state;
    atomic_llong         since;          /* seconds of the epoch */
} shop_part_t;

void shop_part_set(shop_part_t *part, int state);


/* Counters and gauges; the order is that of the table in metric.c. */

typedef enum {
    SHOP_M_PUBLISHED = 0,
    SHOP_M_ABORTED,
    SHOP_M_HINTS,
    SHOP_M_ELECTED,
    SHOP_M_OLDEST_MS,
    SHOP_M_EVENTS_PAYMENT,
    SHOP_M_EVENTS_NOTIFICATION,
    SHOP_M_EVENTS_SHOPPER,
    SHOP_M_DEAD,
    SHOP_M_CALLS_OK,
    SHOP_M_CALLS_RETRY,
    SHOP_M_CALLS_DEAD,
    SHOP_M_MAILS_SENT,
    SHOP_M_MAILS_RETRY,
    SHOP_M_MAILS_DEAD,
    SHOP_M_EXPIRED,
    SHOP_M_MISMATCHES,
    SHOP_M_PICTURES_OK,
    SHOP_M_PICTURES_RETRY,
    SHOP_M_PICTURES_FAILED,
    SHOP_M_JOBS,
    SHOP_M_RATES,
    SHOP_M_FETCHES_OK,
    SHOP_M_FETCHES_RETRY,
    SHOP_M_FETCHES_REFUSED,
    SHOP_M_LAST
} shop_metric_e;

void shop_metric_add(shop_metric_e m, int64_t n);
void shop_metric_set(shop_metric_e m, int64_t value);


#endif /* _SHOP_WORKER_H_INCLUDED_ */
