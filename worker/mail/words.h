/*
 * Amounts, lines and names as mails write them.
 */

#ifndef _SHOP_WORDS_H_INCLUDED_
#define _SHOP_WORDS_H_INCLUDED_


#include <jansson.h>

#include "../buf.h"


/* 1 for a language that writes amounts as English does. */
int shop_mail_english(const char *language);

/* Adds an amount as people write it: €1,234.50, or 1.234,50 € in languages
   other than English. */
void shop_mail_money(shop_buf_t *b, json_int_t amount, const char *currency,
    int exponent, const char *language);

/* Adds what people typed in one line, at most 200 characters of it, so that
   it can't look like more lines of a mail. */
void shop_mail_line(shop_buf_t *b, const char *s);

/* 1 for a name that greets; 0 when it is rather an address, so that nobody can
   send advertising by registering or ordering for others. */
int shop_mail_plain(const char *name);


#endif /* _SHOP_WORDS_H_INCLUDED_ */
