/*
 * From a cart in Redis to an answer: the quote, the verdict on the change, and
 * what follows from the verdict.
 */

#include "ngx_http_shop_cart.h"


#define NGX_HTTP_SHOP_CART_PARAMS  4
#define NGX_HTTP_SHOP_CART_ONCE    5
#define NGX_HTTP_SHOP_CART_SMALL   16    /* lines: priced with other carts */


typedef struct {
    unsigned                 judged:1;   /* there is a change to take back */
    ngx_uint_t               rc;
    PGresult                *res;
} ngx_http_shop_cart_verdict_t;


static ngx_int_t ngx_http_shop_cart_once(ngx_shop_cart_t *cart,
    const char *json, const char *change);
static ngx_int_t ngx_http_shop_cart_quoted(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_cart_column(PGresult *res, const char *name,
    ngx_str_t *value);
static ngx_int_t ngx_http_shop_cart_undone(ngx_shop_cart_t *cart,
    ngx_uint_t rc);
static ngx_int_t ngx_http_shop_cart_capped(ngx_shop_cart_t *cart,
    ngx_uint_t rc);


static ngx_shop_pg_stmt_t  *ngx_http_shop_cart_stmt;
static ngx_shop_pg_stmt_t  *ngx_http_shop_cart_many_stmt;
static ngx_shop_pg_stmt_t  *ngx_http_shop_cart_once_stmt;

static ngx_shop_together_t  ngx_http_shop_cart_together;


ngx_int_t
ngx_http_shop_cart_statement(ngx_conf_t *cf)
{
    ngx_str_t  text = ngx_string("select * from cart.answers("
                                 "array[$1::jsonb], array[$2::bigint], "
                                 "array[$3::bigint], array[$4::text])");
    ngx_str_t  once = ngx_string("select * from cart.answer_once($1::jsonb, "
                                 "$2::text, $3::uuid, $4::text, $5::text)");
    ngx_str_t  many = ngx_string("select * from cart.answers($1::jsonb[], "
                                 "$2::bigint[], $3::bigint[], $4::text[])");

    if (ngx_shop_keep(cf, &ngx_http_shop_cart_many_stmt,
                      ngx_shop_pg_stmt_add(cf, &many)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_shop_keep(cf, &ngx_http_shop_cart_once_stmt,
                      ngx_shop_pg_stmt_add(cf, &once)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_shop_keep(cf, &ngx_http_shop_cart_stmt,
                         ngx_shop_pg_stmt_add(cf, &text));
}


ngx_int_t
ngx_http_shop_cart_answer(ngx_shop_cart_t *cart, const char *variant,
    const char *product, const char *change)
{
    u_char                         *json;
    const char                    **params;
    ngx_shop_request_t             *sr = cart->sr;
    ngx_http_shop_cart_verdict_t   *verdict;

    verdict = ngx_pcalloc(sr->r->pool, sizeof(ngx_http_shop_cart_verdict_t));
    params = ngx_palloc(sr->r->pool,
                        NGX_HTTP_SHOP_CART_PARAMS * sizeof(char *));
    json = ngx_pnalloc(sr->r->pool, sizeof("{\"id\":\"\",\"store\":\"\","
                                           "\"accept\":1,}")
                       + cart->id.len + sr->store->id.len + cart->quote.len);

    if (verdict == NULL || params == NULL || json == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_sprintf(json, "{\"id\":\"%V\",\"store\":\"%V\",%s%V}%Z", &cart->id,
                &sr->store->id, cart->accept ? "\"accept\":1," : "",
                &cart->quote);

    params[0] = (const char *) json;
    params[1] = variant;
    params[2] = product;
    params[3] = change;

    verdict->judged = (change != NULL);
    cart->data = verdict;

    if (sr->idempotency_key.len) {
        return ngx_http_shop_cart_once(cart, (const char *) json, change);
    }

    if (cart->lines <= NGX_HTTP_SHOP_CART_SMALL) {
        ngx_http_shop_cart_together.one = ngx_http_shop_cart_stmt;
        ngx_http_shop_cart_together.many = ngx_http_shop_cart_many_stmt;
        ngx_http_shop_cart_together.nparams = NGX_HTTP_SHOP_CART_PARAMS;

        return ngx_shop_run_together(sr, &ngx_http_shop_cart_together, params,
                                     ngx_http_shop_cart_quoted);
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_READ, ngx_http_shop_cart_stmt,
                        NGX_HTTP_SHOP_CART_PARAMS, params,
                        ngx_http_shop_cart_quoted);
}


/* A cart that is made under an Idempotency-Key.  When the key was used, the
   first answer is given and this cart is taken back. */

static ngx_int_t
ngx_http_shop_cart_once(ngx_shop_cart_t *cart, const char *json,
    const char *change)
{
    char                *user;
    const char         **params;
    ngx_shop_request_t  *sr = cart->sr;

    params = ngx_palloc(sr->r->pool, NGX_HTTP_SHOP_CART_ONCE * sizeof(char *));
    user = ngx_pnalloc(sr->r->pool, sr->claims.user.len + 1);

    if (params == NULL || user == NULL
        || ngx_shop_fingerprint(sr, &params[4]) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    (void) ngx_cpystrn((u_char *) user, sr->claims.user.data,
                       sr->claims.user.len + 1);

    params[0] = json;
    params[1] = change;
    params[2] = user;
    params[3] = (const char *) sr->idempotency_key.data;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, ngx_http_shop_cart_once_stmt,
                        NGX_HTTP_SHOP_CART_ONCE, params,
                        ngx_http_shop_cart_quoted);
}


static ngx_int_t
ngx_http_shop_cart_quoted(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q)
{
    ngx_str_t                      status, capped, prices, replayed;
    ngx_shop_cart_t               *cart = sr->ctx;
    ngx_http_shop_cart_verdict_t  *verdict = cart->data;

    verdict->rc = q->rc;
    verdict->res = q->res ? ngx_shop_pg_take(q, sr->r->pool) : NULL;

    if (verdict->rc == NGX_SHOP_PG_OK) {

        if (ngx_http_shop_cart_column(verdict->res, "status", &status)
            != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        if (ngx_http_shop_cart_column(verdict->res, "prices", &prices)
            == NGX_OK)
        {
            ngx_shop_cart_seen(cart, &prices);
        }

        if (ngx_http_shop_cart_column(verdict->res, "capped", &capped)
            == NGX_OK)
        {
            return ngx_shop_cart_cap(cart, &capped, ngx_http_shop_cart_capped);
        }

        if (ngx_atoi(status.data, status.len) < NGX_HTTP_BAD_REQUEST
            && (ngx_http_shop_cart_column(verdict->res, "replayed", &replayed)
                != NGX_OK || *replayed.data != 't'))
        {
            return ngx_shop_answer_row(sr, verdict->res, 0);
        }
    }

    if (verdict->judged) {
        return ngx_shop_cart_undo(cart, ngx_http_shop_cart_undone);
    }

    return ngx_http_shop_cart_undone(cart, NGX_SHOP_CART_OK);
}


static ngx_int_t
ngx_http_shop_cart_column(PGresult *res, const char *name, ngx_str_t *value)
{
    int  n;

    if (res == NULL || PQntuples(res) == 0) {
        return NGX_DECLINED;
    }

    n = PQfnumber(res, name);

    if (n < 0 || PQgetisnull(res, 0, n)) {
        return NGX_DECLINED;
    }

    value->data = (u_char *) PQgetvalue(res, 0, n);
    value->len = PQgetlength(res, 0, n);

    return NGX_OK;
}


/* The refusal stands, whether the change could be taken back or not: the
   next answer of the cart shows what is in it. */

static ngx_int_t
ngx_http_shop_cart_undone(ngx_shop_cart_t *cart, ngx_uint_t rc)
{
    ngx_http_shop_cart_verdict_t  *verdict = cart->data;

    if (rc != NGX_SHOP_CART_OK) {
        ngx_log_error(NGX_LOG_WARN, cart->sr->r->connection->log, 0,
                      "cart: a refused change could not be taken back");
    }

    if (verdict->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(cart->sr, verdict->rc, verdict->res);
    }

    return ngx_shop_answer_row(cart->sr, verdict->res, 0);
}


/* A joined cart was shown with quantities cut to the stock; when they could
   not be stored, the next answer cuts them again. */

static ngx_int_t
ngx_http_shop_cart_capped(ngx_shop_cart_t *cart, ngx_uint_t rc)
{
    ngx_http_shop_cart_verdict_t  *verdict = cart->data;

    return ngx_shop_answer_row(cart->sr, verdict->res, 0);
}
