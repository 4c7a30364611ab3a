#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../shop_worker.h"
#include "mime.h"


#define SHOP_MIME_ADDRESS    254         /* RFC 5321 */
#define SHOP_MIME_WORD       42          /* bytes of an encoded word's text */
#define SHOP_MIME_LINE       75
#define SHOP_MIME_HEADER     500


static void shop_mime_date(shop_buf_t *b);
static void shop_mime_mailbox(shop_buf_t *b, const char *header,
    const char *name, const char *box);
static void shop_mime_header(shop_buf_t *b, const char *value);
static void shop_mime_unsubscribe(shop_buf_t *b, const char *url);
static void shop_mime_base64(shop_buf_t *b, const unsigned char *s,
    size_t len);
static void shop_mime_part(shop_buf_t *b, const char *boundary,
    const char *type, const char *body);
static void shop_mime_quoted(shop_buf_t *b, const char *s);


int
shop_mime_address(const char *address, char *box, size_t size)
{
    char        *at, *p;
    size_t       len;
    const char  *open;

    open = strrchr(address, '<');
    address = open ? open + 1 : address;
    len = strlen(address);

    if (open && (len == 0 || address[--len] != '>')) {
        return SHOP_ERROR;
    }

    if (len < 3 || len > SHOP_MIME_ADDRESS || len >= size) {
        return SHOP_ERROR;
    }

    memcpy(box, address, len);
    box[len] = '\0';

    /* no space, control character, bracket, separator or second part */

    for (p = box; *p; p++) {
        if ((unsigned char) *p <= ' ' || *p == 0x7f
            || strchr("<>(),;:\"[]\\", *p))
        {
            return SHOP_ERROR;
        }
    }

    at = strchr(box, '@');

    return at && at != box && at[1] && !strchr(at + 1, '@') ? SHOP_OK
                                                            : SHOP_ERROR;
}


int
shop_mime(shop_buf_t *b, const shop_mail_t *mail)
{
    char  from[SHOP_MIME_ADDRESS + 1], to[SHOP_MIME_ADDRESS + 1];
    char  reply[SHOP_MIME_ADDRESS + 1], boundary[64];

    if (shop_mime_address(mail->from, from, sizeof(from)) != SHOP_OK
        || shop_mime_address(mail->to, to, sizeof(to)) != SHOP_OK)
    {
        return SHOP_ERROR;
    }

    /* the id is a UUID: neither body can hold the boundary, as quoted
       printable never leaves "=_" alone */

    snprintf(boundary, sizeof(boundary), "=_%.36s", mail->id);

    shop_mime_date(b);
    shop_buf_printf(b, "Message-ID: <%.36s@%s>\r\n", mail->id,
                    strchr(from, '@') + 1);
    shop_mime_mailbox(b, "From", mail->from_name, from);

    if (mail->reply_to
        && shop_mime_address(mail->reply_to, reply, sizeof(reply)) == SHOP_OK)
    {
        shop_mime_mailbox(b, "Reply-To", mail->from_name, reply);
    }

    shop_mime_mailbox(b, "To", mail->to_name, to);
    shop_buf_str(b, "Subject: ");
    shop_mime_header(b, mail->subject);
    shop_buf_str(b, "\r\nContent-Language: ");
    shop_mime_header(b, mail->language);
    shop_mime_unsubscribe(b, mail->unsubscribe);
    shop_buf_printf(b, "\r\nAuto-Submitted: auto-generated\r\n"
                    "MIME-Version: 1.0\r\n"
                    "Content-Type: multipart/alternative;\r\n"
                    " boundary=\"%s\"\r\n\r\n", boundary);

    shop_mime_part(b, boundary, "text/plain", mail->text);
    shop_mime_part(b, boundary, "text/html", mail->html);
    shop_buf_printf(b, "--%s--\r\n", boundary);

    return b->failed ? SHOP_ERROR : SHOP_OK;
}


