/*
 * What mails about an order say: its snapshot, as people write amounts,
 * addresses and names in the language of the mail.
 */

#ifndef _SHOP_ORDER_H_INCLUDED_
#define _SHOP_ORDER_H_INCLUDED_


#include <jansson.h>


/* Adds to data what notification.claim() tells of the order: its lines, sums,
   taxes and address; the amounts "refunded" and "comes_back" become text.
   SHOP_ERROR when the order is no JSON, or when memory is short. */
int shop_mail_order(json_t *data, const char *order, const char *language);


#endif /* _SHOP_ORDER_H_INCLUDED_ */
