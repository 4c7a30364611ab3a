/*
 * Tokens: what is accepted, and everything that must not be.  Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <jansson.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include "ngx_shop_token.h"
#include "ngx_shop_token_jose.h"
#include "ngx_shop_token_key.h"
#include "unit.h"


#define ISSUER   "https://shop.test"
#define USER     "7c9e6679-7425-40de-944b-e07fc1f90ae7"
#define SESSION  "16fd2706-8baf-433b-82eb-8c7fada847da"
#define NOW      1700000000

#define BODY     "\"iss\":\"" ISSUER "\",\"aud\":\"" ISSUER "\","           \
                 "\"sub\":\"" USER "\",\"sid\":\"" SESSION "\","            \
                 "\"store\":\"1\",\"roles\":[\"customer\",\"seller\"]"
#define TIMES    "\"iat\":1700000000,\"exp\":1700003600"
#define GOOD     "{" BODY "," TIMES "}"


static ngx_shop_token_conf_t  conf;
static ngx_shop_token_key_t  *key;


static char *
encode(const void *data, size_t len)
{
    ngx_str_t  src, dst;

    src.data = (u_char *) data;
    src.len = len;
    dst.data = ngx_palloc(NULL, len * 4 / 3 + 4);
    ngx_encode_base64url(&dst, &src);
    dst.data[dst.len] = '\0';

    return (char *) dst.data;
}


static char *
sign(const char *text)
{
    size_t            der_len;
    u_char            der[256], raw[64];
    ECDSA_SIG        *pair;
    EVP_MD_CTX       *ctx;
    const u_char     *p;

    der_len = sizeof(der);
    ctx = EVP_MD_CTX_new();
    EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key->pkey);
    EVP_DigestSign(ctx, der, &der_len, (const u_char *) text, strlen(text));
    EVP_MD_CTX_free(ctx);

    p = der;
    pair = d2i_ECDSA_SIG(NULL, &p, der_len);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + 32, 32);
    ECDSA_SIG_free(pair);

    return encode(raw, sizeof(raw));
}


static ngx_str_t
token_of(const char *header, const char *payload, size_t len)
{
    char      *text, *part;
    ngx_str_t  token;

    part = encode(payload, len);
    text = ngx_palloc(NULL, strlen(header) * 2 + strlen(part) + 256);
    sprintf(text, "%s.%s", encode(header, strlen(header)), part);

    part = sign(text);
    strcat(text, ".");
    strcat(text, part);

    token.data = (u_char *) text;
    token.len = strlen(text);

    return token;
}


static const char *
header(void)
{
    static char  text[256];

    sprintf(text, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
            key->kid);

    return text;
}


static ngx_int_t
verify(ngx_str_t token)
{
    const char         *why;
    ngx_shop_claims_t   claims;

    return ngx_shop_token_verify(&token, &claims, &why);
}


static void
payload_is(const char *payload, ngx_int_t rc, const char *name)
{
    ok(verify(token_of(header(), payload, strlen(payload))) == rc, name);
}


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
test_claims(void)
{
    const char         *why;
    ngx_str_t           token;
    ngx_shop_claims_t   claims;

    token = token_of(header(), GOOD, strlen(GOOD));

    ok(ngx_shop_token_verify(&token, &claims, &why) == NGX_OK, "a good token");
    ok(strcmp((char *) claims.user.data, USER) == 0
       && strcmp((char *) claims.session.data, SESSION) == 0
       && strcmp((char *) claims.store.data, "1") == 0
       && strcmp((char *) claims.roles.data, "customer seller") == 0
       && claims.roles.len == 15 && claims.scope.len == 0
       && claims.issued == NOW && claims.expires == NOW + 3600,
       "its claims");

    ngx_memzero(&claims, sizeof(claims));
    ok(ngx_shop_token_verify(&token, &claims, &why) == NGX_OK
       && strcmp((char *) claims.roles.data, "customer seller") == 0,
       "the same from the cache");

    ((ngx_time_t *) ngx_cached_time)->sec = NOW + 3600;
    ok(ngx_shop_token_verify(&token, &claims, &why) == NGX_ABORT
       && strcmp((char *) claims.user.data, USER) == 0,
       "an expired one says whose it was");
    ((ngx_time_t *) ngx_cached_time)->sec = NOW;

    payload_is("{" BODY ",\"iat\":1699990000,\"exp\":1699999999}", NGX_ABORT,
               "expired and never seen");
    payload_is("{" BODY "," TIMES ",\"amr\":[\"mfa\",\"pwd\"]}", NGX_OK, "amr");
    payload_is("{" BODY "," TIMES ",\"amr\":\"mfa\"}", NGX_DECLINED,
               "amr is a text");
    payload_is("{" BODY "," TIMES ",\"amr\":[\"mfa\",1]}", NGX_DECLINED,
               "amr of a number");
    payload_is("{" BODY "," TIMES ",\"amr\":[\"\",\"\",\"\",\"\",\"\",\"\","
               "\"\",\"\",\"\"]}", NGX_DECLINED, "amr of many");
    payload_is("{" BODY "," TIMES ",\"nbf\":1700000030}", NGX_OK,
               "nbf within the skew");
    payload_is("{" BODY "," TIMES ",\"nbf\":1700000090}", NGX_DECLINED,
               "nbf in the future");
    payload_is("{" BODY "," TIMES ",\"nbf\":\"soon\"}", NGX_DECLINED,
               "nbf as text");
    payload_is("{" BODY ",\"iat\":1700000090,\"exp\":1700003600}",
               NGX_DECLINED, "iat in the future");
    payload_is("{" BODY ",\"iat\":1700000000}", NGX_DECLINED, "no exp");
    payload_is("{" BODY ",\"exp\":1700003600}", NGX_DECLINED, "no iat");
    payload_is("{" BODY ",\"iat\":1,\"exp\":1.7e9}", NGX_DECLINED,
               "exp as a float");
    payload_is("{" BODY ",\"iat\":1,\"exp\":9223372036854775807}",
               NGX_DECLINED, "exp beyond time");
    payload_is("{" BODY ",\"iat\":1,\"exp\":99999999999999999999}",
               NGX_DECLINED, "exp beyond numbers");
    payload_is("{" BODY ",\"iat\":-5,\"exp\":1700003600}", NGX_DECLINED,
               "a negative iat");
}


static void
test_party(void)
{
#define REST  "\"sub\":\"" USER "\",\"sid\":\"" SESSION "\",\"store\":\"1\"," \
              "\"roles\":[]," TIMES "}"

    payload_is("{\"iss\":\"" ISSUER "\",\"aud\":[\"x\",\"" ISSUER "\"]," REST,
               NGX_OK, "one of several audiences, no roles");
    payload_is("{\"iss\":\"" ISSUER "/\",\"aud\":\"" ISSUER "\"," REST,
               NGX_DECLINED, "another issuer");
    payload_is("{\"aud\":\"" ISSUER "\"," REST, NGX_DECLINED, "no issuer");
    payload_is("{\"iss\":\"" ISSUER "\",\"aud\":\"other\"," REST,
               NGX_DECLINED, "another audience");
    payload_is("{\"iss\":\"" ISSUER "\"," REST, NGX_DECLINED, "no audience");
    payload_is("{\"iss\":\"" ISSUER "\",\"aud\":[[\"" ISSUER "\"]]," REST,
               NGX_DECLINED, "an audience in an array in an array");

#define WHO(sub, sid, store, roles)                                         \
    "{\"iss\":\"" ISSUER "\",\"aud\":\"" ISSUER "\",\"sub\":" sub            \
    ",\"sid\":" sid ",\"store\":" store ",\"roles\":" roles "," TIMES "}"
#define S  "\"" SESSION "\""
#define U  "\"" USER "\""

    payload_is(WHO("7", S, "\"1\"", "[]"), NGX_DECLINED, "sub as a number");
    payload_is(WHO("\"x' or 1=1 --\"", S, "\"1\"", "[]"), NGX_DECLINED,
               "sub that is no uuid");
    payload_is(WHO(U, "null", "\"1\"", "[]"), NGX_DECLINED, "no session");
    payload_is(WHO(U, S, "\"-1\"", "[]"), NGX_DECLINED, "a store that is none");
    payload_is(WHO(U, S, "\"1\"", "\"admin\""), NGX_DECLINED, "roles as text");
    payload_is(WHO(U, S, "\"1\"", "[\"admin customer\"]"), NGX_DECLINED,
               "a space in a role");
    payload_is(WHO(U, S, "\"1\"", "[1]"), NGX_DECLINED, "a number as a role");
    payload_is(WHO(U, S, "\"1\"", "[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\","
                   "\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\","
                   "\"a\",\"a\"]"), NGX_DECLINED, "too many roles");
}


static void
test_payload(void)
{
    static const char  nul[] = "{" BODY "," TIMES ",\"a\":\"\\u0000\"}";
    static const char  latin[] = "{" BODY "," TIMES ",\"a\":\"\xe9\"}";
    static const char  raw[] = GOOD "\0";

    payload_is("{" BODY "," TIMES ",\"sub\":\"" SESSION "\"}", NGX_DECLINED,
               "a claim twice");
    payload_is("{" BODY "," TIMES ",\"x\":{\"a\":1,\"a\":2}}", NGX_DECLINED,
               "a name twice further in");
    payload_is(nul, NGX_DECLINED, "NUL in a string");
    payload_is(latin, NGX_DECLINED, "not UTF-8");
    payload_is("[" GOOD "]", NGX_DECLINED, "an array");
    payload_is(GOOD "x", NGX_DECLINED, "something after it");
    payload_is("", NGX_DECLINED, "nothing");
    ok(verify(token_of(header(), raw, sizeof(raw) - 1)) == NGX_DECLINED,
       "NUL after it");
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


static void
test_issue(void)
{
    u_char              text[NGX_SHOP_TOKEN_MAX];
    json_t             *object;
    const char         *why;
    ngx_str_t           token, payload;
    ngx_shop_claims_t   claims, back;

    ngx_memzero(&claims, sizeof(claims));
    ngx_str_set(&claims.user, USER);
    ngx_str_set(&claims.session, SESSION);
    ngx_str_set(&claims.store, "2");
    ngx_str_set(&claims.roles, "admin customer");
    claims.issued = NOW;
    claims.expires = NOW + 60;

    ok(ngx_shop_token_issue(NULL, &claims, &token) == NGX_OK, "issued");
    ok(ngx_shop_token_verify(&token, &back, &why) == NGX_OK
       && strcmp((char *) back.roles.data, "admin customer") == 0
       && strcmp((char *) back.store.data, "2") == 0, "and accepted");

    payload.data = (u_char *) strchr((char *) token.data, '.') + 1;
    payload.len = (u_char *) strrchr((char *) token.data, '.') - payload.data;

    object = ngx_shop_jose_object(&payload, text, &why);
    ok(json_string_length(json_object_get(object, "jti")) == 22,
       "it has a jti");
    ok(json_integer_value(json_object_get(object, "exp")) == NOW + 60
       && json_array_size(json_object_get(object, "roles")) == 2,
       "and its claims");
    json_decref(object);
}


int
main(void)
{
    const char  *error;

    ((ngx_time_t *) ngx_cached_time)->sec = NOW;

    key = ngx_pcalloc(NULL, sizeof(ngx_shop_token_key_t));
    ngx_str_set(&key->file, "token.pem");

    error = ngx_shop_token_key_read(NULL, key);
    ok(error == NULL && key->private, "a private key is read");

    conf.keys.elts = &key;
    conf.keys.nelts = 1;
    conf.cache = 100;
    conf.signs = 1;
    ngx_str_set(&conf.issuer, ISSUER);

    (void) ngx_shop_token_start(&conf, NULL);

    test_vector();
    test_claims();
    test_party();
    test_payload();
    test_header();
    test_confusion();
    test_form();
    test_issue();

    ngx_shop_token_stop();

    return unit_end();
}
