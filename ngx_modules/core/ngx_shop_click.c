/*
 * Clicks: a CloudEvents 1.0 envelope, as the relay makes for facts, for all
 * that are alike within a window, since a product that is looked at a thousand
 * times a second costs Kafka as much as a thousand products.
 */

#include <ngx_event.h>
#include "ngx_shop_click.h"
#include "ngx_shop_kafka.h"
#include "ngx_shop_uuid.h"


#define NGX_SHOP_CLICK_TOPIC    "shop.clicks"
#define NGX_SHOP_CLICK_OF       200      /* bytes of what it is about */
#define NGX_SHOP_CLICK_ESCAPE   6        /* times as long in JSON, at most */
#define NGX_SHOP_CLICK_MAX      4096     /* bytes of an envelope */
#define NGX_SHOP_CLICK_BUCKETS  512      /* a power of two */
#define NGX_SHOP_CLICK_KINDS    1000     /* counted at a time */


typedef struct ngx_shop_click_s  ngx_shop_click_t;

struct ngx_shop_click_s {
    ngx_shop_click_t         *next;      /* of its bucket */
    const ngx_shop_endpoint_t *ep;
    uint32_t                  hash;
    ngx_str_t                 store;
    ngx_str_t                 of;
    ngx_uint_t                count;
    ngx_time_t                at;        /* of the first */
};


static ngx_shop_click_t *ngx_shop_click_find(ngx_shop_request_t *sr,
    ngx_str_t *of, uint32_t hash);
static ngx_int_t ngx_shop_click_add(ngx_shop_request_t *sr, ngx_str_t *of,
    uint32_t hash);
static void ngx_shop_click_timer(ngx_event_t *ev);
static void ngx_shop_click_send(ngx_shop_click_t *click);
static u_char *ngx_shop_click_write(ngx_shop_click_t *click, u_char *p);
static u_char *ngx_shop_click_time(u_char *p, ngx_time_t *tp);


/* of this worker */
static ngx_shop_click_t  *ngx_shop_clicks[NGX_SHOP_CLICK_BUCKETS];
static ngx_uint_t         ngx_shop_click_kinds;
static ngx_pool_t        *ngx_shop_click_pool;
static ngx_event_t        ngx_shop_click_event;


void
ngx_shop_click(ngx_shop_request_t *sr)
{
    uint32_t           hash;
    ngx_str_t         *of;
    ngx_shop_click_t  *click;

    if (sr->store == NULL || sr->r->method != NGX_HTTP_GET
        || !ngx_shop_kafka_on())
    {
        return;
    }

    of = ngx_shop_path(sr, sr->ep->click_of);

    if (of == NULL) {
        of = ngx_shop_query_arg(sr, sr->ep->click_of);
    }

    if (of == NULL || of->len == 0 || of->len > NGX_SHOP_CLICK_OF) {
        return;
    }

    hash = ngx_murmur_hash2(of->data, of->len);
    click = ngx_shop_click_find(sr, of, hash);

    if (click) {
        click->count++;
        return;
    }

    if (ngx_shop_click_kinds == NGX_SHOP_CLICK_KINDS) {
        ngx_shop_click_flush();
    }

    if (ngx_shop_click_add(sr, of, hash) != NGX_OK) {
        return;
    }

    if (ngx_shop_kafka_window() == 0) {
        ngx_shop_click_flush();

    } else if (!ngx_shop_click_event.timer_set) {
        ngx_shop_click_event.handler = ngx_shop_click_timer;
        ngx_shop_click_event.data = &ngx_shop_click_event;
        ngx_shop_click_event.log = ngx_cycle->log;
        ngx_shop_click_event.cancelable = 1;

        ngx_add_timer(&ngx_shop_click_event, ngx_shop_kafka_window());
    }
}


static ngx_shop_click_t *
ngx_shop_click_find(ngx_shop_request_t *sr, ngx_str_t *of, uint32_t hash)
{
    ngx_shop_click_t  *click;

    click = ngx_shop_clicks[hash & (NGX_SHOP_CLICK_BUCKETS - 1)];

    for ( /* void */ ; click; click = click->next) {

        if (click->hash == hash && click->ep == sr->ep
            && click->of.len == of->len
            && ngx_memcmp(click->of.data, of->data, of->len) == 0
            && click->store.len == sr->store->id.len
            && ngx_memcmp(click->store.data, sr->store->id.data,
                          click->store.len)
               == 0)
        {
            return click;
        }
    }

    return NULL;
}