static void
shop_mime_date(shop_buf_t *b)
{
    time_t       now;
    struct tm    tm;

    static const char  days[] = "SunMonTueWedThuFriSat";
    static const char  months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

    now = time(NULL);
    gmtime_r(&now, &tm);

    /* strftime() would speak the locale's language */

    shop_buf_printf(b, "Date: %.3s, %02d %.3s %d %02d:%02d:%02d +0000\r\n",
                    days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
                    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}


static void
shop_mime_mailbox(shop_buf_t *b, const char *header, const char *name,
    const char *box)
{
    shop_buf_printf(b, "%s: ", header);

    if (name && *name) {
        shop_mime_header(b, name);
        shop_buf_printf(b, " <%s>\r\n", box);
        return;
    }

    shop_buf_printf(b, "%s\r\n", box);
}


/* A value as it is when it is plain words, else as encoded words (RFC 2047),
   so that nothing in it can be taken for syntax or for another header. */

static void
shop_mime_header(shop_buf_t *b, const char *value)
{
    char                   text[SHOP_MIME_HEADER + 1];
    char                  *p;
    size_t                 len, n;
    static const char      plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -#/!";

    snprintf(text, sizeof(text), "%s", value);
    len = strlen(text);

    for (p = text; *p; p++) {
        if ((unsigned char) *p < 0x20 || *p == 0x7f) {
            *p = ' ';
        }
    }

    if (strspn(text, plain) == len && len <= SHOP_MIME_LINE - 20) {
        shop_buf_str(b, text);
        return;
    }

    for (p = text; len > 0; p += n, len -= n) {
        n = len < SHOP_MIME_WORD ? len : SHOP_MIME_WORD;

        /* a word ends at a whole character of UTF-8 */

        while (n > 1 && n < len && ((unsigned char) p[n] & 0xc0) == 0x80) {
            n--;
        }

        shop_buf_str(b, p == text ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        shop_mime_base64(b, (unsigned char *) p, n);
        shop_buf_str(b, "?=");
    }
}


/* RFC 8058: the mail program's own button posts to the URL. */

static void
shop_mime_unsubscribe(shop_buf_t *b, const char *url)
{
    const char  *p;

    if (url == NULL || strlen(url) > SHOP_MIME_HEADER) {
        return;
    }

    for (p = url; *p; p++) {
        if (*p <= ' ' || *p == 0x7f || *p == '<' || *p == '>') {
            return;
        }
    }

    shop_buf_printf(b, "\r\nList-Unsubscribe: <%s>\r\n"
                    "List-Unsubscribe-Post: List-Unsubscribe=One-Click", url);
}


static void
shop_mime_base64(shop_buf_t *b, const unsigned char *s, size_t len)
{
    char               out[4];
    size_t             i;
    unsigned           v;
    static const char  digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (i = 0; i < len; i += 3) {
        v = (unsigned) s[i] << 16
            | (i + 1 < len ? (unsigned) s[i + 1] << 8 : 0)
            | (i + 2 < len ? s[i + 2] : 0);

        out[0] = digits[v >> 18];
        out[1] = digits[v >> 12 & 63];
        out[2] = i + 1 < len ? digits[v >> 6 & 63] : '=';
        out[3] = i + 2 < len ? digits[v & 63] : '=';
        shop_buf_add(b, out, 4);
    }
}


static void
shop_mime_part(shop_buf_t *b, const char *boundary, const char *type,
    const char *body)
{
    shop_buf_printf(b, "--%s\r\nContent-Type: %s; charset=UTF-8\r\n"
                    "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                    boundary, type);
    shop_mime_quoted(b, body);
    shop_buf_str(b, "\r\n");
}


static void
shop_mime_quoted(shop_buf_t *b, const char *s)
{
    int            width, literal;
    unsigned char  c;

    for (width = 0; *s; s++) {
        c = (unsigned char) *s;

        if (c == '\r' && s[1] == '\n') {
            continue;
        }

        if (c == '\n') {
            shop_buf_str(b, "\r\n");
            width = 0;
            continue;
        }

        /* a space must not end a line */

        literal = (c > ' ' && c < 0x7f && c != '=')
                  || (c == ' ' && s[1] != '\n' && s[1] != '\r' && s[1]);

        if (width + (literal ? 1 : 3) > SHOP_MIME_LINE) {
            shop_buf_str(b, "=\r\n");
            width = 0;
        }

        if (literal) {
            shop_buf_add(b, s, 1);
        } else {
            shop_buf_printf(b, "=%02X", c);
        }

        width += literal ? 1 : 3;
    }
}
