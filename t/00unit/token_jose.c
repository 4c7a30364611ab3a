/*
 * Access tokens: signatures, headers and forms that are refused, whatever the
 * claims say.  Prints TAP.
 */

#include <openssl/hmac.h>
#include <openssl/pem.h>
#include "token.h"


static void
header_is(const char *text, const char *name)
{
    ok(verify(token_of(text, GOOD, strlen(GOOD))) == NGX_DECLINED, name);
}


static void
test_vector(void)
{
    size_t                 len;
    u_char                 sig[64];
    const char            *error;
    ngx_str_t              data, text;
    ngx_shop_token_key_t  *rfc;

    /* RFC 7515, A.3 */
    rfc = ngx_pcalloc(NULL, sizeof(ngx_shop_token_key_t));
    ngx_str_set(&rfc->file, "rfc7515.pem");
    error = ngx_shop_token_key_read(NULL, rfc);
    ok(error == NULL && !rfc->private, "a public key is read");
    ok(strcmp((char *) rfc->kid, "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
       == 0, "its RFC 7638 thumbprint is right");

    ngx_str_set(&data, "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEz"
                       "MDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
                       "Ijp0cnVlfQ");
    ngx_str_set(&text, "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5"
                       "djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

    ok(ngx_shop_jose_decode(sig, &len, &text) == NGX_OK && len == 64,
       "the signature of RFC 7515, A.3 is decoded");
    ok(ngx_shop_token_key_verify(rfc, &data, sig), "and is good");
    sig[63] ^= 1;
    ok(!ngx_shop_token_key_verify(rfc, &data, sig), "a bit more is not");
    ngx_memzero(sig, 64);
    ok(!ngx_shop_token_key_verify(rfc, &data, sig),
       "zeros are no signature (CVE-2022-21449)");
}


static void
test_header(void)
{
    char  text[512];

#define KID  "\"kid\":\"%s\""

    sprintf(text, "{\"alg\":\"none\",\"typ\":\"at+jwt\"," KID "}", key->kid);
    header_is(text, "alg none");
    sprintf(text, "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"," KID "}", key->kid);
    header_is(text, "alg HS256");
    sprintf(text, "{\"alg\":\"es256\",\"typ\":\"at+jwt\"," KID "}", key->kid);
    header_is(text, "alg es256");
    sprintf(text, "{\"alg\":\"ES384\",\"typ\":\"at+jwt\"," KID "}", key->kid);
    header_is(text, "alg ES384");
    sprintf(text, "{\"alg\":[\"ES256\"],\"typ\":\"at+jwt\"," KID "}",
            key->kid);
    header_is(text, "alg as an array");
    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"JWT\"," KID "}", key->kid);
    header_is(text, "typ JWT: an id token, say");
    sprintf(text, "{\"alg\":\"ES256\"," KID "}", key->kid);
    header_is(text, "no typ");
    header_is("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", "no kid");
    header_is("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"../../etc\"}",
              "a kid that is a path");
    header_is("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":"
              "\"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U\"}",
              "a kid that is not ours");
    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"," KID
            ",\"crit\":[\"exp\"]}", key->kid);
    header_is(text, "crit");
    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"," KID
            ",\"jku\":\"https://evil.test/keys\"}", key->kid);
    header_is(text, "jku");
    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"," KID
            ",\"alg\":\"ES256\"}", key->kid);
    header_is(text, "alg twice");
    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"," KID
            ",\"x\":\"%0400d\"}", key->kid, 0);
    header_is(text, "a large header");
}


/* HS256 with the public key as its secret, the oldest trick */

static void
test_confusion(void)
{
    char          text[1024], *pem;
    BIO          *bio;
    long          pem_len;
    u_char        mac[32];
    unsigned int  len;
    ngx_str_t     token;

    bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(bio, key->pkey);
    pem_len = BIO_get_mem_data(bio, &pem);

    sprintf(text, "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
            key->kid);
    sprintf(text, "%s.%s", encode(text, strlen(text)),
            encode(GOOD, strlen(GOOD)));
    HMAC(EVP_sha256(), pem, (int) pem_len, (u_char *) text, strlen(text), mac,
         &len);
    strcat(text, ".");
    strcat(text, encode(mac, len));
    BIO_free(bio);

    token.data = (u_char *) text;
    token.len = strlen(text);
    ok(verify(token) == NGX_DECLINED, "HMAC with the public key");
}


static void
test_form(void)
{
    u_char      *p, saved;
    ngx_str_t    token, bad;
    static char  large[NGX_SHOP_TOKEN_MAX + 2];

    token = token_of(header(), GOOD, strlen(GOOD));
    ok(verify(token) == NGX_OK, "good again");

    bad = token;
    bad.len--;
    ok(verify(bad) == NGX_DECLINED, "a byte less");

    p = token.data + token.len - 1;
    saved = *p;

    /* 86 characters are 516 bits: four more than a signature has */
    *p = (saved == 'A') ? 'B' : saved + 1;
    ok(verify(token) == NGX_DECLINED, "stray bits at the end");
    *p = '=';
    ok(verify(token) == NGX_DECLINED, "padding");
    *p = saved;

    p = (u_char *) strchr((char *) token.data, '.') + 10;
    *p ^= 1;
    ok(verify(token) == NGX_DECLINED, "another payload");
    *p ^= 1;

    bad.data = token.data;
    bad.len = strrchr((char *) token.data, '.') - (char *) token.data;
    ok(verify(bad) == NGX_DECLINED, "no signature");
    bad.len++;
    ok(verify(bad) == NGX_DECLINED, "an empty signature");

    ngx_str_set(&bad, "");
    ok(verify(bad) == NGX_DECLINED, "nothing");
    ngx_str_set(&bad, "..");
    ok(verify(bad) == NGX_DECLINED, "two dots");
    ngx_str_set(&bad, "a.b.c.d.e");
    ok(verify(bad) == NGX_DECLINED, "an encrypted one");
    ngx_str_set(&bad, "\xff\xfe.\x00.\x80");
    ok(verify(bad) == NGX_DECLINED, "bytes");

    memset(large, 'a', sizeof(large));
    bad.data = (u_char *) large;
    bad.len = NGX_SHOP_TOKEN_MAX + 1;
    ok(verify(bad) == NGX_DECLINED, "more than is looked at");
}


int
main(void)
{
    ok(start(), "a private key is read");

    test_vector();
    test_header();
    test_confusion();
    test_form();

    ngx_shop_token_stop();

    return unit_end();
}
