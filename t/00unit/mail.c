/*
 * Templates do what they say and nothing else; whatever a shopper is called, a
 * message has the headers and the recipient that the shop gave it.
 */

#include <stdlib.h>
#include <string.h>

#include "mail/mime.h"
#include "mail/template.h"
#include "shop_worker.h"
#include "unit.h"


typedef struct {
    const char  *name;
    const char  *text;
    const char  *expected;           /* NULL: refused */
} unit_template_t;


static void unit_templates(void);
static void unit_template(const unit_template_t *c, const json_t *data);
static void unit_template_limits(const json_t *data);
static void unit_addresses(void);
static void unit_headers(void);
static void unit_bodies(void);
static void unit_unsubscribe(void);
static char *unit_message(const char *to_name, const char *subject,
    const char *text);


static const char  *unit_link;           /* of the next message */

static const char  unit_data[] =
    "{\"name\": \"<Ann> & 'Bob' \\\"x\\\"\", \"n\": 3, \"yes\": true,"
    " \"no\": false, \"none\": null, \"empty\": [], \"blank\": \"\","
    " \"a\": {\"b\": {\"c\": \"deep\"}}, \"tag\": \"{{n}}\","
    " \"list\": [{\"n\": 1}, {\"n\": 2}], \"words\": [\"x\", \"y\"]}";

static const unit_template_t  unit_template_cases[] = {
    { "plain text", "no tag { } }}", "no tag { } }}" },
    { "a number", "{{n}}", "3" },
    { "a path", "{{a.b.c}}", "deep" },
    { "what is not there", "[{{nothing}}{{a.x.c}}{{none}}{{list}}]", "[]" },
    { "a section of a list", "{{#list}}{{n}},{{/list}}", "1,2," },
    { "the outer scope", "{{#list}}{{a.b.c}}{{/list}}", "deepdeep" },
    { "the item itself", "{{#words}}{{.}} {{/words}}", "x y " },
    { "true and false", "{{#yes}}a{{/yes}}{{#no}}b{{/no}}", "a" },
    { "empty is false", "{{#empty}}a{{/empty}}{{#blank}}b{{/blank}}", "" },
    { "unless", "{{^no}}a{{/no}}{{^yes}}b{{/yes}}{{^empty}}c{{/empty}}", "ac" },
    { "nested", "{{#a}}{{#list}}{{#b}}{{n}}{{c}} {{/b}}{{/list}}{{/a}}",
      "1deep 2deep " },
    { "a section in one of its name", "{{#a}}{{#a}}x{{/a}}{{/a}}", "x" },
    { "a value is no template", "{{tag}}", "{{n}}" },
    { "an open tag", "a {{n", NULL },
    { "an open section", "{{#list}}a", NULL },
    { "an end without a beginning", "a{{/list}}", NULL },
    { "sections that cross", "{{#a}}{{#list}}{{/a}}{{/list}}", NULL },
    { "no name", "{{}}", NULL },
    { "no way around escaping", "{{{name}}}", NULL },
    { "no other sigils", "{{&name}}", NULL },
    { "a name too long",
      "{{nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn}}",
      NULL }
};

static const char *const  unit_good_addresses[] = {
    "ann@example.test", "Shop <shop@localhost>", "o'neil+tag@x.example.test"
};

static const char *const  unit_bad_addresses[] = {
    "", "ann", "@example.test", "ann@", "a@b@c", "a b@example.test",
    "ann@example.test\r\nBcc: x@y.test", "a@x.test,b@x.test", "a@x.test>",
    "\"a\"@x.test", "a\t@x.test", "<>", "Ann <a@x.test", "a\\@x.test"
};


int
main(void)
{
    unit_templates();
    unit_addresses();
    unit_headers();
    unit_bodies();
    unit_unsubscribe();

    return unit_end();
}


void
ngx_unit_cleanup(void)
{
    /* nothing of nginx is used here */
}


