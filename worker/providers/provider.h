/*
 * A payment provider, seen from the worker.
 *
 * Every call gets the attempt's id as its idempotency key and comes back with
 * an outcome in at most a few seconds.  A provider holds no state of a
 * payment; that is in its row.
 */

#ifndef _SHOP_PROVIDER_H_INCLUDED_
#define _SHOP_PROVIDER_H_INCLUDED_


#include "../breaker.h"
#include "../buf.h"
#include "../shop_worker.h"


typedef enum {
    SHOP_PAY_ACCEPTED = 0,     /* known there, waits for the shopper */
    SHOP_PAY_SUCCEEDED,        /* done: captured, cancelled or refunded */
    SHOP_PAY_DECLINED,         /* refused for good */
    SHOP_PAY_RETRY,            /* answered, but later */
    SHOP_PAY_UNREACHED,        /* no answer: unknown, ask status() */
    SHOP_PAY_ABSENT            /* status() only: it never heard of it */
} shop_pay_e;

typedef struct {
    const char          *key;            /* idempotency key */
    const char          *payment;
    const char          *order;
    const char          *amount;         /* minor units */
    const char          *currency;
    const char          *reference;      /* provider's id, or NULL */
    const shop_conf_t   *conf;
} shop_charge_t;

typedef struct {
    char                 reference[128]; /* empty: unchanged */
    shop_buf_t           action;         /* JSON for the browser, or empty */
    char                 error[128];
} shop_charge_result_t;

typedef shop_pay_e (*shop_provider_pt)(const shop_charge_t *charge,
    shop_charge_result_t *result);

typedef struct {
    const char          *name;
    shop_provider_pt     create;
    shop_provider_pt     capture;
    shop_provider_pt     cancel;
    shop_provider_pt     refund;

    /* what became of an earlier call with the same key */
    shop_provider_pt     status;

    shop_breaker_t      *breaker;
} shop_provider_t;


extern const shop_provider_t  shop_provider_sandbox;


#endif /* _SHOP_PROVIDER_H_INCLUDED_ */
