/*
 * Values, pairs, JSON, trace context and paths as they come from outside.
 * Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_json.h"
#include "ngx_shop_router.h"
#include "ngx_shop_text.h"
#include "ngx_shop_trace.h"


ngx_pid_t  ngx_pid;


static int  tests, failures;


static void
ok(int good, const char *name)
{
    tests++;
    failures += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", tests, name);
}


/* a copy of its own, so that ASan sees what reads beyond it */

static ngx_str_t
copy(const char *text, size_t len)
{
    ngx_str_t  s;

    s.data = ngx_pnalloc(NULL, len ? len : 1);
    memcpy(s.data, text, len);
    s.len = len;

    return s;
}


static ngx_str_t
of(const char *text)
{
    return copy(text, strlen(text));
}


static int
same(const ngx_str_t *s, const char *text)
{
    return s->len == strlen(text) && memcmp(s->data, text, s->len) == 0;
}


static void
utf8(void)
{
    size_t  i;

    static const char  *bad[] = {
        "\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff", "a\xc3", "\xe2\x82", "\xf0\x9f\x98",
        "\xc3\x28"
    };

    ok(ngx_shop_utf8_count((u_char *) "", 0) == 0, "utf-8: empty");
    ok(ngx_shop_utf8_count((u_char *) "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
                           10) == 4, "utf-8: one to four bytes");
    ok(ngx_shop_utf8_count((u_char *) "a\0b", 3) == -1, "utf-8: NUL");

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ngx_str_t  s = of(bad[i]);
        ok(ngx_shop_utf8_count(s.data, s.len) == -1, "utf-8: broken");
    }
}


static void
decode(void)
{
    ngx_str_t  s;

    s = of("a%20b+c%C3%A9%2f");
    ok(ngx_shop_percent_decode(&s, 1) == NGX_OK && same(&s, "a b c\xc3\xa9/"),
       "percent: decoded, plus is a space");

    s = of("a+b");
    ok(ngx_shop_percent_decode(&s, 0) == NGX_OK && same(&s, "a+b"),
       "percent: plus stays");

    s = of("%");
    ok(ngx_shop_percent_decode(&s, 1) == NGX_ERROR, "percent: nothing after");
    s = of("%4");
    ok(ngx_shop_percent_decode(&s, 1) == NGX_ERROR, "percent: one digit");
    s = of("%zz");
    ok(ngx_shop_percent_decode(&s, 1) == NGX_ERROR, "percent: no digits");
    s = of("a%00b");
    ok(ngx_shop_percent_decode(&s, 1) == NGX_ERROR, "percent: NUL");
    s = of("%c3%28");
    ok(ngx_shop_percent_decode(&s, 1) == NGX_ERROR, "percent: not UTF-8");
}


static void
integers(void)
{
    size_t     i;
    int64_t    n;
    ngx_str_t  s;

    static const char  *bad[] = {
        "", "-", "-0", "01", "+1", " 1", "1 ", "1.0", "1e3", "0x1",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999"
    };

    s = of("0");
    ok(ngx_shop_text_int(&s, &n) == NGX_OK && n == 0, "int: 0");
    s = of("9223372036854775807");
    ok(ngx_shop_text_int(&s, &n) == NGX_OK && n == INT64_MAX, "int: largest");
    s = of("-9223372036854775808");
    ok(ngx_shop_text_int(&s, &n) == NGX_OK && n == INT64_MIN,
       "int: smallest");

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        s = of(bad[i]);
        ok(ngx_shop_text_int(&s, &n) == NGX_ERROR, "int: not one");
    }
}


typedef ngx_uint_t (*form_pt)(const ngx_str_t *text);


static void
forms(const char *name, form_pt form, const char **good, const char **bad)
{
    ngx_str_t  s;

    for ( /* void */ ; *good; good++) {
        s = of(*good);
        ok(form(&s), name);
    }

    for ( /* void */ ; *bad; bad++) {
        s = of(*bad);
        ok(!form(&s), name);
    }
}


