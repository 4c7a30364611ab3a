/*
 * Tokens of outside issuers: keys of JWK Sets, and what claims must say.
 * Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include "ngx_shop_jwt.h"
#include "unit.h"


#define NOW   1700000000
#define ISS   "https://accounts.google.com"


/* RFC 7515, A.2: RS256; A.3: ES256; RFC 8037, A.4: Ed25519 */

static const char  rs256_key[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJ"
    "cyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS"
    "-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z"
    "5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwK"
    "h9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDT"
    "W9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}]}";

static const char  rs256_jws[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh"
    "0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB"
    "__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
    "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARN"
    "PvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZES"
    "c6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVm"
    "tVrBp0igcN_IoypGlUPQGe77Rw";

static const char  es256_key[] =
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe"
    "1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5"
    "a0\"}]}";

static const char  es256_jws[] =
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh"
    "0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6"
    "-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

static const char  eddsa_key[] =
    "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyW"
    "QHOg7hcvPapiMlrwIaaPcHURo\"}]}";

static const char  eddsa_jws[] =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0J"
    "zlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";


static json_t *
json(const char *text)
{
    json_t  *value;

    value = json_loads(text, 0, NULL);

    if (value == NULL) {
        abort();
    }

    return value;
}


static int
keys_of(const char *text, ngx_shop_jwks_t *jwks)
{
    int      n;
    json_t  *set;

    set = json(text);
    n = ngx_shop_jwks_read(set, jwks) == NGX_OK ? (int) jwks->n : -1;
    json_decref(set);

    return n;
}


static int
counts(const char *text)
{
    int              n;
    ngx_shop_jwks_t  jwks;

    n = keys_of(text, &jwks);

    if (n >= 0) {
        ngx_shop_jwks_free(&jwks);
    }

    return n;
}


static void
vector(const char *set, const char *jws, const char *name)
{
    int                    good;
    u_char                 spare[NGX_SHOP_JWK_SIG_MAX];
    ngx_str_t              token, sig;
    const char            *why;
    ngx_shop_jwt_t         jwt;
    ngx_shop_jwks_t        jwks;
    const ngx_shop_jwk_t  *key;

    token.data = (u_char *) jws;
    token.len = strlen(jws);

    keys_of(set, &jwks);

    good = ngx_shop_jwt_split(&token, &jwt, &why) == NGX_OK;
    key = good ? ngx_shop_jwks_find(&jwks, jwt.alg, &jwt.kid) : NULL;

    ok(key && ngx_shop_jwk_verify(key, &jwt.signed_part, &jwt.sig), name);

    if (key) {
        sig.data = spare;
        sig.len = jwt.sig.len;
        memcpy(spare, jwt.sig.data, sig.len);
        spare[sig.len / 2] ^= 1;
        ok(!ngx_shop_jwk_verify(key, &jwt.signed_part, &sig), "one bit less");

        sig.len--;
        ok(!ngx_shop_jwk_verify(key, &jwt.signed_part, &sig), "a byte less");

        sig.len = 0;
        ok(!ngx_shop_jwk_verify(key, &jwt.signed_part, &sig), "none");
    }

    ngx_shop_jwks_free(&jwks);
}


static void
sets(void)
{
    ngx_str_t        kid;
    ngx_shop_jwks_t  jwks;

    ok(counts("{}") == -1, "no keys");
    ok(counts("{\"keys\":{}}") == -1, "keys that are no list");
    ok(counts("{\"keys\":[]}") == 0, "an empty list");
    ok(counts("{\"keys\":[1,null,{},{\"kty\":1},{\"kty\":\"oct\",\"k\":\"AA\"}"
              "]}") == 0, "what is no key for signatures");
    ok(counts("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}")
       == 0, "a small RSA key");
    ok(counts("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AA\","
              "\"y\":\"AA\"}]}") == 0, "another curve");
    ok(counts("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF"
              "1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"f83OJ3D2xF1Bg8vub9"
              "tLe1gHMzV76e8Tus9uPHvRVEU\"}]}") == 0,
       "a point that is not on the curve");
    ok(counts("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKx"
              "CrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}") == 0,
       "a key for agreement");
    ok(counts("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"use\":\"enc\""
              ",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}")
       == 0, "for another use");
    ok(counts("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"RS256"
              "\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}")
       == 0, "for another algorithm");
    ok(counts("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"key_ops\":["
              "\"sign\"],\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""
              "}]}") == 0, "not to verify with");
    ok(counts("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"key_ops\":["
              "\"verify\"],\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
              "\"}]}") == 1, "to verify with");

    keys_of("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x"
            "\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"},{\"kty\":\"OKP"
            "\",\"crv\":\"Ed25519\",\"kid\":\"b\",\"x\":\"11qYAYKxCrfVS_7TyWQH"
            "Og7hcvPapiMlrwIaaPcHURo\"}]}", &jwks);

    ngx_str_set(&kid, "b");
    ok(ngx_shop_jwks_find(&jwks, NGX_SHOP_EDDSA, &kid) == &jwks.keys[1],
       "by its name");
    ok(ngx_shop_jwks_find(&jwks, NGX_SHOP_RS256, &kid) == NULL,
       "not for another algorithm");
    ngx_str_set(&kid, "c");
    ok(ngx_shop_jwks_find(&jwks, NGX_SHOP_EDDSA, &kid) == NULL,
       "not by another name");
    ngx_str_set(&kid, "");
    ok(ngx_shop_jwks_find(&jwks, NGX_SHOP_EDDSA, &kid) == NULL,
       "two without a name to choose by");
    ngx_shop_jwks_free(&jwks);
}


/* The payload is not signed here: that is another step. */

static int
takes(const char *payload, int identity)
{
    u_char                 text[2048];
    json_t                *claims;
    ngx_str_t              src;
    ngx_array_t            none, audiences, parties;
    const char            *why;
    ngx_shop_jwt_t         jwt;
    ngx_shop_jwt_rules_t   rules;

    static ngx_str_t       audience = ngx_string("api");
    static ngx_str_t       party = ngx_string("https://shop.test");

    ngx_memzero(&none, sizeof(none));
    audiences = none;
    audiences.elts = &audience;
    audiences.nelts = 1;
    parties = none;
    parties.elts = &party;
    parties.nelts = 1;

    ngx_memzero(&jwt, sizeof(jwt));
    ngx_memzero(&rules, sizeof(rules));
    ngx_str_set(&rules.issuer, ISS);
    ngx_str_set(&rules.alias, "accounts.google.com");
    rules.now = NOW;
    rules.skew = 30;
    rules.audiences = identity ? &none : &audiences;
    rules.parties = identity ? &none : &parties;

    if (identity) {
        ngx_str_set(&rules.client, "me");
        ngx_str_set(&rules.nonce, "n");
    }

    src.data = (u_char *) payload;
    src.len = strlen(payload);
    jwt.payload.data = text;
    ngx_encode_base64url(&jwt.payload, &src);

    why = NULL;
    claims = ngx_shop_jwt_claims(&jwt, &rules, &why);
    json_decref(claims);

    if ((claims == NULL) != (why != NULL)) {
        abort();
    }

    return claims != NULL;
}


static void
claims(void)
{
    static const char  head[] = "\"sub\":\"s\",\"iat\":1699999990,"
                                "\"exp\":1700000060";
    char               text[512];

#define SAYS(fmt)                                                           \
    (snprintf(text, sizeof(text), "{%s,%s}", head, fmt), text)

    ok(takes(SAYS("\"iss\":\"" ISS "\",\"aud\":\"me\",\"nonce\":\"n\""), 1),
       "an id_token");
    ok(takes(SAYS("\"iss\":\"accounts.google.com\",\"aud\":\"me\","
                  "\"nonce\":\"n\""), 1), "Google's other name");
    ok(!takes(SAYS("\"iss\":\"ccounts.google.com\",\"aud\":\"me\","
                   "\"nonce\":\"n\""), 1), "not any other");
    ok(!takes(SAYS("\"iss\":\"" ISS "/\",\"aud\":\"me\",\"nonce\":\"n\""), 1),
       "nor with a slash");
    ok(takes("{\"sub\":\"s\",\"iat\":1699999990.5,\"exp\":1700000060.5,"
             "\"iss\":\"" ISS "\",\"aud\":\"me\",\"nonce\":\"n\"}", 1),
       "fractions of a second");
    ok(takes("{\"sub\":\"s\",\"iat\":1699999900,\"exp\":1699999971,"
             "\"iss\":\"" ISS "\",\"aud\":\"me\",\"nonce\":\"n\"}", 1),
       "expired as long ago as clocks may differ");
    ok(!takes("{\"sub\":\"s\",\"iat\":1699999900,\"exp\":1699999970,"
              "\"iss\":\"" ISS "\",\"aud\":\"me\",\"nonce\":\"n\"}", 1),
       "a second more");
    ok(!takes("{\"sub\":\"s\",\"iat\":1e300,\"exp\":1e301,\"iss\":\"" ISS "\","
              "\"aud\":\"me\",\"nonce\":\"n\"}", 1), "times without end");
    ok(!takes("{\"sub\":\"s\",\"iat\":-1,\"exp\":1700000060,\"iss\":\"" ISS
              "\",\"aud\":\"me\",\"nonce\":\"n\"}", 1), "before the epoch");

    ok(takes(SAYS("\"iss\":\"" ISS "\",\"aud\":\"api\""), 0), "a bearer");
    ok(takes(SAYS("\"iss\":\"" ISS "\",\"aud\":[\"x\",\"api\"],"
                  "\"azp\":\"https://shop.test\""), 0), "with azp");
    ok(!takes(SAYS("\"iss\":\"" ISS "\",\"aud\":\"api\",\"azp\":\"x\""), 0),
       "azp of another");
    ok(!takes(SAYS("\"iss\":\"" ISS "\",\"aud\":\"me\",\"nonce\":\"n\""), 0),
       "an id_token is no bearer");
    ok(!takes(SAYS("\"iss\":\"" ISS "\",\"aud\":\"api\""), 1),
       "a bearer is no id_token");

#undef SAYS
}


int
main(void)
{
    vector(rs256_key, rs256_jws, "RFC 7515, A.2");
    vector(es256_key, es256_jws, "RFC 7515, A.3");
    vector(eddsa_key, eddsa_jws, "RFC 8037, A.4");

    sets();
    claims();

    return unit_end();
}
