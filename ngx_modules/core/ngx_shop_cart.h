/*
 * Where a cart lives: one hash in Redis, cart:{<store>:g:<uuid>} of a guest,
 * cart:{<store>:u:<uuid>} of an account or cart:{<store>:p:<uuid>} of a till
 * (docs/cart.md), with the fields
 *
 *   rev              microseconds, grows with every change, never used twice
 *   v<variant>       quantity
 *   $<variant>       the price that was shown: EUR1999
 *   c, country, region, postal, taxid, ship, point
 *   coupons          a JSON array of codes
 *   gifts            a JSON array of SHA-256 of codes, in hexadecimal
 *   user             the customer, of a till's cart
 *   m                a guest's cart was joined: quantities may exceed stock
 *
 * Redis knows no price: the handlers of carts, shipping and orders read the
 * cart here and give it to SQL as the JSON that cart.quote() takes.
 */

#ifndef _NGX_SHOP_CART_H_INCLUDED_
#define _NGX_SHOP_CART_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include "ngx_shop_endpoint.h"
#include "ngx_shop_redis.h"
#include "ngx_shop_session.h"
#include "ngx_shop_uuid.h"


#define NGX_SHOP_CART_BEFORE  12         /* fields of one change, at most */
#define NGX_SHOP_CART_DAY     86400


typedef struct ngx_shop_cart_s  ngx_shop_cart_t;

typedef enum {
    NGX_SHOP_CART_READ = 0,
    NGX_SHOP_CART_ADD,           /* field, quantity to add, at most 1000000 */
    NGX_SHOP_CART_SET,           /* "1" if the first must be there, then pairs
                                    of field and value; "" removes */
    NGX_SHOP_CART_COUPON,        /* "+" or "-", code, the field of codes */
    NGX_SHOP_CART_CLEAR,
    NGX_SHOP_CART_UNDO,          /* private: a function below for each */
    NGX_SHOP_CART_CAP,
    NGX_SHOP_CART_SEEN,
    NGX_SHOP_CART_TAKE,
    NGX_SHOP_CART_MERGE,
    NGX_SHOP_CART_OPS
} ngx_shop_cart_op_e;

/* rc of a trip */
#define NGX_SHOP_CART_OK       0
#define NGX_SHOP_CART_DOWN     1         /* Redis can't be asked: 503 */
#define NGX_SHOP_CART_MISSING  2         /* what must be there is not */
#define NGX_SHOP_CART_FULL     3

/* Called once after a trip, unless the client went away. */
typedef ngx_int_t (*ngx_shop_cart_next_pt)(ngx_shop_cart_t *cart,
    ngx_uint_t rc);

struct ngx_shop_cart_s {
    ngx_shop_request_t      *sr;
    ngx_str_t                id;         /* uuid: the guest's, the account's */
    ngx_str_t                key;
    ngx_str_t                user;       /* whose it is, "": a guest's */
    void                    *data;       /* the handler's */
    unsigned                 till:1;
    unsigned                 accept:1;   /* prices that changed are accepted */

    /* after a trip */
    ngx_str_t                revision;
    ngx_str_t                quote;      /* members of cart.quote()'s JSON */
    ngx_uint_t               lines;
    unsigned                 merged:1;

    ngx_uint_t               nbefore;    /* private from here: for the undo */
    ngx_str_t                field[NGX_SHOP_CART_BEFORE];
    ngx_str_t                before[NGX_SHOP_CART_BEFORE];
    ngx_str_t                delta;
    ngx_shop_cart_next_pt    next;
};


/* The script of an operation, once registered. */
ngx_shop_redis_script_t *ngx_shop_cart_script(ngx_uint_t op);

/* Registers the scripts; any module that reads carts calls it. */
ngx_int_t ngx_shop_cart_init(ngx_conf_t *cf);

/* The cart of the caller: the account's when signed in, else the guest's, made
   up when there is none.  Adds X-Cart-Id and the cookie to the answer.  NULL
   when memory is short. */
ngx_shop_cart_t *ngx_shop_cart_open(ngx_shop_request_t *sr);

/* The same of a till's cart: the one that the path names. */
ngx_shop_cart_t *ngx_shop_cart_open_till(ngx_shop_request_t *sr,
    ngx_str_t *id);

/* One trip to Redis.  NGX_DONE, or the status of a problem that was sent. */
ngx_int_t ngx_shop_cart_run(ngx_shop_cart_t *cart, ngx_uint_t op,
    ngx_uint_t argc, ngx_str_t *argv, ngx_shop_cart_next_pt next);

/* What a reply means; fills revision, quote, lines, merged. */
ngx_uint_t ngx_shop_cart_parse(ngx_shop_cart_t *cart, redisReply *reply);

/* Takes the last change back after SQL refused it. */
ngx_int_t ngx_shop_cart_undo(ngx_shop_cart_t *cart,
    ngx_shop_cart_next_pt next);

/* Sets quantities ("v7 10 v9 3") if the cart is still the one that was read. */
ngx_int_t ngx_shop_cart_cap(ngx_shop_cart_t *cart, ngx_str_t *capped,
    ngx_shop_cart_next_pt next);

/* Remembers the prices that were shown ("$7 EUR1000 $9 EUR500") of lines that
   are there; nothing waits for it, a lost one is told again as a new line. */
void ngx_shop_cart_seen(ngx_shop_cart_t *cart, ngx_str_t *prices);

/* Empties the cart if its revision is still this one; cmd->done() follows
   once.  Belongs to no request.  NGX_DECLINED when Redis is out of reach. */
ngx_int_t ngx_shop_cart_take(ngx_shop_redis_cmd_t *cmd, ngx_str_t *key,
    ngx_str_t *revision);

/* The hook of sign-in (ngx_shop_session.h): the guest's cart joins the
   account's. */
ngx_int_t ngx_shop_cart_merge(ngx_shop_request_t *sr,
    ngx_shop_sign_in_next_pt next);

/* Answers what an rc means that is not NGX_SHOP_CART_OK. */
ngx_int_t ngx_shop_cart_problem(ngx_shop_cart_t *cart, ngx_uint_t rc);


#endif /* _NGX_SHOP_CART_H_INCLUDED_ */
