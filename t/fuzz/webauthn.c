/*
 * What browsers and authenticators send for passkeys: attestation objects,
 * authenticator data, client data.  The first byte chooses.
 *
 * with: ngx_shop_cbor ngx_shop_webauthn ngx_shop_webauthn_make
 * with: ngx_shop_token_jose
 * libs: -lfido2 -ljansson -lcrypto
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_cbor.h"
#include "ngx_shop_webauthn.h"


static void ngx_shop_fuzz_object(ngx_str_t *bytes);
static void ngx_shop_fuzz_data(ngx_str_t *bytes);
static void ngx_shop_fuzz_client(ngx_str_t *bytes);
static void ngx_shop_fuzz_cbor(ngx_str_t *bytes);
static void ngx_shop_fuzz_text(ngx_str_t *bytes);


static ngx_shop_webauthn_site_t  ngx_shop_fuzz_site = {
    ngx_string("localhost"),
    ngx_string("localhost:8080")
};

static ngx_shop_webauthn_client_t  ngx_shop_fuzz_hash;


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ngx_str_t  bytes;

    if (size == 0 || size > NGX_SHOP_WEBAUTHN_OBJECT) {
        return 0;
    }

    bytes.data = (u_char *) data + 1;
    bytes.len = size - 1;

    switch (data[0] % 5) {

    case 0:
        ngx_shop_fuzz_object(&bytes);
        break;

    case 1:
        ngx_shop_fuzz_data(&bytes);
        break;

    case 2:
        ngx_shop_fuzz_client(&bytes);
        break;

    case 3:
        ngx_shop_fuzz_cbor(&bytes);
        break;

    default:
        ngx_shop_fuzz_text(&bytes);
    }

    return 0;
}


static void
ngx_shop_fuzz_object(ngx_str_t *bytes)
{
    ngx_shop_webauthn_made_t  made;

    ngx_memzero(&made, sizeof(made));

    if (ngx_shop_webauthn_make(bytes, &ngx_shop_fuzz_site,
                               &ngx_shop_fuzz_hash, &made)
        == NULL
        && (made.id_len == 0 || made.id_len > sizeof(made.id)
            || made.key_len == 0 || made.key_len > sizeof(made.key)))
    {
        abort();
    }
}


/* a key and a signature follow what was read of a sign-in */

static void
ngx_shop_fuzz_data(ngx_str_t *bytes)
{
    ngx_str_t                  key, sig;
    ngx_shop_webauthn_state_t  state;

    static const int  algorithms[] = { -7, -8, -257 };

    if (ngx_shop_webauthn_state(bytes, &state) != NULL) {
        return;
    }

    if (state.backed_up && !state.backup_eligible) {
        abort();
    }

    key = *bytes;
    sig = *bytes;
    key.len = ngx_min(key.len, NGX_SHOP_WEBAUTHN_KEY);

    if (ngx_shop_webauthn_check(bytes, &sig, &ngx_shop_fuzz_site,
                                &ngx_shop_fuzz_hash,
                                algorithms[bytes->data[0] % 3], &key)
        == NULL)
    {
        abort();
    }
}


static void
ngx_shop_fuzz_client(ngx_str_t *bytes)
{
    ngx_shop_webauthn_client_t  client;

    if (ngx_shop_webauthn_client(bytes, "webauthn.get", &ngx_shop_fuzz_site,
                                 &client)
        == NULL
        && client.len > sizeof(client.challenge))
    {
        abort();
    }
}


static void
ngx_shop_fuzz_cbor(ngx_str_t *bytes)
{
    ngx_shop_cbor_t  in;

    in.pos = bytes->data;
    in.last = bytes->data + bytes->len;

    while (in.pos < in.last && ngx_shop_cbor_skip(&in) == NGX_OK) {
        /* void */
    }

    if (in.pos > in.last) {
        abort();
    }
}


static void
ngx_shop_fuzz_text(ngx_str_t *bytes)
{
    size_t   len;
    u_char   out[64];
    json_t  *object;

    object = json_pack("{s:s%}", "a", bytes->data, bytes->len);

    if (object && ngx_shop_webauthn_bytes(object, "a", out, sizeof(out), &len)
                  == NGX_OK
        && len > sizeof(out))
    {
        abort();
    }

    json_decref(object);
}
