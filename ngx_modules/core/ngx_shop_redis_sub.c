/*
 * Subscriptions: a channel is subscribed at the server once a worker, however
 * many requests listen to it here.
 */

#include "ngx_shop_redis_conn.h"


#define NGX_SHOP_REDIS_PING   10000   /* ms between heartbeats */


typedef struct {
    ngx_str_node_t           sn;      /* the channel's name */
    ngx_queue_t              subs;    /* of ngx_shop_redis_sub_t */
    ngx_uint_t               asked;   /* SUBSCRIBE sent, confirmations due */
    unsigned                 ready:1;
} ngx_shop_redis_channel_t;


static ngx_shop_redis_channel_t *ngx_shop_redis_channel(ngx_str_t *name);
static ngx_int_t ngx_shop_redis_sub_send(const char *verb, ngx_str_t *name);
static void ngx_shop_redis_sub_confirmed(ngx_shop_redis_channel_t *ch);
static void ngx_shop_redis_sub_each(ngx_shop_redis_channel_t *ch,
    ngx_uint_t what, ngx_str_t *message);
static void ngx_shop_redis_sub_ping(ngx_event_t *ev);
static void ngx_shop_redis_sub_ready(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_sub_reply(ngx_shop_redis_conn_t *rc,
    redisReply *reply);
static void ngx_shop_redis_sub_lost(ngx_shop_redis_conn_t *rc);
static void ngx_shop_redis_sub_walk(ngx_rbtree_node_t *node,
    void (*visit)(ngx_shop_redis_channel_t *ch));
static void ngx_shop_redis_sub_again(ngx_shop_redis_channel_t *ch);
static void ngx_shop_redis_sub_tell_lost(ngx_shop_redis_channel_t *ch);


/* of this worker */
static ngx_shop_redis_conn_t  ngx_shop_redis_sub_conn;
static ngx_rbtree_t           ngx_shop_redis_channels;
static ngx_rbtree_node_t      ngx_shop_redis_sentinel;
static ngx_event_t            ngx_shop_redis_heart;
static ngx_uint_t             ngx_shop_redis_beats;   /* unanswered */

/* a walk over the subscribers of a channel, while one goes on */
static ngx_shop_redis_channel_t  *ngx_shop_redis_walked;
static ngx_queue_t               *ngx_shop_redis_next;


ngx_int_t
ngx_shop_redis_sub_start(const ngx_shop_redis_conf_t *conf)
{
    ngx_rbtree_init(&ngx_shop_redis_channels, &ngx_shop_redis_sentinel,
                    ngx_str_rbtree_insert_value);

    ngx_shop_redis_heart.handler = ngx_shop_redis_sub_ping;
    ngx_shop_redis_heart.data = &ngx_shop_redis_sub_conn;
    ngx_shop_redis_heart.log = ngx_cycle->log;
    ngx_shop_redis_heart.cancelable = 1;

    ngx_shop_redis_sub_conn.conf = conf;
    ngx_shop_redis_sub_conn.name = "redis: subscriber";
    ngx_shop_redis_sub_conn.ready = ngx_shop_redis_sub_ready;
    ngx_shop_redis_sub_conn.reply = ngx_shop_redis_sub_reply;
    ngx_shop_redis_sub_conn.lost = ngx_shop_redis_sub_lost;

    ngx_shop_redis_conn_open(&ngx_shop_redis_sub_conn);

    return NGX_OK;
}


void
ngx_shop_redis_sub_stop(void)
{
    if (ngx_shop_redis_heart.timer_set) {
        ngx_del_timer(&ngx_shop_redis_heart);
    }

    ngx_shop_redis_conn_exit(&ngx_shop_redis_sub_conn);
}


ngx_uint_t
ngx_shop_redis_sub_up(void)
{
    return ngx_shop_redis_sub_conn.state == NGX_SHOP_REDIS_READY;
}


ngx_int_t
ngx_shop_redis_subscribe(ngx_shop_redis_sub_t *sub)
{
    uint32_t                   hash;
    ngx_shop_redis_channel_t  *ch;

    if (ngx_shop_redis_sub_conn.conf == NULL) {
        return NGX_DECLINED;
    }

    hash = ngx_crc32_short(sub->channel.data, sub->channel.len);
    ch = (ngx_shop_redis_channel_t *)
             ngx_str_rbtree_lookup(&ngx_shop_redis_channels, &sub->channel,
                                   hash);

    if (ch == NULL) {
        ch = ngx_shop_redis_channel(&sub->channel);
        if (ch == NULL) {
            return NGX_ERROR;
        }
    }

    /* a channel that nobody listened to any more may still be here, waiting
       for its confirmation: the server was told to unsubscribe it */

    if (ngx_queue_empty(&ch->subs)
        && ngx_shop_redis_sub_conn.state == NGX_SHOP_REDIS_READY)
    {
        ch->ready = 0;
        ngx_shop_redis_sub_again(ch);
    }

    sub->node = ch;
    ngx_queue_insert_tail(&ch->subs, &sub->queue);

    /* AGAIN: not confirmed yet, SUB_READY follows */

    return ch->ready ? NGX_OK : NGX_AGAIN;
}


static ngx_shop_redis_channel_t *
ngx_shop_redis_channel(ngx_str_t *name)
{
    ngx_shop_redis_channel_t  *ch;

    ch = ngx_calloc(sizeof(ngx_shop_redis_channel_t) + name->len,
                    ngx_cycle->log);
    if (ch == NULL) {
        return NULL;
    }

    ch->sn.str.len = name->len;
    ch->sn.str.data = (u_char *) ch + sizeof(ngx_shop_redis_channel_t);
    ngx_memcpy(ch->sn.str.data, name->data, name->len);
    ch->sn.node.key = ngx_crc32_short(name->data, name->len);
    ngx_queue_init(&ch->subs);
    ngx_rbtree_insert(&ngx_shop_redis_channels, &ch->sn.node);

    return ch;
}


void
ngx_shop_redis_unsubscribe(ngx_shop_redis_sub_t *sub)
{
    ngx_shop_redis_channel_t  *ch = sub->node;

    if (ch == NULL) {
        return;
    }

    if (ngx_shop_redis_next == &sub->queue) {
        ngx_shop_redis_next = ngx_queue_next(&sub->queue);
    }

    ngx_queue_remove(&sub->queue);
    sub->node = NULL;

    if (!ngx_queue_empty(&ch->subs)) {
        return;
    }

    /* a channel with a confirmation under way is freed when that arrives */

    if (ngx_shop_redis_sub_conn.state == NGX_SHOP_REDIS_READY) {
        (void) ngx_shop_redis_sub_send("UNSUBSCRIBE", &ch->sn.str);
        ch->ready = 0;
    }

    if (ch->asked || ch == ngx_shop_redis_walked) {
        return;
    }

    ngx_rbtree_delete(&ngx_shop_redis_channels, &ch->sn.node);
    ngx_free(ch);
}


static ngx_int_t
ngx_shop_redis_sub_send(const char *verb, ngx_str_t *name)
{
    int          n, rc;
    char        *wire;
    size_t       len[2];
    const char  *argv[2];

    argv[0] = verb;
    len[0] = ngx_strlen(verb);
    n = 1;

    if (name) {
        argv[1] = (const char *) name->data;
        len[1] = name->len;
        n = 2;
    }

    n = redisFormatCommandArgv(&wire, n, argv, len);
    if (n < 0) {
        return NGX_ERROR;
    }

    rc = ngx_shop_redis_conn_send(&ngx_shop_redis_sub_conn, wire, n);
    redisFreeCommand(wire);

    return rc;
}


static void
ngx_shop_redis_sub_again(ngx_shop_redis_channel_t *ch)
{
    if (ngx_shop_redis_sub_send("SUBSCRIBE", &ch->sn.str) == NGX_OK) {
        ch->asked++;
        return;
    }

    ngx_shop_redis_conn_close(&ngx_shop_redis_sub_conn, "no memory");
}


static void
ngx_shop_redis_sub_reply(ngx_shop_redis_conn_t *rc, redisReply *reply)
{
    uint32_t                   hash;
    ngx_str_t                  name, message;
    redisReply               **e;
    ngx_shop_redis_channel_t  *ch;

    ngx_shop_redis_beats = 0;              /* whatever it is, it lives */

    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 3) {
        freeReplyObject(reply);            /* the answer to PING */
        return;
    }

    e = reply->element;

    if (e[0]->type != REDIS_REPLY_STRING || e[1]->type != REDIS_REPLY_STRING) {
        freeReplyObject(reply);
        ngx_shop_redis_conn_close(rc, "not a message");
        return;
    }

    name.data = (u_char *) e[1]->str;
    name.len = e[1]->len;
    hash = ngx_crc32_short(name.data, name.len);
    ch = (ngx_shop_redis_channel_t *)
             ngx_str_rbtree_lookup(&ngx_shop_redis_channels, &name, hash);

    if (ch == NULL) {
        /* unsubscribed meanwhile */

    } else if (e[0]->str[0] == 's') {
        ngx_shop_redis_sub_confirmed(ch);

    } else if (e[0]->str[0] == 'm' && e[2]->type == REDIS_REPLY_STRING
               && ch->ready)
    {
        message.data = (u_char *) e[2]->str;
        message.len = e[2]->len;
        ngx_shop_redis_sub_each(ch, NGX_SHOP_SUB_MESSAGE, &message);
    }

    freeReplyObject(reply);
}


