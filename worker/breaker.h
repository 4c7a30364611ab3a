/*
 * A circuit breaker for one outside endpoint.
 *
 * It counts failures to reach the endpoint, not refusals.  After some in a row
 * it opens: nothing is sent for a while, which doubles each time.  Then one
 * call is let through; it closes the breaker or opens it again.  A breaker is
 * used by one thread; others only read whether it is open.
 */

#ifndef _SHOP_BREAKER_H_INCLUDED_
#define _SHOP_BREAKER_H_INCLUDED_


#include "shop_worker.h"


typedef struct shop_breaker_s  shop_breaker_t;

struct shop_breaker_s {
    const char          *name;
    int                  failures;       /* in a row */
    int                  opened;         /* times in a row */
    int64_t              until;          /* shop_now_ms() */
    atomic_int           open;
    shop_breaker_t      *next;
};


/* Registers; before the first thread starts. */
void shop_breaker_add(shop_breaker_t *br, const char *name);
const shop_breaker_t *shop_breakers(void);

/* How many calls may be made now: 0, 1 (a probe) or max. */
int shop_breaker_allows(shop_breaker_t *br, int max);

/* What came of a call: reached is 0 when the endpoint was not. */
void shop_breaker_result(shop_breaker_t *br, int reached);


#endif /* _SHOP_BREAKER_H_INCLUDED_ */