static void
values(void)
{
    ngx_str_t  s;

    forms("uuid", ngx_shop_text_is_uuid,
          (const char *[]) { "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                             "7C9E6679-7425-40DE-944B-E07FC1F90AE7", NULL },
          (const char *[]) { "", "7c9e6679742540de944be07fc1f90ae7",
                             "7c9e6679-7425-40de-944b-e07fc1f90ae",
                             "7c9e6679-7425-40de-944b-e07fc1f90aeg",
                             "7c9e6679-7425-40de-944be-07fc1f90ae7", NULL });

    forms("id", ngx_shop_text_is_id,
          (const char *[]) { "7", "red-shoe_1.5", NULL },
          (const char *[]) { "", "a b", "a/b", "caf\xc3\xa9", "a%", NULL });

    forms("email", ngx_shop_text_is_email,
          (const char *[]) { "a@b.de", "first.last+tag@sub.example.com",
                             "\xc3\xa9@b\xc3\xbc" "cher.example", NULL },
          (const char *[]) { "", "a", "a@", "@b.de", "a@b", "a@@b.de",
                             "a@b..de", "a@-b.de", "a@b-.de", "a@b.de-",
                             "a b@c.de", "a@b.de\n", ".a@b.de", "a.@b.de",
                             "a@b_c.de", "<a@b.de>", "a@b.de,c@d.de",
                             "a@b.\xff", NULL });

    forms("time", ngx_shop_text_is_time,
          (const char *[]) { "2026-11-21T03:28:00Z",
                             "2024-02-29T23:59:60.123456789+01:30", NULL },
          (const char *[]) { "", "2026-11-21", "2026-11-21T03:28Z",
                             "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
                             "2026-11-21T24:00:00Z", "2026-11-21T03:28:00",
                             "2026-11-21T03:28:00.Z", "2026-11-21T03:28:00Zx",
                             "0000-01-01T00:00:00Z", NULL });

    forms("locale", ngx_shop_text_is_locale,
          (const char *[]) { "en", "gsw", "pt-BR", "zh-Hant-TW", "de-1996",
                             NULL },
          (const char *[]) { "", "e", "EN", "engl", "en-", "-en", "en_US",
                             "en-x", "en--US", "en-abcdefghi", "e1", "en us",
                             "en-\xc3\xa9t\xc3\xa9", "klingon!",
                             "aa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee", NULL });

    forms("slug", ngx_shop_text_is_slug,
          (const char *[]) { "a", "red-shoe", "2-lamps", "x1", NULL },
          (const char *[]) { "", "12", "1-2", "-a", "a-", "a--b", "A", "a b",
                             "a_b", "caf\xc3\xa9", "a/b", NULL });

    s = of("DE");
    ok(ngx_shop_text_is_upper(&s, 2), "country");
    s = of("de");
    ok(!ngx_shop_text_is_upper(&s, 2), "country in small letters");

    s = of("two");
    ok(ngx_shop_text_is_word(&s, "one two three"), "word: in the list");
    s = of("tw");
    ok(!ngx_shop_text_is_word(&s, "one two three"), "word: a part of one");
    s = of("one two");
    ok(!ngx_shop_text_is_word(&s, "one two three"), "word: two of them");
    s = of("");
    ok(!ngx_shop_text_is_word(&s, "one two three"), "word: empty");

    s = of("\"8e03-978e\"");
    ok(ngx_shop_text_key(&s) == NGX_OK && same(&s, "8e03-978e"),
       "key: quotes are taken off");
    s = of("8e03 978e");
    ok(ngx_shop_text_key(&s) == NGX_OK, "key: bare");
    s = of("\"\"");
    ok(ngx_shop_text_key(&s) == NGX_ERROR, "key: empty");
    s = of("a\tb");
    ok(ngx_shop_text_key(&s) == NGX_ERROR, "key: not printable");
    s.data = ngx_pnalloc(NULL, 256);
    s.len = 256;
    memset(s.data, 'a', 256);
    ok(ngx_shop_text_key(&s) == NGX_ERROR, "key: too long");
}


static void
pairs(void)
{
    u_char     *p, *last;
    ngx_str_t   s, name, value, key;

    s = of("&a=1&&b=&c&=d&e=f=g&");
    p = s.data;
    last = p + s.len;

    ok(ngx_shop_query_next(&p, last, &name, &value) == NGX_OK
       && same(&name, "a") && same(&value, "1"), "query: a pair");
    ok(ngx_shop_query_next(&p, last, &name, &value) == NGX_OK
       && same(&name, "b") && same(&value, ""), "query: an empty value");
    ok(ngx_shop_query_next(&p, last, &name, &value) == NGX_OK
       && same(&name, "c") && same(&value, ""), "query: no value");
    ok(ngx_shop_query_next(&p, last, &name, &value) == NGX_OK
       && same(&name, "") && same(&value, "d"), "query: no name");
    ok(ngx_shop_query_next(&p, last, &name, &value) == NGX_OK
       && same(&name, "e") && same(&value, "f=g"), "query: = in a value");
    ok(ngx_shop_query_next(&p, last, &name, &value) == NGX_DONE,
       "query: the end");

    key = of("cart");

    s = of("xcart=1; cart=2");
    ok(ngx_shop_cookie_find(&s, &key, &value) == NGX_OK && same(&value, "2"),
       "cookie: found by its whole name");
    s = of("  cart=\"q\" ;b=c");
    ok(ngx_shop_cookie_find(&s, &key, &value) == NGX_OK && same(&value, "q"),
       "cookie: spaces and quotes are no part of it");
    s = of("cart");
    ok(ngx_shop_cookie_find(&s, &key, &value) == NGX_DECLINED,
       "cookie: a name alone");
    s = of("cart=");
    ok(ngx_shop_cookie_find(&s, &key, &value) == NGX_OK && value.len == 0,
       "cookie: empty");
    s = of(";;;");
    ok(ngx_shop_cookie_find(&s, &key, &value) == NGX_DECLINED,
       "cookie: nothing");
}


static json_t *
parse(const char *text, size_t len, const char **why)
{
    ngx_str_t  s = copy(text, len);

    return ngx_shop_json_parse(s.data, s.len, why);
}


static void
json(void)
{
    char         deep[128];
    size_t       i;
    u_char       out[64];
    json_t      *value;
    const char  *why;

    static const char  *bad[] = {
        "", " ", "{", "{\"a\":", "{\"a\":1,}", "{'a':1}", "[1]", "1", "\"a\"",
        "null", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "{} {}",
        "{\"a\":1e999}", "{\"a\":99999999999999999999}", "{\"a\":NaN}",
        "{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\u0000\"}", "{\"a\\u0000\":1}", "{\"a\":01}",
        "{\"a\":\"\n\"}", "\xef\xbb\xbf{}"
    };

    value = parse("{\"a\":[{\"b\":\"\\\"[[[\"}]}", 21, &why);
    ok(value != NULL, "json: an object");
    json_decref(value);

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        why = NULL;
        value = parse(bad[i], strlen(bad[i]), &why);
        ok(value == NULL && why != NULL, "json: refused with a reason");
        json_decref(value);
    }

    value = parse("{\"a\":1}\0", 8, &why);
    ok(value == NULL, "json: NUL after the end");
    value = parse("{\"a\":\"\0\"}", 9, &why);
    ok(value == NULL, "json: NUL in a string");

    memcpy(deep, "{\"a\":", 5);
    memset(deep + 5, '[', 31);
    memset(deep + 5 + 31, ']', 31);
    deep[5 + 62] = '}';
    value = parse(deep, 5 + 62 + 1, &why);
    ok(value != NULL, "json: 32 levels");
    json_decref(value);

    memset(deep + 5, '[', 32);
    memset(deep + 5 + 32, ']', 32);
    deep[5 + 64] = '}';
    value = parse(deep, 5 + 64 + 1, &why);
    ok(value == NULL && strcmp(why, "the document is nested too deeply") == 0,
       "json: 33 levels");

    i = ngx_shop_json_escape(out, (u_char *) "a\"\\\n\xff\xc3\xa9", 7);
    ok(i == 16 && memcmp(out, "a\\\"\\\\\\u000a\xef\xbf\xbd\xc3\xa9", 16) == 0
       && ngx_shop_json_escape(NULL, (u_char *) "a\"\\\n\xff\xc3\xa9", 7) == 16,
       "json: escaped");
}


