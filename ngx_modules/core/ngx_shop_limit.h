/*
 * Rate limits an address: every request in shared memory, writes mirrored in
 * Redis for the whole cluster, sign-ins decided by Redis.  Redis down: the
 * limits it keeps are open.
 */

#ifndef _NGX_SHOP_LIMIT_H_INCLUDED_
#define _NGX_SHOP_LIMIT_H_INCLUDED_


#include "ngx_shop_endpoint.h"


typedef void (*ngx_shop_limit_resume_pt)(ngx_shop_request_t *sr);

/* NGX_OK: go on.  NGX_DONE: 429 was answered.  NGX_AGAIN: Redis is asked, and
   resume() is called once, unless the request dies or is refused. */
ngx_int_t ngx_shop_limit_check(ngx_shop_request_t *sr,
    ngx_shop_limit_resume_pt resume);

/* The same for sr->key, without ever waiting. */
ngx_int_t ngx_shop_limit_key(ngx_shop_request_t *sr);

/* For programs that sign in by a secret of their own (OAuth clients): wrong
   ones are counted an address, as often as sign-ins may be tried.  NGX_OK, or
   NGX_DONE: 429 was answered, because there were too many. */
ngx_int_t ngx_shop_limit_guesses(ngx_shop_request_t *sr);
void ngx_shop_limit_guessed(ngx_shop_request_t *sr);

/* 1 unless "shop_limits off". */
ngx_uint_t ngx_shop_limit_on(void);


#endif /* _NGX_SHOP_LIMIT_H_INCLUDED_ */