static void
ngx_shop_redis_sub_confirmed(ngx_shop_redis_channel_t *ch)
{
    if (ch->asked) {
        ch->asked--;
    }

    if (ch->asked) {
        return;
    }

    if (ngx_queue_empty(&ch->subs)) {
        ngx_rbtree_delete(&ngx_shop_redis_channels, &ch->sn.node);
        ngx_free(ch);
        return;
    }

    ch->ready = 1;
    ngx_shop_redis_sub_each(ch, NGX_SHOP_SUB_READY, NULL);
}


/* Handlers may unsubscribe themselves or others while the walk goes on. */

static void
ngx_shop_redis_sub_each(ngx_shop_redis_channel_t *ch, ngx_uint_t what,
    ngx_str_t *message)
{
    ngx_queue_t           *q;
    ngx_shop_redis_sub_t  *sub;

    ngx_shop_redis_walked = ch;

    for (q = ngx_queue_head(&ch->subs);
         q != ngx_queue_sentinel(&ch->subs);
         q = ngx_shop_redis_next)
    {
        ngx_shop_redis_next = ngx_queue_next(q);
        sub = ngx_queue_data(q, ngx_shop_redis_sub_t, queue);
        sub->handler(sub, what, message);
    }

    ngx_shop_redis_walked = NULL;
    ngx_shop_redis_next = NULL;

    if (ngx_queue_empty(&ch->subs) && ch->asked == 0) {
        ngx_rbtree_delete(&ngx_shop_redis_channels, &ch->sn.node);
        ngx_free(ch);
    }
}


