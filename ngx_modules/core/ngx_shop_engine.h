/*
 * What the files of the endpoint engine share among themselves.  A domain's
 * module includes ngx_shop_endpoint.h only.
 */

#ifndef _NGX_SHOP_ENGINE_H_INCLUDED_
#define _NGX_SHOP_ENGINE_H_INCLUDED_


#include "ngx_shop_endpoint.h"
#include "ngx_shop_router.h"
#include "ngx_shop_trace.h"
#include "ngx_shop_compat.h"


#define NGX_SHOP_ERRORS_MAX  64      /* bad fields that an answer names */

/* values of sr->cached */
#define NGX_SHOP_CACHE_NONE  0
#define NGX_SHOP_CACHE_HIT   1
#define NGX_SHOP_CACHE_MISS  2
#define NGX_SHOP_CACHE_STALE 3


/* A row in a location: made while the configuration is read, then read-only. */
typedef struct {
    ngx_shop_endpoint_t      ep;         /* a copy with its statements set */
    ngx_str_t                name;       /* "GET /api/v1/products/{product}" */
    ngx_str_t                base;       /* "/api/v1" */
    ngx_str_t                sql_array;  /* text for api.idempotent */
    ngx_shop_field_t         path[NGX_SHOP_PATH_MAX];
    ngx_uint_t               npath;
    ngx_uint_t               nbind;
    ngx_uint_t               many;       /* which of them ep.many is */
    ngx_uint_t               metric;     /* index of its counters */
    unsigned                 personal:1; /* the answer depends on the actor */
    unsigned                 has_body:1; /* there are body fields */
    unsigned                 localized:1; /* there is one a language */
} ngx_shop_route_t;


typedef struct {
    ngx_shop_router_t       *router;     /* NULL: no rows here */
    ngx_array_t             *tables;     /* seen, of ngx_shop_endpoint_t * */
    ngx_http_handler_pt      fallback;
    ngx_str_t                prefix;     /* what paths are relative to */
    ngx_flag_t               nested;     /* rows of the location around it */
    ngx_flag_t               debug_trips;
    ngx_flag_t               problems;   /* nginx's own errors as JSON */
} ngx_shop_loc_conf_t;

typedef struct {
    ngx_uint_t               endpoints;  /* some location has rows */
} ngx_shop_srv_conf_t;

typedef struct {
    ngx_shop_pg_stmt_t      *idempotent;
    ngx_shop_pg_stmt_t      *note;
    ngx_array_t              routes;     /* of ngx_shop_route_t * */
    ngx_array_t              kept;       /* of ngx_shop_kept_t */
} ngx_shop_main_conf_t;


typedef struct {
    const ngx_shop_field_t  *field;      /* NULL: unknown */
    ngx_str_t                name;
    ngx_str_t                value;      /* NUL-terminated */
} ngx_shop_arg_t;

typedef struct {
    ngx_uint_t               in_query;
    ngx_str_t                where;
    ngx_str_t                detail;
} ngx_shop_bad_t;

typedef struct ngx_shop_fill_s  ngx_shop_fill_t;

/* A request with what only the engine sees of it; sr->priv points here. */
typedef struct {
    ngx_shop_request_t       sr;
    const ngx_shop_route_t  *route;
    ngx_uint_t               stage;
    ngx_uint_t               allowed;    /* methods of a 405 or OPTIONS */
    ngx_str_t                path[NGX_SHOP_PATH_MAX];
    ngx_shop_arg_t          *args;
    ngx_uint_t               nargs;
    ngx_array_t             *bad;        /* of ngx_shop_bad_t */
    ngx_str_t                raw;        /* the body as it came */
    ngx_chain_t             *spooled;    /* what is left of it, EP_SPOOLED */
    off_t                    spooled_at;
    ngx_str_t                etag;       /* of the answer, without quotes */
    ngx_uint_t               match;      /* the tag of If-Match to be tried */

    ngx_str_t               *in_origin;  /* request headers, NULL if absent */
    ngx_str_t               *in_id;
    ngx_str_t               *in_trace;
    ngx_str_t               *in_cart;
    ngx_str_t               *in_key;
    ngx_str_t               *in_preflight;
    ngx_str_t               *in_publishable;
    ngx_str_t               *in_language;

    const ngx_str_t         *locale;     /* NULL: the store's first */

    ngx_str_t                key;        /* of the shared cache */
    ngx_shop_fill_t         *fill;       /* waits for it */
    ngx_queue_t              waiting;

    unsigned                 cached:2;
    unsigned                 replayed:1;
    unsigned                 body_read:1;
    unsigned                 scanned:1;  /* request headers were looked at */
    unsigned                 bad_token:1;
    unsigned                 replaced:1; /* nginx's own error is replaced */
    unsigned                 own_origin:1; /* the handler allows the Origin */
    unsigned                 match_more:1; /* If-Match has another tag */
} ngx_shop_ctx_t;


/* A static pointer of a module, see ngx_shop_keep(). */
typedef struct {
    void                    *slot;
    void                    *value;
} ngx_shop_kept_t;


#define ngx_shop_ctx(sr)  ((ngx_shop_ctx_t *) (sr)->priv)


extern ngx_module_t  ngx_http_shop_core_module;


/* the context of any request, made at the first call; NULL: no memory */
ngx_shop_ctx_t *ngx_shop_ctx_get(ngx_http_request_t *r);

/* keep.c */
void ngx_shop_keep_restore(const ngx_shop_main_conf_t *mcf);

