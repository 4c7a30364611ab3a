/*
 * shop-picture: makes the widths of one picture, in a process of its own with
 * little memory and little time, so that a file that harms a decoder harms
 * nothing else.
 *
 *     shop-picture TYPE WIDTH HEIGHT FILE DIRECTORY
 *
 * TYPE, WIDTH and HEIGHT are what the file's structure said when it came in;
 * a decoder that sees something else refuses it.  Writes DIRECTORY/W.webp for
 * each width, without metadata.  Prints "ok WIDTH HEIGHT" and exits with 0, or
 * a reason and exits with 1: trying again changes nothing; 2: it might.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <vips/vips.h>


#define PICTURE_MEMORY   ((rlim_t) 1024 * 1024 * 1024)
#define PICTURE_SECONDS  30
#define PICTURE_FILE     ((rlim_t) 32 * 1024 * 1024)
#define PICTURE_QUALITY  82
#define PICTURE_PATH     4096
#define PICTURE_ALPHA    0x10        /* of the flags of VP8X */

#define PICTURE_REFUSED  1
#define PICTURE_AGAIN    2


static const int  picture_widths[] = { 1920, 1280, 960, 640, 320, 160 };

#define PICTURE_WIDTHS  (sizeof(picture_widths) / sizeof(picture_widths[0]))


static int picture_limits(void);
static void picture_loaders(void);
static int picture_number(const char *text);
static int picture_open(VipsImage **image, const char *type,
    const char *file);
static int picture_upright(const VipsImage *image);
static int picture_make(const char *file, const char *directory, int width,
    int *made_width, int *made_height);
static size_t picture_bare(unsigned char *data, size_t len);
static int picture_write(const char *path, const void *data, size_t len);
static int picture_link(const char *directory, int width, int as);
static int picture_again(const char *what);


int
main(int argc, char **argv)
{
    int         width, height, made, above, rc, w, h;
    size_t      i;
    VipsImage  *image;

    if (argc != 6 || picture_limits() != 0) {
        return picture_again("could not be started");
    }

    /* no words on standard error */
    (void) g_setenv("VIPS_WARNING", "1", TRUE);

    if (vips_init(argv[0]) != 0) {
        return picture_again("libvips could not be started");
    }

    vips_concurrency_set(1);
    vips_cache_set_max(0);
    picture_loaders();

    width = picture_number(argv[2]);
    height = picture_number(argv[3]);

    if (picture_open(&image, argv[1], argv[4]) != 0) {
        printf("its header cannot be read\n");
        return PICTURE_REFUSED;
    }

    /* nothing has been decoded yet */

    if (vips_image_get_width(image) != width
        || vips_image_get_height(image) != height)
    {
        printf("it is not as large as its structure says\n");
        return PICTURE_REFUSED;
    }

    if (!picture_upright(image)) {
        w = width;
        width = height;
        height = w;
    }

    g_object_unref(image);

    /* widths beyond its own are the widest there is */

    above = 0;

    for (i = 0; i < PICTURE_WIDTHS; i++) {

        made = picture_widths[i];

        if (above && made >= width) {
            rc = picture_link(argv[5], above, made);

        } else {
            rc = picture_make(argv[4], argv[5], made, &w, &h);
            above = made;
        }

        if (rc != 0) {
            return rc;
        }
    }

    printf("ok %d %d\n", width, height);

    return 0;
}


static int
picture_limits(void)
{
    size_t  i;

    static const struct {
        int            what;
        struct rlimit  limit;
    } limits[] = {
#if !defined(__SANITIZE_ADDRESS__)
        { RLIMIT_AS, { PICTURE_MEMORY, PICTURE_MEMORY } },
#endif
        { RLIMIT_CPU, { PICTURE_SECONDS, PICTURE_SECONDS } },
        { RLIMIT_FSIZE, { PICTURE_FILE, PICTURE_FILE } },
        { RLIMIT_CORE, { 0, 0 } }
    };

    for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        if (setrlimit(limits[i].what, &limits[i].limit) != 0) {
            return -1;
        }
    }

    (void) setpriority(PRIO_PROCESS, 0, 10);

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}


/* three loaders, of all that libvips has */

static void
picture_loaders(void)
{
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
}


