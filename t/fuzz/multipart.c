/*
 * Forms with files: whatever is sent as one, and any file inside a good one.
 *
 * with: ngx_shop_multipart
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_multipart.h"


#define NGX_SHOP_FUZZ_TYPE  "multipart/form-data; boundary=b-1"
#define NGX_SHOP_FUZZ_HEAD                                                  \
    "--b-1\r\nContent-Disposition: form-data; name=\"file\"; "              \
    "filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
#define NGX_SHOP_FUZZ_MARK  "\r\n--b-1"
#define NGX_SHOP_FUZZ_TAIL  NGX_SHOP_FUZZ_MARK "--\r\n"


static void ngx_shop_fuzz_any(u_char *own, size_t size);
static void ngx_shop_fuzz_file(const u_char *data, size_t size);
static void ngx_shop_fuzz_inside(ngx_str_t *text, u_char *own, size_t size);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char  *own;

    /* a block of its own shows what is read beyond */

    own = malloc(size ? size : 1);
    memcpy(own, data, size);
    ngx_shop_fuzz_any(own, size);
    free(own);

    ngx_shop_fuzz_file(data, size);

    return 0;
}


/* the first line is the Content-Type */

static void
ngx_shop_fuzz_any(u_char *own, size_t size)
{
    u_char                *end, *before;
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

        before = form.pos;

        if (ngx_shop_multipart_next(&form, &part) != NGX_OK) {
            return;
        }

        if (part.name.len == 0 || form.pos <= before
            || form.pos > own + size)
        {
            abort();
        }

        ngx_shop_fuzz_inside(&part.name, own, size);
        ngx_shop_fuzz_inside(&part.type, own, size);
        ngx_shop_fuzz_inside(&part.value, own, size);
    }
}


/* a file comes out as it went in, up to what looks like its end */

static void
ngx_shop_fuzz_file(const u_char *data, size_t size)
{
    u_char                *own, *p, *end;
    size_t                 len;
    ngx_str_t              type = ngx_string(NGX_SHOP_FUZZ_TYPE);
    ngx_shop_part_t        part;
    ngx_shop_multipart_t   form;

    len = sizeof(NGX_SHOP_FUZZ_HEAD) + sizeof(NGX_SHOP_FUZZ_TAIL) - 2 + size;
    own = malloc(len);

    p = ngx_cpymem(own, NGX_SHOP_FUZZ_HEAD, sizeof(NGX_SHOP_FUZZ_HEAD) - 1);
    p = ngx_cpymem(p, data, size);
    ngx_memcpy(p, NGX_SHOP_FUZZ_TAIL, sizeof(NGX_SHOP_FUZZ_TAIL) - 1);

    p = own + sizeof(NGX_SHOP_FUZZ_HEAD) - 1;

    if (ngx_shop_multipart_type(&form, &type) != NGX_OK
        || ngx_shop_multipart_open(&form, own, len) != NGX_OK
        || ngx_shop_multipart_next(&form, &part) != NGX_OK
        || !part.file || part.name.len != 4 || part.value.data != p)
    {
        abort();
    }

    /* the break before may be the headers' own */

    end = memmem(p - 2, size + sizeof(NGX_SHOP_FUZZ_TAIL) + 1,
                 NGX_SHOP_FUZZ_MARK, sizeof(NGX_SHOP_FUZZ_MARK) - 1);

    if (part.value.len != (size_t) (end < p ? 0 : end - p)) {
        abort();
    }

    free(own);
}


static void
ngx_shop_fuzz_inside(ngx_str_t *text, u_char *own, size_t size)
{
    if (text->len && (text->data < own || text->data + text->len > own + size))
    {
        abort();
    }
}
