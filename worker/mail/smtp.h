/*
 * Handing a message to the mail server.
 */

#ifndef _SHOP_SMTP_H_INCLUDED_
#define _SHOP_SMTP_H_INCLUDED_


#include <curl/curl.h>

#include "../buf.h"
#include "../shop_worker.h"


#define SHOP_SMTP_SENT         0
#define SHOP_SMTP_LATER        1         /* reached; it says: try again */
#define SHOP_SMTP_REFUSED      2         /* reached; it never will be taken */
#define SHOP_SMTP_UNREACHED    3         /* no answer that says anything */


typedef struct {
    CURL                *curl;           /* keeps its connection */
    const shop_conf_t   *conf;
    char                *password;
    char                 error[128];     /* of the last message */
} shop_smtp_t;


void shop_smtp_close(shop_smtp_t *smtp);

/* SHOP_SMTP_*; from and to are addresses without brackets. */
int shop_smtp_send(shop_smtp_t *smtp, const char *from, const char *to,
    const shop_buf_t *message);


#endif /* _SHOP_SMTP_H_INCLUDED_ */