static int
picture_number(const char *text)
{
    long   n;
    char  *end;

    n = strtol(text, &end, 10);

    return (*end == '\0' && n > 0 && n <= 65535) ? (int) n : 0;
}


/* by the loader of its type: none is guessed */

static int
picture_open(VipsImage **image, const char *type, const char *file)
{
    if (strcmp(type, "jpeg") == 0) {
        return vips_jpegload(file, image, "access", VIPS_ACCESS_SEQUENTIAL,
                             NULL);
    }

    if (strcmp(type, "png") == 0) {
        return vips_pngload(file, image, "access", VIPS_ACCESS_SEQUENTIAL,
                            NULL);
    }

    if (strcmp(type, "webp") == 0) {
        return vips_webpload(file, image, "access", VIPS_ACCESS_SEQUENTIAL,
                             NULL);
    }

    return -1;
}


static int
picture_upright(const VipsImage *image)
{
    return vips_image_get_orientation((VipsImage *) image) < 5;
}


static int
picture_make(const char *file, const char *directory, int width,
    int *made_width, int *made_height)
{
    int         rc;
    char        path[PICTURE_PATH];
    void       *data;
    size_t      len;
    VipsImage  *image;

    /* turned upright, in sRGB, never made wider than it was; a file that ends
       too early is an error, not a grey half */

    rc = vips_thumbnail(file, &image, width, "height", 65535,
                        "size", VIPS_SIZE_DOWN,
                        "export_profile", "srgb",
                        "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);

    if (rc != 0) {
        printf("it cannot be decoded\n");
        return PICTURE_REFUSED;
    }

    *made_width = vips_image_get_width(image);
    *made_height = vips_image_get_height(image);

    rc = vips_webpsave_buffer(image, &data, &len, "Q", PICTURE_QUALITY, NULL);
    g_object_unref(image);

    if (rc != 0) {
        printf("it cannot be decoded\n");
        return PICTURE_REFUSED;
    }

    snprintf(path, sizeof(path), "%s/%d.webp", directory, width);
    len = picture_bare(data, len);
    rc = picture_write(path, data, len);
    g_free(data);

    return rc;
}


/* A WebP file without its chunks of metadata, in place: libvips writes one
   even when it is told not to.  The length that is left. */

static size_t
picture_bare(unsigned char *data, size_t len)
{
    size_t          n, kept;
    unsigned char  *p, *last;

    p = data + 12;
    last = data + len;
    kept = 12;

    while (last - p >= 8) {
        n = 8 + (p[4] | (size_t) p[5] << 8 | (size_t) p[6] << 16
                 | (size_t) p[7] << 24);
        n += n & 1;

        if (n > (size_t) (last - p)) {
            n = (size_t) (last - p);
        }

        if (memcmp(p, "VP8X", 4) == 0) {
            p[8] &= PICTURE_ALPHA;
        }

        if (memcmp(p, "EXIF", 4) != 0 && memcmp(p, "XMP ", 4) != 0
            && memcmp(p, "ICCP", 4) != 0)
        {
            memmove(data + kept, p, n);
            kept += n;
        }

        p += n;
    }

    data[4] = (unsigned char) (kept - 8);
    data[5] = (unsigned char) ((kept - 8) >> 8);
    data[6] = (unsigned char) ((kept - 8) >> 16);
    data[7] = (unsigned char) ((kept - 8) >> 24);

    return kept;
}


static int
picture_write(const char *path, const void *data, size_t len)
{
    FILE    *f;
    size_t   n;

    f = fopen(path, "wxe");
    if (f == NULL) {
        return picture_again("it could not be written");
    }

    n = fwrite(data, 1, len, f);

    if (fclose(f) != 0 || n != len) {
        return picture_again("it could not be written");
    }

    return 0;
}


static int
picture_link(const char *directory, int width, int as)
{
    char  path[PICTURE_PATH], other[PICTURE_PATH];

    snprintf(path, sizeof(path), "%s/%d.webp", directory, width);
    snprintf(other, sizeof(other), "%s/%d.webp", directory, as);

    return link(path, other) == 0 ? 0
                                  : picture_again("it could not be written");
}


static int
picture_again(const char *what)
{
    printf("%s\n", what);

    return PICTURE_AGAIN;
}
