/*
 * Clicks: a CloudEvents 1.0 envelope for each, as the relay makes for facts.
 */

#include "ngx_shop_click.h"
#include "ngx_shop_kafka.h"
#include "ngx_shop_uuid.h"


#define NGX_SHOP_CLICK_TOPIC  "shop.clicks"
#define NGX_SHOP_CLICK_OF     200      /* bytes of what it is about */
#define NGX_SHOP_CLICK_ESCAPE 6        /* times as long in JSON, at most */
#define NGX_SHOP_CLICK_MAX    4096     /* bytes of an envelope */


static u_char *ngx_shop_click_write(ngx_shop_request_t *sr, u_char *p,
    ngx_str_t *of);
static u_char *ngx_shop_click_time(u_char *p);


void
ngx_shop_click(ngx_shop_request_t *sr)
{
    u_char      buf[NGX_SHOP_CLICK_MAX];
    ngx_str_t  *of, key, value;

    if (sr->store == NULL || sr->r->method != NGX_HTTP_GET) {
        return;
    }

    of = ngx_shop_path(sr, sr->ep->click_of);

    if (of == NULL) {
        of = ngx_shop_query_arg(sr, sr->ep->click_of);
    }

    if (of == NULL || of->len == 0 || of->len > NGX_SHOP_CLICK_OF) {
        return;
    }

    key = *of;
    value.data = buf;
    value.len = ngx_shop_click_write(sr, buf, of) - buf;

    if (value.len == 0) {
        return;
    }

    (void) ngx_shop_kafka_send(NGX_SHOP_CLICK_TOPIC, &key, &value);
}


static u_char *
ngx_shop_click_write(ngx_shop_request_t *sr, u_char *p, ngx_str_t *of)
{
    u_char     *last, id[NGX_SHOP_UUID_LEN + 1];
    u_char      text[NGX_SHOP_CLICK_OF * NGX_SHOP_CLICK_ESCAPE];
    ngx_str_t   subject;

    if (ngx_shop_uuid_ordered(id) != NGX_OK) {
        return p;
    }

    subject.data = text;
    subject.len = (u_char *) ngx_escape_json(text, of->data, of->len) - text;

    last = p + NGX_SHOP_CLICK_MAX;

    p = ngx_slprintf(p, last, "{\"specversion\":\"1.0\",\"id\":\"%s\","
                     "\"source\":\"/stores/%V\",\"type\":\"%s\","
                     "\"subject\":\"%V\",\"time\":\"",
                     id, &sr->store->id, sr->ep->click, &subject);
    p = ngx_shop_click_time(p);

    return ngx_slprintf(p, last, "\",\"datacontenttype\":"
                        "\"application/json\",\"data\":{\"%s\":\"%V\"}}",
                        sr->ep->click_of, &subject);
}


static u_char *
ngx_shop_click_time(u_char *p)
{
    ngx_tm_t     tm;
    ngx_time_t  *tp;

    tp = ngx_timeofday();
    ngx_gmtime(tp->sec, &tm);

    return ngx_sprintf(p, "%4d-%02d-%02dT%02d:%02d:%02d.%03MZ",
                       tm.ngx_tm_year, tm.ngx_tm_mon, tm.ngx_tm_mday,
                       tm.ngx_tm_hour, tm.ngx_tm_min, tm.ngx_tm_sec,
                       tp->msec);
}
