/*
 * The claims of an id_token.
 */

#include "ngx_shop_token_id.h"
#include <openssl/sha.h>


static json_t *ngx_shop_token_id_hash(const ngx_str_t *access);


json_t *
ngx_shop_token_id_payload(const ngx_shop_id_claims_t *claims,
    const ngx_str_t *issuer, const ngx_str_t *access)
{
    json_t  *payload;

    payload = json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:o}",
                        "iss", issuer->data,
                        "sub", claims->user,
                        "aud", claims->client,
                        "iat", (json_int_t) claims->issued,
                        "exp", (json_int_t) claims->expires,
                        "auth_time", (json_int_t) claims->signed_in,
                        "at_hash", ngx_shop_token_id_hash(access));

    if (payload && claims->nonce
        && json_object_set_new(payload, "nonce", json_string(claims->nonce))
           != 0)
    {
        json_decref(payload);
        return NULL;
    }

    return payload;
}


/* the left half of the hash that the algorithm (ES256) uses */

static json_t *
ngx_shop_token_id_hash(const ngx_str_t *access)
{
    u_char     digest[SHA256_DIGEST_LENGTH];
    u_char     text[ngx_base64_encoded_length(SHA256_DIGEST_LENGTH / 2)];
    ngx_str_t  src, dst;

    SHA256(access->data, access->len, digest);

    src.data = digest;
    src.len = sizeof(digest) / 2;
    dst.data = text;
    ngx_encode_base64url(&dst, &src);

    return json_stringn((char *) dst.data, dst.len);
}
