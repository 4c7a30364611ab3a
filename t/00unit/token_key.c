/*
 * Files of token keys: which are taken, and what is said of the others.  Prints
 * TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_token.h"
#include "ngx_shop_token_key.h"
#include "unit.h"


static const char *
file_error(ngx_str_t file)
{
    const char            *error;
    ngx_shop_token_key_t  *bad;

    bad = ngx_pcalloc(NULL, sizeof(ngx_shop_token_key_t));
    bad->file = file;
    error = ngx_shop_token_key_read(NULL, bad);

    return error ? error : "none";
}


int
main(void)
{
    ngx_str_t  good = ngx_string("token.pem");
    ngx_str_t  none = ngx_string("there-is-none.pem");
    ngx_str_t  curve = ngx_string("p384.pem");
    ngx_str_t  text = ngx_string("not-a-key.pem");

    ok(strcmp(file_error(good), "none") == 0, "a key");
    ok(strstr(file_error(none), "opened") != NULL, "no file");
    ok(strstr(file_error(curve), "P-256") != NULL, "a key of another curve");
    ok(strstr(file_error(text), "PEM") != NULL, "a file without a key");

    return unit_end();
}
