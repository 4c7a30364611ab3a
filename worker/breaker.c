#include "breaker.h"


#define SHOP_BREAKER_FAILURES    5
#define SHOP_BREAKER_BASE        2000
#define SHOP_BREAKER_MAX         120000


static shop_breaker_t  *shop_breaker_list;


void
shop_breaker_add(shop_breaker_t *br, const char *name)
{
    br->name = name;
    br->next = shop_breaker_list;
    shop_breaker_list = br;
}


const shop_breaker_t *
shop_breakers(void)
{
    return shop_breaker_list;
}


int
shop_breaker_allows(shop_breaker_t *br, int max)
{
    if (!atomic_load(&br->open)) {
        return max;
    }

    return shop_now_ms() < br->until ? 0 : 1;
}


void
shop_breaker_result(shop_breaker_t *br, int reached)
{
    int  wait;

    if (reached) {
        if (atomic_exchange(&br->open, 0)) {
            shop_log(SHOP_LOG_INFO, "breaker", "msg=\"closed\" endpoint=%s",
                     br->name);
        }

        br->failures = 0;
        br->opened = 0;
        return;
    }

    br->failures++;

    if (!atomic_load(&br->open) && br->failures < SHOP_BREAKER_FAILURES) {
        return;
    }

    wait = shop_backoff_at(SHOP_BREAKER_BASE, SHOP_BREAKER_MAX, br->opened);
    br->until = shop_now_ms() + wait;
    br->opened++;
    atomic_store(&br->open, 1);

    shop_log(SHOP_LOG_WARN, "breaker", "msg=\"open\" endpoint=%s failures=%d "
             "wait_ms=%d", br->name, br->failures, wait);
}
