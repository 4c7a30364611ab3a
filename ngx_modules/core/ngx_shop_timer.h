/*
 * A timer that belongs to no connection.  nginx's debug log tells of each
 * timer the socket that it belongs to, and so asks its data for one.
 */

#ifndef _NGX_SHOP_TIMER_H_INCLUDED_
#define _NGX_SHOP_TIMER_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_event.h>


/* Makes a timer of a worker's own; its handler finds no data in it. */
void ngx_shop_timer_init(ngx_event_t *ev, ngx_event_handler_pt handler,
    ngx_log_t *log);


#endif /* _NGX_SHOP_TIMER_H_INCLUDED_ */
