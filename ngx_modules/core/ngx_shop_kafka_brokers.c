/*
 * The list of brokers, looked at when the configuration is read: the library
 * takes anything, and then only says that it reaches nobody.
 */

#include "ngx_shop_kafka.h"


char *
ngx_shop_kafka_brokers(ngx_conf_t *cf, void *post, void *data)
{
    ngx_str_t  *brokers = data;

    u_char     *p, *comma, *last;
    ngx_url_t   u;

    (void) post;

    last = brokers->data + brokers->len;

    for (p = brokers->data; /* void */; p = comma + 1) {
        comma = ngx_strlchr(p, last, ',');

        ngx_memzero(&u, sizeof(ngx_url_t));
        u.url.data = p;
        u.url.len = (comma ? comma : last) - p;
        u.default_port = 9092;
        u.no_resolve = 1;

        if (ngx_parse_url(cf->pool, &u) != NGX_OK || u.family == AF_UNIX) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "\"shop_kafka\" wants HOST:PORT,... but \"%V\""
                               " is %s", &u.url, u.err ? u.err : "a socket");
            return NGX_CONF_ERROR;
        }

        if (comma == NULL) {
            return NGX_CONF_OK;
        }
    }
}
