#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"


#define SHOP_WORDS_LINE    200       /* characters */
#define SHOP_WORDS_NBSP    "\xc2\xa0"
#define SHOP_WORDS_MINUS   "\xe2\x88\x92"


static const char *shop_words_symbol(const char *currency);
static size_t shop_words_blank(const char *s);


int
shop_mail_english(const char *language)
{
    return strncmp(language, "en", 2) == 0
           && (language[2] == '\0' || language[2] == '-');
}


/* The sign is in front of all, as people write it. */

void
shop_mail_money(shop_buf_t *b, json_int_t amount, const char *currency,
    int exponent, const char *language)
{
    int          i, n, english;
    char         digits[32];
    const char  *symbol;

    english = shop_mail_english(language);
    symbol = shop_words_symbol(currency);

    if (amount < 0) {
        shop_buf_str(b, SHOP_WORDS_MINUS);
    }

    if (english) {
        shop_buf_str(b, symbol ? symbol : currency);
        shop_buf_str(b, symbol ? "" : " ");
    }

    n = snprintf(digits, sizeof(digits), "%0*lld", exponent + 1,
                 llabs((long long) amount));

    for (i = 0; i < n; i++) {
        if (i == n - exponent) {
            shop_buf_str(b, english ? "." : ",");

        } else if (i && i < n - exponent && (n - exponent - i) % 3 == 0) {
            shop_buf_str(b, english ? "," : ".");
        }

        shop_buf_add(b, digits + i, 1);
    }

    if (!english) {
        shop_buf_str(b, SHOP_WORDS_NBSP);
        shop_buf_str(b, symbol ? symbol : currency);
    }
}


void
shop_mail_line(shop_buf_t *b, const char *s)
{
    int     n, blank;
    size_t  len;

    blank = 0;

    for (n = 0; *s && n < SHOP_WORDS_LINE; s += len) {
        len = shop_words_blank(s);

        if (len) {
            blank = n > 0;
            continue;
        }

        if (blank) {
            shop_buf_str(b, " ");
            blank = 0;

            if (++n == SHOP_WORDS_LINE) {
                break;
            }
        }

        for (len = 1; ((unsigned char) s[len] & 0xc0) == 0x80; len++) {
            /* the rest of a character */
        }

        shop_buf_add(b, s, len);
        n++;
    }
}


int
shop_mail_plain(const char *name)
{
    const unsigned char  *p;

    if (strstr(name, "://") || strchr(name, '@')) {
        return 0;
    }

    /* a letter or digit, a dot and two letters: the name of a host */

    for (p = (const unsigned char *) name; *p; p++) {
        if (p[0] == '.' && p != (const unsigned char *) name
            && (isalnum(p[-1]) || p[-1] >= 0x80)
            && isascii(p[1]) && isalpha(p[1])
            && isascii(p[2]) && isalpha(p[2]))
        {
            return 0;
        }
    }

    return 1;
}


static const char *
shop_words_symbol(const char *currency)
{
    size_t  i;

    static const struct {
        const char  *currency;
        const char  *symbol;
    } symbols[] = {
        { "EUR", "\xe2\x82\xac" }, { "USD", "$" }, { "GBP", "\xc2\xa3" },
        { "JPY", "\xc2\xa5" }
    };

    for (i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        if (strcmp(symbols[i].currency, currency) == 0) {
            return symbols[i].symbol;
        }
    }

    return NULL;
}


/* The bytes of a space or control character, 0: another one.  Beyond ASCII
   these are U+0080 to U+009F and the separators of lines. */

static size_t
shop_words_blank(const char *s)
{
    const unsigned char  *p = (const unsigned char *) s;

    if (p[0] <= ' ' || p[0] == 0x7f) {
        return 1;
    }

    if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) {
        return 2;
    }

    return p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9)
           ? 3 : 0;
}
