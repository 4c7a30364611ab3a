#include <string.h>

#include "../shop_worker.h"
#include "template.h"


#define SHOP_TEMPLATE_DEPTH    8
#define SHOP_TEMPLATE_NAME     64
#define SHOP_TEMPLATE_MAX      (512 * 1024)


typedef struct {
    shop_buf_t          *out;
    shop_template_e      kind;
    int                  depth;
    const json_t        *scopes[SHOP_TEMPLATE_DEPTH];
} shop_template_t;

typedef struct {
    char                 sigil;          /* '#', '^', '/' or 0 */
    char                 name[SHOP_TEMPLATE_NAME];
    const char          *start;
    const char          *end;            /* after the braces */
} shop_tag_t;


static int shop_template_part(shop_template_t *t, const char *from,
    const char *to);
static int shop_template_section(shop_template_t *t, const shop_tag_t *tag,
    const char *from, const char *to);
static int shop_template_find(const char *from, const char *to,
    shop_tag_t *tag);
static const char *shop_template_close(const shop_tag_t *open,
    const char *to, const char **after);
static const json_t *shop_template_value(const shop_template_t *t,
    const char *name);
static int shop_template_true(const json_t *value);
static void shop_template_put(shop_template_t *t, const json_t *value);
static void shop_template_html(shop_buf_t *b, const char *s);


int
shop_template(shop_buf_t *b, const char *text, const json_t *data,
    shop_template_e kind)
{
    shop_template_t  t;

    memset(&t, 0, sizeof(t));
    t.out = b;
    t.kind = kind;
    t.depth = 1;
    t.scopes[0] = data;

    if (shop_template_part(&t, text, text + strlen(text)) != SHOP_OK) {
        return SHOP_ERROR;
    }

    return b->failed ? SHOP_ERROR : SHOP_OK;
}


static int
shop_template_part(shop_template_t *t, const char *from, const char *to)
{
    int          rc;
    shop_tag_t   tag;
    const char  *inner_end, *after;

    for ( ;; ) {
        rc = shop_template_find(from, to, &tag);
        if (rc == SHOP_ERROR) {
            return SHOP_ERROR;
        }

        shop_buf_add(t->out, from, (size_t) (tag.start - from));

        if (t->out->len > SHOP_TEMPLATE_MAX) {
            return SHOP_ERROR;
        }

        if (rc == 0) {
            return SHOP_OK;
        }

        from = tag.end;

        switch (tag.sigil) {

        case '\0':
            shop_template_put(t, shop_template_value(t, tag.name));
            break;

        case '/':
            return SHOP_ERROR;

        default:
            inner_end = shop_template_close(&tag, to, &after);

            if (inner_end == NULL
                || shop_template_section(t, &tag, from, inner_end) != SHOP_OK)
            {
                return SHOP_ERROR;
            }

            from = after;
        }
    }
}


static int
shop_template_section(shop_template_t *t, const shop_tag_t *tag,
    const char *from, const char *to)
{
    int            rc;
    size_t         i, n;
    const json_t  *value;

    value = shop_template_value(t, tag->name);

    if (tag->sigil == '^') {
        return shop_template_true(value) ? SHOP_OK
                                         : shop_template_part(t, from, to);
    }

    if (!shop_template_true(value)) {
        return SHOP_OK;
    }

    if (t->depth == SHOP_TEMPLATE_DEPTH) {
        return SHOP_ERROR;
    }

    n = json_is_array(value) ? json_array_size(value) : 1;
    rc = SHOP_OK;

    for (i = 0; i < n && rc == SHOP_OK; i++) {
        t->scopes[t->depth++] = json_is_array(value) ? json_array_get(value, i)
                                                     : value;
        rc = shop_template_part(t, from, to);
        t->depth--;
    }

    return rc;
}


/* The next tag: 1, or 0 with tag->start at the end. */

static int
shop_template_find(const char *from, const char *to, shop_tag_t *tag)
{
    size_t       len;
    const char  *p, *close;

    p = memmem(from, (size_t) (to - from), "{{", 2);
    if (p == NULL) {
        tag->start = to;
        tag->end = to;
        return 0;
    }

    tag->start = p;
    p += 2;

    close = memmem(p, (size_t) (to - p), "}}", 2);
    if (close == NULL) {
        return SHOP_ERROR;
    }

    tag->end = close + 2;
    tag->sigil = '\0';

    if (p < close && strchr("#^/", *p)) {
        tag->sigil = *p++;
    }

    len = (size_t) (close - p);

    if (len == 0 || len >= sizeof(tag->name)) {
        return SHOP_ERROR;
    }

    memcpy(tag->name, p, len);
    tag->name[len] = '\0';

    if (strspn(tag->name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != len) {
        return SHOP_ERROR;
    }

    return 1;
}


/* Where the section ends, and where the text after it begins. */

static const char *
shop_template_close(const shop_tag_t *open, const char *to,
    const char **after)
{
    int          level;
    shop_tag_t   tag;
    const char  *p;

    level = 1;

    for (p = open->end; shop_template_find(p, to, &tag) == 1; p = tag.end) {
        if (tag.sigil == '\0' || strcmp(tag.name, open->name) != 0) {
            continue;
        }

        level += tag.sigil == '/' ? -1 : 1;

        if (level == 0) {
            *after = tag.end;
            return tag.start;
        }
    }

    return NULL;
}


static const json_t *
shop_template_value(const shop_template_t *t, const char *name)
{
    int            i;
    char           part[SHOP_TEMPLATE_NAME];
    size_t         len;
    const json_t  *value;

    if (strcmp(name, ".") == 0) {
        return t->scopes[t->depth - 1];
    }

    len = strcspn(name, ".");
    memcpy(part, name, len);
    part[len] = '\0';
    value = NULL;

    for (i = t->depth - 1; i >= 0 && value == NULL; i--) {
        value = json_object_get(t->scopes[i], part);
    }

    while (value && name[len] == '.') {
        name += len + 1;
        len = strcspn(name, ".");
        memcpy(part, name, len);
        part[len] = '\0';
        value = json_object_get(value, part);
    }

    return value;
}


static int
shop_template_true(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {

    case JSON_NULL:
    case JSON_FALSE:
        return 0;

    case JSON_STRING:
        return json_string_length(value) > 0;

    case JSON_ARRAY:
        return json_array_size(value) > 0;

    default:
        return 1;
    }
}


static void
shop_template_put(shop_template_t *t, const json_t *value)
{
    if (json_is_string(value)) {
        if (t->kind == SHOP_TEMPLATE_HTML) {
            shop_template_html(t->out, json_string_value(value));
        } else {
            shop_buf_str(t->out, json_string_value(value));
        }

    } else if (json_is_integer(value)) {
        shop_buf_printf(t->out, "%lld",
                        (long long) json_integer_value(value));
    }
}


static void
shop_template_html(shop_buf_t *b, const char *s)
{
    size_t       len;
    const char  *entity;

    for ( ;; ) {
        len = strcspn(s, "&<>\"'");
        shop_buf_add(b, s, len);
        s += len;

        switch (*s++) {

        case '&':
            entity = "&amp;";
            break;

        case '<':
            entity = "&lt;";
            break;

        case '>':
            entity = "&gt;";
            break;

        case '"':
            entity = "&quot;";
            break;

        case '\'':
            entity = "&#39;";
            break;

        default:
            return;
        }

        shop_buf_str(b, entity);
    }
}
