/*
 * Kinds of hashes: the algorithm with its parameters, on which the time of a
 * check depends.
 */

#include "ngx_shop_hash.h"
#include <argon2.h>


/* the dearest that is checked, and that wrong passwords are hashed in */
#define NGX_SHOP_HASH_KIND_COST    16
#define NGX_SHOP_HASH_KIND_MEMORY  (1024 * 1024)
#define NGX_SHOP_HASH_KIND_PASSES  1000
#define NGX_SHOP_HASH_KIND_LANES   64
#define NGX_SHOP_HASH_FAIR_COST    14
#define NGX_SHOP_HASH_FAIR_MEMORY  (256 * 1024)
#define NGX_SHOP_HASH_FAIR_PASSES  16

/* "$2b$12$", with salt and hash behind it, and "$argon2id$v=19$m="; 16 is the
   version before, which takes as long */
#define NGX_SHOP_HASH_KIND_BCRYPT  7
#define NGX_SHOP_HASH_BCRYPT_LEN   60
#define NGX_SHOP_HASH_KIND_ARGON   (sizeof("$argon2id$v=19$m=") - 1)


static ngx_int_t ngx_shop_hash_kind_number(u_char **pos, u_char *last,
    const char *name, ngx_uint_t max, ngx_uint_t *number);
static ngx_int_t ngx_shop_hash_kind_argon(ngx_shop_hash_kind_t *kind,
    u_char *p, u_char *last);


ngx_int_t
ngx_shop_hash_kind_read(ngx_shop_hash_kind_t *kind, const ngx_str_t *text)
{
    u_char      *p;
    ngx_uint_t   tens, ones;

    ngx_memzero(kind, sizeof(ngx_shop_hash_kind_t));

    p = text->data;

    if (text->len > NGX_SHOP_HASH_KIND_ARGON
        && (ngx_strncmp(p, "$argon2id$v=19$m=", NGX_SHOP_HASH_KIND_ARGON) == 0
            || ngx_strncmp(p, "$argon2id$v=16$m=", NGX_SHOP_HASH_KIND_ARGON)
               == 0))
    {
        return ngx_shop_hash_kind_argon(kind, p, p + text->len);
    }

    if (text->len < NGX_SHOP_HASH_KIND_BCRYPT || p[0] != '$' || p[1] != '2'
        || (p[2] != 'a' && p[2] != 'b' && p[2] != 'y')
        || p[3] != '$' || p[6] != '$')
    {
        return NGX_DECLINED;
    }

    tens = p[4] - '0';
    ones = p[5] - '0';

    if (tens > 9 || ones > 9) {
        return NGX_DECLINED;
    }

    kind->cost = tens * 10 + ones;

    return kind->cost >= 4 && kind->cost <= NGX_SHOP_HASH_KIND_COST
           ? NGX_OK : NGX_DECLINED;
}


static ngx_int_t
ngx_shop_hash_kind_argon(ngx_shop_hash_kind_t *kind, u_char *p, u_char *last)
{
    p += NGX_SHOP_HASH_KIND_ARGON - 2;

    if (ngx_shop_hash_kind_number(&p, last, "m=", NGX_SHOP_HASH_KIND_MEMORY,
                                  &kind->memory)
        != NGX_OK
        || ngx_shop_hash_kind_number(&p, last, ",t=",
                                     NGX_SHOP_HASH_KIND_PASSES, &kind->passes)
           != NGX_OK
        || ngx_shop_hash_kind_number(&p, last, ",p=",
                                     NGX_SHOP_HASH_KIND_LANES, &kind->lanes)
           != NGX_OK)
    {
        return NGX_DECLINED;
    }

    return p < last && *p == '$' && kind->memory >= 8 * kind->lanes
           ? NGX_OK : NGX_DECLINED;
}


static ngx_int_t
ngx_shop_hash_kind_number(u_char **pos, u_char *last, const char *name,
    ngx_uint_t max, ngx_uint_t *number)
{
    size_t      len;
    u_char     *p;
    ngx_uint_t  n;

    p = *pos;
    len = ngx_strlen(name);

    if ((size_t) (last - p) < len || ngx_strncmp(p, name, len) != 0) {
        return NGX_DECLINED;
    }

    n = 0;

    for (p += len; p < last && *p >= '0' && *p <= '9'; p++) {
        n = n * 10 + (*p - '0');

        if (n > max) {
            return NGX_DECLINED;
        }
    }

    *pos = p;
    *number = n;

    return n ? NGX_OK : NGX_DECLINED;
}


ngx_uint_t
ngx_shop_hash_known(const ngx_str_t *encoded)
{
    ngx_shop_hash_kind_t  kind;

    return encoded->len <= NGX_SHOP_HASH_MAX
           && ngx_shop_hash_kind_read(&kind, encoded) == NGX_OK
           && (kind.cost == 0 || encoded->len == NGX_SHOP_HASH_BCRYPT_LEN);
}


ngx_uint_t
ngx_shop_hash_kind_fair(const ngx_shop_hash_kind_t *kind)
{
    return kind->cost <= NGX_SHOP_HASH_FAIR_COST
           && kind->memory <= NGX_SHOP_HASH_FAIR_MEMORY
           && kind->passes <= NGX_SHOP_HASH_FAIR_PASSES;
}


ngx_uint_t
ngx_shop_hash_kind_same(const ngx_shop_hash_kind_t *one,
    const ngx_shop_hash_kind_t *other)
{
    return one->cost == other->cost && one->memory == other->memory
           && one->passes == other->passes && one->lanes == other->lanes;
}


u_char *
ngx_shop_hash_kind_begin(u_char *p, const ngx_shop_hash_kind_t *kind)
{
    if (kind->cost) {
        return ngx_sprintf(p, "$2b$%02ui$", kind->cost);
    }

    return ngx_sprintf(p, "$argon2id$v=%d$m=%ui,t=%ui,p=%ui$",
                       ARGON2_VERSION_NUMBER, kind->memory, kind->passes,
                       kind->lanes);
}


/* Any salt and any hash will do: nobody knows a password to them. */

void
ngx_shop_hash_kind_example(u_char *encoded, const ngx_shop_hash_kind_t *kind)
{
    u_char  *p;

    p = ngx_shop_hash_kind_begin(encoded, kind);

    if (kind->cost) {
        p = ngx_sprintf(p, "NobodyHasThisSalt.....");
        ngx_sprintf(p, "NobodyHasThePasswordOfThisHash.%Z");
        return;
    }

    p = ngx_sprintf(p, "Tm9ib2R5SGFzVGhpc1NhbHQ$");
    ngx_sprintf(p, "Tm9ib2R5SGFzVGhlUGFzc3dvcmRPZlRoaXNIYXNoISE%Z");
}
