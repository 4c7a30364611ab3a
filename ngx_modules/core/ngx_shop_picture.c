/*
 * PNG (W3C Portable Network Graphics) and WebP (RFC 9649), and what tells the
 * types apart.
 */

#include "ngx_shop_picture.h"
#include <zlib.h>


#define NGX_SHOP_PNG_SIDE_MAX  0x7fffffff

#define ngx_shop_be32(p)                                                      \
    ((uint32_t) (p)[0] << 24 | (p)[1] << 16 | (p)[2] << 8 | (p)[3])
#define ngx_shop_le16(p)  ((p)[0] | (p)[1] << 8)
#define ngx_shop_le24(p)  ((p)[0] | (p)[1] << 8 | (p)[2] << 16)
#define ngx_shop_le32(p)                                                      \
    ((uint32_t) (p)[3] << 24 | (p)[2] << 16 | (p)[1] << 8 | (p)[0])


static ngx_int_t ngx_shop_picture_ihdr(ngx_shop_picture_t *picture,
    const u_char *p, size_t len, const char **why);
static ngx_int_t ngx_shop_picture_frame(ngx_shop_picture_t *frame,
    const u_char *chunk, size_t len);
static ngx_int_t ngx_shop_picture_chunks(ngx_shop_picture_t *picture,
    const u_char *p, const u_char *last, const char **why);


static const u_char  ngx_shop_png_signature[] =
    { 0x89, 'P', 'N', 'G', CR, LF, 0x1a, LF };


ngx_int_t
ngx_shop_picture_read(ngx_shop_picture_t *picture, const u_char *p,
    size_t len, const char **why)
{
    ngx_memzero(picture, sizeof(ngx_shop_picture_t));

    if (len >= 3 && p[0] == 0xff && p[1] == 0xd8 && p[2] == 0xff) {
        return ngx_shop_picture_jpeg(picture, p, len, why);
    }

    if (len >= 8 && ngx_memcmp(p, ngx_shop_png_signature, 8) == 0) {
        return ngx_shop_picture_png(picture, p, len, why);
    }

    if (len >= 12 && ngx_memcmp(p, "RIFF", 4) == 0
        && ngx_memcmp(p + 8, "WEBP", 4) == 0)
    {
        return ngx_shop_picture_webp(picture, p, len, why);
    }

    return NGX_DECLINED;
}


/* chunks with their checksums, from IHDR to IEND, and nothing behind */

