/*
 * The cart of a request: whose it is, trips to Redis, and what SQL gets of it.
 */

#include "ngx_shop_cart.h"


#define NGX_SHOP_CART_COOKIE  "; Path=/; HttpOnly; SameSite=Lax; Max-Age="


typedef struct {
    void                     *ctx;       /* of who signs in */
    ngx_shop_sign_in_next_pt  next;
} ngx_shop_cart_merge_t;


static ngx_int_t ngx_shop_cart_guest(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_cart_headers(ngx_shop_request_t *sr);
static ngx_int_t ngx_shop_cart_key(ngx_shop_request_t *sr, char kind,
    ngx_str_t *id, ngx_str_t *key);
static void ngx_shop_cart_remember(ngx_shop_cart_t *cart, ngx_uint_t op,
    ngx_uint_t argc, ngx_str_t *argv);
static ngx_int_t ngx_shop_cart_send(ngx_shop_cart_t *cart, ngx_uint_t op,
    ngx_uint_t argc, ngx_str_t *argv, ngx_shop_cart_next_pt next);
static ngx_int_t ngx_shop_cart_replied(ngx_shop_request_t *sr,
    ngx_shop_redis_cmd_t *cmd);
static ngx_int_t ngx_shop_cart_merged(ngx_shop_request_t *sr,
    ngx_shop_redis_cmd_t *cmd);


ngx_shop_cart_t *
ngx_shop_cart_open(ngx_shop_request_t *sr)
{
    ngx_shop_cart_t  *cart;

    cart = ngx_pcalloc(sr->r->pool, sizeof(ngx_shop_cart_t));
    if (cart == NULL || ngx_shop_cart_guest(sr) != NGX_OK) {
        return NULL;
    }

    cart->sr = sr;
    cart->id = sr->signed_in ? sr->claims.user : sr->cart;

    if (ngx_shop_cart_key(sr, sr->signed_in ? 'u' : 'g', &cart->id,
                          &cart->key) != NGX_OK
        || ngx_shop_cart_headers(sr) != NGX_OK)
    {
        return NULL;
    }

    sr->ctx = cart;

    return cart;
}


/* Everyone has a guest's id: an account needs it again after signing out, and
   its own id would be no secret. */

static ngx_int_t
ngx_shop_cart_guest(ngx_shop_request_t *sr)
{
    if (sr->cart.len) {
        return NGX_OK;
    }

    sr->cart.data = ngx_pnalloc(sr->r->pool, NGX_SHOP_UUID_LEN + 1);
    if (sr->cart.data == NULL) {
        return NGX_ERROR;
    }

    sr->cart.len = NGX_SHOP_UUID_LEN;

    return ngx_shop_uuid_random(sr->cart.data);
}


static ngx_int_t
ngx_shop_cart_headers(ngx_shop_request_t *sr)
{
    ngx_str_t   cookie;
    ngx_uint_t  secure;

#if (NGX_HTTP_SSL)
    secure = (sr->r->connection->ssl != NULL);
#else
    secure = 0;
#endif

    cookie.data = ngx_pnalloc(sr->r->pool, sizeof("cart=; Secure")
                              + sr->cart.len + sizeof(NGX_SHOP_CART_COOKIE)
                              + NGX_INT_T_LEN);
    if (cookie.data == NULL) {
        return NGX_ERROR;
    }

    cookie.len = ngx_sprintf(cookie.data, "cart=%V%s%d%s", &sr->cart,
                             NGX_SHOP_CART_COOKIE, NGX_SHOP_CART_TTL,
                             secure ? "; Secure" : "")
                 - cookie.data;

    if (ngx_shop_header(sr, "Set-Cookie", &cookie) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_header(sr, "X-Cart-Id", &sr->cart);
}


static ngx_int_t
ngx_shop_cart_key(ngx_shop_request_t *sr, char kind, ngx_str_t *id,
    ngx_str_t *key)
{
    key->data = ngx_pnalloc(sr->r->pool, sizeof("cart:{:u:}")
                                         + sr->store->id.len + id->len);
    if (key->data == NULL) {
        return NGX_ERROR;
    }

    key->len = ngx_sprintf(key->data, "cart:{%V:%c:%V}", &sr->store->id, kind,
                           id)
               - key->data;

    return NGX_OK;
}


ngx_int_t
ngx_shop_cart_run(ngx_shop_cart_t *cart, ngx_uint_t op, ngx_uint_t argc,
    ngx_str_t *argv, ngx_shop_cart_next_pt next)
{
    ngx_shop_cart_remember(cart, op, argc, argv);

    return ngx_shop_cart_send(cart, op, argc, argv, next);
}


/* which fields change: their values from before come with the reply */

static void
ngx_shop_cart_remember(ngx_shop_cart_t *cart, ngx_uint_t op, ngx_uint_t argc,
    ngx_str_t *argv)
{
    ngx_uint_t  i;

    cart->nbefore = 0;
    cart->delta.len = 0;

    switch (op) {

    case NGX_SHOP_CART_ADD:
        cart->field[cart->nbefore++] = argv[0];
        cart->delta = argv[1];
        break;

    case NGX_SHOP_CART_SET:
        for (i = 1; i < argc && cart->nbefore < NGX_SHOP_CART_BEFORE; i += 2) {
            cart->field[cart->nbefore++] = argv[i];
        }
        break;

    case NGX_SHOP_CART_COUPON:
        ngx_str_set(&cart->field[0], "coupons");
        cart->nbefore = 1;
        break;

    default:
        break;
    }
}


static ngx_int_t
ngx_shop_cart_send(ngx_shop_cart_t *cart, ngx_uint_t op, ngx_uint_t argc,
    ngx_str_t *argv, ngx_shop_cart_next_pt next)
{
    ngx_uint_t  i;
    ngx_str_t   arg[NGX_SHOP_REDIS_ARGS];

    if (argc + 1 > NGX_SHOP_REDIS_ARGS) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    arg[0] = cart->key;

    for (i = 0; i < argc; i++) {
        arg[i + 1] = argv[i];
    }

    cart->next = next;

    return ngx_shop_eval(cart->sr, ngx_shop_cart_script(op), 1, argc + 1, arg,
                         ngx_shop_cart_replied);
}


static ngx_int_t
ngx_shop_cart_replied(ngx_shop_request_t *sr, ngx_shop_redis_cmd_t *cmd)
{
    ngx_uint_t        rc;
    ngx_shop_cart_t  *cart = sr->ctx;

    rc = NGX_SHOP_CART_DOWN;

    if (cmd->rc == NGX_SHOP_REDIS_OK) {
        rc = ngx_shop_cart_parse(cart, cmd->reply);

    } else if (cmd->rc == NGX_SHOP_REDIS_ERROR) {
        ngx_log_error(NGX_LOG_ERR, sr->r->connection->log, 0,
                      "cart: redis refused: %*s", cmd->reply->len,
                      cmd->reply->str);
    }

    return cart->next(cart, rc);
}


ngx_int_t
ngx_shop_cart_undo(ngx_shop_cart_t *cart, ngx_shop_cart_next_pt next)
{
    ngx_uint_t  i, n;
    ngx_str_t   argv[2 + 2 * NGX_SHOP_CART_BEFORE];

    argv[0] = cart->revision;
    argv[1] = cart->delta;
    n = 2;

    for (i = 0; i < cart->nbefore; i++) {
        argv[n++] = cart->field[i];
        argv[n++] = cart->before[i];
    }

    return ngx_shop_cart_send(cart, NGX_SHOP_CART_UNDO, n, argv, next);
}


ngx_int_t
ngx_shop_cart_cap(ngx_shop_cart_t *cart, ngx_str_t *capped,
    ngx_shop_cart_next_pt next)
{
    u_char      *p, *last, *start;
    ngx_uint_t   n;
    ngx_str_t    argv[NGX_SHOP_REDIS_ARGS - 5];

    argv[0] = cart->revision;
    n = 1;
    p = capped->data;
    last = p + capped->len;

    /* pairs; what doesn't fit is cut when the cart is shown again */

    while (p < last && n + 2 <= sizeof(argv) / sizeof(argv[0])) {

        for (start = p; p < last && *p != ' '; p++) { /* void */ }
        argv[n].data = start;
        argv[n++].len = p++ - start;

        for (start = p; p < last && *p != ' '; p++) { /* void */ }
        argv[n].data = start;
        argv[n++].len = p++ - start;
    }

    return ngx_shop_cart_send(cart, NGX_SHOP_CART_CAP, n, argv, next);
}


ngx_int_t
ngx_shop_cart_take(ngx_shop_redis_cmd_t *cmd, ngx_str_t *key,
    ngx_str_t *revision)
{
    ngx_str_t  argv[2];

    argv[0] = *key;
    argv[1] = *revision;

    return ngx_shop_redis_eval(cmd, ngx_shop_cart_script(NGX_SHOP_CART_TAKE),
                               1, 2, argv);
}


ngx_int_t
ngx_shop_cart_merge(ngx_shop_request_t *sr, ngx_shop_sign_in_next_pt next)
{
    ngx_str_t               argv[2];
    ngx_shop_cart_merge_t  *merge;

    if (sr->cart.len == 0) {
        return NGX_OK;
    }

    merge = ngx_palloc(sr->r->pool, sizeof(ngx_shop_cart_merge_t));

    if (merge == NULL
        || ngx_shop_cart_key(sr, 'g', &sr->cart, &argv[0]) != NGX_OK
        || ngx_shop_cart_key(sr, 'u', &sr->claims.user, &argv[1]) != NGX_OK)
    {
        return NGX_OK;
    }

    merge->ctx = sr->ctx;
    merge->next = next;

    if (ngx_shop_eval(sr, ngx_shop_cart_script(NGX_SHOP_CART_MERGE), 2, 2,
                      argv, ngx_shop_cart_merged) != NGX_DONE)
    {
        ngx_log_error(NGX_LOG_WARN, sr->r->connection->log, 0,
                      "cart: not joined, redis is out of reach");
        return NGX_OK;
    }

    sr->ctx = merge;

    return NGX_DONE;
}


static ngx_int_t
ngx_shop_cart_merged(ngx_shop_request_t *sr, ngx_shop_redis_cmd_t *cmd)
{
    ngx_shop_cart_merge_t  *merge = sr->ctx;

    if (cmd->rc != NGX_SHOP_REDIS_OK) {
        ngx_log_error(NGX_LOG_WARN, sr->r->connection->log, 0,
                      "cart: not joined, redis did not answer");
    }

    sr->ctx = merge->ctx;
    merge->next(sr);

    return NGX_DONE;
}


ngx_int_t
ngx_shop_cart_problem(ngx_shop_cart_t *cart, ngx_uint_t rc)
{
    switch (rc) {

    case NGX_SHOP_CART_MISSING:
        return ngx_shop_problem(cart->sr, NGX_HTTP_NOT_FOUND, "not_found",
                                "this is not in the cart");

    case NGX_SHOP_CART_FULL:
        return ngx_shop_problem(cart->sr, NGX_HTTP_CONFLICT, "cart_full",
                                "no more fits into the cart");

    default:
        return ngx_shop_unavailable(cart->sr, "carts are out of reach");
    }
}
