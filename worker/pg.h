/*
 * One PostgreSQL connection of one thread, with deadlines.
 *
 * Calls block up to the statement's deadline.  A connection that was lost is
 * made again by the next shop_pg_open(), with back-off.
 */

#ifndef _SHOP_PG_H_INCLUDED_
#define _SHOP_PG_H_INCLUDED_


#include <libpq-fe.h>

#include "shop_worker.h"


#define SHOP_PG_STMTS     32
#define SHOP_PG_PARAMS    8


typedef struct {
    const char          *name;           /* of the prepared statement */
    const char          *text;           /* every $n cast */
    int                  nparams;
} shop_stmt_t;

typedef struct {
    PGconn              *conn;
    const char          *part;           /* for application_name and logs */
    const shop_conf_t   *conf;
    shop_backoff_t       backoff;
    int64_t              next_try;
    int                  warned;         /* a WARNING since it was cleared */
    int                  nprepared;
    const shop_stmt_t   *prepared[SHOP_PG_STMTS];
} shop_pg_t;


void shop_pg_init(shop_pg_t *pg, const shop_conf_t *conf, const char *part);

/* SHOP_OK when the connection stands or could be made.  SHOP_DOWN after having
   waited a moment, or when the worker is to stop: the caller tries again. */
int shop_pg_open(shop_pg_t *pg);

/* Runs a statement: SHOP_OK with its rows in *res, SHOP_ERROR when the server
   refused (*res holds the error), SHOP_DOWN when the connection was lost or
   the deadline passed (it is closed then, *res is NULL, and the outcome of a
   write is unknown).  The caller clears *res. */
int shop_pg_exec(shop_pg_t *pg, const shop_stmt_t *stmt,
    const char *const *params, PGresult **res);

/* The same for callers that need only a number from the first column; it is
   stored when n is not NULL.  A refusal is logged. */
int shop_pg_number(shop_pg_t *pg, const shop_stmt_t *stmt,
    const char *const *params, long long *n);

/* 1 if a refused statement may succeed later without a change of its data:
   lock conflicts, a server that stops, a schema that is not there yet. */
int shop_pg_transient(const PGresult *res);

/* Logs a refusal: SQLSTATE and message, which never hold a parameter. */
void shop_pg_refused(shop_pg_t *pg, const shop_stmt_t *stmt,
    const PGresult *res);

void shop_pg_close(shop_pg_t *pg, const char *reason);


#endif /* _SHOP_PG_H_INCLUDED_ */
