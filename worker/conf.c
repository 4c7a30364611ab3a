#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shop_worker.h"


#define SHOP_CONF_LINE     4096
#define SHOP_CONF_KAFKA    "kafka."


typedef enum {
    SHOP_CONF_STR = 0,
    SHOP_CONF_NUM,
    SHOP_CONF_MSEC                   /* "5s", "500ms", "1h"; plain is ms */
} shop_conf_type_e;

typedef struct {
    const char          *name;
    shop_conf_type_e     type;
    size_t               offset;
    const char          *value;          /* default */
} shop_conf_key_t;


static int shop_conf_line(shop_conf_t *conf, char *line);
static int shop_conf_set(shop_conf_t *conf, const shop_conf_key_t *key,
    const char *value);
static int shop_conf_kafka(shop_conf_t *conf, const char *name,
    const char *value);
static int shop_conf_msec(const char *value, int *msec);


static const shop_conf_key_t  shop_conf_keys[] = {
    { "SHOP_DATABASE", SHOP_CONF_STR, offsetof(shop_conf_t, database), "" },
    { "SHOP_REDIS", SHOP_CONF_STR, offsetof(shop_conf_t, redis), "" },
    { "SHOP_REDIS_PASSWORD_FILE", SHOP_CONF_STR,
      offsetof(shop_conf_t, redis_password_file), "" },
    { "SHOP_KAFKA", SHOP_CONF_STR, offsetof(shop_conf_t, kafka), "" },
    { "SHOP_KAFKA_PARTITIONS", SHOP_CONF_NUM,
      offsetof(shop_conf_t, partitions), "3" },
    { "SHOP_KAFKA_REPLICATION", SHOP_CONF_NUM,
      offsetof(shop_conf_t, replication), "-1" },
    { "SHOP_RELAY_ID", SHOP_CONF_STR, offsetof(shop_conf_t, relay_id),
      "shop-relay" },
    { "SHOP_SMTP_URL", SHOP_CONF_STR, offsetof(shop_conf_t, smtp_url), "" },
    { "SHOP_SMTP_USER", SHOP_CONF_STR, offsetof(shop_conf_t, smtp_user), "" },
    { "SHOP_SMTP_PASSWORD_FILE", SHOP_CONF_STR,
      offsetof(shop_conf_t, smtp_password_file), "" },
    { "SHOP_SMTP_TLS", SHOP_CONF_STR, offsetof(shop_conf_t, smtp_tls),
      "auto" },
    { "SHOP_MAIL_FROM", SHOP_CONF_STR, offsetof(shop_conf_t, mail_from),
      "shop@localhost" },
    { "SHOP_PUBLIC_URL", SHOP_CONF_STR, offsetof(shop_conf_t, public_url),
      "http://localhost:8080" },
    { "SHOP_MEDIA_PATH", SHOP_CONF_STR, offsetof(shop_conf_t, media_path),
      "" },
    { "SHOP_MEDIA_NAME", SHOP_CONF_STR, offsetof(shop_conf_t, media_name),
      "shared" },
    { "SHOP_MEDIA_TOOL", SHOP_CONF_STR, offsetof(shop_conf_t, media_tool),
      "/usr/lib/ngx_shop/shop-picture" },
    { "SHOP_MEDIA_IDLE", SHOP_CONF_MSEC, offsetof(shop_conf_t, media_idle),
      "24h" },
    { "SHOP_S3_URL", SHOP_CONF_STR, offsetof(shop_conf_t, s3_url), "" },
    { "SHOP_S3_REGION", SHOP_CONF_STR, offsetof(shop_conf_t, s3_region),
      "us-east-1" },
    { "SHOP_S3_KEY", SHOP_CONF_STR, offsetof(shop_conf_t, s3_key), "" },
    { "SHOP_S3_SECRET_FILE", SHOP_CONF_STR,
      offsetof(shop_conf_t, s3_secret_file), "" },
    { "SHOP_VAT_REGISTRY", SHOP_CONF_STR,
      offsetof(shop_conf_t, vat_registry), "" },
    { "SHOP_RATES_URL", SHOP_CONF_STR, offsetof(shop_conf_t, rates_url), "" },
    { "SHOP_RATES_INTERVAL", SHOP_CONF_MSEC,
      offsetof(shop_conf_t, rates_interval), "3h" },
    { "SHOP_RATES_TIMEOUT", SHOP_CONF_MSEC,
      offsetof(shop_conf_t, rates_timeout), "20s" },
    { "SHOP_WORKER_HEALTH", SHOP_CONF_STR, offsetof(shop_conf_t, health),
      "" },
    { "SHOP_LOG", SHOP_CONF_STR, offsetof(shop_conf_t, log), "" },
    { "SHOP_RETRY_BASE", SHOP_CONF_MSEC, offsetof(shop_conf_t, retry_base),
      "5s" },
    { "SHOP_RETRY_MAX", SHOP_CONF_MSEC, offsetof(shop_conf_t, retry_max),
      "1h" },
    { "SHOP_RETRY_TRIES", SHOP_CONF_NUM, offsetof(shop_conf_t, retry_tries),
      "16" },
    { "SHOP_STOP_TIMEOUT", SHOP_CONF_MSEC,
      offsetof(shop_conf_t, stop_timeout), "10s" },
    { NULL, SHOP_CONF_STR, 0, NULL }
};


