/* A timer that belongs to no connection. */

#include "ngx_shop_timer.h"


static ngx_connection_t  ngx_shop_timer_none = { .fd = (ngx_socket_t) -1 };


void
ngx_shop_timer_init(ngx_event_t *ev, ngx_event_handler_pt handler,
    ngx_log_t *log)
{
    ev->handler = handler;
    ev->data = &ngx_shop_timer_none;
    ev->log = log;
}
