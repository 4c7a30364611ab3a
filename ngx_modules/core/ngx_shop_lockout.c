/*
 * Lockout of accounts.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_limit.h"
#include "ngx_shop_lockout.h"
#include <openssl/sha.h>


#define NGX_SHOP_LOCKOUT_KEY      (sizeof("lockout:{}") - 1                 \
                                   + 2 * SHA256_DIGEST_LENGTH)
#define NGX_SHOP_LOCKOUT_SUBJECT  512    /* bytes that are told apart */


typedef struct {
    ngx_uint_t                attempts;
    ngx_msec_t                delay;
    ngx_msec_t                max;
    ngx_msec_t                memory;
    ngx_str_t                 args[4];
    ngx_shop_redis_script_t  *script;
} ngx_shop_lockout_conf_t;

typedef struct {
    ngx_shop_request_t       *sr;
    ngx_shop_redis_cmd_t     *cmd;       /* NULL: none under way */
    ngx_shop_handler_pt       next;
} ngx_shop_lockout_ctx_t;


static void ngx_shop_lockout_key(ngx_str_t *subject, u_char *name,
    ngx_str_t *key);
static void ngx_shop_lockout_tried(ngx_shop_redis_cmd_t *cmd);
static ngx_int_t ngx_shop_lockout_refuse(ngx_shop_request_t *sr,
    ngx_msec_t wait);
static const char *ngx_shop_lockout_says(ngx_shop_request_t *sr,
    ngx_msec_t seconds);
static void ngx_shop_lockout_cleanup(void *data);
static void ngx_shop_lockout_send(ngx_uint_t argc, ngx_str_t *argv);
static void ngx_shop_lockout_sent(ngx_shop_redis_cmd_t *cmd);

