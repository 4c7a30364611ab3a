/*
 * Deadlines of many short operations: to add and to remove one is a list
 * operation, and one timer serves them all.  A deadline is kept to within
 * NGX_SHOP_WHEEL_STEP; nothing ticks while the wheel is empty.
 *
 * The timer is not cancelable: a worker that exits stays until the requests
 * that wait for a deadline are answered.
 */

#ifndef _NGX_SHOP_WHEEL_H_INCLUDED_
#define _NGX_SHOP_WHEEL_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_WHEEL_STEP  20      /* milliseconds */

typedef struct ngx_shop_wheel_node_s  ngx_shop_wheel_node_t;
typedef void (*ngx_shop_wheel_pt)(ngx_shop_wheel_node_t *node);

struct ngx_shop_wheel_node_s {
    ngx_queue_t              queue;
    ngx_msec_t               at;
    ngx_shop_wheel_pt        expired;    /* the node is off the wheel */
    unsigned                 on:1;
};


void ngx_shop_wheel_add(ngx_shop_wheel_node_t *node, ngx_msec_t at,
    ngx_shop_wheel_pt expired);
void ngx_shop_wheel_del(ngx_shop_wheel_node_t *node);


#endif /* _NGX_SHOP_WHEEL_H_INCLUDED_ */
