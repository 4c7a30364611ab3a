/*
 * Passkeys: attestation objects and authenticator data.
 */

#include "ngx_shop_cbor.h"
#include "ngx_shop_webauthn_data.h"
#include <fido.h>
#include <openssl/sha.h>


#define NGX_SHOP_WEBAUTHN_HEAD   37      /* hash of the host, flags, counter */
#define NGX_SHOP_WEBAUTHN_FLAGS  32      /* where they are */
#define NGX_SHOP_WEBAUTHN_COUNT  33
#define NGX_SHOP_WEBAUTHN_AAGUID 16      /* before the id's length */

#define NGX_SHOP_WEBAUTHN_UV     0x04
#define NGX_SHOP_WEBAUTHN_BE     0x08
#define NGX_SHOP_WEBAUTHN_BS     0x10
#define NGX_SHOP_WEBAUTHN_AT     0x40
#define NGX_SHOP_WEBAUTHN_ED     0x80


/* an attestation object's parts; they point into it */
typedef struct {
    ngx_str_t                data;       /* authenticator data */
    ngx_str_t                sig;        /* "" for the format "none" */
    int64_t                  alg;
    unsigned                 packed:1;
} ngx_shop_webauthn_object_t;


static const char *ngx_shop_webauthn_object(const ngx_str_t *bytes,
    ngx_shop_webauthn_object_t *object);
static ngx_int_t ngx_shop_webauthn_format(ngx_shop_cbor_t *in,
    ngx_shop_webauthn_object_t *object);
static ngx_int_t ngx_shop_webauthn_statement(ngx_shop_cbor_t *in,
    ngx_shop_webauthn_object_t *object);
static ngx_int_t ngx_shop_webauthn_passkey(ngx_shop_cbor_t *in);
static const char *ngx_shop_webauthn_read(
    const ngx_shop_webauthn_object_t *object,
    const ngx_shop_webauthn_site_t *site,
    const ngx_shop_webauthn_client_t *client, fido_cred_t *cred,
    int algorithm);
static const char *ngx_shop_webauthn_take(const fido_cred_t *cred,
    int algorithm, ngx_shop_webauthn_made_t *made);


const char *
ngx_shop_webauthn_make(const ngx_str_t *bytes,
    const ngx_shop_webauthn_site_t *site,
    const ngx_shop_webauthn_client_t *client, ngx_shop_webauthn_made_t *made)
{
    const char                  *why;
    ngx_uint_t                   i;
    fido_cred_t                 *cred;
    ngx_shop_webauthn_object_t   object;

    static const int  algorithms[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };

    why = ngx_shop_webauthn_object(bytes, &object);

    if (why == NULL
        && ngx_shop_webauthn_data(&object.data, 1, &made->state) != NGX_OK)
    {
        why = "the authenticator's data hold no passkey";
    }

    if (why) {
        return why;
    }

    /* libfido2 wants to be told which kind of key it will find */

    why = "the passkey's key is of no kind that was asked for";

    for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {

        cred = fido_cred_new();

        if (cred == NULL) {
            return "the passkey cannot be checked now";
        }

        if (fido_cred_set_type(cred, algorithms[i]) == FIDO_OK
            && fido_cred_set_authdata_raw(cred, object.data.data,
                                          object.data.len) == FIDO_OK)
        {
            why = ngx_shop_webauthn_read(&object, site, client, cred,
                                         algorithms[i]);
            if (why == NULL) {
                why = ngx_shop_webauthn_take(cred, algorithms[i], made);
            }

            fido_cred_free(&cred);
            break;
        }

        fido_cred_free(&cred);
    }

    return why;
}


const char *
ngx_shop_webauthn_state(const ngx_str_t *data,
    ngx_shop_webauthn_state_t *state)
{
    return ngx_shop_webauthn_data(data, 0, state) == NGX_OK
           ? NULL : "authenticatorData is not what an authenticator makes";
}