static void *ngx_shop_lockout_create_conf(ngx_conf_t *cf);
static char *ngx_shop_lockout_init_conf(ngx_conf_t *cf, void *conf);
static char *ngx_shop_lockout(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static ngx_int_t ngx_shop_lockout_time(ngx_str_t *arg, const char *name,
    ngx_msec_t *time);
static ngx_int_t ngx_shop_lockout_init_process(ngx_cycle_t *cycle);


/* KEYS[1] one account; ARGV attempts, delay, longest delay and memory in ms.
   Answers 0, or how many ms to wait. */

static ngx_str_t  ngx_shop_lockout_lua = ngx_string(
    "local t = redis.call('TIME')\n"
    "local now = t[1] * 1000 + math.floor(t[2] / 1000)\n"
    "local held = tonumber(redis.call('HGET', KEYS[1], 'until') or 0)\n"
    "if held > now then\n"
    "  return held - now\n"
    "end\n"
    "local n = redis.call('HINCRBY', KEYS[1], 'n', 1)\n"
    "local beyond = n - tonumber(ARGV[1])\n"
    "if beyond >= 0 then\n"
    "  local wait = math.min(tonumber(ARGV[2]) * 2 ^ math.min(beyond, 30),\n"
    "                        tonumber(ARGV[3]))\n"
    "  redis.call('HSET', KEYS[1], 'until', string.format('%.0f',\n"
    "                                                     now + wait))\n"
    "end\n"
    "redis.call('PEXPIRE', KEYS[1], ARGV[4])\n"
    "return 0\n");


static ngx_command_t  ngx_shop_lockout_commands[] = {

    { ngx_string("shop_lockout"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_1MORE,
      ngx_shop_lockout,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_shop_lockout_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    ngx_shop_lockout_create_conf,          /* create main configuration */
    ngx_shop_lockout_init_conf,            /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_lockout_module = {
    NGX_MODULE_V1,
    &ngx_shop_lockout_module_ctx,          /* module context */
    ngx_shop_lockout_commands,             /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_lockout_init_process,         /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


/* of this worker: the configuration it was started with */
static const ngx_shop_lockout_conf_t  *ngx_shop_lockout_conf;


ngx_int_t
ngx_shop_lockout_try(ngx_shop_request_t *sr, ngx_str_t *subject,
    ngx_shop_handler_pt next)
{
    u_char                   name[NGX_SHOP_LOCKOUT_KEY];
    ngx_str_t                argv[5];
    ngx_http_cleanup_t      *cln;
    ngx_shop_redis_cmd_t    *cmd;
    ngx_shop_lockout_ctx_t  *ctx;

    if (!ngx_shop_limit_on()) {
        return next(sr);
    }

    cln = ngx_http_cleanup_add(sr->r, sizeof(ngx_shop_lockout_ctx_t));
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx = cln->data;
    ctx->sr = sr;
    ctx->cmd = NULL;
    ctx->next = next;

    cmd = ngx_shop_redis_alloc();
    if (cmd == NULL) {
        return next(sr);
    }

    cmd->data = ctx;
    cmd->done = ngx_shop_lockout_tried;
    cmd->log = sr->r->connection->log;

    ngx_shop_lockout_key(subject, name, &argv[0]);
    ngx_memcpy(&argv[1], ngx_shop_lockout_conf->args, 4 * sizeof(ngx_str_t));

    if (ngx_shop_redis_eval(cmd, ngx_shop_lockout_conf->script, 1, 5, argv)
        != NGX_OK)
    {
        return next(sr);                            /* fails open */
    }

    ctx->cmd = cmd;
    cln->handler = ngx_shop_lockout_cleanup;
    sr->redis_trips++;

    return NGX_DONE;
}


void
ngx_shop_lockout_forget(ngx_str_t *subject)
{
    u_char     name[NGX_SHOP_LOCKOUT_KEY];
    ngx_str_t  argv[2];

    ngx_str_set(&argv[0], "DEL");
    ngx_shop_lockout_key(subject, name, &argv[1]);
    ngx_shop_lockout_send(2, argv);
}


void
ngx_shop_lockout_undo(ngx_str_t *subject)
{
    u_char     name[NGX_SHOP_LOCKOUT_KEY];
    ngx_str_t  argv[4];

    ngx_shop_lockout_key(subject, name, &argv[1]);

    ngx_str_set(&argv[0], "HINCRBY");
    ngx_str_set(&argv[2], "n");
    ngx_str_set(&argv[3], "-1");
    ngx_shop_lockout_send(4, argv);

    ngx_str_set(&argv[0], "HDEL");
    ngx_str_set(&argv[2], "until");
    ngx_shop_lockout_send(3, argv);

    ngx_str_set(&argv[0], "PEXPIRE");
    argv[2] = ngx_shop_lockout_conf->args[3];
    ngx_shop_lockout_send(3, argv);
}


static void
ngx_shop_lockout_key(ngx_str_t *subject, u_char *name, ngx_str_t *key)
{
    size_t   len;
    u_char  *p, digest[SHA256_DIGEST_LENGTH];
    u_char   text[NGX_SHOP_LOCKOUT_SUBJECT];

    len = ngx_min(subject->len, sizeof(text));

    ngx_strlow(text, subject->data, len);
    SHA256(text, len, digest);

    p = ngx_cpymem(name, "lockout:{", sizeof("lockout:{") - 1);
    p = ngx_hex_dump(p, digest, sizeof(digest));
    *p++ = '}';

    key->data = name;
    key->len = p - name;
}


static void
ngx_shop_lockout_tried(ngx_shop_redis_cmd_t *cmd)
{
    ngx_int_t                rc;
    ngx_connection_t        *c;
    ngx_shop_request_t      *sr;
    ngx_shop_lockout_ctx_t  *ctx = cmd->data;

    sr = ctx->sr;
    c = sr->r->connection;
    ctx->cmd = NULL;

    ngx_http_set_log_request(c->log, sr->r);

    if (cmd->rc != NGX_SHOP_REDIS_OK
        || cmd->reply->type != REDIS_REPLY_INTEGER)
    {
        ngx_log_error(NGX_LOG_WARN, c->log, 0,
                      "lockout: no answer of redis, an attempt passes");
        rc = ctx->next(sr);

    } else if (cmd->reply->integer > 0) {
        rc = ngx_shop_lockout_refuse(sr, (ngx_msec_t) cmd->reply->integer);

    } else {
        rc = ctx->next(sr);
    }

    if (rc != NGX_DONE) {
        ngx_shop_request_end(sr, rc);
    }

    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_shop_lockout_refuse(ngx_shop_request_t *sr, ngx_msec_t wait)
{
    ngx_str_t   value;
    ngx_msec_t  seconds;

    seconds = (wait + 999) / 1000;
    value.data = ngx_pnalloc(sr->r->pool, NGX_INT_T_LEN);

    if (value.data) {
        value.len = ngx_sprintf(value.data, "%M", seconds) - value.data;
        (void) ngx_shop_header(sr, "Retry-After", &value);
    }

    return ngx_shop_problem(sr, NGX_HTTP_TOO_MANY_REQUESTS, "rate_limited",
                            ngx_shop_lockout_says(sr, seconds));
}


/* in minutes: it is the same for an account and for none, asked one after the
   other */

static const char *
ngx_shop_lockout_says(ngx_shop_request_t *sr, ngx_msec_t seconds)
{
    if (seconds <= 60) {
        return "Too many wrong attempts for this account. "
               "Please try again in a minute.";
    }

    return ngx_shop_check_says(sr->r->pool,
                               "Too many wrong attempts for this account. "
                               "Please try again in %M minutes.",
                               (seconds + 59) / 60);
}


static void
ngx_shop_lockout_cleanup(void *data)
{
    ngx_shop_lockout_ctx_t  *ctx = data;

    if (ctx->cmd) {
        ngx_shop_redis_detach(ctx->cmd);
        ctx->cmd = NULL;
    }
}


/* Nobody waits for it. */

static void
ngx_shop_lockout_send(ngx_uint_t argc, ngx_str_t *argv)
{
    ngx_shop_redis_cmd_t  *cmd;

    if (!ngx_shop_limit_on()) {
        return;
    }

    cmd = ngx_shop_redis_alloc();
    if (cmd == NULL) {
        return;
    }

    cmd->done = ngx_shop_lockout_sent;
    cmd->log = ngx_cycle->log;

    (void) ngx_shop_redis_command(cmd, argc, argv);
}


static void
ngx_shop_lockout_sent(ngx_shop_redis_cmd_t *cmd)
{
    (void) cmd;
}


static ngx_int_t
ngx_shop_lockout_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_lockout_conf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_lockout_module);
    return NGX_OK;
}


static void *
ngx_shop_lockout_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_shop_lockout_conf_t));
}


static char *
ngx_shop_lockout_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_shop_lockout_conf_t  *lcf = conf;

    u_char      *p;
    ngx_str_t    name = ngx_string("shop_lockout");
    ngx_uint_t   i;
    ngx_msec_t   values[4];

    if (lcf->attempts == 0) {
        lcf->attempts = 10;
    }

    if (lcf->delay == 0) {
        lcf->delay = 30 * 1000;
    }

    if (lcf->max == 0) {
        lcf->max = ngx_max(lcf->delay, 15 * 60 * 1000);
    }

    if (lcf->memory == 0) {
        lcf->memory = ngx_max(lcf->max, 24 * 3600 * 1000);
    }

    if (lcf->max < lcf->delay || lcf->memory < lcf->max) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_lockout\" wants a delay that is at most "
                           "max, and that at most memory");
        return NGX_CONF_ERROR;
    }

    values[0] = lcf->attempts;
    values[1] = lcf->delay;
    values[2] = lcf->max;
    values[3] = lcf->memory;

    for (i = 0; i < 4; i++) {
        p = ngx_pnalloc(cf->pool, NGX_INT_T_LEN);
        if (p == NULL) {
            return NGX_CONF_ERROR;
        }

        lcf->args[i].data = p;
        lcf->args[i].len = ngx_sprintf(p, "%M", values[i]) - p;
    }

    lcf->script = ngx_shop_redis_script_add(cf, &name, &ngx_shop_lockout_lua);

    return lcf->script ? NGX_CONF_OK : NGX_CONF_ERROR;
}


