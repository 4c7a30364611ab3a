/*
 * The keys that a request comes with.
 */

#include "ngx_shop_key.h"
#include "ngx_shop_engine.h"
#include <openssl/sha.h>


#define NGX_SHOP_KEY_LEN      (4 + 43)   /* "nsk_", base64url of 32 bytes */
#define NGX_SHOP_KEY_PARAMS   3
#define NGX_SHOP_KEY_FOREVER  253402300799LL


/* in this order: the first chooses the store that the second may have */
enum {
    NGX_SHOP_KEY_PUBLISHABLE = 0,
    NGX_SHOP_KEY_SECRET,
    NGX_SHOP_KEY_END
};

typedef struct {
    ngx_shop_pg_stmt_t      *ask;
    ngx_shop_pg_stmt_t      *note;
} ngx_shop_key_stmts_t;

/* while the database is asked */
typedef struct {
    ngx_shop_session_pt      next;
    ngx_uint_t               step;
    ngx_atomic_uint_t        known;
    u_char                   hash[NGX_SHOP_KEY_HASH];
    u_char                   text[2 + 2 * NGX_SHOP_KEY_HASH + 1];
    const char              *params[NGX_SHOP_KEY_PARAMS];
} ngx_shop_key_ctx_t;


static ngx_uint_t ngx_shop_key_walk(ngx_shop_request_t *sr, ngx_uint_t step,
    ngx_shop_session_pt next, const char **why);
static ngx_uint_t ngx_shop_key_shown(ngx_shop_request_t *sr, ngx_uint_t step,
    ngx_str_t *text);
static ngx_uint_t ngx_shop_key_formed(ngx_str_t *text, ngx_uint_t step);
static ngx_uint_t ngx_shop_key_ask(ngx_shop_request_t *sr, ngx_uint_t step,
    const u_char *hash, ngx_shop_session_pt next);
