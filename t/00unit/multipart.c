/*
 * Forms with files.  Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_multipart.h"
#include "unit.h"


static ngx_shop_multipart_t  form;
static ngx_shop_part_t       part;


static ngx_int_t
type(const char *text)
{
    ngx_str_t  str;

    str.data = (u_char *) text;
    str.len = strlen(text);

    return ngx_shop_multipart_type(&form, &str);
}


/* a body of its own length, so that what is read beyond is seen */

static ngx_int_t
body(const char *text)
{
    static u_char  *own;

    free(own);
    own = malloc(strlen(text));
    memcpy(own, text, strlen(text));

    return ngx_shop_multipart_open(&form, own, strlen(text));
}


static int
is(const ngx_str_t *str, const char *text)
{
    return str->len == strlen(text)
           && (str->len == 0 || memcmp(str->data, text, str->len) == 0);
}


static void
types(void)
{
    ok(type("multipart/form-data; boundary=abc") == NGX_OK
       && form.len == 7 && memcmp(form.mark, "\r\n--abc", 7) == 0,
       "a boundary");
    ok(type("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\"") == NGX_ERROR,
       "a space in it");
    ok(type("multipart/form-data;x=\"boundary=no\";boundary=\"yes\"") == NGX_OK
       && form.len == 7, "quoted");
    ok(type("multipart/form-data") == NGX_ERROR, "none");
    ok(type("multipart/form-data; boundary=") == NGX_ERROR, "empty");
    ok(type("multipart/form-data; boundary=\"a") == NGX_ERROR, "no end");
    ok(type("multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
       == NGX_ERROR, "too long");
    ok(type("multipart/form-database; boundary=a") == NGX_DECLINED,
       "another type");
    ok(type("image/png") == NGX_DECLINED, "no form");
}


static void
parts(void)
{
    (void) type("multipart/form-data; boundary=b");

    ok(body("--b\r\nContent-Disposition: form-data; name=\"file\"; "
            "filename=\"a;\\\"b.png\"\r\nContent-Type: image/png \r\n\r\n"
            "\r\n--c\r\n\r\n--b\r\n"
            "content-disposition:form-data;name=alt\r\nX: y\r\n\r\n"
            "\r\n--b--\r\nepilogue") == NGX_OK, "a body");
    ok(ngx_shop_multipart_next(&form, &part) == NGX_OK && part.file
       && is(&part.name, "file") && is(&part.type, "image/png")
       && is(&part.value, "\r\n--c\r\n"), "a file");
    ok(ngx_shop_multipart_next(&form, &part) == NGX_OK && !part.file
       && is(&part.name, "alt") && is(&part.type, "")
       && is(&part.value, ""), "an empty field");
    ok(ngx_shop_multipart_next(&form, &part) == NGX_DONE, "the end");

    ok(body("\r\n--b--") == NGX_OK
       && ngx_shop_multipart_next(&form, &part) == NGX_DONE, "no parts");
}


static void
refused(void)
{
    size_t  i;

    static const char *const  bodies[] = {
        "--b",
        "--b\r\n",
        "--b x\r\n",
        "--b\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: inline; name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n"
        "Content-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--c--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n",
        "--b\r\nContent-Disposition: form-data; name=a\r\n"
    };

    (void) type("multipart/form-data; boundary=b");

    ok(body("") == NGX_ERROR && body("x--b\r\n") == NGX_ERROR
       && body("--a\r\n") == NGX_ERROR, "does not begin with it");

    for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        ok(body(bodies[i]) == NGX_OK
           && ngx_shop_multipart_next(&form, &part) == NGX_ERROR,
           "a broken part");
    }
}


int
main(void)
{
    types();
    parts();
    refused();

    return unit_end();
}
