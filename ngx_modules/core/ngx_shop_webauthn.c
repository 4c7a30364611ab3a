/*
 * Passkeys: what the browser says, and signatures of sign-ins.
 */

#include "ngx_shop_webauthn.h"
#include "ngx_shop_token_jose.h"
#include "ngx_shop_webauthn_data.h"
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/sha.h>


static ngx_uint_t ngx_shop_webauthn_is(const json_t *object, const char *name,
    const char *text);
static ngx_uint_t ngx_shop_webauthn_origin(const json_t *object,
    const ngx_shop_webauthn_site_t *site);
static ngx_uint_t ngx_shop_webauthn_local(const ngx_str_t *rp);
static ngx_int_t ngx_shop_webauthn_verify(const fido_assert_t *assertion,
    int algorithm, const ngx_str_t *key);


void
ngx_shop_webauthn_init(void)
{
    fido_init(0);
}


ngx_int_t
ngx_shop_webauthn_bytes(const json_t *object, const char *name, u_char *out,
    size_t max, size_t *len)
{
    json_t     *value;
    ngx_str_t   text;

    value = json_object_get(object, name);

    text.data = (u_char *) json_string_value(value);
    text.len = json_string_length(value);

    if (!json_is_string(value) || text.len > max / 3 * 4 + 3
        || text.len * 3 / 4 > max)
    {
        return NGX_DECLINED;
    }

    return ngx_shop_jose_decode(out, len, &text);
}


const char *
ngx_shop_webauthn_client(const ngx_str_t *json, const char *type,
    const ngx_shop_webauthn_site_t *site, ngx_shop_webauthn_client_t *client)
{
    json_t      *object, *challenge;
    const char  *why;

    object = json_loadb((char *) json->data, json->len,
                        JSON_REJECT_DUPLICATES, NULL);
    challenge = json_object_get(object, "challenge");
    client->len = json_string_length(challenge);

    if (!json_is_object(object) || !json_is_string(challenge)
        || client->len > sizeof(client->challenge))
    {
        why = "clientDataJSON is not what a browser makes";

    } else if (!ngx_shop_webauthn_is(object, "type", type)) {
        why = "clientDataJSON is of another type";

    } else if (!ngx_shop_webauthn_origin(object, site)) {
        why = "clientDataJSON is of another origin";

    } else if (json_object_get(object, "topOrigin")
               || json_is_true(json_object_get(object, "crossOrigin")))
    {
        why = "clientDataJSON is of a page inside another one";

    } else {
        why = NULL;
        ngx_memcpy(client->challenge, json_string_value(challenge),
                   client->len);
        SHA256(json->data, json->len, client->hash);
    }

    json_decref(object);

    return why;
}


const char *
ngx_shop_webauthn_check(const ngx_str_t *data, const ngx_str_t *signature,
    const ngx_shop_webauthn_site_t *site,
    const ngx_shop_webauthn_client_t *client, int algorithm,
    const ngx_str_t *key)
{
    ngx_int_t       rc;
    fido_assert_t  *assertion;

    assertion = fido_assert_new();
    if (assertion == NULL) {
        return "the signature cannot be checked now";
    }

    rc = NGX_DECLINED;

    if (fido_assert_set_rp(assertion, (char *) site->rp.data) == FIDO_OK
        && fido_assert_set_clientdata_hash(assertion, client->hash,
                                           sizeof(client->hash)) == FIDO_OK
        && fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK
        && fido_assert_set_count(assertion, 1) == FIDO_OK
        && fido_assert_set_authdata_raw(assertion, 0, data->data, data->len)
           == FIDO_OK
        && fido_assert_set_sig(assertion, 0, signature->data, signature->len)
           == FIDO_OK)
    {
        rc = ngx_shop_webauthn_verify(assertion, algorithm, key);
    }

    fido_assert_free(&assertion);

    return rc == NGX_OK ? NULL : "the signature is not this passkey's";
}


static ngx_uint_t
ngx_shop_webauthn_is(const json_t *object, const char *name, const char *text)
{
    json_t  *value;

    value = json_object_get(object, name);

    return json_string_length(value) == ngx_strlen(text)
           && ngx_memcmp(json_string_value(value), text, ngx_strlen(text))
              == 0;
}


/* The page's own host and port; browsers give passkeys to pages over TLS and
   to those of this machine only. */

static ngx_uint_t
ngx_shop_webauthn_origin(const json_t *object,
    const ngx_shop_webauthn_site_t *site)
{
    json_t     *value;
    ngx_str_t   origin;

    static ngx_str_t  secure = ngx_string("https://");
    static ngx_str_t  plain = ngx_string("http://");

    value = json_object_get(object, "origin");

    origin.data = (u_char *) json_string_value(value);
    origin.len = json_string_length(value);

    if (origin.len > secure.len
        && ngx_memcmp(origin.data, secure.data, secure.len) == 0)
    {
        origin.data += secure.len;
        origin.len -= secure.len;

    } else if (ngx_shop_webauthn_local(&site->rp) && origin.len > plain.len
               && ngx_memcmp(origin.data, plain.data, plain.len) == 0)
    {
        origin.data += plain.len;
        origin.len -= plain.len;

    } else {
        return 0;
    }

    return origin.len == site->host.len
           && ngx_strncasecmp(origin.data, site->host.data, origin.len) == 0;
}


static ngx_uint_t
ngx_shop_webauthn_local(const ngx_str_t *rp)
{
    static ngx_str_t  local = ngx_string(".localhost");

    if (rp->len == local.len - 1) {
        return ngx_memcmp(rp->data, local.data + 1, rp->len) == 0;
    }

    return rp->len > local.len
           && ngx_memcmp(rp->data + rp->len - local.len, local.data,
                         local.len) == 0;
}


static ngx_int_t
ngx_shop_webauthn_verify(const fido_assert_t *assertion, int algorithm,
    const ngx_str_t *key)
{
    int          rc;
    es256_pk_t  *es256;
    rs256_pk_t  *rs256;
    eddsa_pk_t  *eddsa;

    rc = FIDO_ERR_INTERNAL;

    switch (algorithm) {

    case COSE_ES256:
        es256 = es256_pk_new();

        if (es256 && es256_pk_from_ptr(es256, key->data, key->len)
                     == FIDO_OK)
        {
            rc = fido_assert_verify(assertion, 0, algorithm, es256);
        }

        es256_pk_free(&es256);
        break;

    case COSE_RS256:
        rs256 = rs256_pk_new();

        if (rs256 && rs256_pk_from_ptr(rs256, key->data, key->len)
                     == FIDO_OK)
        {
            rc = fido_assert_verify(assertion, 0, algorithm, rs256);
        }

        rs256_pk_free(&rs256);
        break;

    case COSE_EDDSA:
        eddsa = eddsa_pk_new();

        if (eddsa && eddsa_pk_from_ptr(eddsa, key->data, key->len)
                     == FIDO_OK)
        {
            rc = fido_assert_verify(assertion, 0, algorithm, eddsa);
        }

        eddsa_pk_free(&eddsa);
        break;
    }

    return rc == FIDO_OK ? NGX_OK : NGX_DECLINED;
}