static void
ngx_shop_redis_sub_ping(ngx_event_t *ev)
{
    ngx_shop_redis_conn_t  *rc = ev->data;

    if (ngx_shop_redis_beats > 1) {
        ngx_shop_redis_beats = 0;
        ngx_shop_redis_conn_close(rc, "no heartbeat");
        return;
    }

    if (ngx_shop_redis_sub_send("PING", NULL) == NGX_OK) {
        ngx_shop_redis_beats++;
    }

    ngx_add_timer(ev, NGX_SHOP_REDIS_PING);
}


static void
ngx_shop_redis_sub_walk(ngx_rbtree_node_t *node,
    void (*visit)(ngx_shop_redis_channel_t *ch))
{
    if (node == &ngx_shop_redis_sentinel) {
        return;
    }

    ngx_shop_redis_sub_walk(node->left, visit);
    ngx_shop_redis_sub_walk(node->right, visit);
    visit((ngx_shop_redis_channel_t *) node);
}


static void
ngx_shop_redis_sub_ready(ngx_shop_redis_conn_t *rc)
{
    (void) rc;

    ngx_shop_redis_beats = 0;
    ngx_add_timer(&ngx_shop_redis_heart, NGX_SHOP_REDIS_PING);
    ngx_shop_redis_sub_walk(ngx_shop_redis_channels.root,
                            ngx_shop_redis_sub_again);
}


static void
ngx_shop_redis_sub_tell_lost(ngx_shop_redis_channel_t *ch)
{
    ngx_uint_t  ready;

    ready = ch->ready;
    ch->ready = 0;
    ch->asked = 0;

    if (ready || ngx_queue_empty(&ch->subs)) {
        ch->asked = 1;                     /* keeps it through the walk */
        ngx_shop_redis_sub_each(ch, NGX_SHOP_SUB_LOST, NULL);
        ch->asked = 0;
    }
}


static void
ngx_shop_redis_sub_lost(ngx_shop_redis_conn_t *rc)
{
    (void) rc;

    if (ngx_shop_redis_heart.timer_set) {
        ngx_del_timer(&ngx_shop_redis_heart);
    }

    ngx_shop_redis_sub_walk(ngx_shop_redis_channels.root,
                            ngx_shop_redis_sub_tell_lost);
}
