/*
 * JPEG (ITU-T T.81): its segments, up to the end of its last scan.
 */

#include "ngx_shop_picture.h"


#define NGX_SHOP_JPEG_SCANS_MAX  100     /* each costs a decoder all pixels */

#define NGX_SHOP_JPEG_SOF0  0xc0
#define NGX_SHOP_JPEG_SOF2  0xc2
#define NGX_SHOP_JPEG_DHT   0xc4
#define NGX_SHOP_JPEG_JPG   0xc8
#define NGX_SHOP_JPEG_DAC   0xcc
#define NGX_SHOP_JPEG_SOF15 0xcf
#define NGX_SHOP_JPEG_RST0  0xd0
#define NGX_SHOP_JPEG_RST7  0xd7
#define NGX_SHOP_JPEG_SOI   0xd8
#define NGX_SHOP_JPEG_EOI   0xd9
#define NGX_SHOP_JPEG_SOS   0xda
#define NGX_SHOP_JPEG_APP2  0xe2

#define ngx_shop_be16(p)  ((p)[0] << 8 | (p)[1])


typedef struct {
    const u_char            *p;
    const u_char            *last;
    const char              *why;
    ngx_uint_t               width;
    ngx_uint_t               height;
    ngx_uint_t               scans;
    unsigned                 several:1;  /* pictures in one file (CIPA
                                            DC-007), as phones make them */
} ngx_shop_jpeg_t;


static ngx_int_t ngx_shop_jpeg_image(ngx_shop_jpeg_t *j);
static ngx_int_t ngx_shop_jpeg_marker(ngx_shop_jpeg_t *j, u_char *marker);
static ngx_int_t ngx_shop_jpeg_segment(ngx_shop_jpeg_t *j, u_char marker);
static ngx_int_t ngx_shop_jpeg_frame(ngx_shop_jpeg_t *j, u_char marker,
    size_t len);
static ngx_int_t ngx_shop_jpeg_scan(ngx_shop_jpeg_t *j);
static ngx_int_t ngx_shop_jpeg_wrong(ngx_shop_jpeg_t *j, const char *why);


ngx_int_t
ngx_shop_picture_jpeg(ngx_shop_picture_t *picture, const u_char *p,
    size_t len, const char **why)
{
    ngx_uint_t       several;
    ngx_shop_jpeg_t  j;

    picture->type = "jpeg";

    ngx_memzero(&j, sizeof(ngx_shop_jpeg_t));
    j.p = p;
    j.last = p + len;

    if (ngx_shop_jpeg_image(&j) != NGX_OK) {
        *why = j.why;
        return NGX_ERROR;
    }

    picture->width = j.width;
    picture->height = j.height;
    several = j.several;

    /* what a camera appends: other sizes of the picture, and padding */

    for ( ;; ) {

        while (j.p < j.last && *j.p == 0) {
            j.p++;
        }

        if (j.p == j.last) {
            return NGX_OK;
        }

        if (!several || j.last - j.p < 3 || j.p[0] != 0xff
            || j.p[1] != NGX_SHOP_JPEG_SOI || j.p[2] != 0xff)
        {
            *why = "there is something behind the end of the picture";
            return NGX_ERROR;
        }

        j.width = 0;
        j.scans = 0;

        if (ngx_shop_jpeg_image(&j) != NGX_OK) {
            *why = j.why;
            return NGX_ERROR;
        }
    }
}


/* from SOI to EOI; p is behind it then */

static ngx_int_t
ngx_shop_jpeg_image(ngx_shop_jpeg_t *j)
{
    u_char  marker;

    j->p += 2;

    for ( ;; ) {

        if (ngx_shop_jpeg_marker(j, &marker) != NGX_OK) {
            return NGX_ERROR;
        }

        if (marker == NGX_SHOP_JPEG_EOI) {
            return j->scans ? NGX_OK
                            : ngx_shop_jpeg_wrong(j, "there is no picture in "
                                                  "it");
        }

        if (ngx_shop_jpeg_segment(j, marker) != NGX_OK) {
            return NGX_ERROR;
        }
    }
}


