/*
 * Idempotency-Key: the row's statement runs inside api.idempotent(), which
 * keeps its first answer for a day.
 */

#include "ngx_shop_engine.h"
#include <openssl/evp.h>
#include "ngx_shop_text.h"


#define NGX_SHOP_IDEMPOTENT_PARAMS  7


static ngx_int_t ngx_shop_idempotency_actor(ngx_shop_request_t *sr,
    const char **out);
static ngx_int_t ngx_shop_idempotency_array(ngx_shop_request_t *sr,
    const char **out);
static size_t ngx_shop_idempotency_element(u_char *dst, const char *text);


ngx_int_t
ngx_shop_idempotency_key(ngx_shop_request_t *sr)
{
    u_char     *p;
    ngx_str_t  *header, key;

    header = ngx_shop_ctx(sr)->in_key;

    if (header == NULL) {
        return NGX_OK;
    }

    key = *header;

    if (ngx_shop_text_key(&key) != NGX_OK) {
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST,
                                "invalid_idempotency_key",
                                "Idempotency-Key must be 1 to 255 printable "
                                "characters");
    }

    p = ngx_pnalloc(sr->r->pool, key.len + 1);
    if (p == NULL) {
        return ngx_shop_problem_status(sr, NGX_HTTP_INTERNAL_SERVER_ERROR);
    }

    ngx_memcpy(p, key.data, key.len);
    p[key.len] = '\0';

    sr->idempotency_key.data = p;
    sr->idempotency_key.len = key.len;

    return NGX_OK;
}


ngx_int_t
ngx_shop_idempotency_run(ngx_shop_request_t *sr)
{
    char                    *store;
    const char             **params;
    const ngx_shop_route_t  *route;

    route = ngx_shop_ctx(sr)->route;

    params = ngx_palloc(sr->r->pool,
                        NGX_SHOP_IDEMPOTENT_PARAMS * sizeof(char *));
    store = ngx_pnalloc(sr->r->pool, sr->store->id.len + 1);

    if (params == NULL || store == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    (void) ngx_cpystrn((u_char *) store, sr->store->id.data,
                       sr->store->id.len + 1);

    params[0] = store;
    params[2] = (const char *) route->name.data;
    params[3] = (const char *) sr->idempotency_key.data;
    params[5] = (const char *) route->sql_array.data;

    if (ngx_shop_idempotency_actor(sr, &params[1]) != NGX_OK
        || ngx_shop_fingerprint(sr, &params[4]) != NGX_OK
        || ngx_shop_idempotency_array(sr, &params[6]) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, ngx_shop_class(&route->ep),
                        route->ep.stmt_idempotent, NGX_SHOP_IDEMPOTENT_PARAMS,
                        params, ngx_shop_statement_done);
}


/* whose keys: those of an account, of a cart, or else of an address */

static ngx_int_t
ngx_shop_idempotency_actor(ngx_shop_request_t *sr, const char **out)
{
    u_char      *p;
    ngx_str_t   *who;
    const char  *kind;

    if (sr->signed_in) {
        kind = "user:";
        who = &sr->claims.user;

    } else if (sr->cart.len) {
        kind = "cart:";
        who = &sr->cart;

    } else {
        kind = "address:";
        who = &sr->r->connection->addr_text;
    }

    p = ngx_pnalloc(sr->r->pool, sizeof("address:") + who->len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    *out = (const char *) p;

    *ngx_sprintf(p, "%s%V", kind, who) = '\0';

    return NGX_OK;
}


/* SHA-256 of what was asked for, in hex */

ngx_int_t
ngx_shop_fingerprint(ngx_shop_request_t *sr, const char **out)
{
    u_char               digest[EVP_MAX_MD_SIZE], *p;
    unsigned             len;
    EVP_MD_CTX          *md;
    ngx_shop_ctx_t      *ctx;
    ngx_http_request_t  *r;

    r = sr->r;
    ctx = ngx_shop_ctx(sr);

    p = ngx_pnalloc(r->pool, 2 * EVP_MAX_MD_SIZE + 1);
    md = EVP_MD_CTX_new();

    if (p == NULL || md == NULL
        || !EVP_DigestInit_ex(md, EVP_sha256(), NULL)
        || !EVP_DigestUpdate(md, r->uri.data, r->uri.len)
        || !EVP_DigestUpdate(md, "\n", 1)
        || !EVP_DigestUpdate(md, r->args.data, r->args.len)
        || !EVP_DigestUpdate(md, "\n", 1)
        || !EVP_DigestUpdate(md, ctx->raw.data, ctx->raw.len)
        || !EVP_DigestFinal_ex(md, digest, &len))
    {
        EVP_MD_CTX_free(md);
        return NGX_ERROR;
    }

    EVP_MD_CTX_free(md);

    *out = (const char *) p;
    *ngx_hex_dump(p, digest, len) = '\0';

    return NGX_OK;
}


/* the statement's own parameters as the text of a text[] */

static ngx_int_t
ngx_shop_idempotency_array(ngx_shop_request_t *sr, const char **out)
{
    size_t                   len;
    u_char                  *p;
    ngx_uint_t               i;
    const char             **params;
    const ngx_shop_route_t  *route;

    route = ngx_shop_ctx(sr)->route;

    params = ngx_shop_bind(sr, route->ep.bind, route->nbind, sr->r->pool);
    if (params == NULL) {
        return NGX_ERROR;
    }

    len = sizeof("{}");

    for (i = 0; i < route->nbind; i++) {
        len += ngx_shop_idempotency_element(NULL, params[i]) + 1;
    }

    p = ngx_pnalloc(sr->r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    *out = (const char *) p;
    *p++ = '{';

    for (i = 0; i < route->nbind; i++) {

        if (i) {
            *p++ = ',';
        }

        p += ngx_shop_idempotency_element(p, params[i]);
    }

    *p++ = '}';
    *p = '\0';

    return NGX_OK;
}


static size_t
ngx_shop_idempotency_element(u_char *dst, const char *text)
{
    size_t  len;

    if (text == NULL) {
        if (dst) {
            ngx_memcpy(dst, "NULL", 4);
        }

        return 4;
    }

    if (dst) {
        *dst++ = '"';
    }

    for (len = 2; *text; text++, len++) {

        if (*text == '"' || *text == '\\') {
            len++;

            if (dst) {
                *dst++ = '\\';
            }
        }

        if (dst) {
            *dst++ = *text;
        }
    }

    if (dst) {
        *dst = '"';
    }

    return len;
}


/* "$12" of a statement becomes "($1)[12]", while the configuration is read */

ngx_int_t
ngx_shop_idempotency_sql(ngx_pool_t *pool, ngx_str_t *sql, ngx_str_t *out)
{
    u_char      *src, *dst, *last;
    ngx_uint_t   n;

    last = sql->data + sql->len;

    for (n = 0, src = sql->data; src < last; src++) {
        n += (*src == '$');
    }

    dst = ngx_pnalloc(pool, sql->len + n * (sizeof("($1)[]") - 1) + 1);
    if (dst == NULL) {
        return NGX_ERROR;
    }

    out->data = dst;

    for (src = sql->data; src < last; /* void */ ) {

        if (*src != '$' || last - src < 2 || src[1] < '0' || src[1] > '9') {
            *dst++ = *src++;
            continue;
        }

        dst = ngx_cpymem(dst, "($1)[", sizeof("($1)[") - 1);

        for (src++; src < last && *src >= '0' && *src <= '9'; src++) {
            *dst++ = *src;
        }

        *dst++ = ']';
    }

    *dst = '\0';
    out->len = dst - out->data;

    return NGX_OK;
}
