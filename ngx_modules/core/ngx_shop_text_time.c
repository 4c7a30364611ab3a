/*
 * Date and time as RFC 3339 has them.
 */

#include "ngx_shop_text.h"


static ngx_uint_t ngx_shop_digits(const u_char **p, const u_char *last,
    ngx_uint_t n, ngx_uint_t *value);
static ngx_uint_t ngx_shop_time_date(const u_char **p, const u_char *last);
static ngx_uint_t ngx_shop_time_clock(const u_char **p, const u_char *last);
static ngx_uint_t ngx_shop_time_zone(const u_char **p, const u_char *last);


ngx_uint_t
ngx_shop_text_is_time(const ngx_str_t *text)
{
    const u_char  *p, *last;

    p = text->data;
    last = p + text->len;

    return ngx_shop_time_date(&p, last)
           && p < last && (*p == 'T' || *p == 't' || *p == ' ') && ++p
           && ngx_shop_time_clock(&p, last)
           && ngx_shop_time_zone(&p, last)
           && p == last;
}


static ngx_uint_t
ngx_shop_time_date(const u_char **p, const u_char *last)
{
    ngx_uint_t            year, month, day, leap;
    static const u_char   days[] = { 31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31 };

    if (!ngx_shop_digits(p, last, 4, &year)
        || *p == last || *(*p)++ != '-'
        || !ngx_shop_digits(p, last, 2, &month)
        || *p == last || *(*p)++ != '-'
        || !ngx_shop_digits(p, last, 2, &day))
    {
        return 0;
    }

    if (year < 1 || month < 1 || month > 12 || day < 1) {
        return 0;
    }

    leap = (month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0));

    return day <= days[month - 1] + leap;
}


static ngx_uint_t
ngx_shop_time_clock(const u_char **p, const u_char *last)
{
    ngx_uint_t     hour, minute, second;
    const u_char  *start;

    if (!ngx_shop_digits(p, last, 2, &hour)
        || *p == last || *(*p)++ != ':'
        || !ngx_shop_digits(p, last, 2, &minute)
        || *p == last || *(*p)++ != ':'
        || !ngx_shop_digits(p, last, 2, &second))
    {
        return 0;
    }

    /* 60: a leap second */

    if (hour > 23 || minute > 59 || second > 60) {
        return 0;
    }

    if (*p == last || **p != '.') {
        return 1;
    }

    for (start = ++(*p); *p < last && **p >= '0' && **p <= '9'; (*p)++) {
        /* void */
    }

    return *p > start && *p - start <= 9;
}


static ngx_uint_t
ngx_shop_time_zone(const u_char **p, const u_char *last)
{
    ngx_uint_t  hour, minute;

    if (*p == last) {
        return 0;
    }

    if (**p == 'Z' || **p == 'z') {
        (*p)++;
        return 1;
    }

    if (**p != '+' && **p != '-') {
        return 0;
    }

    (*p)++;

    return ngx_shop_digits(p, last, 2, &hour)
           && *p < last && *(*p)++ == ':'
           && ngx_shop_digits(p, last, 2, &minute)
           && hour < 16 && minute < 60;
}


static ngx_uint_t
ngx_shop_digits(const u_char **p, const u_char *last, ngx_uint_t n,
    ngx_uint_t *value)
{
    if ((ngx_uint_t) (last - *p) < n) {
        return 0;
    }

    for (*value = 0; n; n--, (*p)++) {
        if (**p < '0' || **p > '9') {
            return 0;
        }

        *value = *value * 10 + (**p - '0');
    }

    return 1;
}
