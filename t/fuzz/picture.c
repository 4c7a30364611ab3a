/*
 * Pictures as they are uploaded: their structure, and forms that hold them.
 *
 * with: ngx_shop_picture ngx_shop_picture_jpeg ngx_shop_multipart
 * libs: -lz
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_multipart.h"
#include "ngx_shop_picture.h"


static void ngx_shop_fuzz_form(u_char *own, size_t size);
static void ngx_shop_fuzz_inside(ngx_str_t *text, u_char *own, size_t size);


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

    ngx_shop_fuzz_form(own, size);
    free(own);

    return 0;
}


/* the first line is the Content-Type */

static void
ngx_shop_fuzz_form(u_char *own, size_t size)
{
    u_char                *end;
    ngx_int_t              rc;
    ngx_str_t              type;
    ngx_shop_part_t        part;
    ngx_shop_multipart_t   form;

    end = memchr(own, LF, size);
    if (end == NULL) {
        return;
    }

    type.data = own;
    type.len = end - own;

    if (ngx_shop_multipart_type(&form, &type) != NGX_OK
        || ngx_shop_multipart_open(&form, end + 1, own + size - end - 1)
           != NGX_OK)
    {
        return;
    }

    for ( ;; ) {

        rc = ngx_shop_multipart_next(&form, &part);
        if (rc != NGX_OK) {
            return;
        }

        ngx_shop_fuzz_inside(&part.name, own, size);
        ngx_shop_fuzz_inside(&part.type, own, size);
        ngx_shop_fuzz_inside(&part.value, own, size);
    }
}


static void
ngx_shop_fuzz_inside(ngx_str_t *text, u_char *own, size_t size)
{
    if (text->len && (text->data < own || text->data + text->len > own + size))
    {
        abort();
    }
}
