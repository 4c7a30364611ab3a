/*
 * The structure of pictures: files "good-...", which are 30 x 20, are read;
 * "bad-..." and whatever is cut short are refused; "other-..." are no pictures.
 * Prints TAP.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <dirent.h>
#include "ngx_shop_picture.h"
#include "unit.h"


static u_char *
file(const char *name, size_t *len)
{
    FILE    *f;
    u_char  *text;

    f = fopen(name, "rb");
    fseek(f, 0, SEEK_END);
    *len = ftell(f);
    rewind(f);

    text = malloc(*len ? *len : 1);
    *len = fread(text, 1, *len, f);
    fclose(f);

    return text;
}


/* in a block of its own, so that what is read beyond is seen */

static ngx_int_t
of(const u_char *text, size_t len, ngx_shop_picture_t *picture)
{
    u_char      *own;
    ngx_int_t    rc;
    const char  *why = NULL;

    own = malloc(len ? len : 1);
    memcpy(own, text, len);
    rc = ngx_shop_picture_read(picture, own, len, &why);
    free(own);

    return rc == NGX_ERROR && why == NULL ? NGX_ABORT : rc;
}


static void
look(const char *name)
{
    int                  whole;
    size_t               len, n;
    u_char              *text;
    ngx_int_t            rc;
    ngx_shop_picture_t   picture;

    text = file(name, &len);
    rc = of(text, len, &picture);

    if (strncmp(name, "other-", 6) == 0) {
        ok(rc == NGX_DECLINED, name);

    } else if (strncmp(name, "bad-", 4) == 0) {
        ok(rc == NGX_ERROR, name);

    } else {
        ok(rc == NGX_OK && picture.width == 30 && picture.height == 20, name);

        whole = 0;

        for (n = 0; n < len; n++) {
            whole += of(text, n, &picture) == NGX_OK;
        }

        /* padding may be left out, and so may further sizes */
        ok(whole == 0 || strstr(name, "padded") || strstr(name, "phone")
           || strstr(name, "odd"), "cut short");
    }

    free(text);
}


int
main(void)
{
    DIR            *dir;
    struct dirent  *entry;

    dir = opendir(".");

    while ((entry = readdir(dir)) != NULL) {
        if (strchr(entry->d_name, '-')) {
            look(entry->d_name);
        }
    }

    closedir(dir);

    return unit_end();
}
