/*
 * An endpoint is a row.  The engine does the matching, access, input, binding,
 * the statement, conditional answers and problem+json; see docs/endpoints.md.
 */

#ifndef _NGX_SHOP_ENDPOINT_H_INCLUDED_
#define _NGX_SHOP_ENDPOINT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include <jansson.h>
#include "ngx_shop_pg.h"
#include "ngx_shop_redis.h"
#include "ngx_shop_token.h"
#include "ngx_shop_node.h"


#define NGX_SHOP_BIND_MAX    24
#define NGX_SHOP_TABLES_MAX  12      /* of a domain */
#define NGX_SHOP_UNPROCESSABLE  422


/* types of a field: what SQL gets is always text */
typedef enum {
    NGX_SHOP_TEXT = 1,       /* min and max count characters */
    NGX_SHOP_INT,            /* min and max are values */
    NGX_SHOP_BOOL,
    NGX_SHOP_UUID,
    NGX_SHOP_ID,             /* opaque id or slug: [A-Za-z0-9_.-]{1,128} */
    NGX_SHOP_EMAIL,
    NGX_SHOP_COUNTRY,        /* ISO 3166 alpha-2 */
    NGX_SHOP_CURRENCY,       /* ISO 4217 */
    NGX_SHOP_LOCALE,         /* a language tag: "en", "pt-BR" */
    NGX_SHOP_SLUG,           /* part of an address: "red-shoe" */
    NGX_SHOP_TIME,           /* RFC 3339 */
    NGX_SHOP_MONEY,          /* {"amount": n, "currency": "EUR"} or integer */
    NGX_SHOP_OBJECT,         /* described by sub, or any with max bytes */
    NGX_SHOP_ARRAY,          /* min and max count elements; sub an element */
    NGX_SHOP_ENUM,           /* words in "sub" separated by a space */
    NGX_SHOP_ANY             /* any JSON of at most max bytes */
} ngx_shop_type_e;

/* flags of a field */
#define NGX_SHOP_REQUIRED    0x01
#define NGX_SHOP_NULLABLE    0x02
#define NGX_SHOP_IN_QUERY    0x04    /* a query parameter, else body */
#define NGX_SHOP_PREFIX      0x08    /* a family of parameters, "attr." */
#define NGX_SHOP_SECRET      0x10    /* never in a log */
#define NGX_SHOP_IN_PATH     0x20    /* a path parameter; without a field its
                                        type follows the cast of its $n */

typedef struct ngx_shop_field_s  ngx_shop_field_t;

struct ngx_shop_field_s {
    ngx_str_t                name;
    ngx_uint_t               type;
    ngx_uint_t               flags;
    int64_t                  min;
    int64_t                  max;
    const void              *sub;        /* fields, or words of an ENUM */
};

#define ngx_shop_no_more_fields  { ngx_null_string, 0, 0, 0, 0, NULL }

/* parameters that mean the same wherever they are */
#define NGX_SHOP_FIELD_LIMIT                                                \
    { ngx_string("limit"), NGX_SHOP_INT, NGX_SHOP_IN_QUERY, 1, 100, NULL }
