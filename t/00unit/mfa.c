/*
 * Sealed secrets, typed codes, challenges, CBOR.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_cbor.h"
#include "ngx_shop_challenge.h"
#include "ngx_shop_code.h"
#include "ngx_shop_secret.h"
#include "unit.h"


static ngx_shop_secret_key_t  keys[2];


static void
make_keys(void)
{
    ngx_shop_secret_key_t  again;

    static ngx_str_t  one = ngx_string("0123456789abcdef0123456789abcdef");
    static ngx_str_t  two = ngx_string("0123456789abcdef0123456789abcdeg");

    ok(ngx_shop_secret_derive(&one, &keys[0]) == NGX_OK
       && ngx_shop_secret_derive(&two, &keys[1]) == NGX_OK, "derived");
    ok(ngx_shop_secret_derive(&one, &again) == NGX_OK
       && memcmp(&again, &keys[0], sizeof(again)) == 0, "the same again");
    ok(memcmp(keys[0].seal, keys[1].seal, 32) != 0
       && memcmp(keys[0].id, keys[1].id, 4) != 0
       && memcmp(keys[0].seal, keys[0].sign, 32) != 0, "all differ");
}


static void
secrets(void)
{
    u_char      raw[256], out[256], other[256];
    size_t      i, wrong;
    ngx_str_t   sealed, plain, twice;
    ngx_uint_t  which;

    static ngx_str_t  secret = ngx_string("a secret of 20 bytes");
    static ngx_str_t  mine = ngx_string("totp:me");
    static ngx_str_t  yours = ngx_string("totp:you");

    sealed.data = raw;
    plain.data = out;
    twice.data = other;

    ok(ngx_shop_secret_seal(&keys[1], &mine, &secret, &sealed) == NGX_OK
       && sealed.len == secret.len + NGX_SHOP_SECRET_OVERHEAD, "sealed");
    ok(ngx_shop_secret_seal(&keys[1], &mine, &secret, &twice) == NGX_OK
       && memcmp(raw, other, sealed.len) != 0, "never the same twice");
    ok(ngx_shop_secret_open(keys, 2, &mine, &sealed, &plain, &which) == NGX_OK
       && which == 1 && plain.len == secret.len
       && memcmp(out, secret.data, plain.len) == 0, "opened by its key");
    ok(ngx_shop_secret_open(keys, 2, &yours, &sealed, &plain, &which)
       == NGX_DECLINED, "not for another account");
    ok(ngx_shop_secret_open(keys, 1, &mine, &sealed, &plain, &which)
       == NGX_DECLINED, "not by another key");

    wrong = 0;

    for (i = 0; i < sealed.len; i++) {
        raw[i] ^= 1;
        wrong += ngx_shop_secret_open(keys, 2, &mine, &sealed, &plain, &which)
                 == NGX_DECLINED;
        raw[i] ^= 1;
    }

    ok(wrong == sealed.len, "no byte may change");

    for (wrong = 0; sealed.len; wrong++) {
        sealed.len--;

        if (ngx_shop_secret_open(keys, 2, &mine, &sealed, &plain, &which)
            != NGX_DECLINED)
        {
            break;
        }
    }

    ok(sealed.len == 0, "nor be missing");

    sealed.len = 0;
    plain.data = raw;
    plain.len = NGX_SHOP_SECRET_MAX + 1;
    ok(ngx_shop_secret_seal(&keys[0], &mine, &plain, &twice) == NGX_ERROR,
       "nothing large");
}


static int64_t
step_of(const char *text, time_t now)
{
    ngx_str_t  typed;

    static ngx_str_t  secret = ngx_string("12345678901234567890");

    typed.data = (u_char *) text;
    typed.len = strlen(text);

    return ngx_shop_totp_step(&secret, &typed, now);
}


static void
codes(void)
{
    u_char  secret[NGX_SHOP_TOTP_SECRET], text[NGX_SHOP_TOTP_TEXT + 1];

    /* RFC 6238, appendix B: the last six digits */
    ok(step_of("287082", 59) == 1, "59 s");
    ok(step_of("081804", 1111111109) == 37037036, "1111111109 s");
    ok(step_of("050471", 1111111111) == 37037037, "1111111111 s");
    ok(step_of("005924", 1234567890) == 41152263, "1234567890 s");
    ok(step_of("279037", 2000000000) == 66666666, "2000000000 s");
    ok(step_of("353130", 20000000000) == 666666666, "20000000000 s");

    ok(step_of("287082", 59 + 30) == 1 && step_of("287082", 29) == 1,
       "one step to each side");
    ok(step_of("287082", 59 + 31) == -1 && step_of("287082", 59 + 60) == -1,
       "no more");
    ok(step_of("287 082", 59) == 1 && step_of(" 287082 ", 59) == 1,
       "spaces don't count");
    ok(step_of("287083", 59) == -1 && step_of("28708", 59) == -1
       && step_of("2870822", 59) == -1 && step_of("28708a", 59) == -1
       && step_of("", 59) == -1 && step_of("-287082", 59) == -1, "refused");

    ok(ngx_shop_totp_make(secret, text) == NGX_OK && strlen((char *) text) == 32
       && strspn((char *) text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == 32,
       "a secret in base32");
}


static ngx_int_t
recovery_of(const char *text, u_char *hash)
{
    ngx_str_t  typed;

    typed.data = (u_char *) text;
    typed.len = strlen(text);

    return ngx_shop_recovery_read(&typed, hash);
}


