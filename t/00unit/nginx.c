/*
 * What the tested files need of nginx's core, for programs that are not
 * nginx.  Debian ships nginx's headers only.
 */

#include <ngx_config.h>
#include <ngx_core.h>


static ngx_time_t     ngx_unit_time;

volatile ngx_time_t  *ngx_cached_time = &ngx_unit_time;


void *
ngx_alloc(size_t size, ngx_log_t *log)
{
    (void) log;
    return malloc(size);
}


void *
ngx_calloc(size_t size, ngx_log_t *log)
{
    (void) log;
    return calloc(1, size);
}


/* a pool frees nothing before it is destroyed, and these programs end first:
   what it gave is kept in one list, for the leak checker */

typedef struct ngx_unit_block_s  ngx_unit_block_t;

struct ngx_unit_block_s {
    ngx_unit_block_t  *next;
    max_align_t        data[];
};

static ngx_unit_block_t  *ngx_unit_blocks;


void *
ngx_palloc(ngx_pool_t *pool, size_t size)
{
    ngx_unit_block_t  *block;

    (void) pool;

    block = malloc(sizeof(ngx_unit_block_t) + size);
    block->next = ngx_unit_blocks;
    ngx_unit_blocks = block;

    return block->data;
}


void *
ngx_pnalloc(ngx_pool_t *pool, size_t size)
{
    return ngx_palloc(pool, size);
}


void *
ngx_pcalloc(ngx_pool_t *pool, size_t size)
{
    return memset(ngx_palloc(pool, size), 0, size);
}


static ngx_pool_cleanup_t  *ngx_unit_cleanups;


ngx_pool_cleanup_t *
ngx_pool_cleanup_add(ngx_pool_t *pool, size_t size)
{
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pcalloc(pool, sizeof(ngx_pool_cleanup_t) + size);
    cln->data = cln + 1;
    cln->next = ngx_unit_cleanups;
    ngx_unit_cleanups = cln;

    return cln;
}


/* called at the end, as if all pools were destroyed */

void
ngx_unit_cleanup(void)
{
    ngx_pool_cleanup_t  *cln;

    for (cln = ngx_unit_cleanups; cln; cln = cln->next) {
        if (cln->handler) {
            cln->handler(cln->data);
        }
    }
}


void
ngx_explicit_memzero(void *buf, size_t n)
{
    ngx_memzero(buf, n);
    ngx_memory_barrier();
}


void
ngx_encode_base64url(ngx_str_t *dst, ngx_str_t *src)
{
    size_t    i, n;
    uint32_t  bits;

    static const char  text[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789-_";

    n = 0;

    for (i = 0; i < src->len; i += 3) {
        bits = src->data[i] << 16;
        bits |= (i + 1 < src->len) ? src->data[i + 1] << 8 : 0;
        bits |= (i + 2 < src->len) ? src->data[i + 2] : 0;

        dst->data[n++] = text[bits >> 18];
        dst->data[n++] = text[bits >> 12 & 63];

        if (i + 1 < src->len) {
            dst->data[n++] = text[bits >> 6 & 63];
        }

        if (i + 2 < src->len) {
            dst->data[n++] = text[bits & 63];
        }
    }

    dst->len = n;
}


ngx_int_t
ngx_strcasecmp(u_char *one, u_char *two)
{
    return strcasecmp((char *) one, (char *) two);
}


u_char *
ngx_hex_dump(u_char *dst, u_char *src, size_t len)
{
    while (len--) {
        dst += sprintf((char *) dst, "%02x", *src++);
    }

    return dst;
}


/* %s, %*s, %d, %ui with a width, and %Z: all that the tested files use */

static u_char *
ngx_unit_format(u_char *p, const char *fmt, va_list args)
{
    int          width;
    size_t       len;
    const char  *text;

    while (*fmt) {

        if (*fmt != '%') {
            *p++ = *fmt++;
            continue;
        }

        fmt++;
        len = (size_t) -1;
        width = 0;

        while (*fmt >= '0' && *fmt <= '9') {
            width = width * 10 + (*fmt++ - '0');
        }

        if (*fmt == 'Z') {
            *p++ = '\0';
            fmt++;
            continue;
        }

        if (*fmt == 'd') {
            p += sprintf((char *) p, "%d", va_arg(args, int));
            fmt++;
            continue;
        }

        if (*fmt == 'u') {
            p += sprintf((char *) p, "%0*lu", width,
                         (unsigned long) va_arg(args, ngx_uint_t));
            fmt += 2;
            continue;
        }

        if (*fmt == '*') {
            len = va_arg(args, size_t);
            fmt++;
        }

        fmt++;
        text = va_arg(args, const char *);
        p = ngx_cpymem(p, text, len == (size_t) -1 ? strlen(text) : len);
    }

    return p;
}


u_char * ngx_cdecl
ngx_sprintf(u_char *buf, const char *fmt, ...)
{
    va_list  args;

    va_start(args, fmt);
    buf = ngx_unit_format(buf, fmt, args);
    va_end(args);

    return buf;
}


u_char * ngx_cdecl
ngx_snprintf(u_char *buf, size_t max, const char *fmt, ...)
{
    va_list  args;

    (void) max;

    va_start(args, fmt);
    buf = ngx_unit_format(buf, fmt, args);
    va_end(args);

    return buf;
}


ngx_int_t
ngx_strncasecmp(u_char *s1, u_char *s2, size_t n)
{
    return strncasecmp((char *) s1, (char *) s2, n);
}
