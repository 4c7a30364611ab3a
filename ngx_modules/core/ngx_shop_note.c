/*
 * What an answer leaves to be written down: its column "note".  Nobody waits
 * for it, and it outlives the request; when it can't be written, it is lost.
 */

#include "ngx_shop_engine.h"


typedef struct {
    const char  *params[1];
    char         text[];
} ngx_shop_note_t;


static void ngx_shop_noted(ngx_shop_pg_query_t *q);


static ngx_shop_pg_stmt_t  *ngx_shop_note_stmt;


ngx_int_t
ngx_shop_note_init(ngx_conf_t *cf)
{
    ngx_shop_main_conf_t  *mcf;

    static ngx_str_t  text = ngx_string("select ops.note($1::jsonb)");

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_core_module);

    if (mcf->note) {
        return NGX_OK;
    }

    mcf->note = ngx_shop_pg_stmt_add(cf, &text);
    if (mcf->note == NULL) {
        return NGX_ERROR;
    }

    return ngx_shop_keep(cf, &ngx_shop_note_stmt, mcf->note);
}


void
ngx_shop_note(PGresult *res)
{
    int                   column, len;
    ngx_shop_note_t      *note;
    ngx_shop_pg_query_t  *q;

    column = PQfnumber(res, "note");

    if (column < 0 || PQntuples(res) == 0 || PQgetisnull(res, 0, column)) {
        return;
    }

    len = PQgetlength(res, 0, column);

    note = ngx_alloc(sizeof(ngx_shop_note_t) + len + 1, ngx_cycle->log);
    if (note == NULL) {
        return;
    }

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        ngx_free(note);
        return;
    }

    ngx_memcpy(note->text, PQgetvalue(res, 0, column), len + 1);
    note->params[0] = note->text;

    q->stmt = ngx_shop_note_stmt;
    q->nparams = 1;
    q->params = note->params;
    q->data = note;
    q->done = ngx_shop_noted;
    q->log = ngx_cycle->log;

    if (ngx_shop_pg_query(q, NGX_SHOP_PG_WRITE) != NGX_OK) {
        ngx_free(note);
    }
}


static void
ngx_shop_noted(ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "note: it was not written down");
    }

    ngx_free(q->data);
}
