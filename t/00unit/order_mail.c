/*
 * Mails about orders: amounts, addresses and names as people write them, and
 * nothing that a shopper types looks like more of the mail.
 */

#include <stdlib.h>
#include <string.h>

#include "mail/order.h"
#include "mail/template.h"
#include "mail/words.h"
#include "shop_worker.h"
#include "unit.h"


static void unit_money(void);
static void unit_lines(void);
static void unit_names(void);
static void unit_orders(void);
static void unit_order(const char *language, const char *template,
    const char *expected, const char *name);
static void unit_refusals(void);


static const char  unit_snapshot[] =
    "{\"number\": \"1001\", \"invoice\": null, \"guest\": true,"
    " \"name\": \"Ann\\nBcc: x\", \"currency\": \"EUR\", \"exponent\": 2,"
    " \"total\": 123456, \"due\": 100000, \"address\": {\"name\": \"Ann\","
    " \"line1\": \" Street\\r\\n 1\\u2028\", \"line2\": \" \","
    " \"postal_code\": \"10115\", \"city\": \"Berlin\", \"country\": \"DE\"},"
    " \"quote\": {\"items\": [{\"name\": \"Cup\", \"quantity\": 2,"
    " \"options\": {\"size\": \"L\", \"color\": \"red\"},"
    " \"line_total\": {\"amount\": 120000, \"currency\": \"EUR\"}},"
    " {\"name\": \"Jug\", \"quantity\": 1, \"options\": {},"
    " \"line_total\": {\"amount\": 0, \"currency\": \"EUR\"}}],"
    " \"subtotal\": {\"amount\": 120000}, \"shipping\": {\"amount\": 490},"
    " \"discounts\": [{\"name\": \"Ten off\", \"amount\": {\"amount\": 1000}}],"
    " \"gift_cards\": [{\"hint\": \"0001\", \"amount\": {\"amount\": 0}},"
    " {\"hint\": \"0002\", \"amount\": {\"amount\": 23456}}],"
    " \"tax\": {\"included\": true, \"lines\": [{\"name\": \"VAT\","
    " \"rate\": 19, \"amount\": {\"amount\": 100}}, {\"name\": \"VAT\","
    " \"rate\": 7.5, \"amount\": {\"amount\": 1}}, {\"name\": \"None\","
    " \"rate\": 0, \"amount\": {\"amount\": 0}}]}}}";


int
main(void)
{
    unit_money();
    unit_lines();
    unit_names();
    unit_orders();
    unit_refusals();

    return unit_end();
}


void
ngx_unit_cleanup(void)
{
    /* nothing of nginx is used here */
}


static void
unit_money(void)
{
    size_t      i;
    shop_buf_t  b;

    static const struct {
        json_int_t   amount;
        const char  *currency;
        int          exponent;
        const char  *language;
        const char  *expected;
    } cases[] = {
        { 0, "EUR", 2, "en", "\xe2\x82\xac" "0.00" },
        { 5, "EUR", 2, "en-GB", "\xe2\x82\xac" "0.05" },
        { 123450, "EUR", 2, "en", "\xe2\x82\xac" "1,234.50" },
        { 123450, "EUR", 2, "de", "1.234,50\xc2\xa0\xe2\x82\xac" },
        { 99999, "USD", 2, "en", "$999.99" },
        { 100000, "USD", 2, "en", "$1,000.00" },
        { 1234567, "JPY", 0, "en", "\xc2\xa5" "1,234,567" },
        { 7, "JPY", 0, "de", "7\xc2\xa0\xc2\xa5" },
        { 1234567, "BHD", 3, "en", "BHD 1,234.567" },
        { 1234567, "CHF", 2, "fr", "12.345,67\xc2\xa0" "CHF" },
        { -1999, "GBP", 2, "en", "\xe2\x88\x92\xc2\xa3" "19.99" },
        { 900719925474099, "EUR", 2, "enm",
          "9.007.199.254.740,99\xc2\xa0\xe2\x82\xac" }
    };

    memset(&b, 0, sizeof(b));

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        shop_buf_reset(&b);
        shop_mail_money(&b, cases[i].amount, cases[i].currency,
                        cases[i].exponent, cases[i].language);
        ok(strcmp(b.data, cases[i].expected) == 0, cases[i].expected);
    }

    shop_buf_free(&b);
}


