/*
 * Forms as they come to the token endpoint.
 *
 * with: ngx_shop_form ngx_shop_pairs ngx_shop_text ngx_shop_text_time
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_form.h"


static void ngx_shop_fuzz_pair(ngx_str_t *text, u_char *own, size_t size);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char           *own, *escaped;
    ngx_str_t         type;
    ngx_uint_t        i;
    ngx_shop_form_t   form;

    type.data = (u_char *) data;
    type.len = size;
    (void) ngx_shop_form_is_type(&type);

    /* a block of its own shows what is read or written beyond */

    own = malloc(size + 1);
    memcpy(own, data, size);

    if (ngx_shop_form_parse(&form, own, size) == NGX_OK) {

        for (i = 0; i < form.n; i++) {
            ngx_shop_fuzz_pair(&form.pairs[i].name, own, size);
            ngx_shop_fuzz_pair(&form.pairs[i].value, own, size);
            (void) ngx_shop_form_get(&form, (char *) form.pairs[i].name.data);
        }

        (void) ngx_shop_form_repeated(&form, NULL);
        (void) ngx_shop_form_repeated(&form, "grant_type");
    }

    escaped = malloc(3 * size + 1);

    if (ngx_shop_form_escape(escaped, &type) > escaped + 3 * size) {
        abort();
    }

    free(escaped);
    free(own);

    return 0;
}


/* inside the form, and NUL-terminated where its length says */

static void
ngx_shop_fuzz_pair(ngx_str_t *text, u_char *own, size_t size)
{
    if (text->data < own || text->data + text->len > own + size
        || ngx_strlen(text->data) != text->len)
    {
        abort();
    }
}
