#include "ngx_shop_uuid.h"
#include <openssl/rand.h>


static void ngx_shop_uuid_text(u_char *dst, u_char id[16], u_char version);


ngx_int_t
ngx_shop_uuid_random(u_char *dst)
{
    u_char  id[16];

    if (RAND_bytes(id, sizeof(id)) != 1) {
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

    if (RAND_bytes(&id[6], sizeof(id) - 6) != 1) {
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
