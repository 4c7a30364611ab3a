/*
 * The cache of verified tokens, and refresh tokens.  Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_token.h"
#include "ngx_shop_token_cache.h"
#include "ngx_shop_token_refresh.h"
#include "unit.h"


static ngx_shop_token_conf_t  conf;


static void
test_cache(void)
{
    int                       i, found;
    char                      text[64];
    ngx_str_t                 token;
    ngx_shop_claims_t         claims;
    ngx_shop_token_cache_t   *cache;
    const ngx_shop_claims_t  *seen;

    cache = ngx_shop_token_cache_create(10, NULL);

    ngx_memzero(&claims, sizeof(claims));
    ngx_str_set(&claims.user, "7c9e6679-7425-40de-944b-e07fc1f90ae7");
    ngx_str_set(&claims.session, "16fd2706-8baf-433b-82eb-8c7fada847da");
    ngx_str_set(&claims.store, "1");
    ngx_str_set(&claims.roles, "");
    ngx_str_set(&claims.client, "");
    ngx_str_set(&claims.scope, "");

    token.data = (u_char *) text;

    for (i = 0; i < 100; i++) {
        token.len = sprintf(text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%d", i);
        claims.issued = i;
        ngx_shop_token_cache_put(cache, &token, &claims);

        /* the first is asked for all the time, and stays */
        token.len = sprintf(text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0");
        (void) ngx_shop_token_cache_get(cache, &token);
    }

    found = 0;

    for (i = 0; i < 100; i++) {
        token.len = sprintf(text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%d", i);
        seen = ngx_shop_token_cache_get(cache, &token);

        if (seen) {
            found += (seen->issued == i) ? 1 : 1000;
        }
    }

    ok(found == 10, "a cache of ten holds ten");

    token.len = sprintf(text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0");
    ok(ngx_shop_token_cache_get(cache, &token) != NULL,
       "the least recently used went");

    text[0] = 'b';
    ok(ngx_shop_token_cache_get(cache, &token) == NULL,
       "the same end is not the same token");

    ngx_shop_token_cache_destroy(cache);
}


static void
test_refresh(void)
{
    ngx_str_t           text;
    ngx_shop_refresh_t  first, second, again, other;

    ok(ngx_shop_refresh_make(&first) == NGX_OK
       && ngx_shop_refresh_make(&other) == NGX_OK
       && strcmp((char *) first.text, (char *) other.text) != 0,
       "refresh tokens are random");

    text.data = first.text;
    text.len = NGX_SHOP_REFRESH_LEN;
    ok(ngx_shop_refresh_read(&text, &again) == NGX_OK
       && strcmp((char *) first.hash, (char *) again.hash) == 0,
       "and read again");

    ok(ngx_shop_refresh_next(&first, &second) == NGX_OK
       && ngx_shop_refresh_next(&again, &other) == NGX_OK
       && strcmp((char *) second.text, (char *) other.text) == 0
       && strcmp((char *) second.text, (char *) first.text) != 0,
       "a successor is always the same");

    conf.refresh_key.data = (u_char *) "another key of thirty-two bytes.";
    ok(ngx_shop_refresh_next(&first, &other) == NGX_OK
       && strcmp((char *) second.text, (char *) other.text) != 0,
       "and needs the server's key");

    text.len--;
    ok(ngx_shop_refresh_read(&text, &again) == NGX_DECLINED, "too short");
    ngx_str_set(&text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'");
    ok(ngx_shop_refresh_read(&text, &again) == NGX_DECLINED, "no base64url");
}


int
main(void)
{
    conf.cache = 10;
    ngx_str_set(&conf.refresh_key, "thirty-two bytes are the minimum");

    (void) ngx_shop_token_start(&conf, NULL);

    test_cache();
    test_refresh();

    ngx_shop_token_stop();

    return unit_end();
}
