#include <stdio.h>
#include <string.h>

#include "../shop_worker.h"
#include "order.h"
#include "words.h"


typedef struct {
    json_t              *data;
    const json_t        *order;
    const json_t        *quote;
    const char          *currency;
    int                  exponent;
    const char          *language;
    int                  failed;
    shop_buf_t           buf;
} shop_order_t;


static void shop_order_head(shop_order_t *o);
static void shop_order_sums(shop_order_t *o);
static void shop_order_items(shop_order_t *o);
static void shop_order_options(shop_order_t *o, const json_t *options);
static void shop_order_taxes(shop_order_t *o);
static void shop_order_given(shop_order_t *o, const char *list,
    const char *name);
static void shop_order_address(shop_order_t *o);
static void shop_order_line(shop_order_t *o, json_t *lines, const char *first,
    const char *between, const char *second);
static void shop_order_put(shop_order_t *o, json_t *to, const char *name,
    json_t *value);
static void shop_order_text(shop_order_t *o, json_t *to, const char *name);
static void shop_order_money(shop_order_t *o, json_t *to, const char *name,
    json_int_t amount);
static json_int_t shop_order_amount(const json_t *money);


int
shop_mail_order(json_t *data, const char *order, const char *language)
{
    json_t        *json;
    json_error_t   err;
    shop_order_t   o;

    json = json_loads(order, 0, &err);

    memset(&o, 0, sizeof(o));
    o.data = data;
    o.order = json;
    o.quote = json_object_get(json, "quote");
    o.currency = json_string_value(json_object_get(json, "currency"));
    o.exponent = (int) json_integer_value(json_object_get(json, "exponent"));
    o.language = language;

    if (o.currency == NULL || !json_is_object(o.quote)) {
        json_decref(json);
        return SHOP_ERROR;
    }

    shop_order_head(&o);
    shop_order_items(&o);
    shop_order_given(&o, "discounts", "name");
    shop_order_taxes(&o);
    shop_order_given(&o, "gift_cards", "hint");
    shop_order_sums(&o);
    shop_order_address(&o);

    json_decref(json);
    o.failed = o.failed || o.buf.failed;
    shop_buf_free(&o.buf);

    return o.failed ? SHOP_ERROR : SHOP_OK;
}


static void
shop_order_head(shop_order_t *o)
{
    size_t       i;
    const char  *name;

    static const char  *amounts[] = { "refunded", "comes_back" };

    shop_order_put(o, o->data, "number",
                   json_incref(json_object_get(o->order, "number")));
    shop_order_put(o, o->data, "invoice",
                   json_incref(json_object_get(o->order, "invoice")));
    shop_order_put(o, o->data, "guest",
                   json_incref(json_object_get(o->order, "guest")));

    for (i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
        if (json_is_integer(json_object_get(o->data, amounts[i]))) {
            shop_order_money(o, o->data, amounts[i],
                json_integer_value(json_object_get(o->data, amounts[i])));
        }
    }

    name = json_string_value(json_object_get(o->order, "name"));

    if (name && shop_mail_plain(name)) {
        shop_buf_reset(&o->buf);
        shop_mail_line(&o->buf, name);
        shop_order_text(o, o->data, "name");
    }
}


static void
shop_order_sums(shop_order_t *o)
{
    json_int_t  total, due;

    total = json_integer_value(json_object_get(o->order, "total"));
    due = json_integer_value(json_object_get(o->order, "due"));

    shop_order_money(o, o->data, "subtotal",
        shop_order_amount(json_object_get(o->quote, "subtotal")));
    shop_order_money(o, o->data, "shipping",
        shop_order_amount(json_object_get(o->quote, "shipping")));
    shop_order_money(o, o->data, "total", total);

    if (due < total) {
        shop_order_money(o, o->data, "due", due);
    }
}


static void
shop_order_items(shop_order_t *o)
{
    size_t   i;
    json_t  *item, *line, *lines;

    lines = json_array();

    json_array_foreach(json_object_get(o->quote, "items"), i, item) {
        line = json_object();

        shop_order_put(o, line, "name",
                       json_incref(json_object_get(item, "name")));
        shop_order_put(o, line, "quantity",
                       json_incref(json_object_get(item, "quantity")));

        shop_buf_reset(&o->buf);
        shop_order_options(o, json_object_get(item, "options"));
        shop_order_text(o, line, "options");
        shop_order_money(o, line, "total",
            shop_order_amount(json_object_get(item, "line_total")));

        o->failed |= json_array_append_new(lines, line) != 0;
    }

    shop_order_put(o, o->data, "items", lines);
}


