/*
 * The sandbox: a provider without a network.  The shopper decides by pressing
 * a button on the order's page; the gateway records that as the fact.
 */

#include <stdio.h>

#include "provider.h"


static shop_pay_e shop_sandbox_create(const shop_charge_t *charge,
    shop_charge_result_t *result);
static shop_pay_e shop_sandbox_done(const shop_charge_t *charge,
    shop_charge_result_t *result);
static shop_pay_e shop_sandbox_status(const shop_charge_t *charge,
    shop_charge_result_t *result);


static shop_breaker_t  shop_sandbox_breaker;

const shop_provider_t  shop_provider_sandbox = {
    "sandbox",
    shop_sandbox_create,
    shop_sandbox_done,
    shop_sandbox_done,
    shop_sandbox_done,
    shop_sandbox_status,
    &shop_sandbox_breaker
};


static shop_pay_e
shop_sandbox_create(const shop_charge_t *charge, shop_charge_result_t *result)
{
    snprintf(result->reference, sizeof(result->reference), "sandbox_%s",
             charge->payment);

    shop_buf_str(&result->action, "{\"type\":\"redirect\",\"url\":\"");
    shop_buf_printf(&result->action, "%s/orders/%s\"}",
                    charge->conf->public_url, charge->order);

    return SHOP_PAY_ACCEPTED;
}


static shop_pay_e
shop_sandbox_done(const shop_charge_t *charge, shop_charge_result_t *result)
{
    snprintf(result->reference, sizeof(result->reference), "sandbox_%s",
             charge->key);

    return SHOP_PAY_SUCCEEDED;
}


/* A call has no effect here, so that none can be left half done. */

static shop_pay_e
shop_sandbox_status(const shop_charge_t *charge, shop_charge_result_t *result)
{
    (void) charge;
    (void) result;

    return SHOP_PAY_ABSENT;
}