static ngx_int_t
ngx_shop_click_add(ngx_shop_request_t *sr, ngx_str_t *of, uint32_t hash)
{
    ngx_pool_t         *pool;
    ngx_shop_click_t   *click, **bucket;

    if (ngx_shop_click_pool == NULL) {
        ngx_shop_click_pool = ngx_create_pool(4096, ngx_cycle->log);
    }

    pool = ngx_shop_click_pool;
    click = pool ? ngx_palloc(pool, sizeof(ngx_shop_click_t)) : NULL;

    if (click == NULL) {
        return NGX_ERROR;
    }

    click->of.len = of->len;
    click->of.data = ngx_pstrdup(pool, of);
    click->store.len = sr->store->id.len;
    click->store.data = ngx_pstrdup(pool, (ngx_str_t *) &sr->store->id);

    if (click->of.data == NULL || click->store.data == NULL) {
        return NGX_ERROR;
    }

    bucket = &ngx_shop_clicks[hash & (NGX_SHOP_CLICK_BUCKETS - 1)];

    click->next = *bucket;
    click->ep = sr->ep;
    click->hash = hash;
    click->count = 1;
    click->at = *ngx_timeofday();

    *bucket = click;
    ngx_shop_click_kinds++;

    return NGX_OK;
}


static void
ngx_shop_click_timer(ngx_event_t *ev)
{
    (void) ev;

    ngx_shop_click_flush();
}


void
ngx_shop_click_flush(void)
{
    ngx_uint_t         i;
    ngx_shop_click_t  *click;

    if (ngx_shop_click_kinds == 0) {
        return;
    }

    for (i = 0; i < NGX_SHOP_CLICK_BUCKETS; i++) {

        for (click = ngx_shop_clicks[i]; click; click = click->next) {
            ngx_shop_click_send(click);
        }

        ngx_shop_clicks[i] = NULL;
    }

    ngx_shop_click_kinds = 0;
    ngx_reset_pool(ngx_shop_click_pool);
}


static void
ngx_shop_click_send(ngx_shop_click_t *click)
{
    u_char     buf[NGX_SHOP_CLICK_MAX];
    ngx_str_t  value;

    value.data = buf;
    value.len = ngx_shop_click_write(click, buf) - buf;

    if (value.len) {
        (void) ngx_shop_kafka_send(NGX_SHOP_CLICK_TOPIC, &click->of, &value);
    }
}


static u_char *
ngx_shop_click_write(ngx_shop_click_t *click, u_char *p)
{
    u_char     *last, id[NGX_SHOP_UUID_LEN + 1];
    u_char      text[NGX_SHOP_CLICK_OF * NGX_SHOP_CLICK_ESCAPE];
    ngx_str_t   subject;

    if (ngx_shop_uuid_ordered(id) != NGX_OK) {
        return p;
    }

    subject.data = text;
    subject.len = (u_char *) ngx_escape_json(text, click->of.data,
                                             click->of.len)
                  - text;

    last = p + NGX_SHOP_CLICK_MAX;

    p = ngx_slprintf(p, last, "{\"specversion\":\"1.0\",\"id\":\"%s\","
                     "\"source\":\"/stores/%V\",\"type\":\"%s\","
                     "\"subject\":\"%V\",\"time\":\"",
                     id, &click->store, click->ep->click, &subject);
    p = ngx_shop_click_time(p, &click->at);

    return ngx_slprintf(p, last, "\",\"datacontenttype\":"
                        "\"application/json\",\"data\":{\"%s\":\"%V\","
                        "\"count\":%ui}}",
                        click->ep->click_of, &subject, click->count);
}


static u_char *
ngx_shop_click_time(u_char *p, ngx_time_t *tp)
{
    ngx_tm_t  tm;

    ngx_gmtime(tp->sec, &tm);

    return ngx_sprintf(p, "%4d-%02d-%02dT%02d:%02d:%02d.%03MZ",
                       tm.ngx_tm_year, tm.ngx_tm_mon, tm.ngx_tm_mday,
                       tm.ngx_tm_hour, tm.ngx_tm_min, tm.ngx_tm_sec,
                       tp->msec);
}
