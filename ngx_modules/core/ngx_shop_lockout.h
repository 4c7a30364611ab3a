/*
 * Lockout of an account that somebody guesses at: attempts are counted in
 * Redis by a hash of what names the account, whether there is one or not.
 * Beyond the allowed number each further one has to wait, longer every time.
 * Limits off or Redis down: nothing is counted.
 */

#ifndef _NGX_SHOP_LOCKOUT_H_INCLUDED_
#define _NGX_SHOP_LOCKOUT_H_INCLUDED_


#include "ngx_shop_endpoint.h"


/*
 * Counts an attempt before it is checked, so that many at once are no way
 * around it; then next(), or 429 with Retry-After.  What it returns is a
 * handler's to return.  subject is compared without case.
 */
ngx_int_t ngx_shop_lockout_try(ngx_shop_request_t *sr, ngx_str_t *subject,
    ngx_shop_handler_pt next);

/* The attempt was right, or the account's owner proved it otherwise. */
void ngx_shop_lockout_forget(ngx_str_t *subject);

/* The attempt could not be checked after all. */
void ngx_shop_lockout_undo(ngx_str_t *subject);


#endif /* _NGX_SHOP_LOCKOUT_H_INCLUDED_ */
