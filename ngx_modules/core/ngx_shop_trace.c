/*
 * Identity of a request.
 */

#include "ngx_shop_trace.h"
#include <sys/random.h>


#define NGX_SHOP_TRACE_WORD  8       /* digits that are made at once */


static ngx_uint_t ngx_shop_trace_hex(const u_char *p, size_t n,
    ngx_uint_t zero);
static u_char *ngx_shop_trace_digits(u_char *dst, uint32_t word, size_t n);
static uint64_t ngx_shop_trace_next(void);


ngx_uint_t
ngx_shop_trace_sane_id(const ngx_str_t *id)
{
    size_t  i;
    u_char  c;

    if (id->len < 8 || id->len > NGX_SHOP_REQUEST_ID_MAX) {
        return 0;
    }

    for (i = 0; i < id->len; i++) {
        c = id->data[i];

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.')
        {
            continue;
        }

        return 0;
    }

    return 1;
}


/* "00-" 32 hex "-" 16 hex "-" 2 hex, and more after a "-" in later versions */

ngx_uint_t
ngx_shop_trace_parse(const ngx_str_t *header)
{
    u_char  *p;

    p = header->data;

    if (header->len < NGX_SHOP_TRACEPARENT_LEN
        || p[2] != '-' || p[35] != '-' || p[52] != '-')
    {
        return 0;
    }

    if (header->len > NGX_SHOP_TRACEPARENT_LEN
        && (p[NGX_SHOP_TRACEPARENT_LEN] != '-'
            || (p[0] == '0' && p[1] == '0')))
    {
        return 0;
    }

    return ngx_shop_trace_hex(p, 2, 1) && !(p[0] == 'f' && p[1] == 'f')
           && ngx_shop_trace_hex(p + 3, NGX_SHOP_TRACE_ID_LEN, 0)
           && ngx_shop_trace_hex(p + 36, NGX_SHOP_SPAN_ID_LEN, 0)
           && ngx_shop_trace_hex(p + 53, 2, 1);
}


static ngx_uint_t
ngx_shop_trace_hex(const u_char *p, size_t n, ngx_uint_t zero)
{
    for ( /* void */ ; n; n--, p++) {

        if ((*p < '0' || *p > '9') && (*p < 'a' || *p > 'f')) {
            return 0;
        }

        if (*p != '0') {
            zero = 1;
        }
    }

    return zero;
}


u_char *
ngx_shop_trace_continue(u_char *dst, const ngx_str_t *header)
{
    dst = ngx_cpymem(dst, "00", 2);
    dst = ngx_cpymem(dst, header->data + 2, 1 + NGX_SHOP_TRACE_ID_LEN + 1);
    dst = ngx_shop_trace_random(dst, NGX_SHOP_SPAN_ID_LEN);

    return ngx_cpymem(dst, header->data + 52, 3);
}


u_char *
ngx_shop_trace_random(u_char *dst, size_t n)
{
    size_t      len;
    uint64_t    word;
    ngx_uint_t  i;

    word = 0;

    for (i = 0; n; i++) {
        word = (i % 2) ? word >> 32 : ngx_shop_trace_next();
        len = ngx_min(n, NGX_SHOP_TRACE_WORD);

        dst = ngx_shop_trace_digits(dst, (uint32_t) word, len);
        n -= len;
    }

    return dst;
}


/* Eight hex digits of a word at once: its nibbles are spread to bytes, and
   those above 9 get what lies between '9' and 'a'. */

static u_char *
ngx_shop_trace_digits(u_char *dst, uint32_t word, size_t n)
{
    uint64_t  wide;

    wide = word;
    wide = (wide | wide << 16) & 0x0000ffff0000ffff;
    wide = (wide | wide << 8) & 0x00ff00ff00ff00ff;
    wide = (wide | wide << 4) & 0x0f0f0f0f0f0f0f0f;

    wide += 0x3030303030303030
            + ((wide + 0x0606060606060606) >> 4 & 0x0101010101010101)
              * ('a' - '9' - 1);

    return ngx_cpymem(dst, &wide, n);
}


/* splitmix64; a worker seeds itself, since the master's state is copied */

static uint64_t
ngx_shop_trace_next(void)
{
    uint64_t         z;
    static uint64_t  state;
    static pid_t     seeded;

    if (seeded != ngx_pid) {

        if (getrandom(&state, sizeof(state), GRND_NONBLOCK) < 0) {
            state = (uint64_t) ngx_pid << 32 ^ (uint64_t) ngx_time()
                    ^ (uintptr_t) &z;
        }

        seeded = ngx_pid;
    }

    state += 0x9e3779b97f4a7c15;

    z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;

    return z ^ (z >> 31);
}