static ngx_int_t ngx_shop_key_asked(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_uint_t ngx_shop_key_apply(ngx_shop_request_t *sr, ngx_uint_t step,
    ngx_shop_key_t *key, const char **why);
static ngx_uint_t ngx_shop_key_act(ngx_shop_request_t *sr,
    ngx_shop_key_t *key);


static ngx_str_t  ngx_shop_key_prefix[] = {
    ngx_string("npk_"),
    ngx_string("nsk_")
};

static const ngx_shop_bind_t  ngx_shop_key_binds[] = {
    NGX_SHOP_BIND_ADDRESS,
    NGX_SHOP_BIND_REQUEST,
    NGX_SHOP_BIND_END
};


ngx_int_t
ngx_shop_key_init(ngx_conf_t *cf, ngx_shop_token_conf_t *tcf)
{
    ngx_shop_key_stmts_t  *stmts;

    static ngx_str_t  ask = ngx_string(
        "select * from identity.api_key_of($1::bytea, $2::inet, $3::text)");

    static ngx_str_t  note = ngx_string(
        "select identity.api_key_used($1::uuid, $2::bigint, $3::inet,"
        " $4::text)");

    stmts = ngx_palloc(cf->pool, sizeof(ngx_shop_key_stmts_t));
    if (stmts == NULL) {
        return NGX_ERROR;
    }

    stmts->ask = ngx_shop_pg_stmt_add(cf, &ask);
    stmts->note = ngx_shop_pg_stmt_add(cf, &note);

    tcf->key = stmts;

    return (stmts->ask && stmts->note) ? NGX_OK : NGX_ERROR;
}


ngx_uint_t
ngx_shop_key_open(ngx_shop_request_t *sr, ngx_shop_session_pt next,
    const char **why)
{
    if (ngx_shop_token_settings() == NULL) {
        return NGX_SHOP_SESSION_OK;
    }

    return ngx_shop_key_walk(sr, NGX_SHOP_KEY_PUBLISHABLE, next, why);
}


ngx_uint_t
ngx_shop_key_is_secret(ngx_str_t *header)
{
    static ngx_str_t  start = ngx_string("Bearer nsk_");

    return header->len >= start.len
           && ngx_strncasecmp(header->data, start.data,
                              sizeof("Bearer ") - 1) == 0
           && ngx_memcmp(header->data + sizeof("Bearer ") - 1, "nsk_", 4) == 0;
}


static ngx_uint_t
ngx_shop_key_walk(ngx_shop_request_t *sr, ngx_uint_t step,
    ngx_shop_session_pt next, const char **why)
{
    u_char           hash[SHA256_DIGEST_LENGTH];
    ngx_str_t        text;
    ngx_uint_t       rc;
    ngx_shop_key_t  *key;

    for ( /* void */ ; step < NGX_SHOP_KEY_END; step++) {

        if (!ngx_shop_key_shown(sr, step, &text)) {
            continue;
        }

        if (!ngx_shop_key_formed(&text, step)) {
            *why = "this is not a key";
            return NGX_SHOP_SESSION_BAD;
        }

        SHA256(text.data, text.len, hash);

        key = ngx_shop_key_find(hash);

        if (key == NULL) {
            return ngx_shop_key_ask(sr, step, hash, next);
        }

        rc = ngx_shop_key_apply(sr, step, key, why);
        if (rc != NGX_SHOP_SESSION_OK) {
            return rc;
        }
    }

    return NGX_SHOP_SESSION_OK;
}


static ngx_uint_t
ngx_shop_key_shown(ngx_shop_request_t *sr, ngx_uint_t step, ngx_str_t *text)
{
    size_t      len;
    ngx_str_t  *header;

    if (step == NGX_SHOP_KEY_PUBLISHABLE) {

        header = ngx_shop_ctx(sr)->in_publishable;

        if (header) {
            *text = *header;
        }

        return header != NULL;
    }

    header = ngx_shop_header_in(sr->r, "authorization");

    if (header == NULL || !ngx_shop_key_is_secret(header)
        || (sr->ep->flags & NGX_SHOP_EP_OWN_ACCESS))
    {
        return 0;
    }

    len = sizeof("Bearer ") - 1;

    text->data = header->data + len;
    text->len = header->len - len;

    return 1;
}


static ngx_uint_t
ngx_shop_key_formed(ngx_str_t *text, ngx_uint_t step)
{
    u_char  c;
    size_t  i;

    if (text->len != NGX_SHOP_KEY_LEN
        || ngx_memcmp(text->data, ngx_shop_key_prefix[step].data,
                      ngx_shop_key_prefix[step].len)
           != 0)
    {
        return 0;
    }

    for (i = ngx_shop_key_prefix[step].len; i < text->len; i++) {
        c = text->data[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z') || c == '-' || c == '_'))
        {
            return 0;
        }
    }

    return 1;
}


static ngx_uint_t
ngx_shop_key_ask(ngx_shop_request_t *sr, ngx_uint_t step, const u_char *hash,
    ngx_shop_session_pt next)
{
    ngx_uint_t              n;
    const char            **more;
    ngx_shop_key_ctx_t     *ctx;
    ngx_shop_key_stmts_t   *stmts;

    ctx = ngx_pcalloc(sr->r->pool, sizeof(ngx_shop_key_ctx_t));
    more = ngx_shop_params(sr, ngx_shop_key_binds, &n);

    if (ctx == NULL || more == NULL) {
        return NGX_SHOP_SESSION_DOWN;
    }

    ctx->next = next;
    ctx->step = step;
    ctx->known = ngx_shop_node_keys();
    ngx_memcpy(ctx->hash, hash, NGX_SHOP_KEY_HASH);

    ctx->text[0] = '\\';
    ctx->text[1] = 'x';
    ngx_hex_dump(ctx->text + 2, ctx->hash, NGX_SHOP_KEY_HASH);

    ctx->params[0] = (const char *) ctx->text;
    ctx->params[1] = more[0];
    ctx->params[2] = more[1];

    /* free until the handler runs */
    sr->ctx = ctx;

    stmts = ngx_shop_token_settings()->key;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, stmts->ask,
                        NGX_SHOP_KEY_PARAMS, ctx->params, ngx_shop_key_asked)
           == NGX_DONE ? NGX_SHOP_SESSION_LATER : NGX_SHOP_SESSION_DOWN;
}


static ngx_int_t
ngx_shop_key_asked(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_uint_t           rc;
    const char          *why;
    ngx_shop_key_t      *key;
    ngx_shop_key_ctx_t  *ctx = sr->ctx;

    why = NULL;
    sr->ctx = NULL;
    rc = NGX_SHOP_SESSION_DOWN;

    if (q->rc == NGX_SHOP_PG_OK && PQntuples(q->res) == 0) {
        why = "this key is not known, or counts no more";
        rc = NGX_SHOP_SESSION_BAD;

    } else if (q->rc == NGX_SHOP_PG_OK) {
        key = ngx_shop_key_put(ctx->hash, q->res, ctx->known);

        if (key) {
            rc = ngx_shop_key_apply(sr, ctx->step, key, &why);
        }

        if (rc == NGX_SHOP_SESSION_OK) {
            rc = ngx_shop_key_walk(sr, ctx->step + 1, ctx->next, &why);
        }
    }

    if (rc != NGX_SHOP_SESSION_LATER) {
        ctx->next(sr, rc, why);
    }

    return NGX_DONE;
}


static ngx_uint_t
ngx_shop_key_apply(ngx_shop_request_t *sr, ngx_uint_t step,
    ngx_shop_key_t *key, const char **why)
{
    ngx_shop_key_stmts_t    *stmts;
    const ngx_shop_store_t  *store;

    store = sr->store;

    if (key->store.len) {
        store = ngx_shop_node_store_by_id(&key->store);
    }

    if (store == NULL) {
        *why = "the store of this key is not there";
        return NGX_SHOP_SESSION_BAD;
    }

    if (step == NGX_SHOP_KEY_SECRET && store != sr->store
        && ngx_shop_ctx(sr)->in_publishable)
    {
        *why = "the two keys are of different stores";
        return NGX_SHOP_SESSION_BAD;
    }

    sr->store = store;
    stmts = ngx_shop_token_settings()->key;

    ngx_shop_key_note(sr, key, stmts->note);

    return step == NGX_SHOP_KEY_SECRET ? ngx_shop_key_act(sr, key)
                                       : NGX_SHOP_SESSION_OK;
}


/* It acts for its maker, and may do what both may. */

static ngx_uint_t
ngx_shop_key_act(ngx_shop_request_t *sr, ngx_shop_key_t *key)
{
    ngx_shop_claims_t  claims;

    ngx_memzero(&claims, sizeof(ngx_shop_claims_t));

    claims.user = key->user;
    claims.store = sr->store->id;
    claims.roles = key->roles;
    claims.scope = key->permissions;
    claims.limited = 1;
    claims.issued = ngx_time();
    claims.expires = key->expires ? key->expires
                                  : (time_t) NGX_SHOP_KEY_FOREVER;
    ngx_str_set(&claims.session, "");
    ngx_str_set(&claims.client, "");

    sr->key.len = key->id.len;
    sr->key.data = ngx_pstrdup(sr->r->pool, &key->id);

    if (sr->key.data == NULL
        || ngx_shop_session_claims(sr, &claims) != NGX_OK)
    {
        return NGX_SHOP_SESSION_DOWN;
    }

    return NGX_SHOP_SESSION_OK;
}
