/*
 * Clicks: what is looked at and searched for, told to Kafka, without a name.
 * Those that are alike within a moment are one event with their number.
 */

#ifndef _NGX_SHOP_CLICK_H_INCLUDED_
#define _NGX_SHOP_CLICK_H_INCLUDED_


#include "ngx_shop_engine.h"


/* After an answer that was no error: counts what the row's click says. */
void ngx_shop_click(ngx_shop_request_t *sr);

/* Sends what was counted; before a worker exits, and at the end of a window. */
void ngx_shop_click_flush(void);


#endif /* _NGX_SHOP_CLICK_H_INCLUDED_ */
