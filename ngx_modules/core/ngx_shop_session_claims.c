/*
 * Whose request it is: claims as the request's own.
 */

#include "ngx_shop_session.h"


static void ngx_shop_session_column(PGresult *res, const char *name,
    ngx_str_t *value);


ngx_int_t
ngx_shop_session_claims(ngx_shop_request_t *sr,
    const ngx_shop_claims_t *claims)
{
    ngx_pool_t         *pool;
    ngx_shop_claims_t  *own;

    own = &sr->claims;
    pool = sr->r->pool;

    if (own != claims) {
        *own = *claims;
    }

    if (ngx_shop_session_copy(pool, &own->user, &claims->user) != NGX_OK
        || ngx_shop_session_copy(pool, &own->session, &claims->session)
           != NGX_OK
        || ngx_shop_session_copy(pool, &own->store, &claims->store) != NGX_OK
        || ngx_shop_session_copy(pool, &own->roles, &claims->roles) != NGX_OK
        || ngx_shop_session_copy(pool, &own->client, &claims->client)
           != NGX_OK
        || ngx_shop_session_copy(pool, &own->scope, &claims->scope) != NGX_OK)
    {
        return NGX_ERROR;
    }

    sr->signed_in = 1;

    return NGX_OK;
}


ngx_int_t
ngx_shop_session_row(ngx_shop_request_t *sr, PGresult *res)
{
    ngx_str_t          strong;
    ngx_shop_claims_t  claims;

    ngx_memzero(&claims, sizeof(ngx_shop_claims_t));

    ngx_shop_session_column(res, "user_id", &claims.user);
    ngx_shop_session_column(res, "session_id", &claims.session);
    ngx_shop_session_column(res, "store_id", &claims.store);
    ngx_shop_session_column(res, "roles", &claims.roles);
    ngx_shop_session_column(res, "strong", &strong);
    claims.strong = (strong.len == 1 && strong.data[0] == 't');
    ngx_str_set(&claims.client, "");
    ngx_str_set(&claims.scope, "");

    return ngx_shop_session_claims(sr, &claims);
}


const char *
ngx_shop_session_seconds(ngx_pool_t *pool, time_t seconds)
{
    u_char  *p;

    p = ngx_pnalloc(pool, NGX_TIME_T_LEN + 1);

    if (p) {
        *ngx_sprintf(p, "%T", seconds) = '\0';
    }

    return (const char *) p;
}


ngx_int_t
ngx_shop_session_copy(ngx_pool_t *pool, ngx_str_t *dst, const ngx_str_t *src)
{
    u_char  *p;

    p = ngx_pnalloc(pool, src->len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(p, src->data, src->len);
    p[src->len] = '\0';

    dst->data = p;
    dst->len = src->len;

    return NGX_OK;
}


static void
ngx_shop_session_column(PGresult *res, const char *name, ngx_str_t *value)
{
    int  column;

    column = PQfnumber(res, name);

    if (column == -1) {
        ngx_str_set(value, "");
        return;
    }

    value->data = (u_char *) PQgetvalue(res, 0, column);
    value->len = PQgetlength(res, 0, column);
}
