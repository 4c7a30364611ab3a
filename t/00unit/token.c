/*
 * Access tokens: what their claims must say.  Prints TAP.
 */

#include "token.h"


static void
payload_is(const char *payload, ngx_int_t rc, const char *name)
{
    ok(verify(token_of(header(), payload, strlen(payload))) == rc, name);
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
    ok(start(), "a private key is read");

    test_claims();
    test_party();
    test_payload();
    test_issue();

    ngx_shop_token_stop();

    return unit_end();
}