static void
unit_templates(void)
{
    size_t        i;
    json_t       *data;
    shop_buf_t    b;
    json_error_t  err;

    data = json_loads(unit_data, 0, &err);

    for (i = 0; i < sizeof(unit_template_cases) / sizeof(unit_template_t); i++)
    {
        unit_template(&unit_template_cases[i], data);
    }

    memset(&b, 0, sizeof(b));
    ok(shop_template(&b, "{{name}}", data, SHOP_TEMPLATE_HTML) == SHOP_OK
       && strcmp(b.data, "&lt;Ann&gt; &amp; &#39;Bob&#39; &quot;x&quot;") == 0,
       "template: HTML is escaped");
    shop_buf_reset(&b);
    ok(shop_template(&b, "{{name}}", data, SHOP_TEMPLATE_TEXT) == SHOP_OK
       && strcmp(b.data, "<Ann> & 'Bob' \"x\"") == 0,
       "template: text is as it is");
    shop_buf_free(&b);

    unit_template_limits(data);
    json_decref(data);
}


static void
unit_template(const unit_template_t *c, const json_t *data)
{
    int         rc;
    char        name[128];
    shop_buf_t  b;

    memset(&b, 0, sizeof(b));
    snprintf(name, sizeof(name), "template: %s", c->name);

    rc = shop_template(&b, c->text, data, SHOP_TEMPLATE_TEXT);

    ok(c->expected ? rc == SHOP_OK
                     && strcmp(b.len ? b.data : "", c->expected) == 0
                   : rc == SHOP_ERROR, name);
    shop_buf_free(&b);
}


static void
unit_template_limits(const json_t *data)
{
    int         i;
    char        text[4096];
    shop_buf_t  b;

    memset(&b, 0, sizeof(b));
    text[0] = '\0';

    for (i = 0; i < 20; i++) {
        strcat(text, "{{#yes}}");
    }

    for (i = 0; i < 20; i++) {
        strcat(text, "{{/yes}}");
    }

    ok(shop_template(&b, text, data, SHOP_TEMPLATE_TEXT) == SHOP_ERROR,
       "template: not too deep");
    shop_buf_reset(&b);

    strcpy(text, "{{#words}}{{#words}}{{#words}}{{#words}}{{#words}}"
                 "{{#words}}{{#words}}");
    memset(text + strlen(text), 'x', 3500);
    text[7 * 10 + 3500] = '\0';

    for (i = 0; i < 7; i++) {
        strcat(text, "{{/words}}");
    }

    ok(shop_template(&b, text, data, SHOP_TEMPLATE_TEXT) == SHOP_OK,
       "template: long enough");
    ok(b.len == 128 * 3500, "template: all of it");

    shop_buf_printf(&b, "%100000s", "");
    ok(shop_template(&b, text, data, SHOP_TEMPLATE_TEXT) == SHOP_ERROR,
       "template: not too long");
    shop_buf_free(&b);
}


static void
unit_addresses(void)
{
    char    box[255], name[128];
    size_t  i;

    for (i = 0; i < sizeof(unit_good_addresses) / sizeof(char *); i++) {
        snprintf(name, sizeof(name), "address: %s", unit_good_addresses[i]);
        ok(shop_mime_address(unit_good_addresses[i], box, sizeof(box))
           == SHOP_OK, name);
    }

    (void) shop_mime_address("Shop <shop@localhost>", box, sizeof(box));
    ok(strcmp(box, "shop@localhost") == 0, "address: without its name");

    for (i = 0; i < sizeof(unit_bad_addresses) / sizeof(char *); i++) {
        snprintf(name, sizeof(name), "address: bad number %zu", i);
        ok(shop_mime_address(unit_bad_addresses[i], box, sizeof(box))
           == SHOP_ERROR, name);
    }
}


