/*
 * Identity of a request: X-Request-Id and W3C trace context.  Knows no
 * request.
 */

#ifndef _NGX_SHOP_TRACE_H_INCLUDED_
#define _NGX_SHOP_TRACE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_REQUEST_ID_LEN   32     /* of one made here */
#define NGX_SHOP_REQUEST_ID_MAX   128    /* of one that is accepted */
#define NGX_SHOP_TRACEPARENT_LEN  55
#define NGX_SHOP_TRACE_ID_LEN     32
#define NGX_SHOP_SPAN_ID_LEN      16


/* 1 if an incoming X-Request-Id may be taken over. */
ngx_uint_t ngx_shop_trace_sane_id(const ngx_str_t *id);

/* 1 if the header is a traceparent that can be continued (version 00, or a
   later one with at least its fields). */
ngx_uint_t ngx_shop_trace_parse(const ngx_str_t *header);

/* Writes n lower-case hex digits of a fast generator, seeded a worker from
   the kernel: unique, not secret. */
u_char *ngx_shop_trace_random(u_char *dst, size_t n);

/* Continues a parsed traceparent with a span of our own: writes
   NGX_SHOP_TRACEPARENT_LEN bytes and returns their end. */
u_char *ngx_shop_trace_continue(u_char *dst, const ngx_str_t *header);


#endif /* _NGX_SHOP_TRACE_H_INCLUDED_ */