#define TRACE  "0af7651916cd43dd8448eb211c80319c"
#define SPAN   "b7ad6b7169203331"


static void
trace(void)
{
    size_t     i;
    u_char     out[NGX_SHOP_TRACEPARENT_LEN], id[NGX_SHOP_REQUEST_ID_LEN];
    ngx_str_t  s, made;

    static const char  *bad[] = {
        "", "00", "00-" TRACE "-" SPAN, "00-" TRACE "-" SPAN "-1",
        "00-00000000000000000000000000000000-" SPAN "-01",
        "00-" TRACE "-0000000000000000-01", "ff-" TRACE "-" SPAN "-01",
        "00-" TRACE "-" SPAN "-01-more", "00-" TRACE "-" SPAN "-0G",
        "00_" TRACE "-" SPAN "-01", "00-0AF7651916CD43DD8448EB211C80319C-"
        SPAN "-01", "01-" TRACE "-" SPAN "-01more"
    };

    s = of("00-" TRACE "-" SPAN "-01");
    ok(ngx_shop_trace_parse(&s), "traceparent");
    s = of("01-" TRACE "-" SPAN "-01-more");
    ok(ngx_shop_trace_parse(&s), "traceparent: a later version");

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        s = of(bad[i]);
        ok(!ngx_shop_trace_parse(&s), "traceparent: refused");
    }

    s = of("01-" TRACE "-" SPAN "-01-more");
    ok(ngx_shop_trace_continue(out, &s) == out + sizeof(out)
       && memcmp(out, "00-" TRACE "-", 36) == 0
       && memcmp(out + 36, SPAN, 16) != 0
       && memcmp(out + 52, "-01", 3) == 0, "traceparent: continued");

    made.data = out;
    made.len = sizeof(out);
    ok(ngx_shop_trace_parse(&made), "traceparent: ours is good");

    made.data = id;
    made.len = sizeof(id);
    (void) ngx_shop_trace_random(id, sizeof(id));
    ok(ngx_shop_trace_sane_id(&made), "request id: ours is good");

    s = of("short");
    ok(!ngx_shop_trace_sane_id(&s), "request id: too short");
    s = of("with a space");
    ok(!ngx_shop_trace_sane_id(&s), "request id: with a space");
    s = of("line\r\nbreak");
    ok(!ngx_shop_trace_sane_id(&s), "request id: with a line break");
    s = of("01HZY-3.x_42");
    ok(ngx_shop_trace_sane_id(&s), "request id: accepted");
}