static void
shop_order_options(shop_order_t *o, const json_t *options)
{
    void        *i;
    const char  *value;

    for (i = json_object_iter((json_t *) options); i;
         i = json_object_iter_next((json_t *) options, i))
    {
        value = json_string_value(json_object_iter_value(i));

        if (value) {
            shop_buf_str(&o->buf, o->buf.len ? ", " : "");
            shop_buf_str(&o->buf, value);
        }
    }
}


static void
shop_order_taxes(shop_order_t *o)
{
    char        *dot;
    char         rate[32];
    size_t       i;
    json_t      *tax, *line, *lines, *taxes;
    json_int_t   amount;

    taxes = json_object_get(o->quote, "tax");
    lines = json_array();

    json_array_foreach(json_object_get(taxes, "lines"), i, tax) {
        amount = shop_order_amount(json_object_get(tax, "amount"));

        if (amount == 0) {
            continue;
        }

        snprintf(rate, sizeof(rate), "%.10g",
                 json_number_value(json_object_get(tax, "rate")));
        dot = strchr(rate, '.');

        if (dot && !shop_mail_english(o->language)) {
            *dot = ',';
        }

        line = json_object();
        shop_order_put(o, line, "name",
                       json_incref(json_object_get(tax, "name")));
        shop_order_put(o, line, "rate", json_string(rate));
        shop_order_money(o, line, "amount", amount);
        o->failed |= json_array_append_new(lines, line) != 0;
    }

    shop_order_put(o, o->data, "taxes", lines);
    shop_order_put(o, o->data, "tax_included",
                   json_incref(json_object_get(taxes, "included")));
}


/* Promotions and gift cards: what they are called, and what they gave. */

static void
shop_order_given(shop_order_t *o, const char *list, const char *name)
{
    size_t       i;
    json_t      *given, *line, *lines;
    json_int_t   amount;

    lines = json_array();

    json_array_foreach(json_object_get(o->quote, list), i, given) {
        amount = shop_order_amount(json_object_get(given, "amount"));

        if (amount == 0) {
            continue;
        }

        line = json_object();
        shop_order_put(o, line, name,
                       json_incref(json_object_get(given, name)));
        shop_order_money(o, line, "amount", amount);
        o->failed |= json_array_append_new(lines, line) != 0;
    }

    shop_order_put(o, o->data, list, lines);
}


static void
shop_order_address(shop_order_t *o)
{
    size_t   i;
    json_t  *address, *lines, *all;

    static const struct {
        const char  *first;
        const char  *between;
        const char  *second;
    } parts[] = {
        { "name", "", "" }, { "line1", "", "" }, { "line2", "", "" },
        { "postal_code", " ", "city" }, { "region", ", ", "country" }
    };

    address = json_object_get(o->order, "address");
    lines = json_array();

    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        shop_order_line(o, lines,
            json_string_value(json_object_get(address, parts[i].first)),
            parts[i].between,
            json_string_value(json_object_get(address, parts[i].second)));
    }

    if (json_array_size(lines) == 0) {
        json_decref(lines);
        return;
    }

    all = json_object();
    shop_order_put(o, all, "lines", lines);
    shop_order_put(o, o->data, "address", all);
}


static void
shop_order_line(shop_order_t *o, json_t *lines, const char *first,
    const char *between, const char *second)
{
    shop_buf_t  *b = &o->buf;
    shop_buf_t   line;

    memset(&line, 0, sizeof(line));
    shop_buf_str(&line, first ? first : "");
    shop_buf_str(&line, first && second ? between : "");
    shop_buf_str(&line, second ? second : "");

    shop_buf_reset(b);
    shop_mail_line(b, line.failed ? "" : line.data);
    o->failed |= line.failed;
    shop_buf_free(&line);

    if (b->len && !b->failed) {
        o->failed |= json_array_append_new(lines, json_string(b->data)) != 0;
    }
}


/* Nothing is put for a member that is not there. */

static void
shop_order_put(shop_order_t *o, json_t *to, const char *name, json_t *value)
{
    if (value) {
        o->failed |= json_object_set_new(to, name, value) != 0;
    }
}


/* What is in the buffer; nothing for an empty one. */

static void
shop_order_text(shop_order_t *o, json_t *to, const char *name)
{
    if (o->buf.len && !o->buf.failed) {
        o->failed |= json_object_set_new(to, name, json_string(o->buf.data))
                     != 0;
    }
}


static void
shop_order_money(shop_order_t *o, json_t *to, const char *name,
    json_int_t amount)
{
    shop_buf_reset(&o->buf);
    shop_mail_money(&o->buf, amount, o->currency, o->exponent, o->language);
    shop_order_text(o, to, name);
}


static json_int_t
shop_order_amount(const json_t *money)
{
    return json_integer_value(json_object_get(money, "amount"));
}
