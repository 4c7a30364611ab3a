/*
 * Pictures as they are uploaded: their structure.
 *
 * with: ngx_shop_picture ngx_shop_picture_jpeg
 * libs: -lz
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_picture.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char              *own;
    ngx_int_t            rc;
    const char          *why;
    ngx_shop_picture_t   picture;

    /* a block of its own shows what is read beyond */

    own = malloc(size ? size : 1);
    memcpy(own, data, size);
    why = NULL;

    rc = ngx_shop_picture_read(&picture, own, size, &why);

    if ((rc == NGX_OK && (picture.width == 0 || picture.height == 0))
        || (rc == NGX_ERROR && why == NULL))
    {
        abort();
    }

    free(own);

    return 0;
}

