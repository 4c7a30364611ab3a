/*
 * Kinds of hashes of passwords: which are known, and examples of each that no
 * password is right for.  Prints TAP.
 */

#include <argon2.h>
#include <crypt.h>
#include "ngx_shop_hash.h"
#include "unit.h"


#define SALT   "NobodyHasThisSalt....."
#define ARGON  "$argon2id$v=19$"


static int
kind(const char *text, ngx_shop_hash_kind_t *of)
{
    ngx_str_t  str;

    str.data = (u_char *) text;
    str.len = strlen(text);

    return ngx_shop_hash_kind_read(of, &str) == NGX_OK;
}


static int
known(const char *text)
{
    ngx_str_t  str;

    str.data = (u_char *) text;
    str.len = strlen(text);

    return ngx_shop_hash_known(&str);
}


static void
test_read(void)
{
    ngx_uint_t            i;
    ngx_shop_hash_kind_t  one, other;

    static const char    *bad[] = {
        "", "$", "$2", "$2b$12", "$2b$1x$", "$2b$03$", "$2b$17$", "$2x$12$",
        "$2b-12$", "$1$salt$hash", "secret",
        "$argon2id$v=19$m=", "$argon2i$v=19$m=19456,t=2,p=1$",
        "$argon2id$v=17$m=19456,t=2,p=1$", ARGON "m=19456,t=2,p=1",
        ARGON "m=19456,t=2,p=$", ARGON "m=19456,t=,p=1$",
        ARGON "m=19456;t=2,p=1$", ARGON "m=0,t=2,p=1$",
        ARGON "m=19456,t=0,p=1$", ARGON "m=7,t=2,p=1$",
        ARGON "m=19456,t=2,p=65$", ARGON "m=19456,t=1001,p=1$",
        ARGON "m=1048577,t=2,p=1$", ARGON "m=99999999999999999999,t=2,p=1$",
        ARGON "m=-1,t=2,p=1$", NULL
    };

    ok(kind("$2b$12$", &one) && one.cost == 12 && one.memory == 0, "bcrypt");
    ok(kind("$2y$12$" SALT, &other) && ngx_shop_hash_kind_same(&one, &other),
       "its letters make no difference");
    ok(kind("$2a$11$", &other) && !ngx_shop_hash_kind_same(&one, &other),
       "its cost does");
    ok(kind(ARGON "m=19456,t=2,p=1$", &one) && one.cost == 0
       && one.memory == 19456 && one.passes == 2 && one.lanes == 1,
       "argon2id");
    ok(kind(ARGON "m=19456,t=3,p=1$", &other)
       && !ngx_shop_hash_kind_same(&one, &other), "its parameters count");

    for (i = 0; bad[i]; i++) {
        ok(!kind(bad[i], &one), bad[i][0] ? bad[i] : "nothing");
    }

    ok(kind("$2b$14$", &one) && ngx_shop_hash_kind_fair(&one), "1 s is fair");
    ok(kind("$2b$15$", &one) && !ngx_shop_hash_kind_fair(&one), "2 s aren't");
    ok(kind(ARGON "m=262145,t=1,p=1$", &one)
       && !ngx_shop_hash_kind_fair(&one), "nor more than 256 MiB");

    ok(known(ARGON "m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA"), "a hash");
    ok(known("$2b$05$" SALT "NobodyHasThePasswordOfThisHash."), "of bcrypt");
    ok(!known("$2b$05$" SALT), "cut short");
}


static void
test_example(void)
{
    char                  text[NGX_SHOP_HASH_MAX + 1], *made;
    ngx_shop_hash_kind_t  of, again;

    static struct crypt_data  data;

    kind("$2b$04$", &of);
    ngx_shop_hash_kind_example((u_char *) text, &of);
    made = crypt_r("wrong-password", text, &data);
    ok(known(text) && kind(text, &again)
       && ngx_shop_hash_kind_same(&of, &again), "an example of bcrypt");
    ok(made && strncmp(made, "$2b$04$", 7) == 0 && strcmp(made, text) != 0,
       "which is hashed, and wrong");

    kind(ARGON "m=64,t=1,p=2$", &of);
    ngx_shop_hash_kind_example((u_char *) text, &of);
    ok(known(text) && kind(text, &again)
       && ngx_shop_hash_kind_same(&of, &again), "one of argon2id");
    ok(argon2id_verify(text, "wrong-password", 14) == ARGON2_VERIFY_MISMATCH,
       "which is hashed, and wrong");
}


int
main(void)
{
    test_read();
    test_example();

    return unit_end();
}
