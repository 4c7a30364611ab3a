/*
 * Commands to Redis: replies come in the order of the commands, so those in
 * flight are a queue.
 */

#include "ngx_shop_redis_conn.h"


/* states of a command */
#define NGX_SHOP_REDIS_CMD_NEW      0
#define NGX_SHOP_REDIS_CMD_SENT     1
#define NGX_SHOP_REDIS_CMD_LOADING  2    /* a NOSCRIPT is being mended */
#define NGX_SHOP_REDIS_CMD_SKIP     3    /* answered; its reply is dropped */


static ngx_int_t ngx_shop_redis_submit(ngx_shop_redis_cmd_t *cmd,
    ngx_uint_t argc, const char **argv, const size_t *len);
static void ngx_shop_redis_complete(ngx_shop_redis_cmd_t *cmd, ngx_uint_t rc,
    redisReply *reply);
static void ngx_shop_redis_release(ngx_shop_redis_cmd_t *cmd);
static ngx_int_t ngx_shop_redis_mend(ngx_shop_redis_cmd_t *cmd,
    redisReply *reply);
static void ngx_shop_redis_timeout(ngx_event_t *ev);
static void ngx_shop_redis_on_ready(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_on_reply(ngx_shop_redis_conn_t *rc,
    redisReply *reply);
static void ngx_shop_redis_on_lost(ngx_shop_redis_conn_t *rc);


/* of this worker */
static ngx_shop_redis_conn_t  ngx_shop_redis_conn;
static ngx_queue_t            ngx_shop_redis_flight;
static ngx_queue_t            ngx_shop_redis_idle;   /* free commands */
static ngx_uint_t             ngx_shop_redis_pending;


ngx_int_t
ngx_shop_redis_start(const ngx_shop_redis_conf_t *conf)
{
    ngx_queue_init(&ngx_shop_redis_flight);
    ngx_queue_init(&ngx_shop_redis_idle);

    ngx_shop_redis_conn.conf = conf;
    ngx_shop_redis_conn.name = "redis";
    ngx_shop_redis_conn.scripts = 1;
    ngx_shop_redis_conn.ready = ngx_shop_redis_on_ready;
    ngx_shop_redis_conn.reply = ngx_shop_redis_on_reply;
    ngx_shop_redis_conn.lost = ngx_shop_redis_on_lost;

    ngx_shop_redis_conn_open(&ngx_shop_redis_conn);

    return NGX_OK;
}


void
ngx_shop_redis_stop(void)
{
    ngx_queue_t           *q;
    ngx_shop_redis_cmd_t  *cmd;

    ngx_shop_redis_conn_exit(&ngx_shop_redis_conn);

    while (!ngx_queue_empty(&ngx_shop_redis_flight)) {
        q = ngx_queue_head(&ngx_shop_redis_flight);
        cmd = ngx_queue_data(q, ngx_shop_redis_cmd_t, queue);
        cmd->detached = 1;
        ngx_queue_remove(q);
        ngx_shop_redis_release(cmd);
    }

    while (!ngx_queue_empty(&ngx_shop_redis_idle)) {
        q = ngx_queue_head(&ngx_shop_redis_idle);
        ngx_queue_remove(q);
        ngx_free(ngx_queue_data(q, ngx_shop_redis_cmd_t, queue));
    }
}


ngx_uint_t
ngx_shop_redis_up(void)
{
    return ngx_shop_redis_conn.state == NGX_SHOP_REDIS_READY;
}


ngx_shop_redis_cmd_t *
ngx_shop_redis_alloc(void)
{
    ngx_queue_t           *q;
    ngx_shop_redis_cmd_t  *cmd;

    if (ngx_shop_redis_conn.conf == NULL) {
        return NULL;
    }

    if (ngx_queue_empty(&ngx_shop_redis_idle)) {
        cmd = ngx_alloc(sizeof(ngx_shop_redis_cmd_t), ngx_cycle->log);

    } else {
        q = ngx_queue_head(&ngx_shop_redis_idle);
        ngx_queue_remove(q);
        cmd = ngx_queue_data(q, ngx_shop_redis_cmd_t, queue);
    }

    if (cmd) {
        ngx_memzero(cmd, sizeof(ngx_shop_redis_cmd_t));
    }

    return cmd;
}


void
ngx_shop_redis_free(ngx_shop_redis_cmd_t *cmd)
{
    ngx_queue_insert_head(&ngx_shop_redis_idle, &cmd->queue);
}


ngx_int_t
ngx_shop_redis_command(ngx_shop_redis_cmd_t *cmd, ngx_uint_t argc,
    ngx_str_t *argv)
{
    size_t       len[NGX_SHOP_REDIS_ARGS];
    ngx_uint_t   i;
    const char  *arg[NGX_SHOP_REDIS_ARGS];

    if (argc > NGX_SHOP_REDIS_ARGS) {
        ngx_shop_redis_free(cmd);
        return NGX_DECLINED;
    }

    for (i = 0; i < argc; i++) {
        arg[i] = (const char *) argv[i].data;
        len[i] = argv[i].len;
    }

    return ngx_shop_redis_submit(cmd, argc, arg, len);
}


ngx_int_t
ngx_shop_redis_eval(ngx_shop_redis_cmd_t *cmd,
    ngx_shop_redis_script_t *script, ngx_uint_t nkeys, ngx_uint_t argc,
    ngx_str_t *argv)
{
    size_t       len[NGX_SHOP_REDIS_ARGS];
    u_char       keys[NGX_INT_T_LEN];
    ngx_uint_t   i;
    const char  *arg[NGX_SHOP_REDIS_ARGS];

    if (argc + 3 > NGX_SHOP_REDIS_ARGS) {
        ngx_shop_redis_free(cmd);
        return NGX_DECLINED;
    }

    arg[0] = "EVALSHA";
    len[0] = sizeof("EVALSHA") - 1;
    arg[1] = (const char *) script->sha;
    len[1] = 40;
    arg[2] = (const char *) keys;
    len[2] = ngx_sprintf(keys, "%ui", nkeys) - keys;

    for (i = 0; i < argc; i++) {
        arg[i + 3] = (const char *) argv[i].data;
        len[i + 3] = argv[i].len;
    }

    cmd->script = script;

    return ngx_shop_redis_submit(cmd, argc + 3, arg, len);
}


static ngx_int_t
ngx_shop_redis_submit(ngx_shop_redis_cmd_t *cmd, ngx_uint_t argc,
    const char **argv, const size_t *len)
{
    int                     n;
    char                   *wire;
    ngx_shop_redis_conn_t  *rc = &ngx_shop_redis_conn;

    if (!ngx_shop_redis_conn_open_for_work(rc)
        || ngx_shop_redis_pending >= rc->conf->pending)
    {
        ngx_shop_redis_free(cmd);
        return NGX_DECLINED;
    }

    n = redisFormatCommandArgv(&wire, (int) argc, argv, len);
    if (n < 0) {
        ngx_shop_redis_free(cmd);
        return NGX_DECLINED;
    }

    if (ngx_shop_redis_conn_send(rc, wire, n) != NGX_OK) {
        redisFreeCommand(wire);
        ngx_shop_redis_free(cmd);
        return NGX_DECLINED;
    }

    if (cmd->script) {                      /* kept for a NOSCRIPT */
        cmd->packed.data = (u_char *) wire;
        cmd->packed.len = n;

    } else {
        redisFreeCommand(wire);
    }

    ngx_queue_insert_tail(&ngx_shop_redis_flight, &cmd->queue);
    ngx_shop_redis_pending++;
    cmd->state = NGX_SHOP_REDIS_CMD_SENT;

    cmd->timer.handler = ngx_shop_redis_timeout;
    cmd->timer.data = cmd;
    cmd->timer.log = ngx_cycle->log;

    /* not cancelable: an exiting worker waits for its requests */

    ngx_add_timer(&cmd->timer, cmd->timeout ? cmd->timeout
                                            : rc->conf->timeout);

    return NGX_OK;
}


void
ngx_shop_redis_detach(ngx_shop_redis_cmd_t *cmd)
{
    cmd->detached = 1;
}


static void
ngx_shop_redis_complete(ngx_shop_redis_cmd_t *cmd, ngx_uint_t rc,
    redisReply *reply)
{
    if (cmd->timer.timer_set) {
        ngx_del_timer(&cmd->timer);
    }

    if (cmd->detached) {
        return;
    }

    cmd->detached = 1;                              /* once */
    cmd->rc = rc;
    cmd->reply = reply;
    cmd->done(cmd);
    cmd->reply = NULL;
}


static void
ngx_shop_redis_release(ngx_shop_redis_cmd_t *cmd)
{
    if (cmd->timer.timer_set) {
        ngx_del_timer(&cmd->timer);
    }

    if (cmd->packed.data) {
        redisFreeCommand((char *) cmd->packed.data);
    }

    ngx_shop_redis_pending--;
    ngx_shop_redis_free(cmd);
}


static void
ngx_shop_redis_on_reply(ngx_shop_redis_conn_t *rc, redisReply *reply)
{
    ngx_queue_t           *q;
    ngx_shop_redis_cmd_t  *cmd;

    if (ngx_queue_empty(&ngx_shop_redis_flight)) {
        freeReplyObject(reply);
        ngx_shop_redis_conn_close(rc, "an answer that nobody asked for");
        return;
    }

    q = ngx_queue_head(&ngx_shop_redis_flight);
    cmd = ngx_queue_data(q, ngx_shop_redis_cmd_t, queue);

    if (ngx_shop_redis_mend(cmd, reply) == NGX_AGAIN) {
        freeReplyObject(reply);
        return;
    }

    ngx_queue_remove(q);

    ngx_shop_redis_complete(cmd, reply->type == REDIS_REPLY_ERROR
                                 ? NGX_SHOP_REDIS_ERROR : NGX_SHOP_REDIS_OK,
                            reply);
    freeReplyObject(reply);
    ngx_shop_redis_release(cmd);
}


/* The scripts are loaded at connect; SCRIPT FLUSH can still take them away.
   Then the script and the command are sent again, behind what is in flight;
   NGX_AGAIN: the reply was consumed. */

static ngx_int_t
ngx_shop_redis_mend(ngx_shop_redis_cmd_t *cmd, redisReply *reply)
{
    int          n;
    char        *wire;
    size_t       len[3];
    const char  *argv[3];

    if (cmd->state == NGX_SHOP_REDIS_CMD_LOADING) {
        /* the answer to SCRIPT LOAD; the command's own comes next */
        cmd->state = NGX_SHOP_REDIS_CMD_SKIP;
        return NGX_AGAIN;
    }

    if (cmd->script == NULL || cmd->state != NGX_SHOP_REDIS_CMD_SENT
        || reply->type != REDIS_REPLY_ERROR
        || ngx_strncmp(reply->str, "NOSCRIPT", 8) != 0)
    {
        return NGX_OK;
    }

    argv[0] = "SCRIPT";
    len[0] = 6;
    argv[1] = "LOAD";
    len[1] = 4;
    argv[2] = (const char *) cmd->script->text.data;
    len[2] = cmd->script->text.len;

    n = redisFormatCommandArgv(&wire, 3, argv, len);
    if (n < 0) {
        return NGX_OK;
    }

    if (ngx_shop_redis_conn_send(&ngx_shop_redis_conn, wire, n) != NGX_OK
        || ngx_shop_redis_conn_send(&ngx_shop_redis_conn,
                                    (char *) cmd->packed.data,
                                    cmd->packed.len)
           != NGX_OK)
    {
        redisFreeCommand(wire);
        ngx_shop_redis_conn_close(&ngx_shop_redis_conn, "no memory");
        return NGX_OK;
    }

    redisFreeCommand(wire);
    cmd->state = NGX_SHOP_REDIS_CMD_LOADING;
    ngx_queue_remove(&cmd->queue);
    ngx_queue_insert_tail(&ngx_shop_redis_flight, &cmd->queue);

    return NGX_AGAIN;
}


/* The caller is told; the command keeps its place until its reply comes.  A
   server that answers too late is taken for dead. */

static void
ngx_shop_redis_timeout(ngx_event_t *ev)
{
    ngx_shop_redis_cmd_t  *cmd = ev->data;

    ngx_shop_redis_complete(cmd, NGX_SHOP_REDIS_UNKNOWN, NULL);
    ngx_shop_redis_conn_close(&ngx_shop_redis_conn,
                              "no answer within the deadline");
}


static void
ngx_shop_redis_on_ready(ngx_shop_redis_conn_t *rc)
{
    (void) rc;
}


static void
ngx_shop_redis_on_lost(ngx_shop_redis_conn_t *rc)
{
    ngx_queue_t            lost, *q;
    ngx_shop_redis_cmd_t  *cmd;

    (void) rc;

    /* done() may submit anew: work on a list of its own */

    ngx_queue_init(&lost);

    if (!ngx_queue_empty(&ngx_shop_redis_flight)) {
        ngx_queue_add(&lost, &ngx_shop_redis_flight);
        ngx_queue_init(&ngx_shop_redis_flight);
    }

    while (!ngx_queue_empty(&lost)) {
        q = ngx_queue_head(&lost);
        ngx_queue_remove(q);
        cmd = ngx_queue_data(q, ngx_shop_redis_cmd_t, queue);

        ngx_shop_redis_complete(cmd, NGX_SHOP_REDIS_UNKNOWN, NULL);
        ngx_shop_redis_release(cmd);
    }
}