static void
unit_lines(void)
{
    size_t      i;
    char        text[1024];
    shop_buf_t  b;

    static const char *const  cases[][2] = {
        { "Ann", "Ann" }, { "  Ann  B\t\n", "Ann B" }, { " \r\n", "" },
        { "a\r\nBcc: x", "a Bcc: x" }, { "Zo\xc3\xab", "Zo\xc3\xab" },
        { "a\xc2\x85" "b\xe2\x80\xa9" "c", "a b c" },
        { "a\xc2\xa0" "b", "a\xc2\xa0" "b" }
    };

    memset(&b, 0, sizeof(b));

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        shop_buf_reset(&b);
        shop_mail_line(&b, cases[i][0]);
        ok(strcmp(b.len ? b.data : "", cases[i][1]) == 0, "line");
    }

    for (i = 0; i < 300; i++) {
        memcpy(text + 2 * i, "\xc3\xa4", 3);
    }

    shop_buf_reset(&b);
    shop_mail_line(&b, text);
    ok(b.len == 400, "line: 200 characters, whole ones");
    shop_buf_free(&b);
}


static void
unit_names(void)
{
    size_t  i;

    static const char *const  good[] = {
        "Ann", "Dr. Ann Example", "J. R. R.", "O'Neil", "Ann.", ".de", ""
    };
    static const char *const  bad[] = {
        "ann@example.test", "http://x", "buy at www.bargain.test", "x.DE",
        "sch\xc3\xb6n.de", "9.com now"
    };

    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        ok(shop_mail_plain(good[i]) == 1, good[i]);
    }

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ok(shop_mail_plain(bad[i]) == 0, bad[i]);
    }
}


static void
unit_orders(void)
{
    unit_order("en", "{{number}}{{#invoice}}x{{/invoice}}{{#guest}}g{{/guest}}",
               "1001g", "number, no invoice, a guest");
    unit_order("en", "{{name}}", "Ann Bcc: x", "a name is one line");
    unit_order("en", "{{#items}}{{quantity}} {{name}}{{#options}} ({{options}})"
               "{{/options}}: {{total}};{{/items}}",
               "2 Cup (L, red): \xe2\x82\xac" "1,200.00;"
               "1 Jug: \xe2\x82\xac" "0.00;", "lines");
    unit_order("de", "{{subtotal}} {{shipping}} {{total}} {{due}}",
               "1.200,00\xc2\xa0\xe2\x82\xac 4,90\xc2\xa0\xe2\x82\xac "
               "1.234,56\xc2\xa0\xe2\x82\xac 1.000,00\xc2\xa0\xe2\x82\xac",
               "sums in German");
    unit_order("en", "{{#discounts}}{{name}} {{amount}}{{/discounts}}"
               "{{#gift_cards}} {{hint}} {{amount}}{{/gift_cards}}",
               "Ten off \xe2\x82\xac" "10.00 0002 \xe2\x82\xac" "234.56",
               "what was given");
    unit_order("de", "{{#tax_included}}{{#taxes}}{{name}} {{rate}} {{amount}};"
               "{{/taxes}}{{/tax_included}}",
               "VAT 19 1,00\xc2\xa0\xe2\x82\xac;"
               "VAT 7,5 0,01\xc2\xa0\xe2\x82\xac;", "taxes that are some");
    unit_order("en", "{{#taxes}}{{rate}} {{/taxes}}", "19 7.5 ",
               "rates in English");
    unit_order("en", "{{#address}}{{#lines}}{{.}}|{{/lines}}{{/address}}",
               "Ann|Street 1|10115 Berlin|DE|", "the address");
    unit_order("en", "{{refunded}}/{{comes_back}}",
               "\xe2\x82\xac" "5.00/\xe2\x88\x92\xe2\x82\xac" "0.01",
               "amounts of the event");
}


static void
unit_order(const char *language, const char *template, const char *expected,
    const char *name)
{
    json_t      *data;
    shop_buf_t   b;

    data = json_pack("{s:i, s:i}", "refunded", 500, "comes_back", -1);
    memset(&b, 0, sizeof(b));

    ok(shop_mail_order(data, unit_snapshot, language) == SHOP_OK
       && shop_template(&b, template, data, SHOP_TEMPLATE_TEXT) == SHOP_OK
       && strcmp(b.data, expected) == 0, name);

    shop_buf_free(&b);
    json_decref(data);
}


static void
unit_refusals(void)
{
    size_t   i;
    json_t  *data;

    static const char *const  cases[] = {
        "", "{", "[]", "{}", "{\"currency\": \"EUR\"}",
        "{\"currency\": 1, \"quote\": {}}",
        "{\"currency\": \"EUR\", \"quote\": []}"
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        data = json_object();
        ok(shop_mail_order(data, cases[i], "en") == SHOP_ERROR,
           "no order is refused");
        json_decref(data);
    }

    data = json_object();
    ok(shop_mail_order(data, "{\"currency\": \"EUR\", \"quote\": {}}", "en")
       == SHOP_OK, "an order without anything is one");
    ok(json_object_get(data, "address") == NULL, "... without an address");
    json_decref(data);
}