static void
unit_headers(void)
{
    char  *m;

    m = unit_message("Ann", "Hello", "text");
    ok(strstr(m, "\r\nTo: Ann <ann@example.test>\r\n") != NULL, "mime: to");
    ok(strstr(m, "\r\nSubject: Hello\r\n") != NULL, "mime: subject");
    ok(strstr(m, "\r\nMessage-ID: <0a0b0c0d-0000-4000-8000-000000000001"
              "@shop.test>\r\n") != NULL, "mime: id");
    free(m);

    m = unit_message("Eve\r\nBcc: x@y.test\r\n\r\nbody",
                     "Hi\nX-Evil: 1", "text");
    ok(strstr(m, "\nBcc:") == NULL, "mime: a name makes no header");
    ok(strstr(m, "\nX-Evil:") == NULL, "mime: nor does a subject");
    ok(strstr(m, "x@y.test") == NULL, "mime: nor a recipient");
    free(m);

    m = unit_message("a\", <x@y.test>", "Hello", "text");
    ok(strstr(m, "x@y.test") == NULL, "mime: quotes and brackets are encoded");
    free(m);

    m = unit_message("Zo\xc3\xab", "\xe2\x82\xac 5", "text");
    ok(strstr(m, "\r\nTo: =?UTF-8?B?Wm/Dqw==?= <ann@example.test>\r\n")
       != NULL, "mime: UTF-8 in a name");
    ok(strstr(m, "\r\nSubject: =?UTF-8?B?4oKsIDU=?=\r\n") != NULL,
       "mime: UTF-8 in a subject");
    free(m);
}


static void
unit_bodies(void)
{
    char        *m, *p, *end;
    char         text[2048];
    size_t       longest;

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    memcpy(text + 500, "\n.\r\n--=_", 8);

    m = unit_message("Ann", "Hello", text);

    longest = 0;

    for (p = m; (end = strstr(p, "\r\n")) != NULL; p = end + 2) {
        if ((size_t) (end - p) > longest) {
            longest = (size_t) (end - p);
        }
    }

    ok(longest <= 78, "mime: no line is longer than 78");
    ok(strchr(p, '\n') == NULL, "mime: lines end with CRLF");
    ok(strstr(m, "\r\n--=3D_") != NULL, "mime: a body has no boundary");
    free(m);

    m = unit_message("Ann", "Hello", "a = \xe2\x82\xac \nb ");
    ok(strstr(m, "\r\n\r\na =3D =E2=82=AC=20\r\nb=20\r\n") != NULL,
       "mime: quoted printable");
    ok(strstr(m, "Content-Type: text/html; charset=UTF-8") != NULL,
       "mime: an HTML part");
    free(m);
}


static void
unit_unsubscribe(void)
{
    char  *m;

    m = unit_message("Ann", "Hello", "text");
    ok(strstr(m, "List-Unsubscribe") == NULL, "mime: nothing to leave");
    free(m);

    unit_link = "https://shop.test/mails/1/unsubscribe";
    m = unit_message("Ann", "Hello", "text");
    ok(strstr(m, "\r\nList-Unsubscribe: "
              "<https://shop.test/mails/1/unsubscribe>\r\n"
              "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") != NULL,
       "mime: a list that one click leaves");
    free(m);

    unit_link = "https://shop.test/>\r\nBcc: x@y.test";
    m = unit_message("Ann", "Hello", "text");
    ok(strstr(m, "x@y.test") == NULL, "mime: a URL makes no header");
    free(m);

    unit_link = NULL;
}


/* A message as a string, to be freed. */

static char *
unit_message(const char *to_name, const char *subject, const char *text)
{
    shop_buf_t   b;
    shop_mail_t  mail;

    memset(&b, 0, sizeof(b));
    memset(&mail, 0, sizeof(mail));

    mail.id = "0a0b0c0d-0000-4000-8000-000000000001";
    mail.from = "shop@shop.test";
    mail.from_name = "Shop";
    mail.to = "ann@example.test";
    mail.to_name = to_name;
    mail.language = "en";
    mail.subject = subject;
    mail.text = text;
    mail.html = "<p>Hello</p>";
    mail.unsubscribe = unit_link;

    ok(shop_mime(&b, &mail) == SHOP_OK, "mime: a message");

    return b.data;
}