ngx_int_t
ngx_shop_webauthn_data(const ngx_str_t *data, ngx_uint_t with,
    ngx_shop_webauthn_state_t *state)
{
    u_char           flags;
    const u_char    *p;
    ngx_shop_cbor_t  in;

    if (data->len < NGX_SHOP_WEBAUTHN_HEAD
        || data->len > NGX_SHOP_WEBAUTHN_DATA)
    {
        return NGX_DECLINED;
    }

    flags = data->data[NGX_SHOP_WEBAUTHN_FLAGS];
    p = data->data + NGX_SHOP_WEBAUTHN_COUNT;

    state->count = (uint32_t) p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    state->verified = (flags & NGX_SHOP_WEBAUTHN_UV) != 0;
    state->backup_eligible = (flags & NGX_SHOP_WEBAUTHN_BE) != 0;
    state->backed_up = (flags & NGX_SHOP_WEBAUTHN_BS) != 0;

    in.pos = data->data + NGX_SHOP_WEBAUTHN_HEAD;
    in.last = data->data + data->len;

    if (((flags & NGX_SHOP_WEBAUTHN_AT) != 0) != with
        || (state->backed_up && !state->backup_eligible)
        || (with && ngx_shop_webauthn_passkey(&in) != NGX_OK))
    {
        return NGX_DECLINED;
    }

    if (flags & NGX_SHOP_WEBAUTHN_ED
        && ngx_shop_cbor_skip(&in) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    return in.pos == in.last ? NGX_OK : NGX_DECLINED;
}


static const char *
ngx_shop_webauthn_object(const ngx_str_t *bytes,
    ngx_shop_webauthn_object_t *object)
{
    ngx_int_t              rc;
    ngx_uint_t             i, seen, bit;
    ngx_shop_cbor_t        in;
    ngx_shop_cbor_item_t   item;

    static const char  wrong[] = "attestationObject is not what a browser "
                                 "makes";

    ngx_memzero(object, sizeof(ngx_shop_webauthn_object_t));

    in.pos = bytes->data;
    in.last = bytes->data + bytes->len;
    seen = 0;

    if (ngx_shop_cbor_next(&in, &item) != NGX_OK
        || item.type != NGX_SHOP_CBOR_MAP || item.value != 3)
    {
        return wrong;
    }

    for (i = 0; i < 3; i++) {

        if (ngx_shop_cbor_next(&in, &item) != NGX_OK) {
            return wrong;
        }

        if (ngx_shop_cbor_is(&item, "fmt")) {
            bit = 1;
            rc = ngx_shop_webauthn_format(&in, object);

        } else if (ngx_shop_cbor_is(&item, "attStmt")) {
            bit = 2;
            rc = ngx_shop_webauthn_statement(&in, object);

        } else if (ngx_shop_cbor_is(&item, "authData")) {
            bit = 4;
            rc = ngx_shop_cbor_next(&in, &item);
            object->data = item.text;

            if (rc == NGX_OK && item.type != NGX_SHOP_CBOR_BYTES) {
                return wrong;
            }

        } else {
            return wrong;
        }

        if (rc == NGX_DECLINED) {
            return "this kind of attestation is not accepted; ask for none";
        }

        if (rc != NGX_OK || seen & bit) {
            return wrong;
        }

        seen |= bit;
    }

    if (in.pos != in.last || object->packed != (object->sig.len != 0)) {
        return wrong;
    }

    return NULL;
}


static ngx_int_t
ngx_shop_webauthn_format(ngx_shop_cbor_t *in,
    ngx_shop_webauthn_object_t *object)
{
    ngx_shop_cbor_item_t  item;

    if (ngx_shop_cbor_next(in, &item) != NGX_OK
        || item.type != NGX_SHOP_CBOR_TEXT)
    {
        return NGX_ERROR;
    }

    object->packed = ngx_shop_cbor_is(&item, "packed");

    return object->packed || ngx_shop_cbor_is(&item, "none") ? NGX_OK
                                                             : NGX_DECLINED;
}


/* Empty, or {"alg", "sig"}: a chain of certificates would have to be trusted
   by somebody. */

static ngx_int_t
ngx_shop_webauthn_statement(ngx_shop_cbor_t *in,
    ngx_shop_webauthn_object_t *object)
{
    uint64_t              pairs;
    ngx_shop_cbor_item_t  item;

    if (ngx_shop_cbor_next(in, &item) != NGX_OK
        || item.type != NGX_SHOP_CBOR_MAP)
    {
        return NGX_ERROR;
    }

    for (pairs = item.value; pairs; pairs--) {

        if (ngx_shop_cbor_next(in, &item) != NGX_OK) {
            return NGX_ERROR;
        }

        if (ngx_shop_cbor_is(&item, "alg")) {

            if (ngx_shop_cbor_next(in, &item) != NGX_OK
                || item.type != NGX_SHOP_CBOR_NINT || item.value > 65535)
            {
                return NGX_ERROR;
            }

            object->alg = -1 - (int64_t) item.value;

        } else if (ngx_shop_cbor_is(&item, "sig")) {

            if (ngx_shop_cbor_next(in, &item) != NGX_OK
                || item.type != NGX_SHOP_CBOR_BYTES || item.text.len == 0
                || item.text.len > NGX_SHOP_WEBAUTHN_SIG)
            {
                return NGX_ERROR;
            }

            object->sig = item.text;

        } else {
            return NGX_DECLINED;
        }
    }

    return NGX_OK;
}


/* AAGUID, id and its length, public key. */

static ngx_int_t
ngx_shop_webauthn_passkey(ngx_shop_cbor_t *in)
{
    size_t  len;

    if (in->last - in->pos < NGX_SHOP_WEBAUTHN_AAGUID + 2) {
        return NGX_DECLINED;
    }

    in->pos += NGX_SHOP_WEBAUTHN_AAGUID;
    len = in->pos[0] << 8 | in->pos[1];
    in->pos += 2;

    if (len == 0 || len > NGX_SHOP_WEBAUTHN_ID
        || (size_t) (in->last - in->pos) < len)
    {
        return NGX_DECLINED;
    }

    in->pos += len;

    return ngx_shop_cbor_skip(in);
}


static const char *
ngx_shop_webauthn_read(const ngx_shop_webauthn_object_t *object,
    const ngx_shop_webauthn_site_t *site,
    const ngx_shop_webauthn_client_t *client, fido_cred_t *cred,
    int algorithm)
{
    u_char  hash[32];

    SHA256(site->rp.data, site->rp.len, hash);

    if (ngx_memcmp(object->data.data, hash, sizeof(hash)) != 0) {
        return "the passkey is for another host";
    }

    if (!(fido_cred_flags(cred) & CTAP_AUTHDATA_USER_PRESENT)) {
        return "nobody was there when the passkey was made";
    }

    if (!object->packed) {
        return NULL;
    }

    if (object->alg != algorithm
        || fido_cred_set_rp(cred, (char *) site->rp.data, NULL) != FIDO_OK
        || fido_cred_set_clientdata_hash(cred, client->hash,
                                         sizeof(client->hash)) != FIDO_OK
        || fido_cred_set_fmt(cred, "packed") != FIDO_OK
        || fido_cred_set_sig(cred, object->sig.data, object->sig.len)
           != FIDO_OK
        || fido_cred_verify_self(cred) != FIDO_OK)
    {
        return "the passkey's own signature is wrong";
    }

    return NULL;
}


static const char *
ngx_shop_webauthn_take(const fido_cred_t *cred, int algorithm,
    ngx_shop_webauthn_made_t *made)
{
    made->algorithm = algorithm;
    made->id_len = fido_cred_id_len(cred);
    made->key_len = fido_cred_pubkey_len(cred);

    if (made->id_len == 0 || made->id_len > sizeof(made->id)
        || made->key_len == 0 || made->key_len > sizeof(made->key)
        || fido_cred_aaguid_len(cred) != sizeof(made->aaguid))
    {
        return "the passkey is not what an authenticator makes";
    }

    ngx_memcpy(made->id, fido_cred_id_ptr(cred), made->id_len);
    ngx_memcpy(made->key, fido_cred_pubkey_ptr(cred), made->key_len);
    ngx_memcpy(made->aaguid, fido_cred_aaguid_ptr(cred),
               sizeof(made->aaguid));

    return NULL;
}
