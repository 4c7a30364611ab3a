/*
 * When, and a secret one from where, a key was used last.  Nobody waits for it,
 * and what it needs outlives the request.
 */

#include "ngx_shop_key.h"


#define NGX_SHOP_KEY_EACH  60            /* s, between two notes */
#define NGX_SHOP_KEY_NOTE  512           /* bytes of its parameters at most */


typedef struct {
    const char  *params[4];
    char         text[NGX_SHOP_KEY_NOTE];
} ngx_shop_key_note_t;


static ngx_uint_t ngx_shop_key_is_due(ngx_shop_key_t *key, uint32_t address);
static const char *ngx_shop_key_param(char **p, char *last, ngx_str_t *text);
static void ngx_shop_key_noted(ngx_shop_pg_query_t *q);


void
ngx_shop_key_note(ngx_shop_request_t *sr, ngx_shop_key_t *key,
    ngx_shop_pg_stmt_t *stmt)
{
    char                 *p, *last;
    ngx_str_t            *address;
    ngx_connection_t     *c;
    ngx_shop_key_note_t  *note;
    ngx_shop_pg_query_t  *q;

    c = sr->r->connection;
    address = NULL;

    /* who shops with a publishable key is nobody's business */

    if (key->secret && c->sockaddr->sa_family != AF_UNIX) {
        address = &c->addr_text;
    }

    if (!ngx_shop_key_is_due(key, address ? ngx_murmur_hash2(address->data,
                                                             address->len)
                                          : 0))
    {
        return;
    }

    note = ngx_alloc(sizeof(ngx_shop_key_note_t), c->log);
    if (note == NULL) {
        return;
    }

    q = ngx_shop_pg_alloc();
    if (q == NULL) {
        ngx_free(note);
        return;
    }

    p = note->text;
    last = p + NGX_SHOP_KEY_NOTE;

    note->params[0] = ngx_shop_key_param(&p, last, &key->id);
    note->params[1] = ngx_shop_key_param(&p, last,
                                         (ngx_str_t *) &sr->store->id);
    note->params[2] = ngx_shop_key_param(&p, last, address);
    note->params[3] = ngx_shop_key_param(&p, last, &sr->request_id);

    q->stmt = stmt;
    q->nparams = 4;
    q->params = note->params;
    q->data = note;
    q->done = ngx_shop_key_noted;
    q->log = ngx_cycle->log;

    if (ngx_shop_pg_query(q, NGX_SHOP_PG_WRITE) != NGX_OK) {
        ngx_free(note);
    }
}


/* The address's turn; another address takes the place of the oldest. */

static ngx_uint_t
ngx_shop_key_is_due(ngx_shop_key_t *key, uint32_t address)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_SHOP_KEY_ADDRESSES; i++) {

        if (key->noted[i] && key->address[i] == address) {

            if (ngx_time() - key->noted[i] < NGX_SHOP_KEY_EACH) {
                return 0;
            }

            key->noted[i] = ngx_time();
            return 1;
        }
    }

    i = key->next++ % NGX_SHOP_KEY_ADDRESSES;

    key->address[i] = address;
    key->noted[i] = ngx_time();

    return 1;
}


static const char *
ngx_shop_key_param(char **p, char *last, ngx_str_t *text)
{
    char  *start;

    if (text == NULL || (size_t) (last - *p) <= text->len) {
        return NULL;
    }

    start = *p;

    ngx_memcpy(start, text->data, text->len);
    start[text->len] = '\0';

    *p = start + text->len + 1;

    return start;
}


static void
ngx_shop_key_noted(ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "key: its use was not written down");
    }

    ngx_free(q->data);
}
