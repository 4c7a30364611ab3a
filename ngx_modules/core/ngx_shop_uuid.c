#include "ngx_shop_uuid.h"
#include <openssl/rand.h>


#define NGX_SHOP_UUID_POOL  1024


static ngx_int_t ngx_shop_uuid_bytes(u_char *dst, size_t n);
static void ngx_shop_uuid_text(u_char *dst, u_char id[16], u_char version);


ngx_int_t
ngx_shop_uuid_random(u_char *dst)
{
    u_char  id[16];

    if (ngx_shop_uuid_bytes(id, sizeof(id)) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_shop_uuid_text(dst, id, 4);

    return NGX_OK;
}


ngx_int_t
ngx_shop_uuid_ordered(u_char *dst)
{
    u_char       id[16];
    uint64_t     msec;
    ngx_uint_t   i;
    ngx_time_t  *now;

    if (ngx_shop_uuid_bytes(&id[6], sizeof(id) - 6) != NGX_OK) {
        return NGX_ERROR;
    }

    now = ngx_timeofday();
    msec = (uint64_t) now->sec * 1000 + now->msec;

    for (i = 0; i < 6; i++) {
        id[i] = (u_char) (msec >> (40 - 8 * i));
    }

    ngx_shop_uuid_text(dst, id, 7);

    return NGX_OK;
}


/*
 * Many at a time: a call of OpenSSL's generator costs locks and a getpid(),
 * more than the rest of an id.  A worker never uses what its master drew, and
 * what was given away is forgotten.
 */

static ngx_int_t
ngx_shop_uuid_bytes(u_char *dst, size_t n)
{
    static u_char  pool[NGX_SHOP_UUID_POOL];
    static size_t  left;
    static pid_t   drawn;

    if (left < n || drawn != ngx_pid) {

        if (RAND_bytes(pool, sizeof(pool)) != 1) {
            left = 0;
            return NGX_ERROR;
        }

        left = sizeof(pool);
        drawn = ngx_pid;
    }

    left -= n;
    ngx_memcpy(dst, &pool[left], n);
    ngx_explicit_memzero(&pool[left], n);

    return NGX_OK;
}


static void
ngx_shop_uuid_text(u_char *dst, u_char id[16], u_char version)
{
    ngx_uint_t  i;

    id[6] = (id[6] & 0x0f) | (version << 4);
    id[8] = (id[8] & 0x3f) | 0x80;

    for (i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            *dst++ = '-';
        }

        dst = ngx_hex_dump(dst, &id[i], 1);
    }

    *dst = '\0';
}
