/*
 * The body of a request, and text on its way into a problem.
 *
 * with: ngx_shop_json ngx_shop_text
 * libs: -ljansson
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_json.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char      *out;
    size_t       len;
    json_t      *value;
    const char  *why;

    why = NULL;
    value = ngx_shop_json_parse(data, size, &why);

    if (value == NULL && why == NULL) {
        abort();
    }

    json_decref(value);

    len = ngx_shop_json_escape(NULL, data, size);
    out = malloc(len + 2);

    out[0] = '"';

    if (ngx_shop_json_escape(out + 1, data, size) != len) {
        abort();
    }

    out[len + 1] = '"';

    /* whatever came, what goes out is a JSON string */

    value = json_loadb((char *) out, len + 2, JSON_DECODE_ANY|JSON_ALLOW_NUL,
                       NULL);
    if (!json_is_string(value)) {
        abort();
    }

    json_decref(value);
    free(out);

    return 0;
}