/* request.c: the content handler, and what goes on with a request */
ngx_int_t ngx_shop_request_handler(ngx_http_request_t *r);
void ngx_shop_request_go(ngx_shop_request_t *sr);
void ngx_shop_request_end(ngx_shop_request_t *sr, ngx_int_t rc);

/* wait.c: the request goes on by ngx_shop_request_go() when the node knows its
   stores (NGX_AGAIN), or is a 503 after two seconds; NGX_DONE: answered */
ngx_int_t ngx_shop_start_wait(ngx_shop_request_t *sr);

/* likewise: of what counts as an attempt to sign in, few go on in a turn of the
   event loop (NGX_OK), the others later (NGX_AGAIN) by ngx_shop_request_go();
   NGX_DONE: it was answered, memory is short */
ngx_int_t ngx_shop_pace(ngx_shop_request_t *sr);

/* access.c: NGX_OK: the actor may do what the row is for, else answered; and
   401, *why when what it came with is not good */
ngx_int_t ngx_shop_access(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_challenge(ngx_shop_request_t *sr, const char *why);

/* run.c: the row's own statement, and what follows it: the answer, or the
   statement again for another tag of If-Match */
ngx_int_t ngx_shop_statement(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_statement_done(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
ngx_uint_t ngx_shop_class(const ngx_shop_endpoint_t *ep);
/* after a next(): rc is what it returned, c the request's connection */
void ngx_shop_run_next(ngx_shop_request_t *sr, ngx_connection_t *c,
    ngx_int_t rc);

/* What a shared answer leaves to be written down (EP_NOTES): a statement of
   its own, which nobody waits for. */
ngx_int_t ngx_shop_note_init(ngx_conf_t *cf);
void ngx_shop_note(PGresult *res);

/* body.c: both NGX_OK, or NGX_DONE when the request was answered or is; read
   also NGX_AGAIN, and goes on by ngx_shop_request_go() */
ngx_int_t ngx_shop_body_read(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_body_parse(ngx_shop_request_t *sr);

/* input.c, check.c: collect what is bad; NGX_ERROR: no memory */
ngx_int_t ngx_shop_input_path(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_input_query(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_check_body(ngx_shop_request_t *sr);
/* NULL when the text is a good value of the field, else what it must be */
const char *ngx_shop_check_text(ngx_pool_t *pool,
    const ngx_shop_field_t *field, const ngx_str_t *value);
const char *ngx_shop_check_range(ngx_pool_t *pool,
    const ngx_shop_field_t *field, const char *what);
const char *ngx_shop_check_limits(ngx_pool_t *pool,
    const ngx_shop_field_t *field, int64_t n, const char *what);
const char *ngx_shop_check_says(ngx_pool_t *pool, const char *fmt, ...);

/* locale.c: which of the store's languages is asked for; one that it does
   not have is a bad parameter, or any other header */
ngx_int_t ngx_shop_locale_choose(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_locale_headers(ngx_shop_request_t *sr);

/* bind.c */
const char **ngx_shop_bind(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, ngx_uint_t n, ngx_pool_t *pool);

/* idempotency.c */
ngx_int_t ngx_shop_idempotency_key(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_idempotency_run(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_idempotency_sql(ngx_pool_t *pool, ngx_str_t *sql,
    ngx_str_t *out);

/* shared.c: answers from the shared cache, one statement for equal misses */
ngx_int_t ngx_shop_shared(ngx_shop_request_t *sr);

/* gather.c: the row's statement for many at a time */
ngx_int_t ngx_shop_gather_sql(ngx_pool_t *pool, ngx_shop_route_t *route,
    ngx_str_t *out);
/* an element of an array of SQL as text, NULL: null; as many bytes as two a
   character and the quotes, or "NULL" */
u_char *ngx_shop_array_element(u_char *p, const char *text);

/* send.c: takes one r->main->count; the body lives in or with r->pool */
ngx_int_t ngx_shop_send(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *type, ngx_str_t *body);
ngx_int_t ngx_shop_header_add(ngx_http_request_t *r, const char *key,
    size_t key_len, ngx_str_t *value);

/* answer.c */
ngx_int_t ngx_shop_answer_cached(ngx_shop_request_t *sr, ngx_str_t *body,
    ngx_str_t *etag);

/* conditional.c */
ngx_uint_t ngx_shop_not_modified(ngx_shop_request_t *sr, ngx_str_t *etag);
ngx_int_t ngx_shop_if_match(ngx_shop_request_t *sr, ngx_pool_t *pool,
    const char **version);
ngx_uint_t ngx_shop_if_match_next(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);

/* cors.c */
ngx_int_t ngx_shop_cors(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_options(ngx_shop_request_t *sr);
ngx_int_t ngx_shop_allow(ngx_shop_request_t *sr);

/* problem.c */
ngx_int_t ngx_shop_problem_body(ngx_http_request_t *r, ngx_uint_t status,
    const char *code, const char *detail, ngx_array_t *bad, ngx_str_t *out);
ngx_int_t ngx_shop_problem_status(ngx_shop_request_t *sr, ngx_uint_t status);

/* row.c: checks a row and sets what follows from it */
char *ngx_shop_row_check(ngx_conf_t *cf, ngx_shop_route_t *route);

/* filter.c */
ngx_int_t ngx_shop_filter_init(ngx_conf_t *cf);


#endif /* _NGX_SHOP_ENGINE_H_INCLUDED_ */
