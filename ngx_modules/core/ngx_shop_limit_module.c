/*
 * The directives of the limits.
 */

#include "ngx_shop_limit_conf.h"


static void *ngx_shop_limit_create_conf(ngx_conf_t *cf);
static char *ngx_shop_limit_init_conf(ngx_conf_t *cf, void *conf);
static char *ngx_shop_limit_rate(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static ngx_int_t ngx_shop_limit_init_zone(ngx_shm_zone_t *zone, void *data);
static ngx_int_t ngx_shop_limit_init_process(ngx_cycle_t *cycle);


/* GCRA: KEYS what is counted, all of which must have room; ARGV interval in us
   and burst of each.  Answers {passed, remaining, wait in ms}. */

static ngx_str_t  ngx_shop_limit_lua = ngx_string(
    "local t = redis.call('TIME')\n"
    "local now = t[1] * 1000000 + t[2]\n"
    "local wait, left, due = 0, math.huge, {}\n"
    "for i, key in ipairs(KEYS) do\n"
    "  local interval = tonumber(ARGV[2 * i - 1])\n"
    "  local full = interval * tonumber(ARGV[2 * i])\n"
    "  local from = math.max(tonumber(redis.call('GET', key) or 0), now)\n"
    "  due[i] = from + interval\n"
    "  wait = math.max(wait, due[i] - now - full)\n"
    "  left = math.min(left, math.floor((now + full - due[i]) / interval))\n"
    "end\n"
    "if wait > 0 then\n"
    "  return {0, 0, math.ceil(wait / 1000)}\n"
    "end\n"
    "for i, key in ipairs(KEYS) do\n"
    "  redis.call('SET', key, string.format('%.0f', due[i]),\n"
    "             'PX', math.ceil((due[i] - now) / 1000))\n"
    "end\n"
    "return {1, left, math.ceil(ARGV[1] / 1000)}\n");


static ngx_command_t  ngx_shop_limit_commands[] = {

    { ngx_string("shop_limits"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_limit_conf_t, enabled),
      NULL },

    { ngx_string("shop_limit_zone"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_limit_conf_t, zone_size),
      NULL },

    { ngx_string("shop_limit_requests"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_shop_limit_rate,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_limit_conf_t, requests),
      NULL },

    { ngx_string("shop_limit_signins"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_shop_limit_rate,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_limit_conf_t, signins),
      NULL },

    { ngx_string("shop_limit_keys"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_shop_limit_rate,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_limit_conf_t, keys),
      NULL },

    { ngx_string("shop_limit_signins_all"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_shop_limit_rate,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_shop_limit_conf_t, all),
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_shop_limit_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    ngx_shop_limit_create_conf,            /* create main configuration */
    ngx_shop_limit_init_conf,              /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_limit_module = {
    NGX_MODULE_V1,
    &ngx_shop_limit_module_ctx,            /* module context */
    ngx_shop_limit_commands,               /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_limit_init_process,           /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_shop_limit_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_limit_start(ngx_http_cycle_get_module_main_conf(cycle,
                                                ngx_http_shop_limit_module));
    return NGX_OK;
}


static ngx_int_t
ngx_shop_limit_init_zone(ngx_shm_zone_t *zone, void *data)
{
    zone->data = data ? data : ngx_shop_buckets_init(zone);

    return zone->data ? NGX_OK : NGX_ERROR;
}


static void *
ngx_shop_limit_create_conf(ngx_conf_t *cf)
{
    ngx_shop_limit_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_shop_limit_conf_t));
    if (conf == NULL) {
        return NULL;
    }

    conf->enabled = NGX_CONF_UNSET;
    conf->zone_size = NGX_CONF_UNSET_SIZE;

    return conf;
}


static char *
ngx_shop_limit_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_shop_limit_conf_t  *lcf = conf;

    u_char           *p;
    ngx_str_t         name = ngx_string("shop_limit");
    ngx_uint_t        i;
    ngx_shop_rate_t  *rate[3];

    ngx_conf_init_value(lcf->enabled, 1);
    ngx_conf_init_size_value(lcf->zone_size, 1024 * 1024);

    if (lcf->zone_size < 8 * ngx_pagesize) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_limit_zone must be at least %uz bytes",
                           8 * ngx_pagesize);
        return NGX_CONF_ERROR;
    }

    if (lcf->requests.interval == 0) {           /* 100 a second, 200 */
        lcf->requests.interval = 10000;
        lcf->requests.burst = 200;
    }

    if (lcf->signins.interval == 0) {            /* 20 a minute */
        lcf->signins.interval = 3000000;
        lcf->signins.burst = 20;
    }

    if (lcf->all.interval == 0) {                /* 50 a second, 1000 */
        lcf->all.interval = 20000;
        lcf->all.burst = 1000;
    }

    rate[0] = &lcf->requests;
    rate[1] = &lcf->signins;
    rate[2] = &lcf->all;

    for (i = 0; i < 3; i++) {
        p = ngx_pnalloc(cf->pool, 128);
        if (p == NULL) {
            return NGX_CONF_ERROR;
        }

        if (i < 2) {
            lcf->policy[i].data = p;
            p = ngx_sprintf(p, "\"%s\";q=%ui;w=%ui",
                            i ? "sign-in" : "requests", rate[i]->burst,
                            (ngx_uint_t) ((rate[i]->interval * rate[i]->burst
                                           + 999999) / 1000000));
            lcf->policy[i].len = p - lcf->policy[i].data;
        }

        lcf->args[i][0].data = p;
        p = ngx_sprintf(p, "%uA", rate[i]->interval);
        lcf->args[i][0].len = p - lcf->args[i][0].data;

        lcf->args[i][1].data = p;
        p = ngx_sprintf(p, "%ui", rate[i]->burst);
        lcf->args[i][1].len = p - lcf->args[i][1].data;
    }

    lcf->zone = ngx_shared_memory_add(cf, &name, lcf->zone_size,
                                      &ngx_http_shop_limit_module);
    if (lcf->zone == NULL) {
        return NGX_CONF_ERROR;
    }

    lcf->zone->init = ngx_shop_limit_init_zone;

    lcf->script = ngx_shop_redis_script_add(cf, &name, &ngx_shop_limit_lua);

    if (lcf->script == NULL || ngx_shop_limit_key_init(cf, lcf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* "100r/s" or "20r/m", then burst=N (the rate's own number when left out) */

static char *
ngx_shop_limit_rate(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_rate_t  *rate = (ngx_shop_rate_t *) ((char *) conf + cmd->offset);

    size_t             len;
    ngx_int_t          n, burst;
    ngx_str_t         *value;
    ngx_atomic_uint_t  period;

    if (rate->interval) {
        return "is duplicate";
    }

    value = cf->args->elts;
    len = value[1].len;

    if (len > 3 && ngx_strncmp(value[1].data + len - 3, "r/s", 3) == 0) {
        period = 1000000;

    } else if (len > 3 && ngx_strncmp(value[1].data + len - 3, "r/m", 3) == 0)
    {
        period = 60000000;

    } else {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" wants a rate such as 100r/s or 20r/m, "
                           "not \"%V\"", &cmd->name, &value[1]);
        return NGX_CONF_ERROR;
    }

    n = ngx_atoi(value[1].data, len - 3);
    burst = n;

    if (cf->args->nelts == 3) {
        burst = NGX_ERROR;

        if (ngx_strncmp(value[2].data, "burst=", 6) == 0) {
            burst = ngx_atoi(value[2].data + 6, value[2].len - 6);
        }
    }

    if (n < 1 || n > 1000000 || burst < 1 || burst > 1000000) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\": rate and burst must be from 1 to 1000000",
                           &cmd->name);
        return NGX_CONF_ERROR;
    }

    rate->interval = period / n;
    rate->burst = burst;

    return NGX_CONF_OK;
}
