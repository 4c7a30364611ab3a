/*
 * Signatures for S3: the examples of Amazon's documentation.  Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_sigv4.h"
#include "unit.h"


#define EMPTY                                                                 \
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


static ngx_str_t  secret =
    ngx_string("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
static ngx_str_t  region = ngx_string("us-east-1");


static int
signs(const char *canonical, const char *signature)
{
    u_char     hex[NGX_SHOP_SIGV4_HEX + 1];
    ngx_str_t  text;

    text.data = (u_char *) canonical;
    text.len = strlen(canonical);

    return ngx_shop_sigv4_sign(&secret, &region,
                               (u_char *) "20130524T000000Z", &text, hex)
           == NGX_OK && strcmp((char *) hex, signature) == 0;
}


int
main(void)
{
    u_char     hex[NGX_SHOP_SIGV4_HEX + 1], date[NGX_SHOP_SIGV4_DATE + 1];
    u_char     bytes[512];
    ngx_str_t  large, text = ngx_string("x");

    ok(signs("GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\n"
             "range:bytes=0-9\nx-amz-content-sha256:" EMPTY "\n"
             "x-amz-date:20130524T000000Z\n\n"
             "host;range;x-amz-content-sha256;x-amz-date\n" EMPTY,
             "f0e8bdb87c964420e857bd35b5d6ed31"
             "0bd44f0170aba48dd91039c6036bdb41"),
       "GET of an object");

    ok(signs("GET\n/\nlifecycle=\nhost:examplebucket.s3.amazonaws.com\n"
             "x-amz-content-sha256:" EMPTY "\nx-amz-date:20130524T000000Z\n\n"
             "host;x-amz-content-sha256;x-amz-date\n" EMPTY,
             "fea454ca298b7da1c68078a5d1bdbfbb"
             "e0d65c699e0f91ac7a200a0136783543"),
       "GET of a bucket's lifecycle");

    ngx_shop_sigv4_date(date, 1369353600);
    ok(strcmp((char *) date, "20130524T000000Z") == 0, "the date");

    memset(bytes, 'x', sizeof(bytes));
    large.data = bytes;
    large.len = sizeof(bytes);

    ok(ngx_shop_sigv4_sign(&large, &region, date, &text, hex) == NGX_ERROR
       && ngx_shop_sigv4_sign(&secret, &large, date, &text, hex) == NGX_ERROR,
       "what is too long");

    return unit_end();
}