static void
recovery(void)
{
    char                  text[64];
    u_char                hash[NGX_SHOP_RECOVERY_HASH + 1];
    size_t                i;
    ngx_shop_recovery_t   code, other;

    ok(ngx_shop_recovery_make(&code) == NGX_OK
       && ngx_shop_recovery_make(&other) == NGX_OK
       && strcmp((char *) code.text, (char *) other.text) != 0, "made");
    ok(recovery_of((char *) code.text, hash) == NGX_OK
       && strcmp((char *) hash, (char *) code.hash) == 0, "read again");

    for (i = 0; code.text[i]; i++) {
        text[i] = code.text[i] == '-' ? ' ' : toupper(code.text[i]);
    }

    text[i] = '\0';
    ok(recovery_of(text, hash) == NGX_OK
       && strcmp((char *) hash, (char *) code.hash) == 0, "however typed");
    ok(recovery_of("abcd-efgh-jkmn-pqr", hash) == NGX_DECLINED
       && recovery_of("abcd-efgh-jkmn-pqrst", hash) == NGX_DECLINED
       && recovery_of("abcd-efgh-jkmn-pqr0", hash) == NGX_DECLINED
       && recovery_of("123456", hash) == NGX_DECLINED
       && recovery_of("", hash) == NGX_DECLINED, "what can't be one");
}


static ngx_int_t
answered(ngx_uint_t purpose, const char *host, const char *account,
    time_t now, const u_char *text, ngx_uint_t nkeys)
{
    u_char                hash[NGX_SHOP_CHALLENGE_HASH + 1];
    time_t                expires;
    ngx_str_t             typed;
    ngx_shop_challenge_t  of;

    of.purpose = purpose;
    of.host.data = (u_char *) host;
    of.host.len = strlen(host);
    of.account.data = (u_char *) account;
    of.account.len = strlen(account);

    typed.data = (u_char *) text;
    typed.len = strlen((char *) text);

    return ngx_shop_challenge_check(keys, nkeys, &of, now, &typed, hash,
                                    &expires);
}


static void
challenges(void)
{
    u_char                text[NGX_SHOP_CHALLENGE_LEN + 1];
    size_t                i, good;
    ngx_shop_challenge_t  of;

    of.purpose = NGX_SHOP_CHALLENGE_MAKE;
    ngx_str_set(&of.host, "localhost");
    ngx_str_set(&of.account, "me");

    ok(ngx_shop_challenge_make(&keys[1], &of, 1000, text) == NGX_OK
       && strlen((char *) text) == NGX_SHOP_CHALLENGE_LEN, "a challenge");
    ok(answered(1, "localhost", "me", 1000, text, 2) == NGX_OK
       && answered(1, "localhost", "me", 1299, text, 2) == NGX_OK,
       "answered in time");
    ok(answered(1, "localhost", "me", 1300, text, 2) == NGX_DECLINED,
       "too late");
    ok(answered(2, "localhost", "me", 1000, text, 2) == NGX_DECLINED
       && answered(1, "localhosts", "me", 1000, text, 2) == NGX_DECLINED
       && answered(1, "localhost", "you", 1000, text, 2) == NGX_DECLINED
       && answered(1, "localhost", "", 1000, text, 2) == NGX_DECLINED
       && answered(1, "localhost", "me", 1000, text, 1) == NGX_DECLINED,
       "for something else");

    good = 0;

    for (i = 0; i < NGX_SHOP_CHALLENGE_LEN; i++) {
        text[i] ^= 2;
        good += answered(1, "localhost", "me", 1000, text, 2) == NGX_OK;
        text[i] ^= 2;
    }

    ok(good == 0, "no character may change");
}


static ngx_int_t
skip(const char *text, size_t len)
{
    ngx_shop_cbor_t  in;

    in.pos = (const u_char *) text;
    in.last = in.pos + len;

    return ngx_shop_cbor_skip(&in) == NGX_OK && in.pos == in.last;
}


#define skips(text)  skip(text, sizeof(text) - 1)


static void
cbor(void)
{
    ok(skips("\x00") && skips("\x18\xff") && skips("\x1b\1\2\3\4\5\6\7\x08")
       && skips("\x20") && skips("\x42""ab") && skips("\x63""abc")
       && skips("\x80") && skips("\x82\x01\x02") && skips("\xa1\x01\x81\x02")
       && skips("\xf4") && skips("\xf6"), "items");
    ok(skips("\x81\x81\x81\x81\x00"), "four levels");
    ok(!skips("\x81\x81\x81\x81\x81\x00"), "no more");
    ok(!skips("") && !skips("\x18") && !skips("\x42""a") && !skips("\x81")
       && !skips("\xa1\x01") && !skips("\x1b\1\2"), "cut short");
    ok(!skips("\x9f\xff") && !skips("\x5f\x41""a\xff") && !skips("\xc0\x00")
       && !skips("\xf9\0\0") && !skips("\xf7") && !skips("\xf8\x20")
       && !skips("\x1c") && !skips("\xff"), "what no authenticator writes");
    ok(!skips("\x9b\x7f\xff\xff\xff\xff\xff\xff\xff\x00")
       && !skips("\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x00")
       && !skips("\x5b\xff\xff\xff\xff\xff\xff\xff\xff\x00"),
       "counts beyond what is there");
}


int
main(void)
{
    ok(ngx_shop_code_init() == NGX_OK, "liboath");

    make_keys();
    secrets();
    codes();
    recovery();
    challenges();
    cbor();

    return unit_end();
}
