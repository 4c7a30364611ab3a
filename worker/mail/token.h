/*
 * The secret that a mail carries in its link: made here, so that the database
 * and Kafka never hold more than its hash.
 */

#ifndef _SHOP_MAIL_TOKEN_H_INCLUDED_
#define _SHOP_MAIL_TOKEN_H_INCLUDED_


#define SHOP_MAIL_TOKEN_LEN   43     /* base64url of 32 bytes */
#define SHOP_MAIL_TOKEN_HASH  66     /* "\x" and hexadecimal SHA-256 */


typedef struct {
    char                 text[SHOP_MAIL_TOKEN_LEN + 1];
    char                 hash[SHOP_MAIL_TOKEN_HASH + 1];   /* a bytea */
} shop_mail_token_t;


/* A new one; SHOP_OK or SHOP_ERROR. */
int shop_mail_token(shop_mail_token_t *token);


#endif /* _SHOP_MAIL_TOKEN_H_INCLUDED_ */
