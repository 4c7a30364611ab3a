/*
 * An RFC 5322 message with a plain and an HTML body.
 */

#ifndef _SHOP_MIME_H_INCLUDED_
#define _SHOP_MIME_H_INCLUDED_


#include "../buf.h"


typedef struct {
    const char          *id;             /* of the delivery: Message-ID */
    const char          *from;           /* "Name <box@host>" or a box */
    const char          *from_name;      /* of the store, or NULL */
    const char          *reply_to;       /* or NULL */
    const char          *to;
    const char          *to_name;        /* or NULL */
    const char          *language;
    const char          *unsubscribe;    /* URL, or NULL */
    const char          *subject;
    const char          *text;
    const char          *html;
} shop_mail_t;


/* The address alone, without name and brackets, into box; SHOP_ERROR when it
   holds anything that has no place in an envelope or a header. */
int shop_mime_address(const char *address, char *box, size_t size);

/* Adds the message with CRLF lines; SHOP_ERROR for a bad address or when
   memory is short.  Control characters in headers become spaces. */
int shop_mime(shop_buf_t *b, const shop_mail_t *mail);


#endif /* _SHOP_MIME_H_INCLUDED_ */
