/*
 * The secret of a mail's link.
 */

#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "../shop_worker.h"
#include "token.h"


#define SHOP_MAIL_TOKEN_RAW    32


int
shop_mail_token(shop_mail_token_t *token)
{
    unsigned       i;
    unsigned char  raw[SHOP_MAIL_TOKEN_RAW], digest[EVP_MAX_MD_SIZE];

    /* with the "=" at its end and a NUL */
    unsigned char  text[SHOP_MAIL_TOKEN_LEN + 2];

    if (RAND_priv_bytes(raw, sizeof(raw)) != 1
        || EVP_EncodeBlock(text, raw, sizeof(raw)) != SHOP_MAIL_TOKEN_LEN + 1
        || EVP_Digest(raw, sizeof(raw), digest, NULL, EVP_sha256(), NULL)
           != 1)
    {
        return SHOP_ERROR;
    }

    for (i = 0; i < SHOP_MAIL_TOKEN_LEN; i++) {
        token->text[i] = text[i] == '+' ? '-' : text[i] == '/' ? '_'
                         : (char) text[i];
    }

    token->text[i] = '\0';

    strcpy(token->hash, "\\x");

    for (i = 0; i < 32; i++) {
        snprintf(token->hash + 2 + 2 * i, 3, "%02x", digest[i]);
    }

    OPENSSL_cleanse(raw, sizeof(raw));

    return SHOP_OK;
}
