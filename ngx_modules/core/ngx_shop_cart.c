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
static void ngx_shop_cart_limits(ngx_shop_request_t *sr, ngx_uint_t days,
    u_char *text, ngx_str_t *arg);
static ngx_uint_t ngx_shop_cart_words(u_char **p, u_char *last,
    ngx_str_t *argv, ngx_uint_t n, ngx_uint_t max);
static void ngx_shop_cart_forget(ngx_shop_redis_cmd_t *cmd);
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

    if (sr->signed_in) {
        cart->user = sr->claims.user;
    }

    if (ngx_shop_cart_key(sr, sr->signed_in ? 'u' : 'g', &cart->id,
                          &cart->key) != NGX_OK
        || ngx_shop_cart_headers(sr) != NGX_OK)
    {
        return NULL;
    }

    sr->ctx = cart;

    return cart;
}


ngx_shop_cart_t *
ngx_shop_cart_open_till(ngx_shop_request_t *sr, ngx_str_t *id)
{
    ngx_shop_cart_t  *cart;

    cart = ngx_pcalloc(sr->r->pool, sizeof(ngx_shop_cart_t));
    if (cart == NULL) {
        return NULL;
    }

    cart->sr = sr;
    cart->id = *id;
    cart->till = 1;

    if (ngx_shop_cart_key(sr, 'p', id, &cart->key) != NGX_OK) {
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
                             NGX_SHOP_CART_COOKIE,
                             (int) sr->store->guest_days * NGX_SHOP_CART_DAY,
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
        cart->field[0] = argv[2];
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
    u_char      limits[2 * NGX_INT_T_LEN];
    ngx_uint_t  i;
    ngx_str_t   arg[NGX_SHOP_REDIS_ARGS];

    if (argc + 3 > NGX_SHOP_REDIS_ARGS) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    arg[0] = cart->key;

    for (i = 0; i < argc; i++) {
        arg[i + 1] = argv[i];
    }

    ngx_shop_cart_limits(cart->sr,
                         cart->sr->signed_in ? cart->sr->store->cart_days
                                             : cart->sr->store->guest_days,
                         limits, &arg[argc + 1]);
    cart->next = next;

    return ngx_shop_eval(cart->sr, ngx_shop_cart_script(op), 1, argc + 3, arg,
                         ngx_shop_cart_replied);
}


/* the last two arguments of a script: how many lines, how many seconds */

static void
ngx_shop_cart_limits(ngx_shop_request_t *sr, ngx_uint_t days, u_char *text,
    ngx_str_t *arg)
{
    arg[0].data = text;
    arg[0].len = ngx_sprintf(text, "%ui", sr->store->cart_lines) - text;

    text += arg[0].len;

    arg[1].data = text;
    arg[1].len = ngx_sprintf(text, "%ui", days * NGX_SHOP_CART_DAY) - text;
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
    u_char      *p;
    ngx_uint_t   n;
    ngx_str_t    argv[NGX_SHOP_REDIS_ARGS - 7];

    argv[0] = cart->revision;
    p = capped->data;

    /* pairs; what doesn't fit is cut when the cart is shown again */

    n = ngx_shop_cart_words(&p, p + capped->len, argv, 1,
                            sizeof(argv) / sizeof(argv[0]));

    return ngx_shop_cart_send(cart, NGX_SHOP_CART_CAP, n, argv, next);
}


/* Pairs of words separated by a space, as many as fit behind the first n. */

static ngx_uint_t
ngx_shop_cart_words(u_char **p, u_char *last, ngx_str_t *argv, ngx_uint_t n,
    ngx_uint_t max)
{
    u_char      *start;
    ngx_uint_t   i;

    while (*p < last && n + 2 <= max) {

        for (i = 0; i < 2; i++) {
            for (start = *p; *p < last && **p != ' '; (*p)++) { /* void */ }
            argv[n].data = start;
            argv[n++].len = (*p)++ - start;
        }
    }

    return n;
}


void
ngx_shop_cart_seen(ngx_shop_cart_t *cart, ngx_str_t *prices)
{
    u_char                *p, *last;
    ngx_uint_t             n;
    ngx_str_t              argv[NGX_SHOP_REDIS_ARGS - 3];
    ngx_shop_redis_cmd_t  *cmd;

    p = prices->data;
    last = p + prices->len;

    while (p < last) {
        argv[0] = cart->key;
        n = ngx_shop_cart_words(&p, last, argv, 1,
                                sizeof(argv) / sizeof(argv[0]));

        cmd = ngx_shop_redis_alloc();
        if (cmd == NULL) {
            return;
        }

        cmd->done = ngx_shop_cart_forget;
        cmd->log = ngx_cycle->log;

        if (ngx_shop_redis_eval(cmd, ngx_shop_cart_script(NGX_SHOP_CART_SEEN),
                                1, n, argv) != NGX_OK)
        {
            return;
        }
    }
}


static void
ngx_shop_cart_forget(ngx_shop_redis_cmd_t *cmd)
{
    if (cmd->rc != NGX_SHOP_REDIS_OK) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "cart: the prices shown are not remembered");
    }
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
    u_char                  limits[2 * NGX_INT_T_LEN];
    ngx_str_t               argv[4];
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

    ngx_shop_cart_limits(sr, sr->store->cart_days, limits, &argv[2]);

    if (ngx_shop_eval(sr, ngx_shop_cart_script(NGX_SHOP_CART_MERGE), 2, 4,
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
