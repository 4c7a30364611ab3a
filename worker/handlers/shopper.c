/*
 * What events mean for shoppers later: requests for reviews, notices of what
 * is in stock again, what is bought together.  The rows that come of them are
 * worked off by timers (timer.c).
 */

#include "handlers.h"


static const shop_stmt_t  shop_shopper_review = {
    "review_take", "select review.take($1::jsonb)", 1
};

static const shop_stmt_t  shop_shopper_recommendation = {
    "recommendation_take", "select recommendation.take($1::jsonb)", 1
};

static const shop_stmt_t  shop_shopper_wishlist = {
    "wishlist_take", "select wishlist.take($1::jsonb)", 1
};

static const shop_handler_t  shop_shopper_handlers[] = {
    { "order.delivered", &shop_shopper_review },
    { "order.paid", &shop_shopper_recommendation },
    { "stock.changed", &shop_shopper_wishlist },
    { NULL, NULL }
};

static const char *const  shop_shopper_topics[] = {
    "shop.orders", "shop.inventory", NULL
};

shop_group_t  shop_shopper_group = {
    .name = "shopper.events", .id = "shop.shopper",
    .topics = shop_shopper_topics,
    .handlers = shop_shopper_handlers,
    .metric = SHOP_M_EVENTS_SHOPPER,
    .wake = -1
};