ngx_int_t
ngx_shop_picture_png(ngx_shop_picture_t *picture, const u_char *p, size_t len,
    const char **why)
{
    uint32_t       size;
    ngx_uint_t     data;
    const u_char  *last;

    picture->type = "png";
    last = p + len;
    p += 8;
    data = 0;

    if (ngx_shop_picture_ihdr(picture, p, last - p, why) != NGX_OK) {
        return NGX_ERROR;
    }

    for ( ;; ) {

        if (last - p < 12) {
            *why = "it ends before the picture does";
            return NGX_ERROR;
        }

        size = ngx_shop_be32(p);

        if (size > (size_t) (last - p) - 12) {
            *why = "it ends before the picture does";
            return NGX_ERROR;
        }

        if (crc32(crc32(0, NULL, 0), p + 4, size + 4)
            != ngx_shop_be32(p + 8 + size))
        {
            *why = "a checksum in it is wrong";
            return NGX_ERROR;
        }

        if (ngx_memcmp(p + 4, "acTL", 4) == 0) {
            *why = "it is animated";
            return NGX_ERROR;
        }

        data |= ngx_memcmp(p + 4, "IDAT", 4) == 0;

        if (ngx_memcmp(p + 4, "IEND", 4) == 0) {
            break;
        }

        p += 12 + size;
    }

    if (!data || size != 0) {
        *why = "there is no picture in it";
        return NGX_ERROR;
    }

    if (p + 12 != last) {
        *why = "there is something behind the end of the picture";
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_shop_picture_ihdr(ngx_shop_picture_t *picture, const u_char *p, size_t len,
    const char **why)
{
    u_char       depth, color;
    uint32_t     width, height;

    /* depths that each colour type has, a bit each */
    static const uint32_t  depths[] = {
        1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 16, 0, 1 << 8 | 1 << 16,
        1 << 1 | 1 << 2 | 1 << 4 | 1 << 8, 1 << 8 | 1 << 16, 0,
        1 << 8 | 1 << 16
    };

    *why = "its header is not good";

    if (len < 25 || ngx_memcmp(p, "\0\0\0\x0dIHDR", 8) != 0) {
        return NGX_ERROR;
    }

    width = ngx_shop_be32(p + 8);
    height = ngx_shop_be32(p + 12);
    depth = p[16];
    color = p[17];

    if (width == 0 || height == 0 || width > NGX_SHOP_PNG_SIDE_MAX
        || height > NGX_SHOP_PNG_SIDE_MAX || depth > 16 || color > 6
        || !(depths[color] & 1u << depth) || p[18] || p[19] || p[20] > 1)
    {
        return NGX_ERROR;
    }

    picture->width = width;
    picture->height = height;

    return NGX_OK;
}


ngx_int_t
ngx_shop_picture_webp(ngx_shop_picture_t *picture, const u_char *p,
    size_t len, const char **why)
{
    size_t  size;

    picture->type = "webp";
    size = ngx_shop_le32(p + 4);

    if (size < 4 || size > len - 8) {
        *why = "it ends before the picture does";
        return NGX_ERROR;
    }

    if (size + (size & 1) < len - 8) {
        *why = "there is something behind the end of the picture";
        return NGX_ERROR;
    }

    return ngx_shop_picture_chunks(picture, p + 12, p + len, why);
}


/* one frame, which is as large as the canvas if there is one */

static ngx_int_t
ngx_shop_picture_chunks(ngx_shop_picture_t *picture, const u_char *p,
    const u_char *last, const char **why)
{
    size_t              size;
    ngx_int_t           rc;
    ngx_uint_t          first;
    ngx_shop_picture_t  frame;

    ngx_memzero(&frame, sizeof(ngx_shop_picture_t));

    for (first = 1; p < last; first = 0) {

        if (last - p < 8) {
            *why = "it ends before the picture does";
            return NGX_ERROR;
        }

        size = ngx_shop_le32(p + 4);

        if (size > (size_t) (last - p) - 8) {
            *why = "it ends before the picture does";
            return NGX_ERROR;
        }

        if (first && ngx_memcmp(p, "VP8X", 4) == 0 && size >= 10) {
            picture->width = ngx_shop_le24(p + 12) + 1;
            picture->height = ngx_shop_le24(p + 15) + 1;

        } else if (ngx_memcmp(p, "ANIM", 4) == 0
                   || ngx_memcmp(p, "ANMF", 4) == 0)
        {
            *why = "it is animated";
            return NGX_ERROR;

        } else {
            rc = ngx_shop_picture_frame(&frame, p, size);

            if (rc == NGX_ERROR) {
                *why = "its header is not good";
                return NGX_ERROR;
            }
        }

        size += size & 1;
        p += 8 + ngx_min(size, (size_t) (last - p) - 8);
    }

    if (frame.width == 0) {
        *why = "there is no picture in it";
        return NGX_ERROR;
    }

    if (picture->width
        && (picture->width != frame.width || picture->height != frame.height))
    {
        *why = "its header is not good";
        return NGX_ERROR;
    }

    picture->width = frame.width;
    picture->height = frame.height;

    return NGX_OK;
}


/* NGX_DECLINED: no chunk of pixels */

static ngx_int_t
ngx_shop_picture_frame(ngx_shop_picture_t *frame, const u_char *chunk,
    size_t len)
{
    uint32_t       bits;
    const u_char  *p;

    p = chunk + 8;

    if (ngx_memcmp(chunk, "VP8 ", 4) == 0) {

        if (frame->width || len < 10 || (p[0] & 1) || p[3] != 0x9d
            || p[4] != 0x01 || p[5] != 0x2a)
        {
            return NGX_ERROR;
        }

        frame->width = ngx_shop_le16(p + 6) & 0x3fff;
        frame->height = ngx_shop_le16(p + 8) & 0x3fff;

        return frame->width && frame->height ? NGX_OK : NGX_ERROR;
    }

    if (ngx_memcmp(chunk, "VP8L", 4) == 0) {

        if (frame->width || len < 5 || p[0] != 0x2f) {
            return NGX_ERROR;
        }

        bits = ngx_shop_le32(p + 1);

        frame->width = (bits & 0x3fff) + 1;
        frame->height = (bits >> 14 & 0x3fff) + 1;

        return bits >> 29 == 0 ? NGX_OK : NGX_ERROR;
    }

    return NGX_DECLINED;
}
