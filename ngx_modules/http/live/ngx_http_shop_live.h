/*
 * Live status of an order: a stream of its timeline, by server-sent events or
 * WebSocket, resumable by the order's own seq (DATAPATH.md 25, 26).  And what
 * is shown of the stock of a product, by server-sent events: of this the
 * latest is enough.
 *
 * Messages of Redis are hints: they make the stream read again, in one batch
 * for all streams of the worker.  Without Redis the same batch polls.
 */

#ifndef _NGX_HTTP_SHOP_LIVE_H_INCLUDED_
#define _NGX_HTTP_SHOP_LIVE_H_INCLUDED_


#include "ngx_shop_endpoint.h"
#include "ngx_shop_redis.h"


#define NGX_HTTP_SHOP_LIVE_TICK    1000        /* ms: the clock of streams */
#define NGX_HTTP_SHOP_LIVE_ID      36          /* characters, at most */
#define NGX_HTTP_SHOP_LIVE_BATCH   500
#define NGX_HTTP_SHOP_LIVE_PARAMS  5


typedef struct ngx_http_shop_live_s  ngx_http_shop_live_t;

/* What is watched.  Streams of a kind that are behind read together. */
typedef struct {
    const char                      *param;    /* of the path: the id */
    const char                      *channel;  /* of Redis, before the id */
    const char                      *missing;
    ngx_str_t                        open;     /* (seq, type, data); no row:
                                                  not there, nulls: no news */
    ngx_str_t                        read;     /* (ord, seq, type, data) */
    ngx_uint_t                     (*is_id)(const ngx_str_t *id);
    /* of open; gives how many */
    ngx_uint_t                     (*open_params)(ngx_http_shop_live_t *live,
                                         const char **params,
                                         const char *after);

    ngx_shop_pg_stmt_t              *opening;  /* kept by the configuration */
    ngx_shop_pg_stmt_t              *reading;

    /* of this worker: the batch read */
    ngx_event_t                      soon;
    ngx_shop_pg_query_t             *query;
    ngx_http_shop_live_t            *batch[NGX_HTTP_SHOP_LIVE_BATCH];
    const char                      *params[2];
    u_char                           ids[NGX_HTTP_SHOP_LIVE_BATCH
                                         * (NGX_HTTP_SHOP_LIVE_ID + 1) + 3];
    u_char                           seqs[NGX_HTTP_SHOP_LIVE_BATCH
                                          * (NGX_INT64_LEN + 1) + 3];
} ngx_http_shop_live_kind_t;

/* How events reach the client.  NGX_ERROR: the client is gone or too slow. */
typedef struct {
    ngx_int_t  (*open)(ngx_http_shop_live_t *live);
    ngx_int_t  (*event)(ngx_http_shop_live_t *live, int64_t seq,
                        ngx_str_t *type, ngx_str_t *data);
    ngx_int_t  (*ping)(ngx_http_shop_live_t *live);
    /* last words: come back after so many ms */
    void       (*end)(ngx_http_shop_live_t *live, ngx_msec_t retry);
} ngx_http_shop_live_way_t;

struct ngx_http_shop_live_s {
    ngx_shop_request_t              *sr;
    const ngx_http_shop_live_way_t  *way;
    ngx_http_shop_live_kind_t       *kind;
    const char                      *id;       /* of what is watched */
    int64_t                          seq;      /* the last one sent */

    ngx_shop_redis_sub_t             sub;
    ngx_queue_t                      queue;    /* of the worker's streams */
    ngx_uint_t                       slot;     /* 1-based, in a batch read */
    ngx_msec_t                       born;
    ngx_msec_t                       spoke;    /* when something was sent */
    ngx_msec_t                       until;    /* end of its life */

    ngx_chain_t                     *free;     /* of the server-sent way */
    ngx_chain_t                     *busy;
    void                            *socket;   /* of the WebSocket way */

    unsigned                         open:1;   /* the header was sent */
    unsigned                         reading:1;
    unsigned                         confirmed:1;
    unsigned                         behind:1; /* wants a batch read */
    unsigned                         ended:1;
};


extern const ngx_http_shop_live_way_t  ngx_http_shop_live_sse;
extern const ngx_http_shop_live_way_t  ngx_http_shop_live_websocket;

extern ngx_http_shop_live_kind_t       ngx_http_shop_live_orders;
extern ngx_http_shop_live_kind_t       ngx_http_shop_live_stock;
extern ngx_http_shop_live_kind_t      *ngx_http_shop_live_kinds[];

/* Registers the statements while the configuration is read. */
ngx_int_t ngx_http_shop_live_statements(ngx_conf_t *cf);

/* clock.c: a stream begins and ends; it wants to read, with all others. */
void ngx_http_shop_live_join(ngx_http_shop_live_t *live);
void ngx_http_shop_live_leave(ngx_http_shop_live_t *live);
void ngx_http_shop_live_want(ngx_http_shop_live_t *live);

/* stream.c: a row (seq, type, data from a column on) for a stream, and the
   clock's tick of one stream. */
void ngx_http_shop_live_row(ngx_http_shop_live_t *live, PGresult *res,
    int row, int column);
void ngx_http_shop_live_tock(ngx_http_shop_live_t *live);

/* Handlers of the endpoints. */
ngx_int_t ngx_http_shop_live_events(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_live_connect(ngx_shop_request_t *sr);
ngx_int_t ngx_http_shop_live_watch(ngx_shop_request_t *sr);

/* The way found that its client is gone: ends the stream. */
void ngx_http_shop_live_gone(ngx_http_shop_live_t *live);


#endif /* _NGX_HTTP_SHOP_LIVE_H_INCLUDED_ */