int
shop_conf_read(shop_conf_t *conf, const char *path)
{
    int                     n, rc;
    FILE                   *f;
    char                    line[SHOP_CONF_LINE];
    const shop_conf_key_t  *key;

    memset(conf, 0, sizeof(*conf));

    for (key = shop_conf_keys; key->name; key++) {
        if (shop_conf_set(conf, key, key->value) != SHOP_OK) {
            return SHOP_ERROR;
        }
    }

    f = fopen(path, "re");
    if (f == NULL) {
        fprintf(stderr, "shop-worker: %s: %s\n", path, strerror(errno));
        return SHOP_ERROR;
    }

    rc = SHOP_OK;

    for (n = 1; fgets(line, sizeof(line), f); n++) {
        line[strcspn(line, "\r\n")] = '\0';

        if (shop_conf_line(conf, line) != SHOP_OK) {
            fprintf(stderr, "shop-worker: %s:%d: unknown setting or wrong "
                    "value\n", path, n);
            rc = SHOP_ERROR;
        }
    }

    fclose(f);

    if (rc == SHOP_OK && (conf->database[0] == '\0' || conf->kafka[0] == '\0'))
    {
        fprintf(stderr, "shop-worker: %s: SHOP_DATABASE and SHOP_KAFKA must "
                "be set\n", path);
        rc = SHOP_ERROR;
    }

    return rc;
}


char *
shop_conf_secret(const char *path)
{
    FILE  *f;
    char   line[SHOP_CONF_LINE];

    f = fopen(path, "re");
    if (f == NULL) {
        return NULL;
    }

    if (fgets(line, sizeof(line), f) == NULL) {
        line[0] = '\0';
    }

    fclose(f);
    line[strcspn(line, "\r\n")] = '\0';

    return strdup(line);
}


static int
shop_conf_line(shop_conf_t *conf, char *line)
{
    char                   *value;
    size_t                  len;
    const shop_conf_key_t  *key;

    line += strspn(line, " \t");

    if (*line == '\0' || *line == '#') {
        return SHOP_OK;
    }

    value = strchr(line, '=');
    if (value == NULL) {
        return SHOP_ERROR;
    }

    *value++ = '\0';
    len = strlen(value);

    /* the same file may be read by a shell: NAME="value" */

    if (len >= 2 && (*value == '"' || *value == '\'')
        && value[len - 1] == *value)
    {
        value[len - 1] = '\0';
        value++;
    }

    if (strncmp(line, SHOP_CONF_KAFKA, sizeof(SHOP_CONF_KAFKA) - 1) == 0) {
        return shop_conf_kafka(conf, line + sizeof(SHOP_CONF_KAFKA) - 1,
                               value);
    }

    for (key = shop_conf_keys; key->name; key++) {
        if (strcmp(key->name, line) == 0) {
            return shop_conf_set(conf, key, value);
        }
    }

    return SHOP_ERROR;
}


static int
shop_conf_set(shop_conf_t *conf, const shop_conf_key_t *key,
    const char *value)
{
    int    *num;
    char   *end, **str;
    long    n;

    num = (int *) (void *) ((char *) conf + key->offset);
    str = (char **) (void *) ((char *) conf + key->offset);

    switch (key->type) {

    case SHOP_CONF_NUM:
        n = strtol(value, &end, 10);
        if (*value == '\0' || *end != '\0' || n < -1 || n > 1000000) {
            return SHOP_ERROR;
        }

        *num = (int) n;
        return SHOP_OK;

    case SHOP_CONF_MSEC:
        return shop_conf_msec(value, num);

    default:
        free(*str);
        *str = strdup(value);
        return *str ? SHOP_OK : SHOP_ERROR;
    }
}


static int
shop_conf_kafka(shop_conf_t *conf, const char *name, const char *value)
{
    shop_pair_t  *pairs, *pair;

    pairs = realloc(conf->kafka_conf,
                    (size_t) (conf->nkafka_conf + 1) * sizeof(shop_pair_t));
    if (pairs == NULL) {
        return SHOP_ERROR;
    }

    conf->kafka_conf = pairs;
    pair = &pairs[conf->nkafka_conf];
    pair->name = strdup(name);
    pair->value = strdup(value);

    if (pair->name == NULL || pair->value == NULL) {
        return SHOP_ERROR;
    }

    conf->nkafka_conf++;

    return SHOP_OK;
}


static int
shop_conf_msec(const char *value, int *msec)
{
    int                n;
    long               v;
    char              *end;
    static const struct {
        const char    *unit;
        int            factor;
    } units[] = {
        { "", 1 }, { "ms", 1 }, { "s", 1000 }, { "m", 60000 },
        { "h", 3600000 }
    };

    v = strtol(value, &end, 10);
    if (end == value || v < 0) {
        return SHOP_ERROR;
    }

    for (n = 0; n < (int) (sizeof(units) / sizeof(units[0])); n++) {
        if (strcmp(end, units[n].unit) == 0) {
            if (v > 86400000 / units[n].factor) {
                return SHOP_ERROR;
            }

            *msec = (int) v * units[n].factor;
            return SHOP_OK;
        }
    }

    return SHOP_ERROR;
}
