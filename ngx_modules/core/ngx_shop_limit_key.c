/*
 * Rate limits an API key: in shared memory, and writes in Redis for the whole
 * cluster as those of an address are.
 */

#include "ngx_shop_limit_conf.h"


#define NGX_SHOP_LIMIT_KEY  sizeof(uint64_t)    /* bytes of a key's id */


static void ngx_shop_limit_key_headers(ngx_shop_request_t *sr,
    const ngx_shop_quota_t *quota);
static void ngx_shop_limit_key_mirror(u_char *id);
static void ngx_shop_limit_key_mirrored(ngx_shop_redis_cmd_t *cmd);
static size_t ngx_shop_limit_key_name(u_char *name, const void *id);


ngx_int_t
ngx_shop_limit_key_init(ngx_conf_t *cf, ngx_shop_limit_conf_t *conf)
{
    u_char           *p;
    ngx_shop_rate_t  *rate;

    rate = &conf->keys;

    if (rate->interval == 0) {                   /* 50 a second, 100 */
        rate->interval = 20000;
        rate->burst = 100;
    }

    p = ngx_pnalloc(cf->pool, sizeof("\"key\";q=;w=") + 4 * NGX_INT_T_LEN);
    if (p == NULL) {
        return NGX_ERROR;
    }

    conf->key_policy.data = p;
    p = ngx_sprintf(p, "\"key\";q=%ui;w=%ui", rate->burst,
                    (ngx_uint_t) ((rate->interval * rate->burst + 999999)
                                  / 1000000));
    conf->key_policy.len = p - conf->key_policy.data;

    conf->key_args[0].data = p;
    p = ngx_sprintf(p, "%uA", rate->interval);
    conf->key_args[0].len = p - conf->key_args[0].data;

    conf->key_args[1].data = p;
    p = ngx_sprintf(p, "%ui", rate->burst);
    conf->key_args[1].len = p - conf->key_args[1].data;

    return NGX_OK;
}


ngx_int_t
ngx_shop_limit_key(ngx_shop_request_t *sr)
{
    size_t                        len;
    u_char                        id[NGX_SHOP_LIMIT_KEY];
    u_char                        name[NGX_SHOP_LIMIT_KEY + 4];
    uint32_t                      half;
    ngx_int_t                     rc;
    ngx_shop_quota_t              quota;
    const ngx_shop_limit_conf_t  *conf;

    conf = ngx_shop_limit_settings();

    if (!ngx_shop_limit_on()) {
        return NGX_OK;
    }

    /* ids are random: their ends are as good as a hash */

    half = ngx_murmur_hash2(sr->key.data, sr->key.len);
    ngx_memcpy(id, &half, sizeof(half));
    half = ngx_crc32_long(sr->key.data, sr->key.len);
    ngx_memcpy(id + sizeof(half), &half, sizeof(half));

    len = ngx_shop_limit_key_name(name, id);

    rc = ngx_shop_bucket_take(conf->zone->data, name, len, &conf->keys,
                              &quota);

    ngx_shop_limit_key_headers(sr, &quota);

    if (rc != NGX_OK) {
        return ngx_shop_limit_later(sr, quota.wait,
                                    "Too many requests with this key. "
                                    "Please wait a little.");
    }

    if (!(sr->r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_OPTIONS))) {
        ngx_shop_limit_key_mirror(id);
    }

    return NGX_OK;
}


/* of a length that no address has */

static size_t
ngx_shop_limit_key_name(u_char *name, const void *id)
{
    ngx_memcpy(name, "key:", 4);
    ngx_memcpy(name + 4, id, NGX_SHOP_LIMIT_KEY);

    return NGX_SHOP_LIMIT_KEY + 4;
}


static void
ngx_shop_limit_key_headers(ngx_shop_request_t *sr,
    const ngx_shop_quota_t *quota)
{
    ngx_str_t                     value;
    const ngx_shop_limit_conf_t  *conf;

    conf = ngx_shop_limit_settings();

    value.data = ngx_pnalloc(sr->r->pool, sizeof("\"key\";r=;t=")
                                          + 2 * NGX_INT_T_LEN);
    if (value.data == NULL) {
        return;
    }

    value.len = ngx_sprintf(value.data, "\"key\";r=%ui;t=%M",
                            quota->remaining, (quota->wait + 999) / 1000)
                - value.data;

    (void) ngx_shop_header(sr, "RateLimit-Policy",
                           (ngx_str_t *) &conf->key_policy);
    (void) ngx_shop_header(sr, "RateLimit", &value);
}


/* Nobody waits for Redis; what it answers counts from then on. */

static void
ngx_shop_limit_key_mirror(u_char *id)
{
    u_char                        *p;
    u_char                         name[sizeof("limit:{key:}")
                                        + 2 * NGX_SHOP_LIMIT_KEY];
    ngx_str_t                      argv[3];
    ngx_shop_redis_cmd_t          *cmd;
    const ngx_shop_limit_conf_t   *conf;

    conf = ngx_shop_limit_settings();

    cmd = ngx_shop_redis_alloc();
    if (cmd == NULL) {
        return;
    }

    p = ngx_cpymem(name, "limit:{key:", sizeof("limit:{key:") - 1);
    p = ngx_hex_dump(p, id, NGX_SHOP_LIMIT_KEY);
    *p++ = '}';

    argv[0].data = name;
    argv[0].len = p - name;
    argv[1] = conf->key_args[0];
    argv[2] = conf->key_args[1];

    /* it fits into the pointer */

    ngx_memcpy(&cmd->data, id, sizeof(cmd->data));
    cmd->done = ngx_shop_limit_key_mirrored;
    cmd->log = ngx_cycle->log;

    (void) ngx_shop_redis_eval(cmd, conf->script, 1, 3, argv);
}


static void
ngx_shop_limit_key_mirrored(ngx_shop_redis_cmd_t *cmd)
{
    size_t                        len;
    u_char                        name[NGX_SHOP_LIMIT_KEY + 4];
    const ngx_shop_limit_conf_t  *conf;

    if (cmd->rc != NGX_SHOP_REDIS_OK || cmd->reply->elements != 3
        || cmd->reply->element[0]->integer != 0)
    {
        return;
    }

    conf = ngx_shop_limit_settings();
    len = ngx_shop_limit_key_name(name, &cmd->data);

    ngx_shop_bucket_hold(conf->zone->data, name, len, &conf->keys,
                         (ngx_msec_t) cmd->reply->element[2]->integer);
}