static ngx_int_t
ngx_shop_jpeg_marker(ngx_shop_jpeg_t *j, u_char *marker)
{
    if (j->p == j->last) {
        return ngx_shop_jpeg_wrong(j, "it ends before the picture does");
    }

    if (*j->p != 0xff) {
        return ngx_shop_jpeg_wrong(j, "a part of it is not good");
    }

    while (j->p < j->last && *j->p == 0xff) {
        j->p++;
    }

    if (j->p == j->last) {
        return ngx_shop_jpeg_wrong(j, "it ends before the picture does");
    }

    *marker = *j->p++;

    return NGX_OK;
}


static ngx_int_t
ngx_shop_jpeg_segment(ngx_shop_jpeg_t *j, u_char marker)
{
    size_t  len;

    if (marker < NGX_SHOP_JPEG_SOF0
        || (marker >= NGX_SHOP_JPEG_RST0 && marker <= NGX_SHOP_JPEG_SOI))
    {
        return ngx_shop_jpeg_wrong(j, "a part of it is not good");
    }

    if (j->last - j->p < 2) {
        return ngx_shop_jpeg_wrong(j, "it ends before the picture does");
    }

    len = ngx_shop_be16(j->p);

    if (len < 2 || len > (size_t) (j->last - j->p)) {
        return ngx_shop_jpeg_wrong(j, "it ends before the picture does");
    }

    if (marker >= NGX_SHOP_JPEG_SOF0 && marker <= NGX_SHOP_JPEG_SOF15
        && marker != NGX_SHOP_JPEG_DHT && marker != NGX_SHOP_JPEG_JPG
        && marker != NGX_SHOP_JPEG_DAC
        && ngx_shop_jpeg_frame(j, marker, len) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (marker == NGX_SHOP_JPEG_APP2 && len >= 6
        && ngx_memcmp(j->p + 2, "MPF", 4) == 0)
    {
        j->several = 1;
    }

    j->p += len;

    return marker == NGX_SHOP_JPEG_SOS ? ngx_shop_jpeg_scan(j) : NGX_OK;
}


/* baseline, extended or progressive, with 8 bits a sample */

static ngx_int_t
ngx_shop_jpeg_frame(ngx_shop_jpeg_t *j, u_char marker, size_t len)
{
    const u_char  *p = j->p;

    if (marker > NGX_SHOP_JPEG_SOF2) {
        return ngx_shop_jpeg_wrong(j, "it is a kind of JPEG that is not "
                                   "known here");
    }

    if (j->width || len < 8 || p[2] != 8
        || (p[7] != 1 && p[7] != 3 && p[7] != 4)
        || len != 8 + 3 * (size_t) p[7])
    {
        return ngx_shop_jpeg_wrong(j, "its header is not good");
    }

    j->height = ngx_shop_be16(p + 3);
    j->width = ngx_shop_be16(p + 5);

    if (j->width == 0 || j->height == 0) {
        return ngx_shop_jpeg_wrong(j, "its header is not good");
    }

    return NGX_OK;
}


/* entropy-coded bytes: up to a marker that ends them */

static ngx_int_t
ngx_shop_jpeg_scan(ngx_shop_jpeg_t *j)
{
    const u_char  *p;

    if (j->width == 0 || ++j->scans > NGX_SHOP_JPEG_SCANS_MAX) {
        return ngx_shop_jpeg_wrong(j, "a part of it is not good");
    }

    for (p = j->p; /* void */ ; p++) {

        p = memchr(p, 0xff, j->last - p);

        if (p == NULL || j->last - p < 2) {
            return ngx_shop_jpeg_wrong(j, "it ends before the picture does");
        }

        if (p[1] == 0xff) {
            continue;
        }

        if (p[1] != 0
            && (p[1] < NGX_SHOP_JPEG_RST0 || p[1] > NGX_SHOP_JPEG_RST7))
        {
            j->p = p;
            return NGX_OK;
        }

        p++;
    }
}


static ngx_int_t
ngx_shop_jpeg_wrong(ngx_shop_jpeg_t *j, const char *why)
{
    j->why = why;

    return NGX_ERROR;
}