/* "10 delay=30s max=15m memory=1d" */

static char *
ngx_shop_lockout(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_lockout_conf_t *lcf = conf;

    ngx_int_t    n;
    ngx_str_t   *value;
    ngx_uint_t   i;

    if (lcf->attempts) {
        return "is duplicate";
    }

    value = cf->args->elts;
    n = ngx_atoi(value[1].data, value[1].len);

    if (n < 1 || n > 1000000) {
        return "wants a number of attempts from 1 to 1000000";
    }

    lcf->attempts = n;

    for (i = 2; i < cf->args->nelts; i++) {

        if (ngx_shop_lockout_time(&value[i], "delay=", &lcf->delay) != NGX_OK
            && ngx_shop_lockout_time(&value[i], "max=", &lcf->max) != NGX_OK
            && ngx_shop_lockout_time(&value[i], "memory=", &lcf->memory)
               != NGX_OK)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "\"%V\" of \"%V\" must be delay, max or "
                               "memory with a time such as 30s", &value[i],
                               &cmd->name);
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_shop_lockout_time(ngx_str_t *arg, const char *name, ngx_msec_t *time)
{
    size_t     len;
    ngx_int_t  ms;
    ngx_str_t  text;

    len = ngx_strlen(name);

    if (arg->len <= len || ngx_strncmp(arg->data, name, len) != 0) {
        return NGX_DECLINED;
    }

    text.data = arg->data + len;
    text.len = arg->len - len;

    ms = ngx_parse_time(&text, 0);

    if (ms == NGX_ERROR || ms == 0) {
        return NGX_DECLINED;
    }

    *time = ms;

    return NGX_OK;
}
