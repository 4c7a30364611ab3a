/*
 * A text against its field, and the sentence that says what is wrong.
 */

#include "ngx_shop_engine.h"
#include "ngx_shop_text.h"


#define NGX_SHOP_SAYS_MAX     160

/* ISO 3166-1 alpha-2 and Kosovo's XK, as in store.country */
#define NGX_SHOP_COUNTRIES                                                    \
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH "   \
    "BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL "   \
    "CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET "   \
    "FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU "   \
    "GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE "   \
    "KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC "   \
    "MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC "   \
    "NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT "   \
    "PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR "   \
    "SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA "   \
    "UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"


static ngx_uint_t ngx_shop_check_blank(const ngx_shop_field_t *field,
    const ngx_str_t *value);
static const char *ngx_shop_check_form(ngx_pool_t *pool,
    const ngx_shop_field_t *field, const ngx_str_t *value);


const char *
ngx_shop_check_limits(ngx_pool_t *pool, const ngx_shop_field_t *field,
    int64_t n, const char *what)
{
    if ((field->min == 0 && field->max == 0)
        || (n >= field->min && (field->max == 0 || n <= field->max)))
    {
        return NULL;
    }

    if (n < field->min && field->min == 1) {
        return "must not be empty";
    }

    if (field->max == 0) {
        return ngx_shop_check_says(pool, "must have at least %L %s",
                                   field->min, what);
    }

    if (field->min <= 1) {
        return ngx_shop_check_says(pool, "must have at most %L %s", field->max,
                                   what);
    }

    return ngx_shop_check_says(pool, "must have %L to %L %s", field->min,
                               field->max, what);
}


const char *
ngx_shop_check_range(ngx_pool_t *pool, const ngx_shop_field_t *field,
    const char *what)
{
    if (field->min == 0 && field->max == 0) {
        return ngx_shop_check_says(pool, "must be %s", what);
    }

    return ngx_shop_check_says(pool, "must be %s from %L to %L", what,
                               field->min, field->max);
}


const char *
ngx_shop_check_text(ngx_pool_t *pool, const ngx_shop_field_t *field,
    const ngx_str_t *value)
{
    int64_t  n;

    switch (field->type) {

    case NGX_SHOP_INT:

        if (ngx_shop_text_int(value, &n) != NGX_OK
            || ((field->min || field->max)
                && (n < field->min || n > field->max)))
        {
            return ngx_shop_check_range(pool, field, "an integer");
        }

        return NULL;

    case NGX_SHOP_TEXT:

        if (ngx_shop_check_blank(field, value)) {
            return "must not be empty";
        }

        return ngx_shop_check_limits(pool, field,
                                     ngx_shop_utf8_count(value->data,
                                                         value->len),
                                     "characters");

    default:
        return ngx_shop_check_form(pool, field, value);
    }
}


/* whether a member that must not be empty shows nothing: a secret may be of
   spaces, and what is searched for too */

static ngx_uint_t
ngx_shop_check_blank(const ngx_shop_field_t *field, const ngx_str_t *value)
{
    u_char    *p, *last;
    uint32_t   c;

    if (field->min == 0
        || (field->flags
            & (NGX_SHOP_SECRET|NGX_SHOP_IN_QUERY|NGX_SHOP_IN_PATH)))
    {
        return 0;
    }

    p = value->data;
    last = p + value->len;

    while (p < last) {
        c = *p < 0x80 ? *p++ : ngx_utf8_decode(&p, last - p);

        if (!(c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0
              || (c >= 0x2000 && c <= 0x200f) || c == 0x2028 || c == 0x2029
              || c == 0x202f || c == 0x205f || c == 0x2060 || c == 0x3000
              || c == 0xfeff))
        {
            return 0;
        }
    }

    return 1;
}


static const char *
ngx_shop_check_form(ngx_pool_t *pool, const ngx_shop_field_t *field,
    const ngx_str_t *value)
{
    switch (field->type) {

    case NGX_SHOP_BOOL:
        return ngx_shop_text_is_word(value, "true false")
               ? NULL : "must be true or false";

    case NGX_SHOP_UUID:
        return ngx_shop_text_is_uuid(value) ? NULL : "must be a UUID";

    case NGX_SHOP_ID:
        return ngx_shop_text_is_id(value) ? NULL : "must be an id";

    case NGX_SHOP_EMAIL:
        return ngx_shop_text_is_email(value) ? NULL
                                             : "must be an e-mail address";

    case NGX_SHOP_COUNTRY:
        return ngx_shop_text_is_word(value, NGX_SHOP_COUNTRIES)
               ? NULL : "must be a country code of ISO 3166-1, such as DE";

    case NGX_SHOP_CURRENCY:
        return ngx_shop_text_is_upper(value, 3)
               ? NULL : "must be a currency code of three capital letters";

    case NGX_SHOP_LOCALE:
        return ngx_shop_text_is_locale(value)
               ? NULL : "must be a language such as \"en\" or \"pt-BR\"";

    case NGX_SHOP_SLUG:
        return ngx_shop_text_is_slug(value)
               ? NULL : "must have lower-case letters, digits and single "
                        "hyphens, with at least one letter, 128 at most";

    case NGX_SHOP_TIME:
        return ngx_shop_text_is_time(value)
               ? NULL : "must be a time as in RFC 3339";

    case NGX_SHOP_ENUM:
        return ngx_shop_text_is_word(value, field->sub)
               ? NULL : ngx_shop_check_says(pool, "must be one of: %s",
                                            field->sub);

    default:
        return "cannot be given here";
    }
}


/* never NULL: without memory the sentence is shorter */

const char *
ngx_shop_check_says(ngx_pool_t *pool, const char *fmt, ...)
{
    u_char   *p, *last;
    va_list   args;

    p = ngx_pnalloc(pool, NGX_SHOP_SAYS_MAX);
    if (p == NULL) {
        return "is not accepted";
    }

    va_start(args, fmt);
    last = ngx_vslprintf(p, p + NGX_SHOP_SAYS_MAX - 1, fmt, args);
    va_end(args);

    *last = '\0';

    return (const char *) p;
}
