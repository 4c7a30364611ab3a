/*
 * Logic-less templates, a subset of Mustache:
 *
 *     {{name}} {{a.b}}       a value, escaped for the kind of text
 *     {{#name}}...{{/name}}  once for each item of a list, or once if true
 *     {{^name}}...{{/name}}  once if false, empty or not there
 *     {{.}}                  the item itself
 *
 * A name is looked up from the innermost section outwards; what is not there
 * is empty.  Nothing can be put into a text unescaped.
 */

#ifndef _SHOP_TEMPLATE_H_INCLUDED_
#define _SHOP_TEMPLATE_H_INCLUDED_


#include <jansson.h>

#include "../buf.h"


typedef enum {
    SHOP_TEMPLATE_TEXT = 0,
    SHOP_TEMPLATE_HTML
} shop_template_e;


/* Adds the rendered text to b; SHOP_OK, or SHOP_ERROR when the template is
   malformed, too deep, or its text grows too long. */
int shop_template(shop_buf_t *b, const char *text, const json_t *data,
    shop_template_e kind);


#endif /* _SHOP_TEMPLATE_H_INCLUDED_ */