#define NGX_SHOP_FIELD_CURSOR                                               \
    { ngx_string("cursor"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL }
#define NGX_SHOP_FIELD_LOCALE                                               \
    { ngx_string("locale"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 2, 35, NULL }
#define NGX_SHOP_FIELD_CURRENCY                                             \
    { ngx_string("currency"), NGX_SHOP_CURRENCY, NGX_SHOP_IN_QUERY, 0, 0,   \
      NULL }

/* limit and cursor: those of a list that takes nothing else */
extern ngx_shop_field_t  ngx_shop_page_input[];


/* where a $n comes from */
typedef enum {
    NGX_SHOP_FROM_END = 0,
    NGX_SHOP_FROM_STORE,     /* bigint */
    NGX_SHOP_FROM_ACTOR,     /* uuid of the user, or null */
    NGX_SHOP_FROM_ACTOR_IF,  /* the same for holders of a permission: others
                                share one cached answer */
    NGX_SHOP_FROM_SESSION,   /* uuid, or null */
    NGX_SHOP_FROM_SCOPE,     /* what a token or key is limited to, or null */
    NGX_SHOP_FROM_CART,      /* uuid of the guest cart (cookie, X-Cart-Id) */
    NGX_SHOP_FROM_PATH,
    NGX_SHOP_FROM_QUERY,
    NGX_SHOP_FROM_BODY,      /* one field; an object or array as JSON text */
    NGX_SHOP_FROM_DOCUMENT,  /* the whole checked body as JSON text */
    NGX_SHOP_FROM_FILTERS,   /* the PREFIX parameters as one JSON object */
    NGX_SHOP_FROM_CAN,       /* 't' if the actor holds the permission */
    NGX_SHOP_FROM_VERSION,   /* of If-Match, or null */
    NGX_SHOP_FROM_ADDRESS,   /* the client's address, inet */
    NGX_SHOP_FROM_REQUEST,   /* X-Request-Id */
    NGX_SHOP_FROM_AGENT,     /* User-Agent, cut to 200 */
    NGX_SHOP_FROM_TRACE,     /* the continued traceparent, or null */
    NGX_SHOP_FROM_LOCALE,    /* the language asked for, null: the store's own */
    NGX_SHOP_FROM_LITERAL
} ngx_shop_from_e;

typedef struct {
    ngx_uint_t               from;
    ngx_str_t                name;
} ngx_shop_bind_t;

#define NGX_SHOP_BIND_END          { NGX_SHOP_FROM_END, ngx_null_string }
#define NGX_SHOP_BIND_STORE        { NGX_SHOP_FROM_STORE, ngx_null_string }
#define NGX_SHOP_BIND_ACTOR        { NGX_SHOP_FROM_ACTOR, ngx_null_string }
#define NGX_SHOP_BIND_SESSION      { NGX_SHOP_FROM_SESSION, ngx_null_string }
#define NGX_SHOP_BIND_SCOPE        { NGX_SHOP_FROM_SCOPE, ngx_null_string }
#define NGX_SHOP_BIND_CART         { NGX_SHOP_FROM_CART, ngx_null_string }
#define NGX_SHOP_BIND_DOCUMENT     { NGX_SHOP_FROM_DOCUMENT, ngx_null_string }
#define NGX_SHOP_BIND_FILTERS      { NGX_SHOP_FROM_FILTERS, ngx_null_string }
#define NGX_SHOP_BIND_VERSION      { NGX_SHOP_FROM_VERSION, ngx_null_string }
#define NGX_SHOP_BIND_ADDRESS      { NGX_SHOP_FROM_ADDRESS, ngx_null_string }
#define NGX_SHOP_BIND_REQUEST      { NGX_SHOP_FROM_REQUEST, ngx_null_string }
#define NGX_SHOP_BIND_AGENT        { NGX_SHOP_FROM_AGENT, ngx_null_string }
#define NGX_SHOP_BIND_TRACE        { NGX_SHOP_FROM_TRACE, ngx_null_string }
#define NGX_SHOP_BIND_LOCALE       { NGX_SHOP_FROM_LOCALE, ngx_null_string }
#define NGX_SHOP_BIND_PATH(n)      { NGX_SHOP_FROM_PATH, ngx_string(n) }
#define NGX_SHOP_BIND_QUERY(n)     { NGX_SHOP_FROM_QUERY, ngx_string(n) }
#define NGX_SHOP_BIND_BODY(n)      { NGX_SHOP_FROM_BODY, ngx_string(n) }
#define NGX_SHOP_BIND_ACTOR_IF(n)  { NGX_SHOP_FROM_ACTOR_IF, ngx_string(n) }
#define NGX_SHOP_BIND_CAN(n)       { NGX_SHOP_FROM_CAN, ngx_string(n) }
#define NGX_SHOP_BIND_LITERAL(n)   { NGX_SHOP_FROM_LITERAL, ngx_string(n) }


/* access of an endpoint: one of these, or a permission such as
   "catalog:write" */
#define NGX_SHOP_ANYONE      ngx_null_string
#define NGX_SHOP_SIGNED_IN   ngx_string("*")

/* a row's scope that any token has */
#define NGX_SHOP_ANY_SCOPE   ngx_string("*")

/* flags of an endpoint */
#define NGX_SHOP_EP_READ        0x0001  /* class READ; may use a replica */
#define NGX_SHOP_EP_WRITE       0x0002  /* class WRITE */
#define NGX_SHOP_EP_SLOW        0x0004
#define NGX_SHOP_EP_PRIMARY     0x0008  /* a read that must not be behind */
#define NGX_SHOP_EP_IDEMPOTENT  0x0010  /* honours Idempotency-Key */
#define NGX_SHOP_EP_CACHED      0x0020  /* shared cache; tags by the result */
#define NGX_SHOP_EP_CREATES     0x0040  /* 201 unless the answer says */
#define NGX_SHOP_EP_NO_STORE    0x0080  /* Cache-Control: no-store */
#define NGX_SHOP_EP_ROOT        0x0100  /* path at the root, not the base */
#define NGX_SHOP_EP_NO_BODY     0x0200  /* 204 on success */
#define NGX_SHOP_EP_CREDENTIALS 0x0400  /* counts as a sign-in attempt */
#define NGX_SHOP_EP_CART_COOKIE 0x0800  /* CSRF rule exempt: cart cookie only */
#define NGX_SHOP_EP_OWN_ACCESS  0x1000  /* no session is opened (sign-in) */
#define NGX_SHOP_EP_RAW_BODY    0x2000  /* any body, see ngx_shop_raw_body() */
#define NGX_SHOP_EP_BARE        0x4000  /* no store, session, limit: health */
#define NGX_SHOP_EP_ANY_QUERY   0x8000  /* unknown parameters are no error,
                                           bad ones count as absent */
#define NGX_SHOP_EP_IMMUTABLE   0x10000 /* its path names its content */
#define NGX_SHOP_EP_ENROL       0x20000 /* also for a session that lacks the
                                           second factor its role asks for */
#define NGX_SHOP_EP_SPOOLED     0x40000 /* a raw body that is never as a whole
                                           in memory, see ngx_shop_body_next */
#define NGX_SHOP_EP_NOTES       0x80000 /* what is in the column "note" is
                                           given to ops.note() */


typedef struct ngx_shop_endpoint_s  ngx_shop_endpoint_t;
typedef struct ngx_shop_request_s   ngx_shop_request_t;

/* Called after access and input checks.  NGX_DONE: the handler answered, or
   answers later (the engine holds one r->main->count, which the answer gives
   back); else a status, whose problem the engine sends. */
typedef ngx_int_t (*ngx_shop_handler_pt)(ngx_shop_request_t *sr);

struct ngx_shop_endpoint_s {
    ngx_uint_t               method;     /* NGX_HTTP_GET ... */
    ngx_str_t                path;       /* "/products/{product}" */
    ngx_str_t                permission;
    ngx_shop_field_t        *input;
    ngx_uint_t               flags;
    ngx_str_t                sql;        /* every $n cast: $1::bigint */
    ngx_shop_bind_t          bind[NGX_SHOP_BIND_MAX];
    ngx_shop_handler_pt      handler;    /* NULL: the statement is all */
    ngx_msec_t               ttl;        /* of a cached answer */
    const char              *click;      /* type of event a success sends */
    const char              *click_of;   /* the parameter it is about */
    ngx_str_t                scope;      /* what opens the row to a token of
                                            limited scope; see docs */
    const char              *many;       /* of a cached row: misses that differ
                                            in this parameter of the path only
                                            are one statement */

    ngx_shop_pg_stmt_t      *stmt;       /* private: set by the engine */
    ngx_shop_pg_stmt_t      *stmt_idempotent;
    ngx_shop_pg_stmt_t      *stmt_many;
};

#define ngx_shop_no_more_endpoints                                          \
    { 0, ngx_null_string, ngx_null_string, NULL, 0, ngx_null_string,        \
      { { NGX_SHOP_FROM_END, ngx_null_string } }, NULL, 0, NULL, NULL,      \
      ngx_null_string, NULL, NULL, NULL, NULL }


/* A request inside the engine; lives in r->pool. */
struct ngx_shop_request_s {
    ngx_http_request_t        *r;
    const ngx_shop_endpoint_t *ep;
    const ngx_shop_store_t    *store;
    ngx_shop_claims_t          claims;      /* copied into r->pool */
    unsigned                   signed_in:1;
    unsigned                   masked:1;    /* its token is not for this row:
                                               only its permissions count */
    unsigned                   renewed:1;   /* cookies were renewed */
    unsigned                   done:1;
    ngx_str_t                  key;         /* id of its API key, "" if none */
    ngx_str_t                  cart;        /* guest cart id, "" if none */
    ngx_str_t                  request_id;
    ngx_str_t                  traceparent; /* "" when not given */
    ngx_str_t                  idempotency_key;   /* "" when not given */
    json_t                    *body;        /* NULL when there is none */
    ngx_uint_t                 sql_trips;
    ngx_uint_t                 redis_trips;
    void                      *ctx;         /* the handler's own */
    void                      *priv;        /* the engine's own */
};


/* --- for a domain's module, while the configuration is read ------------- */

/* A domain, as its directive ("shop_catalog;") has it in its `post`: its
   tables, and what is to be done once before, or NULL. */
typedef struct {
    ngx_shop_endpoint_t     *tables[NGX_SHOP_TABLES_MAX + 1];
    ngx_int_t              (*init)(ngx_conf_t *cf);
} ngx_shop_domain_t;

/* That directive: adds the tables, as if they were one, to the location's
   router. */
char *ngx_shop_domain(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);

/* The context of a module that has no configuration of its own. */
extern ngx_http_module_t  ngx_shop_domain_ctx;

/* Adds one table, for a directive that does more. */
char *ngx_shop_endpoints_add(ngx_conf_t *cf, ngx_shop_endpoint_t *table);


/* What answers in this location when no row has the path (the pages). */
char *ngx_shop_endpoints_fallback(ngx_conf_t *cf, ngx_http_handler_pt handler);


/* Every endpoint of the present configuration with its fields, as a JSON
   array in r->pool. */
ngx_int_t ngx_shop_routes(ngx_http_request_t *r, ngx_str_t *out);


/* Sets *slot, a static pointer of a module, to value, now and again in every
   worker that starts by this configuration: a later configuration that is
   refused must not leave workers with what it had set. */
ngx_int_t ngx_shop_keep(ngx_conf_t *cf, void *slot, void *value);


/* --- for handlers -------------------------------------------------------- */

/* Checked values: NULL when absent.  Text is NUL-terminated. */
ngx_str_t *ngx_shop_path(ngx_shop_request_t *sr, const char *name);
ngx_str_t *ngx_shop_query_arg(ngx_shop_request_t *sr, const char *name);
json_t *ngx_shop_body(ngx_shop_request_t *sr, const char *name);
const char *ngx_shop_body_text(ngx_shop_request_t *sr, const char *name);

/* The language that was asked for, of a row with the parameter "locale"; NULL:
   the store's first, which everything is written in. */
const ngx_str_t *ngx_shop_locale(ngx_shop_request_t *sr);

/* The whole body as it came (in r->pool when it was spilled to a file). */
ngx_int_t ngx_shop_raw_body(ngx_shop_request_t *sr, ngx_str_t *body);

/* The next bytes of the body of an EP_SPOOLED row, wherever nginx put them: how
   many, 0 at its end, or NGX_ERROR. */
ssize_t ngx_shop_body_next(ngx_shop_request_t *sr, u_char *dst, size_t size);

/* The file of an EP_SPOOLED row's body, which goes with the request (a copy of
   the descriptor keeps it); NGX_DECLINED: it is in memory. */
ngx_int_t ngx_shop_body_spool(ngx_shop_request_t *sr, ngx_fd_t *fd,
    off_t *size);

/* Checks a text as the row's parameter of that name; NGX_DECLINED: it is
   wrong, or unknown, and is collected as a field of the body. */
ngx_int_t ngx_shop_check_part(ngx_shop_request_t *sr, ngx_str_t *name,
    ngx_str_t *value);

/* The value of a cookie of the request; NGX_DECLINED: there is none. */
ngx_int_t ngx_shop_cookie(ngx_http_request_t *r, const char *name,
    ngx_str_t *value);

/* X-Request-Id of any request of the server, made at the first call. */
ngx_str_t *ngx_shop_request_id(ngx_http_request_t *r);

/* SHA-256 in hex of path, query and body: tells whether a request that comes
   with the same Idempotency-Key is the same. */
ngx_int_t ngx_shop_fingerprint(ngx_shop_request_t *sr, const char **out);

/* 1 if the actor holds the permission (roles, and the token's scope). */
ngx_uint_t ngx_shop_can(ngx_shop_request_t *sr, ngx_str_t *permission);

/* The statement's parameters by a bind list, in r->pool. */
const char **ngx_shop_params(ngx_shop_request_t *sr,
    const ngx_shop_bind_t *bind, ngx_uint_t *n);

/* Runs a statement for the request and calls next() once, unless the client
   went away (then it is detached by the request's cleanup).  NGX_DONE; or,
   when it could not be submitted, a status, which a handler or next() returns
   so that the engine answers (503, unavailable). */
typedef ngx_int_t (*ngx_shop_next_pt)(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
ngx_int_t ngx_shop_run(ngx_shop_request_t *sr, ngx_uint_t cls,
    ngx_shop_pg_stmt_t *stmt, ngx_uint_t n, const char *const *params,
    ngx_shop_next_pt next);

/* The same for a read that many requests make at once, of few rows each: what
   comes in a turn of the event loop, and while another such statement is under
   way, is one statement.  A static one a statement, zeroed. */
typedef struct {
    ngx_shop_pg_stmt_t      *one;
    ngx_shop_pg_stmt_t      *many;       /* its parameters are arrays; the
                                            first column: whose row, from 1 */
    ngx_uint_t               nparams;
    ngx_queue_t              waiting;    /* private from here */
    ngx_event_t              turn;
    ngx_uint_t               busy;
} ngx_shop_together_t;

ngx_int_t ngx_shop_run_together(ngx_shop_request_t *sr,
    ngx_shop_together_t *together, const char *const *params,
    ngx_shop_next_pt next);

/* Runs the own statement of an EP_SPOOLED row, under its Idempotency-Key if
   there is one, with this for the document; takes it.  Returns as
   ngx_shop_run() does. */
ngx_int_t ngx_shop_run_document(ngx_shop_request_t *sr, json_t *document);

/* The same for a script of Redis; the reply lives until next() returns. */
typedef ngx_int_t (*ngx_shop_redis_next_pt)(ngx_shop_request_t *sr,
    ngx_shop_redis_cmd_t *cmd);
ngx_int_t ngx_shop_eval(ngx_shop_request_t *sr,
    ngx_shop_redis_script_t *script, ngx_uint_t nkeys, ngx_uint_t argc,
    ngx_str_t *argv, ngx_shop_redis_next_pt next);

/* Answers from row `row` of a result by its columns: body, and where present
   status, etag, location, tags, replayed.  Zero copy: takes the result.  Any
   rc but OK becomes its problem (503, or the SQLSTATE's).  Returns NGX_DONE
   after the request was finalized. */
ngx_int_t ngx_shop_answer(ngx_shop_request_t *sr, ngx_shop_pg_query_t *q);
ngx_int_t ngx_shop_answer_row(ngx_shop_request_t *sr, PGresult *res, int row);

/* Answers with a body in r->pool (no body: NULL). */
ngx_int_t ngx_shop_reply(ngx_shop_request_t *sr, ngx_uint_t status,
    ngx_str_t *body);

/* The same with a Content-Type of its own (static text). */
ngx_int_t ngx_shop_reply_type(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *type, ngx_str_t *body);

/* Answers problem+json.  code as in API.md; detail is for people. */
ngx_int_t ngx_shop_problem(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *code, const char *detail);
/* The same with further members: members is a JSON object with code, detail
   and whatever else the problem has. */
ngx_int_t ngx_shop_problem_merge(ngx_shop_request_t *sr, ngx_uint_t status,
    ngx_str_t *members);
/* Collects a bad field ("/email" pointer or, with in_query, a parameter);
   ngx_shop_invalid_send() answers 422 with all of them. */
ngx_int_t ngx_shop_invalid(ngx_shop_request_t *sr, ngx_uint_t in_query,
    const char *where, const char *detail);
ngx_int_t ngx_shop_invalid_send(ngx_shop_request_t *sr);
/* 503 unavailable with Retry-After. */
ngx_int_t ngx_shop_unavailable(ngx_shop_request_t *sr, const char *detail);

/* The problem of a query's rc that is not NGX_SHOP_PG_OK. */
ngx_int_t ngx_shop_pg_problem(ngx_shop_request_t *sr, ngx_uint_t rc,
    const PGresult *res);

/* Adds a response header; key and value must live in r->pool or be static. */
ngx_int_t ngx_shop_header(ngx_shop_request_t *sr, const char *key,
    ngx_str_t *value);

/* The answer may be read by a script of the request's Origin, though the
   store does not list it. */
void ngx_shop_allow_origin(ngx_shop_request_t *sr);

/* The engine's request of an nginx request (NULL outside the engine), and the
   value of a header that the client sent, by its lower-case name (NULL when
   absent). */
ngx_shop_request_t *ngx_shop_request(ngx_http_request_t *r);
ngx_str_t *ngx_shop_header_in(ngx_http_request_t *r, const char *name);

/* For a handler that streams (live push): sends the header with everything
   the engine adds (request id, CORS, cookies, no-store); the handler then uses
   ngx_http_output_filter() itself and ends with ngx_shop_finish(), once.
   type: Content-Type, or NULL for a 101. */
ngx_int_t ngx_shop_stream_header(ngx_shop_request_t *sr, ngx_uint_t status,
    const char *type);
void ngx_shop_finish(ngx_shop_request_t *sr, ngx_int_t rc);


#endif /* _NGX_SHOP_ENDPOINT_H_INCLUDED_ */