static ngx_shop_router_t  *router;
static ngx_shop_match_t    match;


static ngx_int_t
add(ngx_uint_t method, const char *path, const char *route)
{
    static ngx_str_t  paths[32];
    static ngx_uint_t n;

    paths[n] = of(path);

    return ngx_shop_router_add(router, method, &paths[n++], (void *) route);
}


static ngx_int_t
find(ngx_uint_t method, const char *path)
{
    ngx_str_t  s = of(path);

    return ngx_shop_router_match(router, method, &s, &match);
}


static void
routes(void)
{
    router = ngx_shop_router_create(NULL);

    ok(add(2, "/products", "list") == NGX_OK, "router: add");
    ok(add(8, "/products", "create") == NGX_OK, "router: another method");
    ok(add(2, "/products", "again") == NGX_DECLINED, "router: twice");
    ok(add(2, "/products/{id}", "show") == NGX_OK, "router: a parameter");
    ok(add(16, "/products/{product}", "change") == NGX_OK,
       "router: the same place by another name");
    ok(add(2, "/products/search", "search") == NGX_OK, "router: fixed");
    ok(add(2, "/products/{id}/reviews", "reviews") == NGX_OK, "router: deep");
    ok(add(2, "/a/{a}/b/{b}", "two") == NGX_OK, "router: two parameters");
    ok(add(2, "/", "root") == NGX_OK, "router: the root");
    ok(add(2, "products", "x") == NGX_ABORT, "router: no slash");
    ok(add(2, "/a//b", "x") == NGX_ABORT, "router: an empty segment");
    ok(add(2, "/{a}/{b}/{c}/{d}/{e}", "x") == NGX_ABORT,
       "router: too many parameters");

    ok(find(2, "/products") == NGX_OK && !strcmp(match.route, "list"),
       "router: found");
    ok(find(2, "/") == NGX_OK && !strcmp(match.route, "root"), "router: root");
    ok(find(2, "/products/7") == NGX_OK && !strcmp(match.route, "show")
       && match.nparams == 1 && same(&match.params[0], "7"),
       "router: a value");
    ok(find(2, "/products/search") == NGX_OK
       && !strcmp(match.route, "search") && match.nparams == 0,
       "router: fixed before a parameter");
    ok(find(2, "/products/search/reviews") == NGX_OK
       && !strcmp(match.route, "reviews") && same(&match.params[0], "search"),
       "router: back from a fixed segment");
    ok(find(16, "/products/search") == NGX_OK
       && !strcmp(match.route, "change"),
       "router: the method of the parameter");
    ok(find(2, "/a/1/b/2") == NGX_OK && match.nparams == 2
       && same(&match.params[0], "1") && same(&match.params[1], "2"),
       "router: two values");
    ok(find(32, "/products/7") == NGX_ABORT && match.allowed == (2|16),
       "router: another method");
    ok(find(2, "/nothing") == NGX_DECLINED, "router: nothing");
    ok(find(2, "/a/1/b") == NGX_DECLINED, "router: no end there");
    ok(find(2, "/products/") == NGX_DECLINED, "router: a slash at the end");
    ok(find(2, "") == NGX_DECLINED, "router: empty");
    ok(find(2, "/1/2/3/4/5/6/7/8/9/0/1/2/3/4") == NGX_DECLINED,
       "router: too deep");
}


int
main(void)
{
    utf8();
    decode();
    integers();
    values();
    pairs();
    json();
    trace();
    routes();

    printf("1..%d\n", tests);

    return failures != 0;
}
