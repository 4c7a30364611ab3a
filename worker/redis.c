#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis.h"


#define SHOP_REDIS_TIMEOUT_MS    1000
#define SHOP_REDIS_PORT          6379


static int shop_redis_open(shop_redis_t *redis);
static redisContext *shop_redis_connect(const char *address);
static int shop_redis_auth(shop_redis_t *redis);


void
shop_redis_init(shop_redis_t *redis, const shop_conf_t *conf,
    const char *part)
{
    memset(redis, 0, sizeof(*redis));

    redis->conf = conf;
    redis->part = part;
    redis->backoff.base = 100;
    redis->backoff.max = 2000;
}


int
shop_redis_publish(shop_redis_t *redis, const char *channel,
    const char *message, size_t len)
{
    if (shop_redis_open(redis) != SHOP_OK) {
        return SHOP_DOWN;
    }

    if (redisAppendCommand(redis->ctx, "PUBLISH %s %b", channel, message, len)
        != REDIS_OK)
    {
        shop_redis_close(redis, redis->ctx->errstr);
        return SHOP_DOWN;
    }

    redis->pending++;

    return SHOP_OK;
}


int
shop_redis_flush(shop_redis_t *redis)
{
    int    done;
    void  *reply;

    done = 0;

    while (redis->ctx && redis->pending > 0) {
        if (redisGetReply(redis->ctx, &reply) != REDIS_OK) {
            shop_redis_close(redis, redis->ctx->errstr);
            break;
        }

        if (((redisReply *) reply)->type == REDIS_REPLY_INTEGER) {
            done++;
        }

        freeReplyObject(reply);
        redis->pending--;
    }

    return done;
}


void
shop_redis_close(shop_redis_t *redis, const char *reason)
{
    if (redis->ctx == NULL) {
        return;
    }

    shop_log(shop_stopping() ? SHOP_LOG_INFO : SHOP_LOG_WARN, redis->part,
             "msg=\"redis: closed\" reason=\"%s\"", reason);

    redisFree(redis->ctx);
    redis->ctx = NULL;
    redis->pending = 0;
}


static int
shop_redis_open(shop_redis_t *redis)
{
    int64_t  now;

    if (redis->ctx) {
        return SHOP_OK;
    }

    now = shop_now_ms();

    if (redis->conf->redis[0] == '\0' || now < redis->next_try) {
        return SHOP_DOWN;
    }

    redis->ctx = shop_redis_connect(redis->conf->redis);

    if (redis->ctx == NULL || redis->ctx->err
        || shop_redis_auth(redis) != SHOP_OK)
    {
        shop_redis_close(redis, redis->ctx ? redis->ctx->errstr : "memory");
        redis->next_try = now + shop_backoff_next(&redis->backoff);
        return SHOP_DOWN;
    }

    redis->backoff.tries = 0;
    shop_log(SHOP_LOG_INFO, redis->part, "msg=\"redis: connected\"");

    return SHOP_OK;
}


/* unix:PATH, unix://PATH, host:port or redis://host:port */

static redisContext *
shop_redis_connect(const char *address)
{
    int             port;
    char            host[256], *colon;
    redisContext   *ctx;
    struct timeval  tv;

    tv.tv_sec = SHOP_REDIS_TIMEOUT_MS / 1000;
    tv.tv_usec = SHOP_REDIS_TIMEOUT_MS % 1000 * 1000;

    if (strncmp(address, "unix:", 5) == 0) {
        address += 5;

        if (strncmp(address, "//", 2) == 0) {
            address += 2;
        }

        ctx = redisConnectUnixWithTimeout(address, tv);

    } else {
        if (strncmp(address, "redis://", 8) == 0) {
            address += 8;
        }

        snprintf(host, sizeof(host), "%s", address);
        host[strcspn(host, "/")] = '\0';
        port = SHOP_REDIS_PORT;

        colon = strrchr(host, ':');
        if (colon) {
            *colon = '\0';
            port = atoi(colon + 1);
        }

        ctx = redisConnectWithTimeout(host, port, tv);
    }

    if (ctx && !ctx->err) {
        (void) redisSetTimeout(ctx, tv);

        /* a unix socket has none, and hiredis closes over the attempt */

        if (ctx->connection_type == REDIS_CONN_TCP) {
            (void) redisEnableKeepAlive(ctx);
        }
    }

    return ctx;
}


static int
shop_redis_auth(shop_redis_t *redis)
{
    int          rc;
    char        *password;
    redisReply  *reply;

    if (redis->conf->redis_password_file[0] == '\0') {
        return SHOP_OK;
    }

    password = shop_conf_secret(redis->conf->redis_password_file);
    if (password == NULL) {
        shop_log(SHOP_LOG_ERROR, redis->part,
                 "msg=\"redis: cannot read the password file\"");
        return SHOP_ERROR;
    }

    reply = redisCommand(redis->ctx, "AUTH %s", password);
    free(password);

    rc = reply && reply->type == REDIS_REPLY_STATUS ? SHOP_OK : SHOP_ERROR;

    if (reply) {
        if (rc != SHOP_OK) {
            shop_log(SHOP_LOG_ERROR, redis->part,
                     "msg=\"redis: password refused\"");
        }

        freeReplyObject(reply);
    }

    return rc;
}
